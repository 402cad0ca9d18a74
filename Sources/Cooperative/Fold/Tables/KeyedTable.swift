// SPDX-License-Identifier: EUPL-1.2

/// A row that is found by its key.
protocol KeyedRow: Sendable {
    associatedtype Key: Hashable, Sendable
    var key: Key { get }
}

/// Rows in pages, each once for its key. Numbers are given for good and mean nothing outside one state.
struct KeyedTable<Row: KeyedRow>: Sendable {
    var rows: PagedRows<Row>
    private var numbers: [Row.Key: UInt32] = [:]

    /// `rowsPerPage` is a power of two.
    init(rowsPerPage: Int) { rows = PagedRows(rowsPerPage: rowsPerPage) }

    func number(of key: Row.Key) -> UInt32? { numbers[key] }

    /// Adds a row that is not there yet.
    mutating func add(_ row: Row) -> UInt32 {
        let number = rows.append(row)
        numbers[row.key] = number
        return number
    }

    /// Puts a saved row in its place; false where that is another row's or rows before it are missing.
    mutating func put(_ row: Row, at number: Int) -> Bool {
        if number == rows.count { return add(row) == UInt32(number) }
        guard self.number(of: row.key).map({ Int($0) }) == number else { return false }
        rows[UInt32(number)] = row
        return true
    }
}
