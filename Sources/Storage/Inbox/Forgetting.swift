// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// Days of which an inbox that was put back may have forgotten receipts: what is metered of them anew waits until a
/// person who compared totals releases it. Spec: Protocol/storage.md §5.
public struct Quarantine: Sendable, Equatable {
    /// The newest receipt that the inbox still had.
    public let position: UInt64
    /// The first day that waits, of a mark that an older program made; `nil` for every day up to the restart's: a
    /// receipt that was forgotten may have been of any day.
    public let firstDay: CivilDate?
    /// The day of the restart.
    public let lastDay: CivilDate
    /// Days that were released.
    public let released: Set<CivilDate>
    /// Whether a successor of the own log counts from here.
    public let isSucceeded: Bool

    /// Whether what is metered anew of a day waits.
    public func holds(_ day: CivilDate) -> Bool {
        day <= lastDay && firstDay.map { $0 <= day } ?? true && !released.contains(day)
    }
}

/// What of a day waits in quarantine.
public struct QuarantinedDay: Sendable, Equatable {
    /// The day.
    public let day: CivilDate
    /// Events that were received after the restart.
    public let events: UInt64
    /// Whether a person released it.
    public let isReleased: Bool
}

extension InboxStore {
    /// Notes that receipts after `position` may be forgotten, of days up to one. Where that is noted already and no
    /// successor counts from it, nothing changes.
    public func markForgotten(after position: UInt64, through lastDay: CivilDate) async throws(StorageFailure) {
        try await write { core throws(StorageFailure) in
            guard try core.connection.integer("SELECT 1 FROM forgotten WHERE successor IS NULL") == nil else { return }
            let put = try core.connection.prepare("INSERT OR IGNORE INTO forgotten VALUES (?1, NULL, ?2, NULL)")
            put.bind(position, at: 1)
            put.bind(Int(lastDay.dayNumber), at: 2)
            try put.run()
        }
    }

    /// Every time that receipts were forgotten, the oldest first.
    public func quarantines() throws(StorageFailure) -> [Quarantine] {
        try read { connection throws(StorageFailure) in try ForgottenRows.all(connection) }
    }

    /// Lets what was metered of days be counted, with the reason of the person who compared.
    public func release(
        _ days: [CivilDate], reason: String, atSeconds: Int
    ) async throws(StorageFailure) {
        try await write { core throws(StorageFailure) in
            for day in days {
                let put = try core.connection.prepare("""
                    INSERT OR IGNORE INTO released_day SELECT position, ?1, ?2, ?3 FROM forgotten
                    """)
                put.bind(Int(day.dayNumber), at: 1)
                put.bind(reason, at: 2)
                put.bind(atSeconds, at: 3)
                try put.run()
            }
        }
    }

    /// What waits in quarantine, by day.
    public func quarantinedDays() throws(StorageFailure) -> [QuarantinedDay] {
        try read { connection throws(StorageFailure) in
            let all = try ForgottenRows.all(connection)
            var events: [CivilDate: UInt64] = [:]
            try ForgottenRows.forEachAfter(all.map(\.position).min(), connection) { position, record in
                guard record.kind == .event, let day = CivilDate(dayNumber: Int(record.key.day)),
                      all.contains(where: { $0.wasHeld(position, day) })
                else { return }
                events[day, default: 0] += 1
            }
            return events.sorted { $0.key < $1.key }.map { day, count in
                QuarantinedDay(day: day, events: count, isReleased: all.allSatisfy { !$0.holds(day) })
            }
        }
    }

    /// What waits in quarantine, by cell: no flush and no statement counts it.
    public func quarantined() throws(StorageFailure) -> [InboxCell: InboxCounters] {
        try read { connection throws(StorageFailure) in
            let all = try ForgottenRows.all(connection)
            return try ForgottenRows.cells(after: all.map(\.position).min(), connection) { position, day in
                all.contains { $0.position < position && $0.holds(day) }
            }
        }
    }

    /// What was received after a position, by cell.
    public func received(after position: UInt64) throws(StorageFailure) -> [InboxCell: InboxCounters] {
        try read { connection throws(StorageFailure) in
            try ForgottenRows.cells(after: position, connection) { _, _ in true }
        }
    }

    /// What of each cell flushes of older own logs cover, as a log of this node began with it; `nil` where it was
    /// never noted.
    public func baseline(of log: LogID) throws(StorageFailure) -> [InboxCell: InboxCounters]? {
        try read { connection throws(StorageFailure) in try BaselineRows.of(log, connection) }
    }

    /// Notes from where the counters of a log begin, for good.
    public func setBaseline(
        of log: LogID, _ cells: [(cell: InboxCell, counters: InboxCounters)]
    ) async throws(StorageFailure) {
        try await write { core throws(StorageFailure) in try BaselineRows.set(log, cells, core.connection) }
    }
}

extension Quarantine {
    /// Whether an event at a position was ever held back.
    public func wasHeld(_ position: UInt64, _ day: CivilDate) -> Bool {
        self.position < position && day <= lastDay && firstDay.map { $0 <= day } ?? true
    }
}

/// Rows of `forgotten` and `released_day`, and the raw events that they are about.
enum ForgottenRows {
    static func all(_ connection: borrowing Connection) throws(StorageFailure) -> [Quarantine] {
        var released: [UInt64: Set<CivilDate>] = [:]
        let days = try connection.prepare("SELECT position, day FROM released_day")
        while try days.step() {
            if let day = CivilDate(dayNumber: Int(days.integer(1))) { released[days.size(0), default: []].insert(day) }
        }
        var all: [Quarantine] = []
        let rows = try connection.prepare(
            "SELECT position, low_day, high_day, successor FROM forgotten ORDER BY position")
        while try rows.step() {
            guard let lastDay = CivilDate(dayNumber: Int(rows.integer(2))) else { continue }
            let firstDay = rows.isNull(1) ? nil : CivilDate(dayNumber: Int(rows.integer(1)))
            all.append(Quarantine(
                position: rows.size(0), firstDay: firstDay, lastDay: lastDay,
                released: released[rows.size(0)] ?? [], isSucceeded: !rows.isNull(3)))
        }
        return all
    }

    static func forEachAfter(
        _ position: UInt64?, _ connection: borrowing Connection, _ visit: (UInt64, EventRecord) -> Void
    ) throws(StorageFailure) {
        guard let position else { return }
        try EventRows.forEach(connection, from: position + 1, through: .max, visit)
    }

    static func cells(
        after position: UInt64?, _ connection: borrowing Connection, _ isWanted: (UInt64, CivilDate) -> Bool
    ) throws(StorageFailure) -> [InboxCell: InboxCounters] {
        var counted: [CounterKey: InboxCounters] = [:]
        try forEachAfter(position, connection) { position, record in
            guard let day = CivilDate(dayNumber: Int(record.key.day)), isWanted(position, day) else { return }
            counted[record.key, default: InboxCounters()].add(record.counters(at: position))
        }
        let names = try Names(connection)
        var cells: [InboxCell: InboxCounters] = [:]
        for (key, counters) in counted {
            guard let day = CivilDate(dayNumber: Int(key.day)) else { continue }
            let cell = InboxCell(
                application: try names.text(key.application), provider: try names.party(key.provider),
                consumer: try names.party(key.consumer), usageClass: try names.text(key.usageClass),
                month: day.month, side: key.side == 0 ? .provider : .consumer)
            cells[cell, default: InboxCounters()].add(counters)
        }
        return cells
    }
}
