// SPDX-License-Identifier: EUPL-1.2
public import Notation

/// What became of one `publiccode.yml`: what it says, what is wrong with it, and how usable it is.
/// Spec: Protocol/publiccode.md §1.
public struct PublicCodeReview: Hashable, Sendable {
    /// How usable a file is.
    public enum Grade: String, Hashable, Sendable, CaseIterable {
        /// Valid.
        case a = "A"
        /// Valid, with warnings.
        case b = "B"
        /// It breaks rules, yet has a name, a repository and a short description.
        case c = "C"
        /// Not usable.
        case d = "D"
    }

    /// What could be read.
    public let record: PublicCodeRecord
    /// In the order of the file; what is missing stands at the place where it would belong.
    public let findings: [Finding]

    /// Reads and grades the tree of a file.
    public init(_ document: PositionedNode) {
        var reading = PublicCodeReading()
        record = reading.record(from: document)
        findings = reading.findings.enumerated().sorted {
            ($0.element.line, $0.element.column, $0.offset) < ($1.element.line, $1.element.column, $1.offset)
        }.map(\.element)
    }

    /// A file that is no YAML, with the one sentence that says so.
    public init(unreadableAtLine line: Int, column: Int, sentence: String) {
        record = PublicCodeRecord()
        findings = [Finding(.error, path: "", line: line, column: column, code: "not-yaml", message: sentence)]
    }

    /// How many findings have that severity.
    public func count(_ severity: Finding.Severity) -> Int { findings.count { $0.severity == severity } }

    /// How usable the file is.
    public var grade: Grade {
        if count(.error) == 0 { return count(.warning) == 0 ? .a : .b }
        let hasShort = record.descriptions.contains { $0.shortDescription != nil }
        return record.name != nil && record.url != nil && hasShort ? .c : .d
    }
}
