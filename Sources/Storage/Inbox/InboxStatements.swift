// SPDX-License-Identifier: EUPL-1.2

/// The statements that every transaction of the inbox uses.
struct InboxStatements: ~Copyable {
    let insertPage: Statement
    let insertFilter: Statement
    let insertRow: Statement
    let insertWord: Statement
    let insertRetraction: Statement
    let moveCursor: Statement
    private let readPage: Statement
    private let readRetraction: Statement
    private let addCounters: Statement
    private let readRow: Statement

    func page(_ run: Int, _ number: Int) throws(StorageFailure) -> RunPage {
        readPage.bind(Run.pageKey(run, number), at: 1)
        guard try readPage.step() else {
            throw .notOurs(path: DatabaseFile.inbox.name, sentence: "page \(number) of run \(run) is missing")
        }
        let page = readPage.withBytes(0) { RunPage($0) }
        readPage.reset()
        guard page.count > 0 else {
            throw .notOurs(path: DatabaseFile.inbox.name, sentence: "page \(number) of run \(run) is empty")
        }
        return page
    }

    func retraction(of event: UInt64) throws(StorageFailure) -> UInt64? {
        readRetraction.bind(event, at: 1)
        guard try readRetraction.step() else { return nil }
        defer { readRetraction.reset() }
        return readRetraction.size(0)
    }

    /// The record at a position, where its row is still there.
    func record(at position: UInt64) throws(StorageFailure) -> EventRecord? {
        readRow.bind(position, at: 1)
        guard try readRow.step() else { return nil }
        defer { readRow.reset() }
        let first = readRow.size(0)
        guard position < first + readRow.size(1) else { return nil }
        return readRow.withBytes(2) { bytes in
            var offset = 0
            for _ in first..<position where EventRecord.read(bytes, at: &offset) == nil { return nil }
            return EventRecord.read(bytes, at: &offset)
        }
    }

    func add(_ counters: InboxCounters, to key: CounterKey) throws(StorageFailure) {
        addCounters.bind(Int(key.application), at: 1)
        addCounters.bind(Int(key.provider), at: 2)
        addCounters.bind(Int(key.consumer), at: 3)
        addCounters.bind(Int(key.usageClass), at: 4)
        addCounters.bind(Int(key.side), at: 5)
        addCounters.bind(Int(key.day), at: 6)
        addCounters.bind(counters.eventsCounted, at: 7)
        addCounters.bind(counters.eventsRetracted, at: 8)
        addCounters.bind(counters.quantityCounted, at: 9)
        addCounters.bind(counters.quantityRetracted, at: 10)
        addCounters.bind(counters.position, at: 11)
        try addCounters.run()
    }
}

extension InboxStatements {
    init(_ connection: borrowing Connection) throws(StorageFailure) {
        self.init(
            insertPage: try connection.prepare("INSERT INTO run_page VALUES (?, ?)"),
            insertFilter: try connection.prepare("INSERT INTO run_filter VALUES (?, ?)"),
            insertRow: try connection.prepare("INSERT INTO event_row VALUES (?, ?, ?, ?, ?)"),
            insertWord: try connection.prepare("INSERT INTO word VALUES (?, ?)"),
            insertRetraction: try connection.prepare("INSERT INTO retraction VALUES (?, ?)"),
            moveCursor: try connection.prepare(
                "UPDATE progress SET sealed_from = ?, sealed_through = ?, sealed_cursor = ?"),
            readPage: try connection.prepare("SELECT records FROM run_page WHERE key = ?"),
            readRetraction: try connection.prepare("SELECT position FROM retraction WHERE event = ?"),
            addCounters: try connection.prepare("""
                INSERT INTO day_count VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
                  events_counted = events_counted + excluded.events_counted,
                  events_retracted = events_retracted + excluded.events_retracted,
                  quantity_counted = quantity_counted + excluded.quantity_counted,
                  quantity_retracted = quantity_retracted + excluded.quantity_retracted,
                  position = max(position, excluded.position)
                """),
            readRow: try connection.prepare(
                "SELECT first, count, records FROM event_row WHERE first <= ? ORDER BY first DESC LIMIT 1"))
    }
}
