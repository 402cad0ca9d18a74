// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Journal
import Testing

@Suite("Usage: counters, flush rule, statements, Protocol/kinds.md §2 and §3")
struct UsageTests {
    static let month = CivilMonth(monthNumber: 24_312)

    @Test("both sides of a cell stand side by side, counters never fall, sources name their entries")
    func twoSides() throws {
        let month = try #require(Self.month)
        var world = try World(founders: 3)
        world.append(World.flush(provider: 0, consumer: 1, side: .provider, events: 20), by: 0)
        world.append(World.flush(provider: 0, consumer: 1, side: .provider, events: 30, retracted: 2), by: 0)
        world.append(World.flush(provider: 0, consumer: 1, side: .provider, events: 25, retracted: 1), by: 0)
        world.append(World.flush(provider: 0, consumer: 1, side: .consumer, events: 28), by: 1)
        let state = world.state()
        let view = try #require(state.usage(in: month).first)
        #expect(state.usage(in: month).count == 1 && state.usageMonths() == [month])
        #expect(view.providerSide?.events == 28 && view.providerSide?.quantity == 56)
        #expect(view.consumerSide?.events == 28)
        let source = try #require(state.sources(of: view.cell(.provider)).first)
        #expect(source.log == world.logs[0] && source.countedEntry == 2 && source.retractedEntry == 2)
        #expect(state.counters(of: view.cell(.consumer), log: world.logs[1]).eventsCounted == 28)
        #expect(state.flushed(by: world.logs[0]).map(\.cell) == [view.cell(.provider)])
    }

    @Test("a cell of another's side, and one that retracts more than it counts, are void alone")
    func voidCells() throws {
        var world = try World(founders: 3)
        world.append(World.flush(provider: 0, consumer: 1, side: .provider, events: 20), by: 2)
        world.append(World.flush(provider: 0, consumer: 1, side: .consumer, events: 20, retracted: 21), by: 1)
        let counts = world.state().voidCounts().map { "\($0.reason) \($0.count)" }
        #expect(counts == ["cell-retracted 1", "cell-side 1"])
        #expect(world.state().usageMonths().isEmpty)
    }

    @Test("cells split over entries of at most 2,000 and 65,535 bytes", arguments: [1, 2_000, 2_001, 4_500])
    func splitting(count: Int) throws {
        let month = try #require(Self.month)
        let cells = (0..<count).map { number in
            CountedCell(
                UsageCell(
                    application: "app-\(number % 7)", provider: World.oin(1), consumer: World.oin(number + 2),
                    tariffClass: "standaard", month: month, side: .provider),
                UsageCounters(eventsCounted: Int64(number), quantityCounted: 1 << 40))
        }
        let entries = UsageFlush.entries(cells.reversed())
        #expect(entries.allSatisfy { $0.count <= Limits.entryBytes })
        let read = try entries.flatMap { try UsageFlush.parse(Array(try Entry.parse($0).body)).cells }
        #expect(read == cells.sorted { $0.cell < $1.cell })
        #expect(UsageFlush.entries([]).isEmpty)
    }

    @Test("a statement raises its cells; the newest by index stands")
    func statement() throws {
        let month = try #require(Self.month)
        var world = try World(founders: 3)
        func state(_ events: Int64, _ reason: String?) throws -> [UInt8] {
            let cell = Statement.Cell(
                application: "zaak", tariffClass: "standaard", side: .consumer,
                counters: UsageCounters(eventsCounted: events, quantityCounted: events))
            return try #require(Statement(
                month: month, counterparty: World.oin(1), root: suite.hash([1]), records: Int(events), reason: reason,
                cells: [cell])).entry()
        }
        world.append(World.flush(provider: 0, consumer: 1, side: .consumer, events: 3), by: 1)
        world.append(try state(5, nil), by: 1)
        let last = world.append(try state(7, "nagekomen"), by: 1)
        world.append(try state(7, nil), by: 0)
        let folded = world.state()
        #expect(folded.statementViews().map(\.source.index) == [last.index])
        #expect(folded.statementViews().map(\.records) == [7])
        #expect(folded.usage(in: month).first?.consumerSide?.eventsCounted == 7)
        #expect(folded.voidCounts().map(\.reason) == [.statementAboutItself])
    }

    @Test("a statement asks for a row more than its cells, and names no stranger and no month to come or long past")
    func named() throws {
        var world = try World(founders: 3)
        let running = CivilMonth(containing: world.state().epoch.date)
        func state(_ months: Int, _ counterparty: OIN) throws -> [UInt8] {
            let month = try #require(running.adding(months: months))
            return try #require(Statement(
                month: month, counterparty: counterparty, root: suite.hash([1]), records: 0, cells: [])).entry()
        }
        for months in [0, -72] { world.append(try state(months, World.oin(1)), by: 1) }
        for months in [1, -73] { world.append(try state(months, World.oin(1)), by: 1) }
        for stranger in 10..<40 { world.append(try state(0, World.oin(stranger)), by: 1) }
        let folded = world.state()
        #expect(folded.statementViews().map(\.month) == [running.adding(months: -72), running])
        #expect(folded.voids[.statementMonth] == 2 && folded.voids[.statementCounterparty] == 30)
        #expect(folded.parties.number(of: World.oin(39).digits) == nil)
        #expect(DeclaredRows(of: try state(0, World.oin(1))).usage == 1)
    }

    @Test("what was counted and what was retracted flush each when it grew by the small count")
    func flushRule() {
        let rule = FlushRule(smallCount: 10, isSensitive: false)
        func counters(_ counted: Int64, _ retracted: Int64) -> UsageCounters {
            UsageCounters(
                eventsCounted: counted, eventsRetracted: retracted, quantityCounted: counted * 3,
                quantityRetracted: retracted * 3)
        }
        let none = UsageCounters()
        #expect(rule.due(now: counters(9, 0), flushed: none) == nil)
        #expect(rule.due(now: counters(10, 9), flushed: none) == counters(10, 0))
        #expect(rule.due(now: counters(19, 10), flushed: counters(10, 0)) == counters(10, 10))
        #expect(rule.due(now: counters(20, 10), flushed: counters(10, 0)) == counters(20, 10))
        // It would retract more than it counts: it waits for the count.
        #expect(rule.due(now: counters(19, 12), flushed: counters(10, 0)) == nil)
        #expect(FlushRule(smallCount: 10, isSensitive: true).due(now: counters(99, 0), flushed: none) == nil)
        #expect(rule.stated(now: counters(3, 1)) == counters(3, 1))
    }
}
