// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// What a node holds, now and since when: the table and the history of its changes, kept together.
/// It says what is durable, so the shell changes it after each commit. Spec: Protocol/exchange.md §1.
public struct HeldHeads: Sendable {
    /// All logs that the node accepts.
    public private(set) var table: HeadTable
    /// The changes of the table.
    public private(set) var history: HeadHistory

    /// What a store loaded.
    public init(table: HeadTable, history: HeadHistory) {
        self.table = table
        self.history = history
    }

    /// Takes over the row of one log after a commit. A log that grew and evidence that came are changes; that
    /// a log is accepted while nothing of it is held is none.
    public mutating func keep(_ row: HeadRow, at counted: HeadSequence? = nil) {
        let before = table[row.log]
        guard before != row else { return }
        table.set(row)
        let isEvidence = row.isForked && before?.isForked != true
        if row.held != before?.held ?? .empty || isEvidence {
            history.record(
                row.log, sizeBefore: before?.held ?? .empty, isEvidence: isEvidence, at: counted)
        }
    }

    /// The store has counted this far.
    public mutating func advance(to counted: HeadSequence) { history.advance(to: counted) }

    /// The head-table digest, computed again only after a change.
    public mutating func digest(_ hashing: some Hashing) -> Hash { table.digest(hashing) }
}
