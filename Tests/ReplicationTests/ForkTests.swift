// SPDX-License-Identifier: EUPL-1.2

import Cryptography
import Journal
import Replication
import Testing

@Suite("Exchange: forks and relays, Protocol/exchange.md §5")
struct ForkTests {
    /// One owner with two histories that part after `common` entries; each node holds one branch.
    private func forked(common: Int, left: Int, right: Int, nodes: Int) throws -> (TestWorld, TestNetwork) {
        var world = try TestWorld(logs: nodes, nodes: nodes)
        try world.logs[0].append(common)
        var other = world.logs[0]
        try world.logs[0].append(left, salt: 1)
        try other.append(right, salt: 2)
        world.give(0, to: 0)
        #expect(world.nodes[1].admit(other.page()) == nil)
        return (world, TestNetwork(world.nodes))
    }

    @Test(
        "two branches, whoever asks, give evidence on both sides, and both then hold the same",
        arguments: [(3, 1, 1), (3, 2, 1), (3, 1, 2), (0, 5, 9), (7, 9, 5), (4, 4, 4), (15, 1, 16)])
    func evidence(common: Int, left: Int, right: Int) throws {
        for pairs in [[(0, 1)], [(1, 0)]] {
            var (world, network) = try forked(common: common, left: left, right: right, nodes: 2)
            network.mustConverge(pairs, rounds: 3)
            let log = world.logs[0].log
            for node in network.nodes { #expect(node.evidence[log] != nil) }
            #expect(!network.findings.isEmpty)
            world.nodes = []
        }
    }

    @Test("a fork seen through two partners is known to all")
    func throughPartners() throws {
        var (world, network) = try forked(common: 6, left: 3, right: 4, nodes: 4)
        network.mustConverge([(2, 0), (2, 1), (3, 2), (0, 2), (1, 2)], rounds: 4)
        for node in network.nodes { #expect(node.evidence[world.logs[0].log] != nil) }
        world.nodes = []
    }

    private func held(_ count: Int) throws -> (TestLog, SignedHead) {
        var log = try TestLog(number: 1)
        try log.append(count)
        return (log, log.head)
    }

    private func proof(_ log: TestLog, _ from: LogSize) -> ConsistencyProof {
        MerkleTree(LeafHashes(log.leaves, suite), size: log.head.size, suite).consistencyProof(from: from)
    }

    private func check(
        _ log: TestLog, own: SignedHead, held: Int
    ) -> ForkCheck<LeafHashes<OpenSSLSuite>, OpenSSLSuite> {
        ForkCheck(log.identity, own: own, held: LogSize(known: held), LeafHashes(log.leaves, suite), suite)
    }

    @Test("one history is a fault of the relay, not of the owner")
    func relayFault() throws {
        var (log, old) = try held(5)
        try log.append(3)
        let honest = ProveAnswer(log: log.log, head: log.head, hashes: proof(log, old.size).hashes)
        #expect(check(log, own: old, held: 5).judge(honest) == .oneHistory)
        let smaller = ProveAnswer(log: log.log, head: old, hashes: [])
        #expect(check(log, own: log.head, held: log.entries.count).judge(smaller) == .oneHistory)
        // Who holds too little of its own head's tree asks about a leaf.
        let held = old.size.count - 1
        let last = ProveRequest(log: .id(log.log), size: log.head.size, index: EntryIndex(known: held - 1))
        #expect(check(log, own: log.head, held: held).judge(smaller) == .ask(last))
        #expect(check(log, own: log.head, held: 0).judge(smaller) == .undecided)
        let same = ProveAnswer(log: log.log, head: old, hashes: [])
        #expect(check(log, own: old, held: 5).judge(same) == .oneHistory)
    }

    @Test("an answer that proves nothing convicts nobody")
    func worthless() throws {
        var (log, old) = try held(5)
        try log.append(3)
        let other = try TestLog(number: 2)
        let check = check(log, own: old, held: 5)
        let hashes = proof(log, old.size).hashes
        let wrong = [
            ProveAnswer(log: other.log, head: log.head, hashes: hashes),
            ProveAnswer(log: log.log, head: other.head, hashes: []),
            ProveAnswer(log: log.log, head: log.head, hashes: []),
            ProveAnswer(log: log.log, head: log.head, hashes: Array(hashes.reversed())),
            ProveAnswer(log: log.log, head: old, hashes: hashes),
        ]
        for answer in wrong { #expect(check.judge(answer) == .worthlessAnswer) }
    }
}
