// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// A record of one's own, looked up for a comparison.
public struct HeldRecord: Hashable, Sendable {
    /// Where it was found; what `CodedRecords.add` was told.
    public let place: UInt64
    /// The record.
    public let record: TransactionRecord
    /// From how many sources there are records of its match key.
    public let sources: Int

    /// Joins the parts.
    public init(place: UInt64, record: TransactionRecord, sources: Int) {
        self.place = place
        self.record = record
        self.sources = sources
    }
}

/// A record that one side has more often than the other. Spec: Protocol/comparison.md §6.
public struct UnequalRecord: Hashable, Sendable {
    /// The record.
    public let record: TransactionRecord
    /// How often the side that has more of it has it.
    public let occurrences: Int
    /// How often the other side has it.
    public let elsewhere: Int
    /// From how many sources the side that has more has records of this match key.
    public let sources: Int
    /// The day beside the month on which the other side has a record of the match key.
    public let neighbour: CivilDate?

    /// Joins the parts.
    public init(
        _ record: TransactionRecord, occurrences: Int, elsewhere: Int, sources: Int, neighbour: CivilDate? = nil
    ) {
        self.record = record
        self.occurrences = occurrences
        self.elsewhere = elsewhere
        self.sources = sources
        self.neighbour = neighbour
    }

    /// How many more.
    public var surplus: Int { occurrences - elsewhere }

    /// The same with the other side's record beside the month.
    public func beside(_ day: CivilDate?) -> UnequalRecord {
        UnequalRecord(
            record, occurrences: occurrences, elsewhere: elsewhere, sources: sources, neighbour: day)
    }
}

/// Two sides narrowed down to what they differ in, proven against both roots: all else is equal.
public struct NarrowedRecords: Hashable, Sendable {
    /// The asker's root.
    public let own: RecordRoot
    /// The other side's.
    public let other: RecordRoot
    /// What the asker has more of, in the order of the codes.
    public let ownSurplus: [UnequalRecord]
    /// What the other side has more of.
    public let otherSurplus: [UnequalRecord]

    /// Whether both have the same.
    public var isEqual: Bool { ownSurplus.isEmpty && otherSurplus.isEmpty }
}
