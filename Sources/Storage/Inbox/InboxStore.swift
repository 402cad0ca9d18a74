// SPDX-License-Identifier: EUPL-1.2

public import Journal
import Synchronization

/// The durable metering inbox: every event once, for ever. Spec: Protocol/storage.md §5.
/// Answers come after the event is on the disk; callers that wait at the same time share a transaction.
public final class InboxStore: Sendable {
    /// Thirty-two random bytes for the keyed hash of (source, id). They never leave the node but in its backups.
    public let identityKey: [UInt8]
    private let writer: GroupWriter<InboxCore>
    private let reader: Mutex<Connection>

    init(directory: String) throws(StorageFailure) {
        let core = try InboxCore(directory: directory, DatabaseFile.inbox.openWriter(in: directory))
        let connection = try DatabaseFile.inbox.openReader(in: directory)
        let row = try connection.prepare("SELECT identity_key FROM secret")
        guard try row.step() else {
            throw .notOurs(path: DatabaseFile.inbox.name, sentence: "its key is missing")
        }
        identityKey = row.bytes(0)
        row.reset()
        writer = GroupWriter(core, name: "korf.inbox")
        reader = Mutex(connection)
    }

    /// Why the inbox refuses everything, if it does; the process must then end.
    public var stopped: StorageFailure? { writer.stopped }

    /// Accepts events, at most 10,000; the outcomes stand in their order. All of them are durable together, or the
    /// call fails and none is.
    public func accept(_ events: [InboxEvent]) async throws(StorageFailure) -> [AcceptOutcome] {
        try await writer.perform(bytes: Self.byteCount(events)) { core throws(StorageFailure) in
            try core.accept(events)
        }
    }

    /// The same for callers that hold no task; `completion` runs on the writer's queue.
    public func accept(
        _ events: [InboxEvent],
        completion: @escaping @Sendable (Result<[AcceptOutcome], StorageFailure>) -> Void
    ) {
        writer.submit(
            bytes: Self.byteCount(events), { core throws(StorageFailure) in try core.accept(events) },
            completion: completion)
    }

    /// Retracts events by their identities; the outcomes stand in their order. Repeating it changes nothing.
    public func retract(_ identities: [EventIdentity]) async throws(StorageFailure) -> [RetractOutcome] {
        try await writer.perform(bytes: identities.count * 256) { core throws(StorageFailure) in
            var outcomes: [RetractOutcome] = []
            for identity in identities { outcomes.append(try core.retract(identity)) }
            return outcomes
        }
    }

    /// Every cell with its counters, and what was last flushed of it, in the order of a flush. With `months` only
    /// cells of those months.
    public func cells(months: ClosedRange<CivilMonth>? = nil) async throws(StorageFailure) -> [CellCounters] {
        try await writer.perform { core throws(StorageFailure) in try core.settleCounters() }
        return try read { connection throws(StorageFailure) in try CounterRows.cells(connection, months: months) }
    }

    /// The cells of which the events counted, or those retracted, grew by at least `threshold` since the last
    /// flush (the small-count rule); 1 names every cell that changed.
    public func cellsToFlush(
        threshold: UInt64, months: ClosedRange<CivilMonth>? = nil
    ) async throws(StorageFailure) -> [CellCounters] {
        try await cells(months: months).filter { cell in
            cell.current.eventsCounted - cell.flushed.eventsCounted >= max(1, threshold)
                || cell.current.eventsRetracted - cell.flushed.eventsRetracted >= max(1, threshold)
        }
    }

    /// Notes what a durable log entry now says of cells. Counters never fall: the larger of old and new stays.
    public func recordFlush(_ flushed: [(cell: InboxCell, counters: InboxCounters)]) async throws(StorageFailure) {
        try await writer.perform(bytes: flushed.count * 128) { core throws(StorageFailure) in
            try CounterRows.recordFlush(flushed, core.connection)
        }
    }

    /// What each day of a month adds to each cell, in order.
    public func days(of month: CivilMonth) async throws(StorageFailure) -> [DayCounters] {
        try await writer.perform { core throws(StorageFailure) in try core.settleCounters() }
        return try read { connection throws(StorageFailure) in try CounterRows.days(connection, of: month) }
    }

    /// The raw events of some days that have not expired, in the order of their positions. All of them are in
    /// memory at once; `forEachEvent` is for months.
    public func events(days: ClosedRange<CivilDate>) throws(StorageFailure) -> [StoredEvent] {
        var events: [StoredEvent] = []
        try forEachEvent(days: days) { events.append($0) }
        return events
    }

    /// Visits the same events one by one.
    public func forEachEvent(
        days: ClosedRange<CivilDate>, _ visit: (StoredEvent) -> Void
    ) throws(StorageFailure) {
        try read { connection throws(StorageFailure) in
            try StoredEvents.forEach(connection, days: days, visit)
        }
    }

    /// The position of the newest event or retraction; 0 in an empty inbox.
    public func lastPosition() throws(StorageFailure) -> UInt64 {
        try read { connection throws(StorageFailure) in
            UInt64(try connection.integer("SELECT max(first + count) - 1 FROM event_row") ?? 0)
        }
    }

    /// Deletes raw events of days before `day`; answers how many. Ids, contents and counters stay for ever.
    /// Works in slices, so that callers who meter are not held up.
    public func expire(before day: CivilDate) async throws(StorageFailure) -> Int {
        var total = 0
        var from: UInt64 = 0
        while true {
            let start = from
            let slice = try await writer.perform { core throws(StorageFailure) in
                try core.expire(before: day.dayNumber, from: start)
            }
            total += slice.expired
            guard let next = slice.next else { return total }
            from = next
        }
    }

    /// Raw events of days before this one have been deleted; `nil` when none were.
    public func expiredBefore() throws(StorageFailure) -> CivilDate? {
        let number = try read { connection throws(StorageFailure) in
            try connection.integer("SELECT expired_before FROM progress") ?? 0
        }
        return number > 0 ? CivilDate(dayNumber: Int(number)) : nil
    }

    /// Reads in one view of the database: rows name words that another commit may have added between two queries.
    func read<Value: Sendable>(
        _ work: (borrowing Connection) throws(StorageFailure) -> Value
    ) throws(StorageFailure) -> Value {
        try reader.withLock { connection throws(StorageFailure) in
            try connection.execute("BEGIN")
            let result: Result<Value, StorageFailure>
            do throws(StorageFailure) { result = .success(try work(connection)) } catch { result = .failure(error) }
            try connection.execute("COMMIT")
            return try result.get()
        }
    }

    func write<Value: Sendable>(
        _ work: @escaping @Sendable (inout InboxCore) throws(StorageFailure) -> Value
    ) async throws(StorageFailure) -> Value {
        try await writer.perform(work)
    }

    private static func byteCount(_ events: [InboxEvent]) -> Int { events.count * 192 }
}
