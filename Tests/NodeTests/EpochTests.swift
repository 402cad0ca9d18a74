// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Journal
@testable import Node
import Replication
import Storage
import Testing

@Suite("Epochs between daemons, Protocol/consensus.md, Protocol/exchange.md §8", .serialized)
struct EpochTests {
    @Test("three nodes close a decision by an epoch, and hold one settled state")
    func threeClose() async throws {
        let network = try TestNetwork(["west", "middle", "east"])
        defer { network.remove() }
        var nodes: [TestNode] = []
        for founder in network.founders { nodes.append(try await TestNode(founder)) }
        try await close("Samen verder", nodes, epoch: 1)
        #expect(Set([await nodes[0].settledDigest(), await nodes[1].settledDigest(), await nodes[2].settledDigest()])
            .count == 1)
        try await eventually("the same held and the same state") { await areEqual(nodes) }
        for node in nodes { try await node.stop() }
    }

    @Test("one of three is down: two close; it comes back, learns of the epoch and votes on the next")
    func oneDown() async throws {
        let network = try TestNetwork(["west", "middle", "east"])
        defer { network.remove() }
        var nodes: [TestNode] = []
        for founder in network.founders { nodes.append(try await TestNode(founder)) }
        for node in nodes { try await eventually("it may vote") { await node.engine.votingObstacle == nil } }
        try await nodes.removeLast().stop()
        try await network.founders[2].closed()
        try await close("Met ons tweeën", nodes, epoch: 1)
        nodes.append(try await TestNode(network.founders[2]))
        try await nodes[2].reaches(1)
        #expect(await nodes[2].settledDigest() == nodes[0].settledDigest())
        try await nodes[1].stop()
        nodes.remove(at: 1)
        try await close("Met ons tweeën, anders", nodes, epoch: 2)
        for node in nodes { try await node.stop() }
    }

    @Test("a fourth that was away while two epochs closed catches up by their certificates")
    func fourthCatchesUp() async throws {
        let network = try TestNetwork(["north", "west", "middle", "east"])
        defer { network.remove() }
        var nodes: [TestNode] = []
        for founder in network.founders { nodes.append(try await TestNode(founder)) }
        for node in nodes { try await eventually("it may vote") { await node.engine.votingObstacle == nil } }
        try await nodes.removeLast().stop()
        try await network.founders[3].closed()
        try await close("Een", nodes, epoch: 1)
        try await close("Twee", nodes, epoch: 2)
        nodes.append(try await TestNode(network.founders[3]))
        try await nodes[3].reaches(2)
        #expect(await nodes[3].settledDigest() == nodes[0].settledDigest())
        #expect(await nodes[3].engine.consensusStanding().toleratesLiar)
        try await eventually("the same held and the same state") { await areEqual(nodes) }
        for node in nodes { try await node.stop() }
    }

    @Test("seven daemons close an epoch within seconds of its trigger")
    func seven() async throws {
        let network = try TestNetwork(["a", "b", "c", "d", "e", "f", "g"])
        defer { network.remove() }
        var nodes: [TestNode] = []
        for founder in network.founders { nodes.append(try await TestNode(founder)) }
        for node in nodes { try await eventually("it may vote") { await node.engine.votingObstacle == nil } }
        let decision = try await nodes[0].propose("Zeven")
        for node in nodes { try await node.vote(.for, on: decision) }
        let start = ContinuousClock.now
        for node in nodes { try await node.reaches(1) }
        #expect(ContinuousClock.now - start < .seconds(5))
        try await eventually("everybody was reached, so two may fail") {
            await nodes[0].engine.consensusStanding().failuresLeft == 2
        }
        for node in nodes { try await node.stop() }
    }

    @Test("an epoch that is due by the calendar closes without anybody's asking, and none follows it")
    func byCalendar() async throws {
        let date = try #require(SystemClock().today().adding(days: -40))
        let network = try TestNetwork(["west", "east"], date: date)
        defer { network.remove() }
        var nodes: [TestNode] = []
        for founder in network.founders { nodes.append(try await TestNode(founder)) }
        for node in nodes { try await node.reaches(1) }
        let standing = await nodes[0].engine.consensusStanding()
        #expect(standing.date == SystemClock().today())
        #expect(standing.voters.count == 2)
        #expect(standing.failuresLeft == 0)
        #expect(!standing.toleratesLiar)
        try await Task.sleep(for: .milliseconds(300))
        #expect(await nodes[0].epoch() == 1)
        for node in nodes { try await node.stop() }
    }

    @Test("after an epoch exchange numbers logs by it, and counts bytes above it")
    func numbersOfEpoch() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        var nodes: [TestNode] = []
        for founder in network.founders { nodes.append(try await TestNode(founder)) }
        try await close("Een", nodes, epoch: 1)
        for node in nodes {
            try await eventually("each knows that the other has applied it") {
                await node.engine.read { $0.partners.values.allSatisfy { $0.epoch == 1 } }
            }
        }
        let (peer, own) = (network.founders[1].oin, nodes[0].engine.ownLogID)
        let request = await nodes[0].engine.read { engine in
            var session = engine.beginSession(with: peer)
            return engine.compose(&session).flatMap { try? ExchangeRequest(decoding: $0) }
        }
        #expect(request?.numberingEpoch == 1)
        #expect(request?.epoch == 1)
        let bytes = await nodes[0].engine.read { engine in
            (engine.store.byteCountAboveEpoch(of: own), engine.store.byteCount(of: own))
        }
        #expect(bytes.0 < bytes.1)
        try await nodes[0].write("na het tijdvak")
        try await eventually("the same held and the same state") { await areEqual(nodes) }
        for node in nodes { try await node.stop() }
    }

    @Test("a start takes up epoch, settled state and overlay as they were saved")
    func restart() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        var nodes: [TestNode] = []
        for founder in network.founders { nodes.append(try await TestNode(founder)) }
        try await close("Een", nodes, epoch: 1)
        try await nodes[0].write("na het tijdvak")
        try await eventually("the same held and the same state") { await areEqual(nodes) }
        let (settled, overlay) = (await nodes[0].settledDigest(), await nodes[0].engine.stateDigest())
        try await nodes.removeFirst().stop()
        try await network.founders[0].closed()
        nodes.insert(try await TestNode(network.founders[0]), at: 0)
        #expect(await nodes[0].epoch() == 1)
        #expect(await nodes[0].settledDigest() == settled)
        #expect(await nodes[0].engine.stateDigest() == overlay)
        #expect(await nodes[0].engine.read { !$0.isSettledRebuilt && !$0.isStateRebuilt })
        try await close("Twee", nodes, epoch: 2)
        for node in nodes { try await node.stop() }
    }

    @Test("a node whose settled state is another one says so, votes no more, and goes on replicating")
    func digestDiffers() async throws {
        let network = try TestNetwork(["west", "middle", "east"])
        defer { network.remove() }
        var nodes: [TestNode] = []
        for founder in network.founders { nodes.append(try await TestNode(founder)) }
        for node in nodes { try await eventually("it may vote") { await node.engine.votingObstacle == nil } }
        await nodes[2].engine.distort()
        try await close("Een", Array(nodes[0...1]), epoch: 1)
        try await nodes[2].reaches(1)
        #expect(await nodes[2].engine.votingObstacle == .digestDiffers(epoch: 0))
        #expect(await nodes[2].engine.consensusStanding().digestsAgree == false)
        try await nodes[0].write("gaat door")
        try await eventually("the distorted node goes on replicating") {
            await nodes[2].engine.headTableDigest() == nodes[0].engine.headTableDigest()
        }
        for node in nodes { try await node.stop() }
    }

    /// A proposal of the first node that all of them vote for and an epoch closes.
    private func close(_ title: String, _ nodes: [TestNode], epoch: Int) async throws {
        let decision = try await nodes[0].propose(title)
        for node in nodes { try await node.vote(.for, on: decision) }
        for node in nodes {
            try await node.reaches(epoch)
            #expect(await node.standing(of: decision) == .carried)
        }
    }
}

extension NodeEngine {
    /// Makes the own digest of the settled state another one, as a fault in folding would.
    func distort() {
        let last = settled.history[chain.number]
        let wrong = suite.hash(last.stateDigest)
        settled.history[chain.number] = EpochRecord(
            hash: last.hash, date: last.date, stateDigest: wrong, billingMonth: last.billingMonth)
    }
}
