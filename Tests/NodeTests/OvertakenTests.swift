// SPDX-License-Identifier: EUPL-1.2

@testable import Cooperative
import Journal
@testable import Node
import Replication
import Storage
import Testing
import Transport

@Suite("Answers that come late, and heads that a third is asked for: Protocol/exchange.md §5 and §8", .serialized)
struct OvertakenTests {
    @Test("what was asked of a number that has been applied meanwhile counts against nobody")
    func overtaken() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        let (west, east) = (try await TestNode(network.founders[0]), try await TestNode(network.founders[1]))
        let decision = try await west.propose("Een")
        for node in [west, east] { try await node.vote(.for, on: decision) }
        for node in [west, east] { try await node.reaches(1) }
        let journal = east.node.store.journal
        let epoch = try #require(try journal.epochs(from: 1, bytesLimit: 1).first)
        let polka = try #require(try journal.polkas(of: 1).first)
        let peer = network.founders[1].oin
        let before = await west.standing(of: network.founders[1]).refusals
        let engine = west.engine
        let hash = await engine.read { $0.chain.epoch.hash }
        #expect(await engine.take(epoch.certificate, isPolka: false, of: 1, hash, from: peer))
        #expect(await engine.take(polka.bytes, isPolka: true, of: 1, polka.hash, from: peer))
        let delta = try #require(VectorDelta(epoch.delta))
        #expect(await engine.take(delta, of: 1, root: engine.suite.hash([1]), from: peer))
        let item = EpochsAnswer.Item(number: 1, certificate: epoch.certificate, delta: delta)
        #expect(await engine.take(EpochsAnswer(items: [item], highest: 1), from: peer) == false)
        #expect(await west.standing(of: network.founders[1]).refusals == before)
        for node in [west, east] { try await node.stop() }
    }

    @Test("two voters of three that can never dial each other ask for the own head through the third, and vote")
    func throughTheThird() async throws {
        let network = try TestNetwork(["west", "middle", "east"], unreachable: [(0, 2)])
        defer { network.remove() }
        var nodes: [TestNode] = []
        for founder in network.founders { nodes.append(try await TestNode(founder)) }
        for node in nodes { try await eventually("it may vote") { await node.engine.votingObstacle == nil } }
        try await nodes[2].write("held by all")
        try await eventually("one state") { await areEqual(nodes) }
        // What the third passes on is the member's own answer, not its own.
        let asking = try HostileMember(network.founders[0])
        let log = nodes[2].engine.ownLogID
        let question = HeadRequest(log: log, heldBy: network.founders[2].oin).encode()
        let answer = try #require(await asking.send(question, to: network.founders[1], "/v1/head"))
        #expect(answer.status == 200)
        let head = try #require(try HeadAnswer(decoding: answer.body).head)
        #expect(head == (await nodes[2].engine.read { $0.tips[log]?.head?.signed }))
        let nobody = HeadRequest(log: log, heldBy: OIN("00000099000000772000")).encode()
        #expect(await asking.send(nobody, to: network.founders[1], "/v1/head")?.status == 503)
        try await nodes.removeLast().stop()
        try await network.founders[2].closed()
        #expect(await asking.send(question, to: network.founders[1], "/v1/head")?.status == 503)
        // A start asks anew, and again through the third.
        nodes.append(try await TestNode(network.founders[2]))
        try await eventually("it may vote again") { await nodes[2].engine.votingObstacle == nil }
        await asking.stop()
        for node in nodes { try await node.stop() }
    }
}
