// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Node
import Settlement
import Storage
import Testing

@Suite("A month: metered, flushed, stated, settled", .serialized)
struct MonthTests {
    private static let month = "2026-10"

    @Test("both sides' counts reach every node, and every node computes the same statement")
    func everyNodeComputesTheSame() async throws {
        let network = try TestNetwork(["west", "middle", "east"], unreachable: [(0, 2)])
        defer { network.remove() }
        var nodes: [TestNode] = []
        for founder in network.founders { nodes.append(try await TestNode(founder)) }
        let month = try #require(CivilMonth(Self.month))
        try await meter(40, at: nodes[0], provider: network.founders[0].oin, consumer: network.founders[2].oin)
        try await meter(37, at: nodes[2], provider: network.founders[0].oin, consumer: network.founders[2].oin)
        for node in nodes { _ = try? await node.node.statements.state(month, reason: nil) }
        try await eventually("one state on all three") {
            var digests: Set<Hash> = []
            for node in nodes { digests.insert(await node.node.engine.stateDigest()) }
            return digests.count == 1
        }
        var texts: Set<String> = []
        for node in nodes {
            let oin = network.founders[2].oin
            texts.insert(try await node.node.engine.read { engine in
                try AccountStatements.statement(of: oin, in: month, engine.state).canonicalText
            })
        }
        #expect(texts.count == 1)
        let cells = try await nodes[1].node.engine.read { engine in
            try AccountStatements.outcomes(in: month, engine.state)
        }
        let cell = try #require(cells.first { $0.cell.counts.provider == 40 })
        #expect(cell.cell.counts.consumer == 37)
        #expect(cell.state == .withinTolerance)
        for node in nodes { try await node.stop() }
    }

    @Test("an event that is sent again counts once; the same id with other content is a conflict")
    func countsOnce() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        let node = try await TestNode(network.founders[0])
        let (west, east) = (network.founders[0].oin, network.founders[1].oin)
        let first = try await node.node.metering.accept([try event(1, west, east)]).get()
        let second = try await node.node.metering.accept([try event(1, west, east)]).get()
        let third = try await node.node.metering.accept([try event(1, west, east, quantity: 2)]).get()
        #expect(first == [.accepted(position: 1)])
        #expect(second == [.duplicate(position: 1)])
        #expect(third == [.conflict(position: 1)])
        try await node.stop()
    }

    @Test("an event between two others is not this node's")
    func refusesForeign() async throws {
        let network = try TestNetwork(["west", "middle", "east"])
        defer { network.remove() }
        let node = try await TestNode(network.founders[1])
        let result = try await node.node.metering.accept([
            try event(1, network.founders[0].oin, network.founders[2].oin),
        ])
        guard case .failure(let foreign) = result else {
            Issue.record("a foreign event was taken")
            return
        }
        #expect(foreign.positions == [0])
        try await node.stop()
    }

    private func meter(_ count: Int, at node: TestNode, provider: OIN, consumer: OIN) async throws {
        let events = try (0..<count).map { try event($0, provider, consumer) }
        _ = try await node.node.metering.accept(events).get()
    }

    private func event(_ number: Int, _ provider: OIN, _ consumer: OIN, quantity: Int64 = 1) throws -> UsageEvent {
        let text = """
            {"specversion":"1.0","type":"nl.beware.korf.verbruik.v1","source":"urn:test","id":"\(number)",
            "time":"2026-10-\(10 + number % 10)T12:00:00Z","data":{"applicatie":"zaaksysteem","aanbieder":"\(provider)",
            "afnemer":"\(consumer)","aantal":\(quantity),"transactie":"t-\(number)"}}
            """
        return try UsageEventReader.single(Array(text.utf8))
    }
}
