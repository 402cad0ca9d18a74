// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
@testable import Node
import Replication
import Storage
import Synchronization
import Testing

@Suite("Forks and lying relays: Protocol/log.md §6, Protocol/exchange.md §5", .serialized)
struct ForkTests {
    @Test("two histories in two places are convicted everywhere through a third, and count nowhere",
          arguments: [(1, 1), (1, 3), (4, 2)])
    func convicted(left: Int, right: Int) async throws {
        let network = try TestNetwork(["west", "middle", "east", "forger"], unreachable: [(0, 2)])
        defer { network.remove() }
        var nodes: [TestNode] = []
        for founder in network.founders.prefix(3) { nodes.append(try await TestNode(founder)) }
        try await nodes[1].write("honest")
        try await eventually("in step") { await areEqual(nodes) }
        var branches = [
            try ForgedLog(network.founders[3], nodes[0].engine), try ForgedLog(network.founders[3], nodes[0].engine),
        ]
        for number in 0..<left { try await branches[0].write("left \(number)", nodes[0].engine) }
        for number in 0..<right { try await branches[1].write("right \(number)", nodes[0].engine) }
        let forged = branches[0].log
        for (node, branch) in [(nodes[0], branches[0]), (nodes[2], branches[1])] {
            let outcome = try await node.engine.admit([try branch.page()])
            #expect(outcome.refused.isEmpty && outcome.entriesKept == branch.entries.count)
        }
        try await eventually("convicted on all three, in one state") {
            for node in nodes where await node.engine.read({ $0.forks[forged] == nil }) { return false }
            return await areEqual(nodes)
        }
        for node in nodes { #expect(try await node.hostings() == ["honest"]) }
        let identity = branches[0].identity
        for node in nodes {
            let bytes = try #require(try node.node.store.journal.evidence(against: forged))
            _ = try ForkEvidence.parse(bytes).check(identity, OpenSSLSuite())
        }
        // More of the forged log is refused and takes no room.
        try await branches[0].write("more", nodes[0].engine)
        for node in nodes {
            let before = (node.node.store.journal.byteCount(of: forged), await node.held(forged))
            let outcome = try await node.engine.admit([try branches[0].page()])
            #expect(outcome.refused.count == 1)
            #expect((node.node.store.journal.byteCount(of: forged), await node.held(forged)) == before)
        }
        try await surviveRestart(network, &nodes, forged)
    }

    private func surviveRestart(_ network: TestNetwork, _ nodes: inout [TestNode], _ forged: LogID) async throws {
        let digest = await nodes[0].engine.stateDigest()
        for node in nodes { try await node.stop() }
        nodes = []
        for founder in network.founders.prefix(3) {
            try await founder.closed()
            #expect(try Fsck.check(founder.dataDirectory, OpenSSLSuite()).findings == [])
            let node = try await TestNode(founder)
            #expect(await node.engine.read { $0.forks[forged] != nil })
            #expect(await node.engine.stateDigest() == digest)
            nodes.append(node)
        }
        // They go on together, and the next commits follow the history that was loaded.
        try await nodes[0].write("after")
        try await eventually("in step after the restart") {
            let hostings = try await nodes[2].hostings()
            return await areEqual(nodes) && hostings.contains("after")
        }
        for node in nodes { try await node.stop() }
    }

    @Test("a branch under a head whose entries are withheld is convicted", arguments: [(2, 5), (5, 2)])
    func withheld(left: Int, right: Int) async throws {
        let network = try TestNetwork(["west", "east", "forger"])
        defer { network.remove() }
        let nodes = [try await TestNode(network.founders[0]), try await TestNode(network.founders[1])]
        var branches = [
            try ForgedLog(network.founders[2], nodes[0].engine), try ForgedLog(network.founders[2], nodes[0].engine),
        ]
        for number in 0..<left { try await branches[0].write("left \(number)", nodes[0].engine) }
        for number in 0..<right { try await branches[1].write("right \(number)", nodes[0].engine) }
        let forged = branches[0].log
        let huge = LogSize(known: 1 << 62)
        for (node, page) in zip(nodes, [try branches[0].withholding(huge), try branches[1].page()]) {
            #expect(try await node.engine.admit([page]).refused.isEmpty)
        }
        try await eventually("convicted on both, in one state") {
            for node in nodes where await node.engine.read({ $0.forks[forged] == nil }) { return false }
            return await areEqual(nodes)
        }
        for node in nodes {
            let bytes = try #require(try node.node.store.journal.evidence(against: forged))
            let evidence = try ForkEvidence.parse(bytes).check(branches[0].identity, OpenSSLSuite()).evidence
            // Who holds enough of the withheld branch can still link the two sizes.
            #expect((evidence.leaves != nil) == (left < right))
            try await node.stop()
        }
    }

    @Test("a key that signed two histories stops writing on its own node, which says so")
    func ownFork() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        let nodes = [try await TestNode(network.founders[0]), try await TestNode(network.founders[1])]
        try await nodes[0].write("one")
        try await eventually("in step") { await areEqual(nodes) }
        var other = try ForgedLog(network.founders[0], nodes[0].engine)
        try await other.write("another one", nodes[1].engine)
        let newest = try #require(await nodes[0].engine.read { engine in engine.own?.head?.signed })
        let second = try #require(other.own.head)
        let fork = try #require(ForkEvidence(log: other.log, sameSize: newest, second.signed))
        try await nodes[1].engine.keepEvidence([fork.encode()], from: network.founders[0].oin)
        try await eventually("it only reads") {
            if case .readsOnly(let reason) = await nodes[0].mode() { reason.contains("two histories") } else { false }
        }
        await #expect(throws: EngineFailure.self) { try await nodes[0].write("two") }
        for node in nodes { try await node.stop() }
    }

    @Test("a relay that changes or drops entries is counted as a relay that lies, and the log stays sound",
          arguments: [Lie.changes, .drops])
    func relayLies(lie: Lie) async throws {
        let network = try TestNetwork(["west", "middle", "east"], unreachable: [(0, 2)])
        defer { network.remove() }
        let west = try await TestNode(network.founders[0])
        let isLying = Atomic(false)
        let middle = try HostileMember(network.founders[1]) { path, body, from in
            let reply = switch path {
            case "/v1/prove": await west.engine.answerProve(body, from: from)
            case "/v1/head": await west.engine.answerHead(body, from: from)
            default: await west.engine.answerExchange(body, from: from, at: 0)
            }
            guard case .answered(let honest) = reply else { return [] }
            return path == "/v1/exchange" && isLying.load(ordering: .relaxed) ? lie.tell(honest) : honest
        }
        let east = try await TestNode(network.founders[2])
        try await west.write("original 1")
        try await eventually("through the relay") { await east.held(west.engine.ownLogID) == 2 }
        isLying.store(true, ordering: .relaxed)
        try await west.write("original 2")
        try await west.write("original 3")
        try await eventually("the relay is counted") {
            let standing = await east.standing(of: network.founders[1])
            return (Array(standing.refusals.keys) + standing.health.faults.map(\.reason)).contains(lie.reason)
        }
        #expect(await east.engine.read { $0.forks.isEmpty })
        #expect(try await east.hostings() == ["original 1"])
        isLying.store(false, ordering: .relaxed)
        try await eventually("honest again") { await east.held(west.engine.ownLogID) == 4 }
        await middle.stop()
        try await east.stop()
        try await west.stop()
    }

    enum Lie: Sendable {
        case changes, drops

        var reason: String {
            switch self {
            case .changes: "relay-fault"
            case .drops: "page-hashes"
            }
        }

        func tell(_ honest: [UInt8]) -> [UInt8] {
            guard var answer = try? ExchangeAnswer(decoding: honest), !answer.parcel.pages.isEmpty else {
                return honest
            }
            answer.parcel.pages = answer.parcel.pages.map { page in
                var entries = (0..<page.entries.count).map { Array(page.entries[$0]) }
                switch self {
                case .changes:
                    entries = entries.map { entry in
                        guard let place = entry.lastIndex(of: UInt8(ascii: "o")) else { return entry }
                        var entry = entry
                        entry[place] = UInt8(ascii: "0")
                        return entry
                    }
                case .drops: entries.removeFirst()
                }
                return ReferencedPage(
                    log: page.log, from: page.from, headSize: page.headSize, headSignature: page.headSignature,
                    entries: EntryBatch(entries), rightHandHashes: page.rightHandHashes)
            }
            return answer.encode()
        }
    }
}
