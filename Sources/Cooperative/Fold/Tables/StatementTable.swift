// SPDX-License-Identifier: EUPL-1.2
import Journal

/// The newest statement of each log for each (month, counterparty). Spec: Protocol/state.md §2, table 7.
struct StatementTable: Sendable {
    struct Key: Hashable, Sendable {
        let log: UInt32
        let month: Int32
        let counterparty: UInt32
    }

    struct Row: Sendable {
        let key: Key
        /// The first bits of the row's position.
        var word: UInt64 = 0
        var index: Int
        /// `H(canonical body)`.
        var body: Hash
        /// The leaf hash of the entry; not in the digest.
        var leaf: Hash
        /// What the statement says of the comparison; not in the digest but by `body`.
        var root: Hash
        var records: Int
        /// The numbers of the epochs that judge the first and the latest of those that were made after the month; not
        /// in the digest.
        var judges: ClosedRange<Int>?
    }

    static let rowsPerPage = 64

    var rows = PagedRows<Row>(rowsPerPage: rowsPerPage)
    private var numbers: [Key: UInt32] = [:]

    func number(of key: Key) -> UInt32? { numbers[key] }

    /// Puts a saved row in its place; false where that is another row's or rows before it are missing.
    mutating func put(_ row: Row, at number: Int) -> Bool {
        if number == rows.count { return add(row) == UInt32(number) }
        guard self.number(of: row.key).map({ Int($0) }) == number else { return false }
        rows[UInt32(number)] = row
        return true
    }

    mutating func add(_ row: Row) -> UInt32 {
        let number = rows.append(row)
        numbers[row.key] = number
        return number
    }
}
