// SPDX-License-Identifier: EUPL-1.2

/// One thing that a grader noticed in a document, with its place.
public struct Finding: Hashable, Sendable, CustomStringConvertible {
    /// How much a finding weighs.
    public enum Severity: String, Hashable, Sendable, Comparable, CaseIterable {
        /// The document breaks a rule.
        case error
        /// The document keeps the rules, but somebody should look.
        case warning
        /// Worth knowing, nothing to mend.
        case info

        /// Heavier findings come first.
        public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

        private var rank: Int { switch self { case .error: 0; case .warning: 1; case .info: 2 } }
    }

    /// How much it weighs.
    public let severity: Severity
    /// The field, such as `description.nl.longDescription` or `contractors[0].until`; empty for the whole.
    public let path: String
    /// 1-based; 0 where the place is unknown.
    public let line: Int
    /// 1-based, in characters; 0 where the place is unknown.
    public let column: Int
    /// A stable name for programs, such as `missing` or `too-short`.
    public let code: String
    /// One sentence for people: what is wrong and what would be right.
    public let message: String

    /// A finding at a place.
    public init(
        _ severity: Severity, path: String, line: Int, column: Int, code: String, message: String
    ) {
        self.severity = severity
        self.path = path
        self.line = line
        self.column = column
        self.code = code
        self.message = message
    }

    /// `error: line 12, column 3: legal.license: a licence is missing`.
    public var description: String {
        let place = line > 0 ? "line \(line), column \(column): " : ""
        return "\(severity.rawValue): \(place)\(path.isEmpty ? "" : path + ": ")\(message)"
    }
}
