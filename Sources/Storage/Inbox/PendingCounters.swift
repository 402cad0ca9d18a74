// SPDX-License-Identifier: EUPL-1.2

/// Counters of the newest events, on their way into the table of days. They follow from the event rows behind a
/// durable cursor, so nothing of them needs its own write: a restart computes them again.
/// Spec: Protocol/storage.md §5.
struct PendingCounters {
    /// Of records behind `sealedThrough`.
    private(set) var newest: [CounterKey: InboxCounters] = [:]
    /// Of records in `sealedFrom ..< = sealedThrough`, ascending, those not written yet.
    private(set) var sealed: [(key: CounterKey, counters: InboxCounters)] = []
    private var written = 0
    private(set) var sealedFrom: UInt64 = 0
    private(set) var sealedThrough: UInt64 = 0

    var isWritten: Bool { sealed.isEmpty }

    /// Begins where the durable cursor stands.
    init(sealedFrom: UInt64, sealedThrough: UInt64) {
        self.sealedFrom = sealedFrom
        self.sealedThrough = sealedThrough
    }

    mutating func add(_ counters: InboxCounters, to key: CounterKey) {
        newest[key, default: InboxCounters()].add(counters)
    }

    /// Ends the window: what it counted is written from now on. The one before is wholly written.
    mutating func seal(through position: UInt64) {
        precondition(sealed.isEmpty, "a window is sealed after the one before is written")
        sealed = newest.sorted { $0.key < $1.key }.map { (key: $0.key, counters: $0.value) }
        newest = [:]
        written = 0
        sealedThrough = position
        if sealed.isEmpty { sealedFrom = position }
    }

    /// After a restart: what was written of the sealed window already is left out.
    mutating func resume(after cursor: CounterKey?) {
        if let cursor { sealed.removeAll { $0.key <= cursor } }
        if sealed.isEmpty { sealedFrom = sealedThrough }
    }

    /// Writes the next counters; answers the last key written, or `nil` when the window is done.
    mutating func write(
        _ budget: Int, _ statements: borrowing InboxStatements
    ) throws(StorageFailure) -> CounterKey? {
        let end = min(sealed.count, written + budget)
        for (key, counters) in sealed[written..<end] { try statements.add(counters, to: key) }
        written = end
        guard written == sealed.count else { return sealed[written - 1].key }
        sealed = []
        written = 0
        sealedFrom = sealedThrough
        return nil
    }
}
