// SPDX-License-Identifier: EUPL-1.2

import Journal

/// Rows of counters, with names in place of numbers.
enum CounterRows {
    private static let columns = """
        application, provider, consumer, class, side, %, events_counted, events_retracted, quantity_counted,
        quantity_retracted, position
        """

    static func cells(
        _ connection: borrowing Connection, months: ClosedRange<CivilMonth>?
    ) throws(StorageFailure) -> [CellCounters] {
        let names = try Names(connection)
        var flushed: [InboxCell: InboxCounters] = [:]
        let marks = try connection.prepare(
            "SELECT \(columns.replacing("%", with: "month")) FROM flushed")
        while try marks.step() {
            guard let month = CivilMonth(monthNumber: Int(marks.integer(5))) else { continue }
            flushed[try names.cell(marks, month: month)] = counters(marks)
        }
        var current: [InboxCell: InboxCounters] = [:]
        try forEachDay(connection, months: months, names) { cell, _, counters in
            current[cell, default: InboxCounters()].add(counters)
        }
        return current.sorted { $0.key < $1.key }.map { cell, counters in
            CellCounters(cell: cell, current: counters, flushed: flushed[cell] ?? InboxCounters())
        }
    }

    static func days(
        _ connection: borrowing Connection, of month: CivilMonth
    ) throws(StorageFailure) -> [DayCounters] {
        var found: [DayCounters] = []
        try forEachDay(connection, months: month...month, Names(connection)) { cell, day, counters in
            found.append(DayCounters(cell: cell, day: day, counters: counters))
        }
        return found.sorted { $0.cell == $1.cell ? $0.day < $1.day : $0.cell < $1.cell }
    }

    static func recordFlush(
        _ flushed: [(cell: InboxCell, counters: InboxCounters)], _ connection: borrowing Connection
    ) throws(StorageFailure) {
        let words = try InboxLoading.words(connection)
        let put = try connection.prepare("""
            INSERT INTO flushed VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
              events_counted = max(events_counted, excluded.events_counted),
              events_retracted = max(events_retracted, excluded.events_retracted),
              quantity_counted = max(quantity_counted, excluded.quantity_counted),
              quantity_retracted = max(quantity_retracted, excluded.quantity_retracted),
              position = max(position, excluded.position)
            """)
        for (cell, counters) in flushed {
            // A cell that the inbox never counted has nothing to compare with.
            guard let application = words[cell.application], let provider = words[cell.provider.digits],
                  let consumer = words[cell.consumer.digits], let usageClass = words[cell.usageClass]
            else { continue }
            for (index, word) in [application, provider, consumer, usageClass].enumerated() {
                put.bind(Int(word), at: Int32(index + 1))
            }
            put.bind(Int(cell.side.rawValue), at: 5)
            put.bind(Int(cell.month.monthNumber), at: 6)
            put.bind(counters.eventsCounted, at: 7)
            put.bind(counters.eventsRetracted, at: 8)
            put.bind(counters.quantityCounted, at: 9)
            put.bind(counters.quantityRetracted, at: 10)
            put.bind(counters.position, at: 11)
            try put.run()
        }
    }

    private static func forEachDay(
        _ connection: borrowing Connection, months: ClosedRange<CivilMonth>?, _ names: Names,
        _ visit: (InboxCell, CivilDate, InboxCounters) -> Void
    ) throws(StorageFailure) {
        let rows = try connection.prepare("""
            SELECT \(columns.replacing("%", with: "day")) FROM day_count WHERE day BETWEEN ? AND ?
            """)
        rows.bind(Int(months?.lowerBound.firstDay.dayNumber ?? .min), at: 1)
        rows.bind(Int(months?.upperBound.lastDay.dayNumber ?? .max), at: 2)
        while try rows.step() {
            guard let day = CivilDate(dayNumber: Int(rows.integer(5))) else { continue }
            visit(try names.cell(rows, month: day.month), day, counters(rows))
        }
    }

    private static func counters(_ row: borrowing Statement) -> InboxCounters {
        InboxCounters(
            eventsCounted: row.size(6), eventsRetracted: row.size(7), quantityCounted: row.size(8),
            quantityRetracted: row.size(9), position: row.size(10))
    }
}

/// The words of the inbox by number.
struct Names {
    private let texts: [UInt32: String]
    private let parties: [UInt32: OIN]

    init(_ connection: borrowing Connection) throws(StorageFailure) {
        var texts: [UInt32: String] = [:]
        for (text, number) in try InboxLoading.words(connection) { texts[number] = text }
        self.texts = texts
        parties = texts.compactMapValues { OIN($0) }
    }

    func text(_ number: UInt32) throws(StorageFailure) -> String {
        guard let text = texts[number] else { throw Self.missing(number) }
        return text
    }

    func party(_ number: UInt32) throws(StorageFailure) -> OIN {
        guard let party = parties[number] else { throw Self.missing(number) }
        return party
    }

    /// Reads the first five columns as a cell.
    func cell(_ row: borrowing Statement, month: CivilMonth) throws(StorageFailure) -> InboxCell {
        InboxCell(
            application: try text(UInt32(clamping: row.integer(0))),
            provider: try party(UInt32(clamping: row.integer(1))),
            consumer: try party(UInt32(clamping: row.integer(2))),
            usageClass: try text(UInt32(clamping: row.integer(3))), month: month,
            side: row.integer(4) == 0 ? .provider : .consumer)
    }

    private static func missing(_ number: UInt32) -> StorageFailure {
        .notOurs(path: DatabaseFile.inbox.name, sentence: "word \(number) is missing or no name of its kind")
    }
}
