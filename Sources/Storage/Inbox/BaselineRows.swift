// SPDX-License-Identifier: EUPL-1.2

import Journal

/// From where the counters of each own log after the first begin. Spec: Protocol/storage.md §5.
enum BaselineRows {
    static func of(
        _ log: LogID, _ connection: borrowing Connection
    ) throws(StorageFailure) -> [InboxCell: InboxCounters]? {
        let mark = try connection.prepare("SELECT 1 FROM baseline_log WHERE log = ?")
        mark.bind(log, at: 1)
        guard try mark.step() else { return nil }
        mark.reset()
        let names = try Names(connection)
        let rows = try connection.prepare("""
            SELECT application, provider, consumer, class, side, month, events_counted, events_retracted,
              quantity_counted, quantity_retracted, position FROM baseline WHERE log = ?
            """)
        rows.bind(log, at: 1)
        var cells: [InboxCell: InboxCounters] = [:]
        while try rows.step() {
            guard let month = CivilMonth(monthNumber: Int(rows.integer(5))) else { continue }
            cells[try names.cell(rows, month: month)] = InboxCounters(
                eventsCounted: rows.size(6), eventsRetracted: rows.size(7), quantityCounted: rows.size(8),
                quantityRetracted: rows.size(9), position: rows.size(10))
        }
        return cells
    }

    static func set(
        _ log: LogID, _ cells: [(cell: InboxCell, counters: InboxCounters)], _ connection: borrowing Connection
    ) throws(StorageFailure) {
        let mark = try connection.prepare("INSERT INTO baseline_log VALUES (?)")
        mark.bind(log, at: 1)
        try mark.run()
        let resolve = try connection.prepare("UPDATE forgotten SET successor = ? WHERE successor IS NULL")
        resolve.bind(log, at: 1)
        try resolve.run()
        let words = try InboxLoading.words(connection)
        let put = try connection.prepare("INSERT INTO baseline VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
        for (cell, counters) in cells {
            // A cell that the inbox never counted has nothing to take away from.
            guard let application = words[cell.application], let provider = words[cell.provider.digits],
                  let consumer = words[cell.consumer.digits], let usageClass = words[cell.usageClass]
            else { continue }
            put.bind(log, at: 1)
            for (index, word) in [application, provider, consumer, usageClass].enumerated() {
                put.bind(Int(word), at: Int32(index + 2))
            }
            put.bind(Int(cell.side.rawValue), at: 6)
            put.bind(Int(cell.month.monthNumber), at: 7)
            put.bind(counters.eventsCounted, at: 8)
            put.bind(counters.eventsRetracted, at: 9)
            put.bind(counters.quantityCounted, at: 10)
            put.bind(counters.quantityRetracted, at: 11)
            put.bind(counters.position, at: 12)
            try put.run()
        }
    }
}
