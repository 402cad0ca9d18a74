// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
@testable import Node
import Storage
import Testing

@Suite("Raw events expire, Protocol/metering-events.md §9", .serialized)
struct ExpiryTests {
    /// The third working day of November and twenty more: Wednesday 2 December is still inside the window.
    private static let lastDay = CivilDate(year: 2026, month: 12, day: 2)

    @Test("the window of a month counts working days of the genesis's terms, its last day included")
    func window() throws {
        let last = try #require(Self.lastDay)
        var terms = Genesis.Terms()
        #expect(RawEventExpiry.lastMonth(closedBefore: last, terms)?.description == "2026-09")
        let next = try #require(last.adding(days: 1))
        #expect(RawEventExpiry.lastMonth(closedBefore: next, terms)?.description == "2026-10")
        terms.disputeWorkingDays = 1_000_000_000
        #expect(RawEventExpiry.lastMonth(closedBefore: next, terms) == nil)
    }

    @Test("expired, restarted and sent again: duplicate, conflict, and retracting is refused")
    func expiredIsRemembered() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        let (west, east) = (network.founders[0], network.founders[1])
        let month = try #require(CivilMonth("2026-10"))
        do {
            let node = try await TestNode(west)
            let events = try (0..<30).map { try usage($0, west.oin, east.oin) }
            _ = try await node.node.metering.accept(events).get()
            _ = try await node.node.metering.accept([try usage(99, west.oin, east.oin, month: "2026-11")]).get()
            #expect(try await node.node.expiry.expire(on: day(3)) == 0, "an unstated month keeps its events")
            _ = try await node.node.statements.state(month, reason: nil)
            #expect(try await node.node.expiry.expire(on: day(2)) == 0, "its window is open")
            #expect(try await node.node.expiry.expire(on: day(3)) == 30)
            try await node.stop()
        }
        let node = try await TestNode(west)
        let metering = node.node.metering
        #expect(try await metering.accept([try usage(3, west.oin, east.oin)]).get() == [.duplicate(position: 4)])
        let other = try usage(3, west.oin, east.oin, quantity: 2)
        #expect(try await metering.accept([other]).get() == [.conflict(position: 4)])
        #expect(try await metering.retract(source: "urn:test", id: "3") == .expired)
        #expect(try await metering.retract(source: "urn:test", id: "99") == .retracted(position: 32))
        await #expect(throws: MonthStatement.Refusal.self) {
            _ = try await node.node.statements.state(month, reason: "again")
        }
        let counters = try await node.node.store.inbox.cells(months: month...month).map(\.current.eventsCounted)
        #expect(counters == [30])
        try await node.stop()
    }

    private func day(_ number: Int) throws -> CivilDate {
        try #require(CivilDate(year: 2026, month: 12, day: number))
    }
}
