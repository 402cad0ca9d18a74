// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
@testable import Node
import Storage
import Testing

@Suite("Flush and statement: Protocol/metering-events.md §7, Protocol/kinds.md §3", .serialized)
struct FlushTests {
    @Test("the small-count rule holds across restarts and crashes, and nothing is flushed twice")
    func smallCountAcrossRestarts() async throws {
        let network = try network()
        defer { network.remove() }
        let (west, east) = (network.founders[0], network.founders[1])
        var flushed: [Int64] = []
        var number = 0
        // Eleven steps of four with a restart after each: only every third may leave the node.
        for step in 0..<11 {
            // Every other end is a crash right after the commit: the files as they stood then come back.
            let isCrash = step % 2 == 1
            do {
                let node = try await TestNode(west)
                let events = try (number..<number + 4).map { try usage($0, west.oin, east.oin) }
                number += 4
                _ = try await node.node.metering.accept(events).get()
                _ = try await node.node.flush()
                #expect(try await node.node.flush() == 0)
                flushed.append(try await counters(node, west, east).eventsCounted)
                if isCrash { for name in ["data", "head"] { try west.copyFolder(name, to: name + "-crashed") } }
                try await node.stop()
            }
            try await west.closed()
            if isCrash { for name in ["data", "head"] { try west.copyFolder(name + "-crashed", to: name) } }
        }
        #expect(flushed == [0, 0, 12, 12, 12, 24, 24, 24, 36, 36, 36])
        let node = try await TestNode(west)
        #expect(await node.held(node.engine.ownLogID) == 1 + 3)
        try await node.stop()
    }

    @Test("what is retracted is flushed apart, once it has grown enough by itself")
    func retractions() async throws {
        let network = try network()
        defer { network.remove() }
        let (west, east) = (network.founders[0], network.founders[1])
        let node = try await TestNode(west)
        let events = try (0..<25).map { try usage($0, west.oin, east.oin, quantity: 2) }
        _ = try await node.node.metering.accept(events).get()
        _ = try await node.node.flush()
        for number in 0..<9 { _ = try await node.node.metering.retract(source: "urn:test", id: "\(number)") }
        #expect(try await node.node.flush() == 0)
        _ = try await node.node.metering.retract(source: "urn:test", id: "9")
        #expect(try await node.node.flush() == 1)
        let counted = try await counters(node, west, east)
        #expect(counted.eventsCounted == 25 && counted.eventsRetracted == 10)
        #expect(counted.quantityCounted == 50 && counted.quantityRetracted == 20)
        try await node.stop()
    }

    @Test("a sensitive application leaves the node with its statement only")
    func sensitive() async throws {
        let network = try network()
        defer { network.remove() }
        let (west, east) = (network.founders[0], network.founders[1])
        let node = try await TestNode(west)
        let events = try (0..<50).map { try usage($0, west.oin, east.oin, application: "jeugdzorg") }
        _ = try await node.node.metering.accept(events).get()
        #expect(try await node.node.flush() == 0)
        _ = try await node.node.statements.state(try month(), reason: nil)
        #expect(try await counters(node, west, east, application: "jeugdzorg").eventsCounted == 50)
        try await node.stop()
    }

    @Test("the statement flushes the rest; after it nothing more of the month leaves but by another one with a reason")
    func afterTheStatement() async throws {
        let network = try network()
        defer { network.remove() }
        let (west, east) = (network.founders[0], network.founders[1])
        let node = try await TestNode(west)
        _ = try await node.node.metering.accept(try (0..<7).map { try usage($0, west.oin, east.oin) }).get()
        #expect(try await node.node.flush() == 0)
        _ = try await node.node.statements.state(try month(), reason: nil)
        #expect(try await counters(node, west, east).eventsCounted == 7)
        _ = try await node.node.metering.accept(try (100..<150).map { try usage($0, west.oin, east.oin) }).get()
        #expect(try await node.node.flush() == 0)
        do {
            _ = try await node.node.statements.state(try month(), reason: nil)
            Issue.record("a second statement needs no reason")
        } catch let refusal as MonthStatement.Refusal { #expect(refusal.description.contains("give a reason")) }
        _ = try await node.node.statements.state(try month(), reason: "vijftig nagekomen")
        #expect(try await counters(node, west, east).eventsCounted == 57)
        try await node.stop()
    }

    @Test("a month is stated only under an epoch dated after it")
    func notOver() async throws {
        let network = try network()
        defer { network.remove() }
        let node = try await TestNode(network.founders[0])
        let november = try #require(CivilMonth("2026-11"))
        do {
            _ = try await node.node.statements.state(november, reason: nil)
            Issue.record("a month that is not over was stated")
        } catch { #expect(error.description.contains("\(SystemClock().today())")) }
        #expect(await node.held(node.engine.ownLogID) == 1)
        try await node.stop()
    }

    @Test("both sides' roots are equal when both saw the same transactions, and differ when they did not")
    func roots() async throws {
        let network = try network()
        defer { network.remove() }
        let (west, east) = (network.founders[0], network.founders[1])
        let nodes = [try await TestNode(west), try await TestNode(east)]
        let events = try (0..<40).map { try usage($0, west.oin, east.oin) }
        _ = try await nodes[0].node.metering.accept(events).get()
        _ = try await nodes[1].node.metering.accept(events.reversed()).get()
        for node in nodes { _ = try await node.node.statements.state(try month(), reason: nil) }
        #expect(await rootCount(nodes) == 1)
        _ = try await nodes[1].node.metering.accept([try usage(1_000, west.oin, east.oin)]).get()
        _ = try await nodes[1].node.statements.state(try month(), reason: "one more")
        #expect(await rootCount(nodes) == 2)
        // What was taken back does not count either.
        _ = try await nodes[1].node.metering.retract(source: "urn:test", id: "1000")
        _ = try await nodes[1].node.statements.state(try month(), reason: "a mistake")
        #expect(await rootCount(nodes) == 1)
        for node in nodes { try await node.stop() }
    }

    @Test("counters and root of a statement are of one moment, whatever comes in meanwhile")
    func oneMoment() async throws {
        let network = try network()
        defer { network.remove() }
        let (west, east) = (network.founders[0], network.founders[1])
        let node = try await TestNode(west)
        let metering = node.node.metering
        let month = try month()
        let load = Task {
            for number in 0..<400 where !Task.isCancelled {
                _ = try await metering.accept([try usage(number, west.oin, east.oin)])
            }
        }
        for attempt in 0..<20 {
            do {
                let stated = try await node.node.statements.state(month, reason: "attempt \(attempt)")
                let counted = try await counters(node, west, east)
                #expect(stated.map(\.records) == [Int(counted.eventsCounted)])
            } catch MonthStatement.Refusal.beingMetered { continue }
        }
        load.cancel()
        _ = try? await load.value
        try await node.stop()
    }

    private func month() throws -> CivilMonth { try #require(CivilMonth("2026-10")) }

    /// The nodes flush when the test says so.
    private func network() throws -> TestNetwork {
        let network = try TestNetwork(["west", "east"], hasSensitive: true)
        for founder in network.founders {
            try founder.reconfigure("flush: {everySeconds: 1}", "flush: {everySeconds: 600}")
        }
        return network
    }

    private func counters(
        _ node: TestNode, _ provider: TestNetwork.Founder, _ consumer: TestNetwork.Founder,
        application: String = "zaaksysteem"
    ) async throws -> UsageCounters {
        let cell = UsageCell(
            application: application, provider: provider.oin, consumer: consumer.oin, tariffClass: "standaard",
            month: try month(), side: .provider)
        return await node.engine.read { $0.state.counters(of: cell, log: $0.ownLogID) }
    }

    private func rootCount(_ nodes: [TestNode]) async -> Int {
        var roots: Set<Hash> = []
        for node in nodes {
            let own = node.engine.ownLogID
            let views = await node.engine.read { engine in
                engine.state.statementViews().filter { $0.source.log == own }
            }
            if let root = views.last?.root { roots.insert(root) }
        }
        return roots.count
    }
}
