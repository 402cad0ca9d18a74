// SPDX-License-Identifier: EUPL-1.2
import Glibc

/// Where a command writes.
protocol Terminal: Sendable {
    /// What was asked for.
    func write(_ text: String)
    /// What went wrong, and notes beside the answer.
    func complain(_ text: String)
    /// Replaces the last line of progress; only on a terminal.
    func progress(_ text: String)
    /// Whether a person sits at it and can be asked.
    var isAttended: Bool { get }
    /// Asks, and answers the line that was typed; `nil` at the end of the input.
    func ask(_ question: String) -> String?
    /// Clears the screen before a picture that is shown again and again; only on a terminal.
    func clear()
}

/// The process's own standard output and error. Everything but our own line breaks is made plain.
struct StandardTerminal: Terminal {
    private let showsProgress = isatty(STDERR_FILENO) == 1
    private let isScreen = isatty(STDOUT_FILENO) == 1
    let isAttended = isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1

    func write(_ text: String) { Self.write(PlainText.lines(text), to: STDOUT_FILENO) }

    func complain(_ text: String) {
        Self.write(PlainText.lines(text.hasSuffix("\n") ? text : text + "\n"), to: STDERR_FILENO)
    }

    func progress(_ text: String) {
        guard showsProgress else { return }
        Self.write("\r\u{1B}[K" + PlainText.line(text), to: STDERR_FILENO)
    }

    func ask(_ question: String) -> String? {
        Self.write(PlainText.lines(question) + " ", to: STDERR_FILENO)
        return readLine()
    }

    func clear() {
        if isScreen { Self.write("\u{1B}[H\u{1B}[2J", to: STDOUT_FILENO) }
    }

    private static func write(_ text: String, to descriptor: Int32) {
        let bytes = Array(text.utf8)
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { memory in
                Glibc.write(descriptor, memory.baseAddress?.advanced(by: written), memory.count - written)
            }
            if count < 0, errno == EINTR { continue }
            // Nobody reads on: there is nobody to tell.
            guard count > 0 else { return }
            written += count
        }
    }
}
