// SPDX-License-Identifier: EUPL-1.2

import Journal

/// The writer of `inbox.db`. An accepted event costs its share of one row; ids and counters follow from the rows
/// behind a cursor and are written later, a bounded share with each transaction.
struct InboxCore: TransactionCore, ~Copyable {
    let connection: Connection
    let statements: InboxStatements
    let directory: String
    var seen: SeenIdentities
    var pending: PendingCounters
    private var words: [String: UInt32]
    private(set) var nextPosition: UInt64
    private(set) var expiredBefore: Int32
    private var row = RowBuffer()
    private var acceptedCount = 0

    /// Events not yet in a row of the open transaction.
    private struct RowBuffer {
        var first: UInt64 = 0
        var count = 0
        var lowDay = Int32.max
        var highDay = Int32.min
        var bytes: [UInt8] = []
    }

    init(directory: String, _ connection: consuming Connection) throws(StorageFailure) {
        if try connection.integer("SELECT 1 FROM secret") == nil {
            let insert = try connection.prepare("INSERT INTO secret VALUES (1, ?)")
            insert.bind(Randomness.bytes(32), at: 1)
            try insert.run()
        }
        let statements = try InboxStatements(connection)
        let loaded = try InboxLoading.load(connection)
        self.init(connection, statements, directory, loaded)
    }

    private init(
        _ connection: consuming Connection, _ statements: consuming InboxStatements, _ directory: String,
        _ loaded: InboxLoading.Loaded
    ) {
        self.connection = connection
        self.statements = statements
        self.directory = directory
        seen = loaded.seen
        pending = loaded.pending
        words = loaded.words
        nextPosition = loaded.nextPosition
        expiredBefore = loaded.expiredBefore
    }

    mutating func begin(bytes: Int) throws(StorageFailure) {
        try FreeSpace.demand(bytes + Limits.groupBytes, at: directory)
        try connection.execute("BEGIN IMMEDIATE")
    }

    mutating func commit() throws(StorageFailure) {
        try writeRow()
        if seen.recent.count >= Limits.recentEvents || pending.newest.count >= Limits.recentEvents { try seal() }
        if !pending.isWritten {
            try writeCounters(max(Limits.countersLeast, acceptedCount * Limits.countersPerEvent))
        }
        try seen.tidy(accepted: acceptedCount, connection, statements)
        try connection.execute("COMMIT")
    }

    mutating func publish() { acceptedCount = 0 }

    /// Memory mirrors the database, so after a rollback it is read again.
    mutating func rollBack() throws(StorageFailure) {
        if connection.isInTransaction { try connection.execute("ROLLBACK") }
        let loaded = try InboxLoading.load(connection)
        seen = loaded.seen
        pending = loaded.pending
        words = loaded.words
        nextPosition = loaded.nextPosition
        expiredBefore = loaded.expiredBefore
        row = RowBuffer()
        acceptedCount = 0
    }

    mutating func accept(_ events: [InboxEvent]) throws(StorageFailure) -> [AcceptOutcome] {
        try check(events)
        var outcomes: [AcceptOutcome] = []
        outcomes.reserveCapacity(events.count)
        for event in events {
            if let known = try seen.find(event.identity, statements) {
                outcomes.append(known.content == event.content
                    ? .duplicate(position: known.position) : .conflict(position: known.position))
                continue
            }
            let record = EventRecord(
                kind: .event,
                key: CounterKey(
                    application: try word(event.application), provider: try word(event.provider.digits),
                    consumer: try word(event.consumer.digits), usageClass: try word(event.usageClass),
                    side: event.side.rawValue, day: event.day.dayNumber),
                quantity: event.quantity, identity: event.identity, content: event.content,
                source: try word(event.source), id: event.id, transaction: event.transaction)
            let position = try append(record)
            seen.remember(event.identity, content: event.content, position: position)
            outcomes.append(.accepted(position: position))
        }
        return outcomes
    }

    mutating func retract(_ identity: EventIdentity) throws(StorageFailure) -> RetractOutcome {
        guard let known = try seen.find(identity, statements) else { return .unknown }
        if let position = try statements.retraction(of: known.position) { return .already(position: position) }
        try writeRow()
        guard var record = try statements.record(at: known.position), record.kind == .event else { return .expired }
        record.kind = .retraction
        record.content = known.position
        let position = try append(record)
        statements.insertRetraction.bind(known.position, at: 1)
        statements.insertRetraction.bind(position, at: 2)
        try statements.insertRetraction.run()
        return .retracted(position: position)
    }

    /// Brings all that was counted into the table of days.
    mutating func settleCounters() throws(StorageFailure) {
        try writeRow()
        try writeCounters(.max)
        try seal()
        try writeCounters(.max)
    }

    mutating func markExpired(before day: Int32) throws(StorageFailure) {
        expiredBefore = max(expiredBefore, day)
        try connection.execute("UPDATE progress SET expired_before = \(expiredBefore)")
    }

    private func check(_ events: [InboxEvent]) throws(StorageFailure) {
        guard events.count <= Limits.acceptedEvents else {
            throw .refused(.tooLarge(bytes: events.count, limit: Limits.acceptedEvents))
        }
        for event in events {
            for text in [event.source, event.id, event.transaction ?? "", event.application, event.usageClass]
            where text.utf8.count > Limits.eventTextBytes {
                throw .refused(.tooLarge(bytes: text.utf8.count, limit: Limits.eventTextBytes))
            }
        }
        // Five names an event at most: refused before the first is written.
        guard words.count + events.count * 5 <= Limits.words else {
            throw .refused(.tooManyNames(limit: Limits.words))
        }
    }

    private mutating func word(_ text: String) throws(StorageFailure) -> UInt32 {
        if let number = words[text] { return number }
        let number = UInt32(words.count + 1)
        statements.insertWord.bind(Int(number), at: 1)
        statements.insertWord.bind(text, at: 2)
        try statements.insertWord.run()
        words[text] = number
        return number
    }

    private mutating func append(_ record: EventRecord) throws(StorageFailure) -> UInt64 {
        if row.bytes.count >= Limits.eventRowBytes { try writeRow() }
        let position = nextPosition
        nextPosition += 1
        if row.count == 0 { row.first = position }
        row.count += 1
        row.lowDay = min(row.lowDay, record.key.day)
        row.highDay = max(row.highDay, record.key.day)
        record.append(to: &row.bytes)
        pending.add(record.counters(at: position), to: record.key)
        acceptedCount += 1
        return position
    }

    private mutating func writeRow() throws(StorageFailure) {
        guard row.count > 0 else { return }
        statements.insertRow.bind(row.first, at: 1)
        statements.insertRow.bind(row.count, at: 2)
        statements.insertRow.bind(Int(row.lowDay), at: 3)
        statements.insertRow.bind(Int(row.highDay), at: 4)
        statements.insertRow.bind(row.bytes, at: 5)
        try statements.insertRow.run()
        row = RowBuffer()
    }

    private mutating func seal() throws(StorageFailure) {
        try writeCounters(.max)
        try seen.seal(connection, statements)
        pending.seal(through: nextPosition - 1)
        try moveCursor(nil)
    }

    private mutating func writeCounters(_ budget: Int) throws(StorageFailure) {
        guard !pending.isWritten else { return }
        try moveCursor(try pending.write(budget, statements))
    }

    private func moveCursor(_ key: CounterKey?) throws(StorageFailure) {
        statements.moveCursor.bind(pending.sealedFrom, at: 1)
        statements.moveCursor.bind(pending.sealedThrough, at: 2)
        if let key { statements.moveCursor.bind(key.bytes, at: 3) } else { statements.moveCursor.bindNull(at: 3) }
        try statements.moveCursor.run()
    }
}
