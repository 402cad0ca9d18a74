// SPDX-License-Identifier: EUPL-1.2

import Journal

/// A slice of an expiry: how many events went, and from which position to go on.
struct ExpirySlice: Sendable {
    let expired: Int
    let next: UInt64?
}

extension InboxCore {
    private static let rowsPerSlice = 64

    /// Removes raw events of days before `day`, from a position on, in a bounded number of rows. First everything
    /// that follows from them is written: ids into a run, counters into the table of days.
    mutating func expire(before day: Int32, from: UInt64) throws(StorageFailure) -> ExpirySlice {
        try settleCounters()
        if from == 0 { try markExpired(before: day) }
        let rows = try connection.prepare("""
            SELECT first, count, low_day, high_day, records FROM event_row
            WHERE first >= ? AND low_day < ? ORDER BY first LIMIT \(Self.rowsPerSlice)
            """)
        rows.bind(from, at: 1)
        rows.bind(Int(day), at: 2)
        let last = Int64(try connection.integer("SELECT max(first) FROM event_row") ?? 0)
        var expired = 0
        var changes: [(first: Int64, remaining: Remaining)] = []
        while try rows.step() {
            let remaining = rows.withBytes(4) { Remaining($0, count: Int(rows.integer(1)), before: day) }
            expired += remaining.expired
            changes.append((rows.integer(0), remaining))
        }
        for (first, remaining) in changes {
            // The last row stays, emptied, since it says which position is next.
            if remaining.kept == 0, first != last {
                try connection.execute("DELETE FROM event_row WHERE first = \(first)")
                continue
            }
            let update = try connection.prepare(
                "UPDATE event_row SET low_day = ?, high_day = ?, records = ? WHERE first = ?")
            update.bind(Int(remaining.lowDay), at: 1)
            update.bind(Int(remaining.highDay), at: 2)
            update.bind(remaining.bytes, at: 3)
            update.bind(first, at: 4)
            try update.run()
        }
        let next = changes.count == Self.rowsPerSlice ? changes.last.map { UInt64($0.first) + 1 } : nil
        return ExpirySlice(expired: expired, next: next)
    }

    /// A row after its old events went; their places stay, so that positions stay dense.
    private struct Remaining {
        var bytes: [UInt8] = []
        var kept = 0
        var expired = 0
        var lowDay = Int32.max
        var highDay = Int32.max

        init(_ row: UnsafeRawBufferPointer, count: Int, before day: Int32) {
            var offset = 0
            for _ in 0..<count {
                guard let record = EventRecord.read(row, at: &offset) else { break }
                if record.kind == .expired {
                    record.append(to: &bytes)
                } else if record.key.day < day {
                    if record.kind == .event { expired += 1 }
                    EventRecord.tombstone.append(to: &bytes)
                } else {
                    highDay = kept == 0 ? record.key.day : max(highDay, record.key.day)
                    lowDay = min(lowDay, record.key.day)
                    kept += 1
                    record.append(to: &bytes)
                }
            }
        }
    }
}
