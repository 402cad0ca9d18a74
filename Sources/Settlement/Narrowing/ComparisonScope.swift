// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Which records of both sides are compared. Spec: Protocol/comparison.md §4.
public enum ComparisonBasis: Int, Sendable, CaseIterable {
    /// Those that the two statements of the month cover.
    case stated = 0
    /// Those that both hold now, in quarantine or not.
    case held = 1
}

/// What two parties compare.
public struct ComparisonScope: Hashable, Sendable {
    /// The month.
    public let month: CivilMonth
    /// Which records.
    public let basis: ComparisonBasis

    /// Names a comparison.
    public init(_ month: CivilMonth, _ basis: ComparisonBasis) {
        self.month = month
        self.basis = basis
    }
}

/// A root and how many records it covers.
public struct RecordRoot: Hashable, Sendable {
    /// The root.
    public let root: Hash
    /// How many records.
    public let records: Int

    /// Joins both.
    public init(_ root: Hash, records: Int) {
        self.root = root
        self.records = records
    }

    /// Of sealed codes.
    public init(_ records: CodedRecords, _ hashing: some Hashing) {
        self.init(records.root(hashing), records: records.count)
    }
}

/// The two sides of a message. Spec: Protocol/comparison.md §5.
public struct ComparisonParties: Hashable, Sendable {
    /// Who asks.
    public let asker: OIN
    /// Who answers.
    public let answerer: OIN

    /// Names both.
    public init(asker: OIN, answerer: OIN) {
        self.asker = asker
        self.answerer = answerer
    }
}
