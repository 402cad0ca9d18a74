// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Foundation
import Journal
@testable import Node
import Storage
import Testing

@Suite("Successors of the own log: Protocol/membership.md §4, Protocol/log.md §7", .serialized)
struct SuccessionTests {
    /// What `korf keys` does, with a key of the test's choice.
    private func succeed(
        _ node: TestNode, _ founder: TestNetwork.Founder, _ authority: Succession.Authority, _ key: SigningKey
    ) async throws -> LogID {
        let folder = KeyFolder(try founder.configuration)
        let keys = try folder.makeNew()
        let known = await node.engine.read { $0.ownLogEnd }
        let zero = EntryZero(
            network: node.engine.genesis.network, oin: founder.oin, logKey: keys.log.publicKey,
            nextKeyHash: node.engine.suite.hash(keys.next.publicKey), after: try #require(known.end),
            authority: authority, signer: key)
        let log = try await node.engine.succeed(by: zero, signer: keys.log)
        try folder.takeOver()
        return log
    }

    private func nextKey(_ founder: TestNetwork.Founder) throws -> SigningKey {
        try SigningKey(file: founder.folder + "/keys/next.key")
    }

    @Test("keys are rotated on a node that runs; it goes on, counts nothing twice, votes again and starts again")
    func rotate() async throws {
        let network = try TestNetwork(["west", "east", "south"])
        defer { network.remove() }
        let (west, east) = (network.founders[0], network.founders[1])
        var nodes: [TestNode] = []
        for founder in network.founders { nodes.append(try await TestNode(founder)) }
        for node in nodes { try await eventually("it may vote") { await node.engine.votingObstacle == nil } }
        _ = try await nodes[0].node.metering.accept((0..<20).map { try usage($0, west.oin, east.oin) })
        try await eventually("flushed") { await nodes[1].counted(west, east) == 20 }
        let old = nodes[0].engine.ownLogID
        let log = try await succeed(nodes[0], west, .nextKey, try nextKey(west))
        #expect(nodes[0].engine.ownLogID == log && log != old)
        try await nodes[0].write("by the successor")
        _ = try await nodes[0].node.metering.accept((20..<40).map { try usage($0, west.oin, east.oin) })
        try await eventually("both count what is new once") { await nodes[1].counted(west, east) == 40 }
        try await eventually("an epoch names the successor", seconds: 60) {
            await nodes[1].engine.read { $0.chain.voters.voter(log) != nil }
        }
        try await eventually("it may vote again") { await nodes[0].engine.votingObstacle == nil }
        try await nodes.removeFirst().stop()
        try await west.closed()
        nodes.insert(try await TestNode(west), at: 0)
        try await eventually("it writes") { await nodes[0].mode() == .writes }
        #expect(nodes[0].engine.ownLogID == log)
        try await nodes[0].write("after a restart")
        try await eventually("all hold the same") { await areEqual(nodes) }
        #expect(await nodes[1].counted(west, east) == 40)
        for node in nodes { try await node.stop() }
    }

    @Test("a restored node goes on with a successor; its metering of forgotten days waits, and nothing counts twice")
    func restored() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        let (west, east) = (network.founders[0], network.founders[1])
        let other = try await TestNode(east)
        let backup = west.folder + "/backup"
        let today = SystemClock().today()
        let (before, lost) = (try #require(today.adding(days: -2)), try #require(today.adding(days: -1)))
        try await running(west) { node in
            _ = try await node.node.metering.accept((0..<20).map { try usage($0, west.oin, east.oin, day: before) })
            try await eventually("flushed") { await other.counted(west, east) == 20 }
            try node.node.store.backup(to: backup)
            _ = try await node.node.metering.accept((20..<45).map { try usage($0, west.oin, east.oin, day: lost) })
            try await eventually("flushed, and in no backup") { await other.counted(west, east) == 45 }
        }
        try await west.closed()
        try west.remove("data")
        try Backup.restore(from: backup, to: west.dataDirectory, OpenSSLSuite())
        let node = try await TestNode(west)
        let old = node.engine.ownLogID
        let end = await other.held(old)
        try await eventually("its entries come back") { await node.held(old) == end }
        #expect(await node.mode() != .writes)
        try await eventually("the days are noted") { try node.node.store.inbox.quarantines().count == 1 }
        // Applications report again what they cannot know to be counted, and something new of another day.
        _ = try await node.node.metering.accept((20..<45).map { try usage($0, west.oin, east.oin, day: lost) })
        let fresh = try (0..<15).map { try usage(1_000 + $0, west.oin, east.oin, day: today) }
        _ = try await node.node.metering.accept(fresh)
        let wrong = try SigningKey()
        await #expect(throws: SuccessionRefusal.entryZero(.authority)) {
            _ = try await succeed(node, west, .recoveryKey, wrong)
        }
        #expect(await node.held(old) == end)
        let log = try await succeed(node, west, .nextKey, try nextKey(west))
        #expect(node.engine.ownLogID == log)
        try await node.write("by the successor")
        try await eventually("the other follows") { await other.held(log) >= 2 }
        _ = try await node.node.flush()
        #expect(await other.counted(west, east) == 45)
        let waiting = try node.node.store.inbox.quarantinedDays().filter { !$0.isReleased }.map(\.day)
        #expect(waiting == [lost, today])
        try await node.node.store.inbox.release([today], reason: "totals compared", atSeconds: 1)
        try await eventually("what was released counts, once") { await other.counted(west, east) == 60 }
        try await eventually("all hold the same") { await areEqual([node, other]) }
        try await node.stop()
        try await other.stop()
    }

    @Test("two members survive one lost disk: the successor goes on in the running number once the other acknowledges")
    func twoMembers() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        let west = network.founders[0]
        let other = try await TestNode(network.founders[1])
        let backup = west.folder + "/backup"
        try await running(west) { node in
            try await decide("Een", [node, other], 1)
            try node.node.store.backup(to: backup)
            try await node.write("in no backup")
            try await eventually("the other holds it") { await areEqual([node, other]) }
        }
        try await west.closed()
        try west.remove("data")
        try Backup.restore(from: backup, to: west.dataDirectory, OpenSSLSuite())
        try await running(west) { node in
            let old = node.engine.ownLogID
            let end = await other.held(old)
            try await eventually("its entries come back") { await node.held(old) == end }
            let log = try await succeed(node, west, .nextKey, try nextKey(west))
            try await eventually("it may vote in the running number") { await node.engine.votingObstacle == nil }
            #expect(await node.engine.read { $0.chain.voters.voter(log) } == nil)
            try await decide("Twee", [node, other], await node.epoch() + 1)
            try await eventually("an epoch names the successor") {
                await other.engine.read { $0.chain.voters.voter(log) != nil }
            }
            try await decide("Drie", [node, other], await other.epoch() + 1)
            // The chain is checked from the genesis, by E_k's keys alone.
            for one in [node, other] {
                let (chain, found) = try await one.engine.read { engine in
                    let archive = EpochArchive(store: engine.store, held: StoreEntries(engine.store, engine.suite))
                    let kept = try engine.store.epochs(from: 1, bytesLimit: .max)
                    let count = try kept.count { stored in
                        try QuorumClaim(.precommit, stored.certificate, voters: 2).continuation != nil
                    }
                    return (try archive.settled(engine.genesis, engine.suite).epoch.number, count)
                }
                #expect(chain >= 3 && found >= 1)
            }
        }
        try await west.closed()
        let again = try await TestNode(west)
        try await eventually("it votes after a restart") { await again.engine.votingObstacle == nil }
        try await eventually("both settled the same") {
            let (one, two) = (await again.settledDigest(), await other.settledDigest())
            return one == two
        }
        for one in [again, other] { try await one.stop() }
    }

    private func decide(_ title: String, _ nodes: [TestNode], _ epoch: Int) async throws {
        for node in nodes { try await eventually("it may vote") { await node.engine.votingObstacle == nil } }
        let decision = try await nodes[0].propose(title)
        for node in nodes { try await node.vote(.for, on: decision) }
        for node in nodes { try await node.reaches(epoch) }
    }
}

extension TestNode {
    /// Events of a provider for a consumer that stand in the state, over all cells of the provider's side.
    func counted(_ provider: TestNetwork.Founder, _ consumer: TestNetwork.Founder) async -> Int64 {
        await engine.read { engine in
            var sum: Int64 = 0
            let today = SystemClock().today()
            let months = [CivilMonth("2026-10"), today.month, today.adding(days: -2)?.month].compactMap { $0 }
            for month in Set(months).sorted() {
                for view in engine.state.usage(in: month) {
                    let cell = view.cell(.provider)
                    guard cell.provider == provider.oin, cell.consumer == consumer.oin else { continue }
                    sum += view.providerSide?.events ?? 0
                }
            }
            return sum
        }
    }
}
