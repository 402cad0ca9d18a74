// SPDX-License-Identifier: EUPL-1.2

import Journal

/// Takes the inbox up again: the names, the filters, and the events behind the cursor.
enum InboxLoading {
    struct Loaded {
        var seen: SeenIdentities
        var pending: PendingCounters
        var words: [String: UInt32]
        var nextPosition: UInt64
        var expiredBefore: Int32
    }

    static func load(_ connection: borrowing Connection) throws(StorageFailure) -> Loaded {
        let progress = try connection.prepare(
            "SELECT sealed_from, sealed_through, sealed_cursor, expired_before FROM progress")
        guard try progress.step() else {
            throw .notOurs(path: DatabaseFile.inbox.name, sentence: "its progress is missing")
        }
        let (from, through) = (progress.size(0), progress.size(1))
        let cursor = progress.isNull(2) ? nil : CounterKey(progress.bytes(2))
        let expired = Int32(clamping: progress.integer(3))
        progress.reset()
        var loaded = Loaded(
            seen: try SeenIdentities.load(connection),
            pending: PendingCounters(sealedFrom: from, sealedThrough: from), words: try words(connection),
            nextPosition: UInt64(try connection.integer("SELECT max(first + count) FROM event_row") ?? 1),
            expiredBefore: expired)
        try EventRows.forEach(connection, from: from + 1, through: through) { position, record in
            loaded.pending.add(record.counters(at: position), to: record.key)
        }
        loaded.pending.seal(through: through)
        loaded.pending.resume(after: cursor)
        try EventRows.forEach(connection, from: through + 1, through: .max) { position, record in
            loaded.pending.add(record.counters(at: position), to: record.key)
            if record.kind == .event {
                loaded.seen.remember(record.identity, content: record.content, position: position)
            }
        }
        return loaded
    }

    static func words(_ connection: borrowing Connection) throws(StorageFailure) -> [String: UInt32] {
        var words: [String: UInt32] = [:]
        let rows = try connection.prepare("SELECT number, text FROM word")
        while try rows.step() { words[rows.text(1)] = UInt32(clamping: rows.integer(0)) }
        return words
    }
}

/// Rows of raw events.
enum EventRows {
    /// Visits the records of a range of positions that did not expire, in their order.
    static func forEach(
        _ connection: borrowing Connection, from: UInt64, through: UInt64,
        days: ClosedRange<Int32> = .min ... .max, _ visit: (UInt64, EventRecord) -> Void
    ) throws(StorageFailure) {
        guard from <= through else { return }
        let rows = try connection.prepare("""
            SELECT first, count, records FROM event_row
            WHERE first >= coalesce((SELECT max(first) FROM event_row WHERE first <= ?1), ?1)
              AND first <= ?2 AND high_day >= ?3 AND low_day <= ?4 ORDER BY first
            """)
        rows.bind(from, at: 1)
        rows.bind(min(through, UInt64(Int64.max)), at: 2)
        rows.bind(Int(days.lowerBound), at: 3)
        rows.bind(Int(days.upperBound), at: 4)
        while try rows.step() {
            let (first, count) = (rows.size(0), rows.size(1))
            let isWhole = rows.withBytes(2) { bytes in
                var offset = 0
                for position in first..<first + count {
                    guard let record = EventRecord.read(bytes, at: &offset) else { return false }
                    if record.kind != .expired, position >= from, position <= through,
                       days.contains(record.key.day) {
                        visit(position, record)
                    }
                }
                return offset == bytes.count
            }
            guard isWhole else {
                throw .notOurs(path: DatabaseFile.inbox.name, sentence: "the row of event \(first) is damaged")
            }
        }
    }
}
