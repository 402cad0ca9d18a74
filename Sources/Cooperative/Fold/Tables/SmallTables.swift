// SPDX-License-Identifier: EUPL-1.2
import Journal

/// Applications founded by entries. Spec: Protocol/state.md §2, table 3.
struct FoundingTable: Sendable {
    struct Row: Sendable {
        /// The number of the application's id.
        let application: UInt32
        /// The first bits of the row's position.
        var word: UInt64 = 0
        var log: UInt32
        var index: Int
        var leaf: Hash
        var founded: ApplicationFounded
    }

    var rows: [Row] = []
    private var numbers: [UInt32: Int] = [:]

    func number(of application: UInt32) -> Int? { numbers[application] }

    mutating func add(_ row: Row) {
        numbers[row.application] = rows.count
        rows.append(row)
    }
}

/// Texts whose author had them deleted. Spec: Protocol/state.md §2, table 11.
struct DestroyedTable: Sendable {
    struct Row: Sendable {
        let log: UInt32
        let index: Int
        let commitment: TextCommitment
    }

    struct Key: Hashable, Sendable {
        let log: UInt32
        let index: Int
    }

    private(set) var rows: [Row] = []
    private var known: Set<Key> = []

    /// `nil` when the text was destroyed before.
    mutating func add(_ row: Row) -> UInt32? {
        guard known.insert(Key(log: row.log, index: row.index)).inserted else { return nil }
        rows.append(row)
        return UInt32(rows.count - 1)
    }
}
