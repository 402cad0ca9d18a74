// SPDX-License-Identifier: EUPL-1.2
import Journal

/// The newest stance of each log on each cell. Spec: Protocol/state.md §2, table 17.
struct StanceTable: Sendable {
    struct Key: Hashable, Sendable {
        let log: UInt32
        let application: UInt32
        let provider: UInt32
        let consumer: UInt32
        let tariffClass: UInt32
        let month: Int32
    }

    struct Row: Sendable {
        let key: Key
        /// The first bits of the row's position.
        var word: UInt64 = 0
        var index: Int
        /// The leaf hash of the entry; not in the digest.
        var leaf: Hash
        var stance: CellStance.Word
        var commitment: TextCommitment?
        /// The number of the epoch that judges it.
        var judge: Int
        /// The number of the epoch that judges the first dispute of this log on the cell.
        var disputedSince: Int?
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

/// The cuts that each log signed, one for each month, pair and epoch. Spec: Protocol/state.md §2, table 18.
struct CutTable: Sendable {
    struct Key: Hashable, Sendable {
        let log: UInt32
        let month: Int32
        let lower: UInt32
        let higher: UInt32
        let epoch: Int
    }

    struct Row: Sendable {
        let key: Key
        /// The first bits of the row's position.
        var word: UInt64 = 0
        let index: Int
        /// The leaf hash of the entry; not in the digest.
        let leaf: Hash
        /// `H(canonical body)`.
        let body: Hash
        /// The number of the epoch that judges it.
        let judge: Int
        /// What counts; not in the digest but by `body`.
        let cut: PeriodCut
    }

    static let rowsPerPage = 16

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

/// How a month ended between two parties. Spec: Protocol/settling.md §3.
public enum PeriodEnding: Int, Sendable {
    /// Both signed one cut.
    case signed = 1
    /// The window passed without both signatures.
    case lapsed = 2
}

/// The months that are closed between two parties. Spec: Protocol/state.md §2, table 19.
struct PeriodTable: Sendable {
    struct Key: Hashable, Sendable {
        let month: Int32
        let lower: UInt32
        let higher: UInt32
    }

    struct Row: Sendable {
        let key: Key
        /// The first bits of the row's position.
        var word: UInt64 = 0
        let ending: PeriodEnding
        /// What counts; not in the digest but by `body`.
        let cut: PeriodCut
        /// `H(canonical body)` of the cut.
        let body: Hash
        /// The number of the epoch that closes it.
        let closing: Int
    }

    static let rowsPerPage = 16

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
