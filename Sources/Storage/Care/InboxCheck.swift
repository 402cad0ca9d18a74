// SPDX-License-Identifier: EUPL-1.2

import Journal

/// Counts the raw events again and compares them with the counters, the ids and the retractions.
struct InboxCheck {
    func run(_ connection: borrowing Connection, _ report: inout FsckReport) throws(StorageFailure) {
        let statements = try InboxStatements(connection)
        let loaded: InboxLoading.Loaded
        do throws(StorageFailure) { loaded = try InboxLoading.load(connection) } catch { return report.note(error) }
        report.identityCount = loaded.seen.count
        try runs(loaded.seen, statements, &report)
        var counted: [CounterKey: InboxCounters] = [:]
        var events: [(UInt64, EventRecord)] = []
        var retractions: [UInt64: UInt64] = [:]
        try rowsFollow(connection, &report)
        do throws(StorageFailure) {
            try EventRows.forEach(connection, from: 1, through: .max) { position, record in
                counted[record.key, default: InboxCounters()].add(record.counters(at: position))
                if record.kind == .event { events.append((position, record)) } else {
                    retractions[record.content] = position
                }
            }
        } catch { return report.note(error) }
        report.eventCount = events.count
        for (position, record) in events {
            let known = try loaded.seen.find(record.identity, statements)
            if known?.position != position || known?.content != record.content {
                report.note("inbox: event \(position) is not remembered by its id")
            }
            if let retraction = retractions[position], try statements.retraction(of: position) != retraction {
                report.note("inbox: the retraction of event \(position) is not noted")
            }
        }
        try counters(connection, loaded, counted, &report)
    }

    private func rowsFollow(_ connection: borrowing Connection, _ report: inout FsckReport) throws(StorageFailure) {
        let rows = try connection.prepare("SELECT first, count FROM event_row ORDER BY first")
        var next: Int64 = 1
        while try rows.step() {
            if rows.integer(0) < next { report.note("inbox: two rows hold event \(rows.integer(0))") }
            next = rows.integer(0) + rows.integer(1)
        }
    }

    private func runs(
        _ seen: SeenIdentities, _ statements: borrowing InboxStatements, _ report: inout FsckReport
    ) throws(StorageFailure) {
        for run in seen.runs {
            var last: EventIdentity?
            var count = 0
            for page in run.fences.indices {
                let records: RunPage
                do throws(StorageFailure) {
                    records = try statements.page(run.number, page)
                } catch {
                    report.note(error)
                    continue
                }
                for position in 0..<records.count {
                    let identity = records[position].identity
                    if let last, last >= identity {
                        report.note("inbox: run \(run.number), page \(page) is not sorted")
                    }
                    if !run.filter.mayContain(identity) {
                        report.note("inbox: run \(run.number), page \(page): an id is missing in the filter")
                    }
                    last = identity
                    count += 1
                }
            }
            if count != run.count { report.note("inbox: run \(run.number) has \(count) ids instead of \(run.count)") }
        }
    }

    /// Where raw events are still kept the sums must be equal; of older days they can only be smaller.
    private func counters(
        _ connection: borrowing Connection, _ loaded: InboxLoading.Loaded,
        _ counted: [CounterKey: InboxCounters], _ report: inout FsckReport
    ) throws(StorageFailure) {
        var stored = loaded.pending.newest
        for item in loaded.pending.sealed { stored[item.key, default: InboxCounters()].add(item.counters) }
        let rows = try connection.prepare("SELECT * FROM day_count")
        while try rows.step() {
            let key = CounterKey(
                application: UInt32(clamping: rows.integer(0)), provider: UInt32(clamping: rows.integer(1)),
                consumer: UInt32(clamping: rows.integer(2)), usageClass: UInt32(clamping: rows.integer(3)),
                side: UInt8(clamping: rows.integer(4)), day: Int32(clamping: rows.integer(5)))
            stored[key, default: InboxCounters()].add(InboxCounters(
                eventsCounted: rows.size(6), eventsRetracted: rows.size(7), quantityCounted: rows.size(8),
                quantityRetracted: rows.size(9), position: rows.size(10)))
        }
        for key in Set(stored.keys).union(counted.keys).sorted() {
            let (left, right) = (stored[key] ?? InboxCounters(), counted[key] ?? InboxCounters())
            let fits = key.day >= loaded.expiredBefore ? left == right
                : left.eventsCounted >= right.eventsCounted && left.quantityCounted >= right.quantityCounted
            if !fits {
                report.note("inbox: a counter of day \(key.day) says \(left.eventsCounted) events, "
                    + "\(left.eventsRetracted) retracted; the raw events say \(right.eventsCounted), "
                    + "\(right.eventsRetracted)")
            }
            if left.eventsRetracted > left.eventsCounted {
                report.note("inbox: a counter of day \(key.day) has more retracted than counted")
            }
        }
    }
}
