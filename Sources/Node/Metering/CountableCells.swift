// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Storage

/// What the own log may say of usage: what the inbox counted, less what older own logs said and what is in quarantine.
/// Spec: Protocol/storage.md §5, Protocol/membership.md §4.
struct CountableCells: Sendable {
    let engine: NodeEngine
    let inbox: InboxStore

    /// The cells, with `current` as the own log may say it.
    func cells(months: ClosedRange<CivilMonth>? = nil) async throws(StorageFailure) -> [CellCounters] {
        let baseline = try await baseline()
        let counted = try await inbox.cells(months: months)
        let waiting = try inbox.quarantined()
        guard !baseline.isEmpty || !waiting.isEmpty else { return counted }
        return counted.map { row in
            row.less(waiting[row.cell] ?? InboxCounters()).less(baseline[row.cell] ?? InboxCounters())
        }
    }

    /// From where the own log counts; worked out once, when a successor says something for the first time.
    private func baseline() async throws(StorageFailure) -> [InboxCell: InboxCounters] {
        let logs = await engine.read { $0.state.member($0.member.oin)?.logs.map(\.log) ?? [] }
        guard let own = logs.first, own == engine.ownLogID, logs.count > 1 else { return [:] }
        if let known = try inbox.baseline(of: own) { return known }
        let before = try inbox.baseline(of: logs[1]) ?? [:]
        let lost = try inbox.quarantines().first { !$0.isSucceeded }
        let later = try lost.map { quarantine throws(StorageFailure) in
            try inbox.received(after: quarantine.position)
        } ?? [:]
        let held = try await inbox.cells().map { $0.less(later[$0.cell] ?? InboxCounters()) }
        let said = await engine.read { engine in
            held.map { InboxCounters(engine.state.counters(of: UsageCell($0.cell), log: logs[1])) }
        }
        let covered = zip(held, said).map { row, said in
            (cell: row.cell, counters: said.adding(before[row.cell] ?? InboxCounters()).lesser(row.current))
        }
        try await inbox.setBaseline(of: own, covered)
        return Dictionary(uniqueKeysWithValues: covered.map { ($0.cell, $0.counters) })
    }
}

extension InboxCounters {
    init(_ counters: UsageCounters) {
        self.init(
            eventsCounted: UInt64(counters.eventsCounted), eventsRetracted: UInt64(counters.eventsRetracted),
            quantityCounted: UInt64(counters.quantityCounted), quantityRetracted: UInt64(counters.quantityRetracted),
            position: UInt64(counters.inboxPosition))
    }
}
