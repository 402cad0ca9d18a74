// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Storage

/// Brings counters from the inbox to the own log: by its own timer, as far as the small-count rule lets them go.
/// Spec: Protocol/metering-events.md §7, Protocol/kinds.md §2.
struct UsageFlusher: Sendable {
    private let engine: NodeEngine
    private let inbox: InboxStore
    private let turn: OneAtATime

    init(_ engine: NodeEngine, inbox: InboxStore, turn: OneAtATime) {
        self.engine = engine
        self.inbox = inbox
        self.turn = turn
    }

    /// Flushes what is due; answers how many cells went out. What was flushed is read from the log's own fold, so a
    /// crash between log and inbox loses nothing and repeats nothing.
    func flush() async throws(EngineFailure) -> Int {
        await turn.begin()
        let result: Result<Int, EngineFailure>
        do throws(EngineFailure) { result = .success(try await flushInTurn()) } catch { result = .failure(error) }
        await turn.end()
        return try result.get()
    }

    private func flushInTurn() async throws(EngineFailure) -> Int {
        // What a newcomer meters waits, durable in the inbox, until an epoch admits it.
        guard await engine.read({ $0.mode != .joins }) else { return 0 }
        let cells: [CellCounters]
        do throws(StorageFailure) {
            let counted = try await CountableCells(engine: engine, inbox: inbox).cells()
            let totals = try inbox.totals()
            // A cell of which a total is stated is not counted by events.
            cells = totals.isEmpty ? counted : counted.filter { totals[$0.cell] == nil }
        } catch { throw .storage(error) }
        let due = await engine.read { engine in Self.due(cells, in: engine) }
        guard !due.isEmpty else { return 0 }
        _ = try await engine.append(UsageFlush.entries(due))
        return due.count
    }

    private static func due(_ cells: [CellCounters], in engine: isolated NodeEngine) -> [CountedCell] {
        let own = engine.ownLogID
        let stated = OwnStatements(engine)
        let terms = engine.settled.rules.terms
        return cells.compactMap { row in
            let cell = UsageCell(row.cell)
            let counterparty = cell.provider == engine.member.oin ? cell.consumer : cell.provider
            // What comes after a month was stated waits for its correction.
            guard !stated.contains(cell.month, counterparty) else { return nil }
            let isSensitive = engine.state.application(cell.application)?.isSensitive ?? false
            let rule = FlushRule(smallCount: terms.smallCount, isSensitive: isSensitive)
            let counters = rule.due(now: UsageCounters(row.current), flushed: engine.state.counters(of: cell, log: own))
            return counters.map { CountedCell(cell, $0) }
        }
    }
}

extension UsageCell {
    init(_ cell: InboxCell) {
        self.init(
            application: cell.application, provider: cell.provider, consumer: cell.consumer,
            tariffClass: cell.usageClass, month: cell.month, side: cell.side == .provider ? .provider : .consumer)
    }
}

extension UsageCounters {
    init(_ counters: InboxCounters) {
        self.init(
            eventsCounted: Int64(counters.eventsCounted), eventsRetracted: Int64(counters.eventsRetracted),
            quantityCounted: Int64(counters.quantityCounted), quantityRetracted: Int64(counters.quantityRetracted),
            inboxPosition: Int64(counters.position))
    }
}
