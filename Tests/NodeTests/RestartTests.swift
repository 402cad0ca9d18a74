// SPDX-License-Identifier: EUPL-1.2
import Journal
@testable import Node
import Replication
import Storage
import Testing

@Suite("Partners across restarts: Protocol/exchange.md §3", .serialized)
struct RestartTests {
    @Test("tokens of before a restart stay good on both sides: one round trip, no full table")
    func oneRoundTrip() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        try await inStep(network, then: "before")
        let (west, east) = try await restarted(network)
        try await west.write("after")
        // One exchange by hand, beside those of the daemons: it begins with what was kept on disk.
        for (asking, answering) in [(east, west), (west, east)] {
            let peer = answering.engine.member.oin
            var session = await asking.engine.beginSession(with: peer)
            let request = try #require(await asking.engine.compose(&session))
            #expect(try ExchangeRequest(decoding: request).token != nil)
            let reply = await answering.engine.answerExchange(request, from: asking.engine.member.oin, at: 0)
            guard case .answered(let body) = reply else {
                Issue.record("no answer")
                continue
            }
            let answer = try ExchangeAnswer(decoding: body)
            #expect(!answer.sendFullTable && answer.token != nil)
        }
        try await west.stop()
        try await east.stop()
    }

    @Test("a request after a restart names only the heads that changed since the partner was told")
    func tellsWhatChanged() async throws {
        let network = try TestNetwork(["west", "middle", "east"])
        defer { network.remove() }
        try await inStep(network, then: "before")
        let west = try await quiet(network.founders[0])
        let peer = network.founders[1].oin
        try await west.write("after")
        var session = await west.engine.beginSession(with: peer)
        let request = try ExchangeRequest(decoding: try #require(await west.engine.compose(&session)))
        #expect(request.token != nil && request.parcel.heads.count == 1)
        try await west.stop()
    }

    @Test("status after a restart still knows the last exchange, the last failure and what was refused")
    func remembers() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        let east = network.founders[1]
        do {
            let west = try await TestNode(network.founders[0])
            let other = try await TestNode(east)
            try await eventually("an exchange") {
                let standing = await west.standing(of: east)
                return standing.lastExchangeMilliseconds != nil && standing.memory.token != nil
            }
            _ = await west.engine.answerExchange([0xff], from: east.oin, at: 0)
            _ = await west.engine.answerExchange([0xff], from: east.oin, at: 0)
            try await other.stop()
            try await west.stop()
        }
        let west = try await quiet(network.founders[0])
        let standing = await west.standing(of: east)
        #expect(standing.lastExchangeMilliseconds ?? 0 > 1_700_000_000_000)
        #expect(standing.refusals["body-not-canonical"] == 2)
        #expect(standing.memory.token != nil)
        try await west.stop()
    }

    @Test("reasons of refusals are bounded for each peer, and the rest is counted together")
    func boundsReasons() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        let west = try await quiet(network.founders[0])
        let east = network.founders[1]
        for number in 0..<200 { await west.engine.count("reason-\(number)", for: east.oin) }
        let refusals = await west.standing(of: east).refusals
        #expect(refusals.count == NodeLimits.refusalReasons + 1)
        #expect(refusals["other"] == 200 - NodeLimits.refusalReasons)
        try await west.stop()
    }

    /// All nodes hold the same, with tokens for each other, and have stopped.
    private func inStep(_ network: TestNetwork, then hosting: String) async throws {
        var nodes: [TestNode] = []
        for founder in network.founders { nodes.append(try await TestNode(founder)) }
        try await nodes[0].write(hosting)
        try await eventually("in step, with tokens") {
            for node in nodes {
                for other in network.founders where other.oin != node.engine.member.oin {
                    let memory = await node.standing(of: other).memory
                    guard memory.token != nil, memory.toldUpTo != nil else { return false }
                }
            }
            return await areEqual(nodes)
        }
        for node in nodes { try await node.stop() }
    }

    private func restarted(_ network: TestNetwork) async throws -> (TestNode, TestNode) {
        (try await quiet(network.founders[0]), try await quiet(network.founders[1]))
    }

    /// A node whose own exchanges are rare, so that the test's are the only ones.
    private func quiet(_ founder: TestNetwork.Founder) async throws -> TestNode {
        try founder.reconfigure("everySeconds: 1, coalesce", "everySeconds: 600, coalesce")
        return try await TestNode(founder)
    }
}
