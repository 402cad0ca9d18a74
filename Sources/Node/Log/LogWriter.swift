// SPDX-License-Identifier: EUPL-1.2
import Glibc

/// Structured log lines on standard error, one event a line (logfmt): instant, level, action, object, result, then
/// more fields. BIO2 8.15.01 asks for action, object, result, origin, actor and instant. Never secrets, never events.
public struct LogWriter: Sendable {
    /// How much an operator has to care. `error` only means a fault of ours or of the machine.
    public enum Level: String, Sendable, Comparable {
        case debug, info, warning, error

        private var rank: Int { switch self { case .debug: 0; case .info: 1; case .warning: 2; case .error: 3 } }

        /// Less urgent first.
        public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
    }

    private let least: Level
    private let clock: any WallClock
    private let emit: @Sendable (String) -> Void

    /// Writes lines of at least that level to standard error.
    public init(least: Level, clock: any WallClock) {
        self.init(least: least, clock: clock) { line in
            let bytes = Array(line.utf8)
            // One write a line keeps lines of several threads whole; a failed log write has no second place to go.
            _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
        }
    }

    /// The same with another place for the lines, for tests.
    public init(least: Level, clock: any WallClock, emit: @escaping @Sendable (String) -> Void) {
        self.least = least
        self.clock = clock
        self.emit = emit
    }

    /// Writes one line.
    public func callAsFunction(
        _ level: Level, _ action: String, _ object: String = "-", result: String = "ok",
        _ fields: KeyValuePairs<String, String> = [:]
    ) {
        guard level >= least else { return }
        var line = "at=\(clock.instantText()) level=\(level.rawValue) action=\(Self.quoted(action))"
        line += " object=\(Self.quoted(object)) result=\(Self.quoted(result))"
        for (name, value) in fields { line += " \(name)=\(Self.quoted(value))" }
        emit(line + "\n")
    }

    /// Bare where nothing needs quoting; control characters never reach the terminal.
    static func quoted(_ value: String) -> String {
        let isBare = !value.isEmpty && value.utf8.allSatisfy { $0 > 32 && $0 < 127 && $0 != 34 && $0 != 61 && $0 != 92 }
        if isBare { return value }
        var text = "\""
        for scalar in value.unicodeScalars.prefix(512) {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            default:
                if scalar.value < 32 || scalar.value == 127 { text += " " } else { text.unicodeScalars.append(scalar) }
            }
        }
        return text + "\""
    }
}
