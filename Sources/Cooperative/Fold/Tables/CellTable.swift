// SPDX-License-Identifier: EUPL-1.2

/// Registers or set elements: for each (application, key) what every log contributes.
struct CellTable<Cell: WriterCell>: Sendable {
    /// One log's part of a row.
    struct Part: Sendable {
        let log: UInt32
        var cell: Cell
    }

    /// One register or element.
    struct Row: Sendable {
        let application: UInt32
        /// The number of the field, or of set and element, among the names.
        let key: UInt32
        /// The first bits of the row's position.
        var word: UInt64 = 0
        /// In order of the log's number, which means nothing outside this state.
        var parts: ContiguousArray<Part> = []

        /// The part of a log, made now if there is none.
        @inline(__always)
        mutating func withPart(of log: UInt32, _ body: (inout Cell) -> Void) {
            var position = 0
            while position < parts.count, parts[position].log < log { position += 1 }
            if position == parts.count || parts[position].log != log {
                // Growing by one: there are many rows and each has few writers.
                if parts.count == parts.capacity { parts.reserveCapacity(parts.count + 1) }
                parts.insert(Part(log: log, cell: Cell()), at: position)
            }
            body(&parts[position].cell)
        }

        /// What a log contributes, if anything.
        func cell(of log: UInt32) -> Cell? { parts.first { $0.log == log }?.cell }
    }

    static var rowsPerPage: Int { 8 }

    var rows = PagedRows<Row>(rowsPerPage: rowsPerPage)
    private var numbers: [UInt64: UInt32] = [:]
    private var byApplication: [UInt32: [UInt32]] = [:]

    private static func packed(_ application: UInt32, _ key: UInt32) -> UInt64 {
        UInt64(application) << 32 | UInt64(key)
    }

    /// The number of a row, `nil` when there is none.
    @inline(__always)
    func number(application: UInt32, key: UInt32) -> UInt32? { numbers[Self.packed(application, key)] }

    /// Adds a row that is not there yet.
    mutating func add(_ row: Row) -> UInt32 {
        let number = rows.append(row)
        numbers[Self.packed(row.application, row.key)] = number
        byApplication[row.application, default: []].append(number)
        return number
    }

    /// Puts a saved row in its place; false where that is another row's or rows before it are missing.
    mutating func put(_ row: Row, at number: Int) -> Bool {
        if number == rows.count { return add(row) == UInt32(number) }
        guard self.number(application: row.application, key: row.key).map({ Int($0) }) == number else { return false }
        rows[UInt32(number)] = row
        return true
    }

    /// The rows of one application, in no order that means anything.
    func rows(of application: UInt32) -> [Row] { (byApplication[application] ?? []).map { rows[$0] } }
}
