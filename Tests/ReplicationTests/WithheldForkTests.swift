// SPDX-License-Identifier: EUPL-1.2

import Cryptography
import Journal
import Replication
import Testing

@Suite("Exchange: forks whose entries are withheld, Protocol/exchange.md §5")
struct WithheldForkTests {
    /// Two branches: entries of each, where they part, and how many entries differ before they are alike again. The
    /// left one stands under a huge head; the right one under a head of its own entries or a larger one.
    struct Branches: Sendable {
        let left: Int, right: Int, parts: Int, differing: Int
        var rightHead: LogSize?
    }

    private static let hugeSize = LogSize(known: 1 << 62)

    private static let branches = [
        Branches(left: 4, right: 9, parts: 1, differing: 8), Branches(left: 9, right: 4, parts: 1, differing: 8),
        Branches(left: 40, right: 90, parts: 13, differing: 1), Branches(left: 90, right: 40, parts: 1, differing: 1),
        Branches(left: 64, right: 65, parts: 31, differing: 1), Branches(left: 17, right: 33, parts: 16, differing: 1),
        Branches(left: 40, right: 90, parts: 13, differing: 1, rightHead: LogSize(known: (1 << 62) + 5)),
        Branches(left: 90, right: 40, parts: 39, differing: 5, rightHead: LogSize(known: (1 << 61) + 7)),
        Branches(left: 7, right: 7, parts: 6, differing: 1, rightHead: LogSize(known: 8)),
        Branches(left: 7, right: 7, parts: 3, differing: 2, rightHead: LogSize(known: 1 << 62)),
    ]

    @Test("a branch under a huge head whose entries are withheld is convicted, whoever asks", arguments: branches)
    func convicts(_ branches: Branches) throws {
        for pairs in [[(0, 1)], [(1, 0)]] {
            var world = try TestWorld(logs: 2, nodes: 2)
            var logs = [world.logs[0], world.logs[0]]
            for (position, size) in [branches.left, branches.right].enumerated() {
                let end = min(size, branches.parts + branches.differing)
                try logs[position].append(branches.parts - 1)
                try logs[position].append(end - branches.parts, salt: position + 1)
                try logs[position].append(size - end)
            }
            #expect(world.nodes[0].admit(try logs[0].withholding(Self.hugeSize)) == nil)
            let right = try branches.rightHead.map { try logs[1].withholding($0) } ?? logs[1].page()
            #expect(world.nodes[1].admit(right) == nil)
            var network = TestNetwork(world.nodes)
            network.mustConverge(pairs, rounds: 4)
            for node in network.nodes {
                let bytes = try #require(node.evidence[logs[0].log])
                #expect(bytes.count <= Limits.evidenceBytes)
                _ = try ForkEvidence.parse(bytes).check(logs[0].identity, suite)
            }
            #expect(network.findings.allSatisfy { if case .fork = $0 { true } else { false } })
            world.nodes = []
        }
    }

    @Test("one history of which both hold a part convicts nobody, by whatever leaf",
          arguments: [(36, 3), (36, 35), (20, 5)])
    func honest(asked: Int, index: Int) throws {
        var log = try TestLog(number: 1)
        try log.append(5)
        let old = log.head
        try log.append(30)
        let request = ProveRequest(
            log: .id(log.log), size: LogSize(known: asked), index: EntryIndex(known: index))
        let answer = try #require(ProveAnswer.answering(
            request, log: log.log, head: log.head, held: 30, LeafHashes(log.leaves, suite), suite))
        let placed = try #require(answer.leaf)
        #expect(placed.index == EntryIndex(known: min(index, 29)))
        let check = ForkCheck(log.identity, own: old, held: old.size, LeafHashes(log.leaves, suite), suite)
        let last = ProveRequest(log: .id(log.log), size: old.size, index: 5)
        #expect(check.judge(answer) == (index < 6 ? .undecided : .ask(last)))
        // A leaf that the hashes do not lead from proves nothing.
        let forged = ProveAnswer(
            log: log.log, head: answer.head, hashes: answer.hashes,
            leaf: ProveAnswer.PlacedLeaf(index: placed.index, hash: suite.hash([0])))
        #expect(check.judge(forged) == .worthlessAnswer)
    }
}
