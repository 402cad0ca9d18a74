// SPDX-License-Identifier: EUPL-1.2

import Cooperative
import Cryptography
import Journal
@testable import Node
import Replication
import Storage
import Testing

@Suite("The branch that stands reaches who holds a dead one: Protocol/exchange.md §5", .serialized)
struct BranchTests {
    /// Two histories of one key, with entries of a kind that nobody knows.
    private func branches(
        _ founder: TestNetwork.Founder, _ node: TestNode, dead: Int, standing: Int
    ) throws -> (dead: ForgedLog, standing: ForgedLog) {
        var left = try ForgedLog(founder, node.engine)
        var right = try ForgedLog(founder, node.engine)
        func fillers(_ count: Int, _ byte: UInt8) -> [[UInt8]] {
            (0..<count).map { number in
                var writer = CBORWriter()
                writer.array(count: 3)
                writer.integer(1)
                writer.integer(40_000)
                writer.bytes([byte, UInt8(truncatingIfNeeded: number), UInt8(truncatingIfNeeded: number >> 8)])
                return writer.bytes
            }
        }
        if dead > 0 { try left.append(fillers(dead, 1)) }
        if standing > 0 { try right.append(fillers(standing, 2)) }
        return (left, right)
    }

    private func root(_ node: TestNode, _ log: LogID, at size: Int) async -> Hash? {
        await node.engine.read { $0.root(of: log, at: LogSize(known: size)) }
    }

    @Test("a key replacement names the other branch: it takes the place of the dead one, and votes go on",
          arguments: [(2, 600), (600, 300)])
    func keyReplacement(dead: Int, standing: Int) async throws {
        let network = try TestNetwork(["west", "middle", "east", "forger"])
        defer { network.remove() }
        let forger = network.founders[3]
        let (left, right) = try await running(network.founders[0]) { node in
            var both = try branches(forger, node, dead: dead, standing: standing)
            try await both.standing.write("stands", node.engine)
            let outcome = try await node.engine.admit([try both.dead.page()])
            #expect(outcome.refused.isEmpty)
            return both
        }
        // Each is alone while it is handed a branch, so that none is told of the other one first.
        for founder in network.founders[1...2] {
            try await running(founder) { node in
                let outcome = try await node.engine.admit([try right.page()])
                #expect(outcome.refused.isEmpty)
            }
        }
        var nodes: [TestNode] = []
        for founder in network.founders.prefix(3) {
            try await founder.closed()
            nodes.append(try await TestNode(founder))
        }
        let log = left.log
        try await eventually("convicted everywhere") {
            for node in nodes where await node.engine.read({ $0.forks[log] == nil }) { return false }
            return true
        }
        #expect(await root(nodes[0], log, at: left.entries.count) == left.own.head?.root)
        let (payload, keys) = try replacement(forger, nodes[0].engine, log, try #require(right.own.head))
        try await close("Nieuwe sleutel", payload, nodes, epoch: 1)
        let size = right.entries.count
        try await eventually("the branch that stands is held") {
            for node in nodes {
                guard await node.held(log) == size, await root(node, log, at: size) == right.own.head?.root else {
                    return false
                }
            }
            return true
        }
        for node in nodes { #expect(try await node.hostings() == ["stands"]) }
        try await eventually("one state") { await areEqual(nodes) }
        try await close("Gaat door", .freeText, nodes, epoch: 2)
        for node in nodes {
            try await eventually("an epoch covers the end") {
                await node.engine.read { $0.chain.epoch.head(of: log)?.size.count } == size
            }
        }
        #expect(Set([await nodes[0].settledDigest(), await nodes[1].settledDigest()]).count == 1)
        nodes.append(try await comesBack(forger, keys, nodes))
        try await restart(network.founders[0], &nodes)
    }

    /// What the other members decide: a new card of the member, after the branch that stands.
    private func replacement(
        _ founder: TestNetwork.Founder, _ engine: NodeEngine, _ log: LogID, _ end: VerifiedHead
    ) throws -> (DecisionPayload, KeyFolder) {
        let folder = KeyFolder(try founder.configuration)
        let keys = try folder.makeNew()
        let old = try #require(engine.genesis.founder(founder.oin))
        let card = try Card(
            oin: old.oin, name: old.name, kind: old.kind, logKey: keys.log.publicKey,
            nextKeyHash: engine.suite.hash(keys.next.publicKey), recoveryKey: old.recoveryKey,
            agreementKey: old.agreementKey, pins: old.pins, endpoints: old.endpoints,
            municipalities: old.municipalities)
        let file = CheckedCard(signing: card, by: keys.log).file
        try PlainFile.replace(founder.folder + "/card.korf-card", Array(file.utf8))
        let replacement = try #require(KeyReplacement(
            card: card, log: log, end: Head(size: end.size, root: end.root)))
        return (.keyReplacement(replacement), folder)
    }

    /// The member whose keys were replaced takes up the log of its new card, and votes by it.
    private func comesBack(
        _ founder: TestNetwork.Founder, _ keys: KeyFolder, _ nodes: [TestNode]
    ) async throws -> TestNode {
        try keys.takeOver()
        let node = try await TestNode(founder)
        try await eventually("it writes by its new card") { await node.mode() == .writes }
        let log = node.engine.ownLogID
        #expect(await nodes[0].engine.read { $0.state.member(founder.oin)?.logs.first?.log } == log)
        try await node.write("again")
        try await eventually("the others follow") { await nodes[1].held(log) == 2 }
        try await eventually("an epoch names its log, and it votes", seconds: 60) {
            await node.engine.read { $0.chain.voters.voter(log) != nil && $0.votingObstacle == nil }
        }
        try await eventually("one state") { await areEqual(nodes + [node]) }
        return node
    }

    private func restart(_ founder: TestNetwork.Founder, _ nodes: inout [TestNode]) async throws {
        let digest = await nodes[0].settledDigest()
        try await nodes.removeFirst().stop()
        try await founder.closed()
        #expect(try Fsck.check(founder.dataDirectory, OpenSSLSuite()).findings == [])
        let again = try await TestNode(founder)
        #expect(await again.settledDigest() == digest)
        try await eventually("one state after a restart") { await areEqual(nodes + [again]) }
        try await again.stop()
        for node in nodes { try await node.stop() }
    }

    @Test("an epoch names the other branch: who was away with a dead one fetches it, and has proof of the fork")
    func epochNames() async throws {
        let network = try TestNetwork(["away", "b", "c", "d", "e", "f", "forger"])
        defer { network.remove() }
        let (away, forger) = (network.founders[0], network.founders[6])
        let log = try await running(away) { node in
            let left = try branches(forger, node, dead: 5, standing: 0).dead
            let outcome = try await node.engine.admit([try left.page()])
            #expect(outcome.refused.isEmpty)
            return left.log
        }
        try await away.closed()
        var nodes: [TestNode] = []
        for founder in network.founders[1...5] { nodes.append(try await TestNode(founder)) }
        let right = try branches(forger, nodes[0], dead: 0, standing: 300).standing
        for node in nodes { #expect(try await node.engine.admit([try right.page()]).refused.isEmpty) }
        for founder in [away] {
            let zero = EntryZero(network: nodes[0].engine.genesis.network, card: try #require(
                nodes[0].engine.genesis.founder(founder.oin)))
            let first = try ForgedLog(zero, founder)
            for node in nodes { #expect(try await node.engine.admit([try first.page()]).refused.isEmpty) }
        }
        try await close("Zonder wie weg is", .freeText, nodes, epoch: 1)
        #expect(await nodes[0].engine.read { $0.chain.epoch.head(of: log)?.size.count } == 301)
        let node = try await TestNode(away)
        try await node.reaches(1)
        #expect(await node.held(log) == 301)
        #expect(await node.settledDigest() == nodes[0].settledDigest())
        #expect(await node.engine.read { $0.forks[log] != nil })
        nodes.append(node)
        try await eventually("one state") { await areEqual(nodes) }
        for node in nodes { try await node.stop() }
    }

    private func close(
        _ title: String, _ payload: DecisionPayload, _ nodes: [TestNode], epoch: Int
    ) async throws {
        let decision = try await nodes[0].propose(title, payload: payload)
        for node in nodes { try await node.vote(.for, on: decision) }
        for node in nodes { try await node.reaches(epoch) }
        for node in nodes { #expect(await node.standing(of: decision) == .carried) }
    }
}
