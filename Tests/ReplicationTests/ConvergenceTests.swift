// SPDX-License-Identifier: EUPL-1.2

import Journal
import Replication
import Testing

@Suite("Exchange: convergence, Protocol/exchange.md §2 and §3")
struct ConvergenceTests {
    @Test(
        "nodes that grew under loss, copies and cuts hold the same once healed",
        arguments: 1...40 as ClosedRange<UInt64>)
    func heals(seed: UInt64) throws {
        var choices = SeededGenerator(seed)
        let count = Int.random(in: 3...5, using: &choices)
        var world = try TestWorld(logs: count + 2, nodes: count)
        var network = TestNetwork(world.nodes, seed: seed)
        network.faults = TestFaults(
            lossPercent: Int.random(in: 0...30, using: &choices),
            duplicatePercent: Int.random(in: 0...50, using: &choices),
            cutPercent: Int.random(in: 0...20, using: &choices))
        for step in 0..<30 {
            let owner = Int.random(in: 0..<count, using: &choices)
            try world.logs[owner].append(Int.random(in: 0...20, using: &choices), salt: step)
            world.nodes = network.nodes
            world.give(owner, to: owner)
            network.nodes = world.nodes
            for _ in 0..<2 {
                let asker = Int.random(in: 0..<count, using: &choices)
                network.start(asker, (asker + Int.random(in: 1..<count, using: &choices)) % count)
            }
            if choices.happens(percent: 50) { network.mustEnd() }
            if choices.happens(percent: 5) { network.nodes[owner].restart(instance: UInt8(100 + step)) }
        }
        network.mustEnd()
        network.faults = TestFaults()
        let pairs = (0..<count).map { ($0, ($0 + 1) % count) }
        network.mustConverge(pairs)
        for log in world.logs.prefix(count) where log.entries.count > 1 {
            for node in network.nodes { #expect(node.size(log.log) == log.entries.count) }
        }
    }

    @Test("two that never meet are joined by a third, both ways")
    func third() throws {
        var world = try TestWorld(logs: 3, nodes: 3)
        try world.logs[0].append(50)
        try world.logs[2].append(70)
        world.give(0, to: 0)
        world.give(2, to: 2)
        var network = TestNetwork(world.nodes)
        network.mustConverge([(0, 1), (2, 1)], rounds: 2)
        #expect(network.nodes[0].size(world.logs[2].log) == 71)
        #expect(network.nodes[2].size(world.logs[0].log) == 51)
    }

    @Test("one exchange brings both sides level in two round trips")
    func bothWays() throws {
        var world = try TestWorld(logs: 2, nodes: 2)
        try world.logs[0].append(10)
        try world.logs[1].append(10)
        world.give(0, to: 0)
        world.give(1, to: 1)
        var network = TestNetwork(world.nodes)
        network.start(0, 1)
        network.mustEnd()
        network.mustBeEqual()
        #expect(network.summaries.last?.requests == 2)
        #expect(network.summaries.last?.outcome == .complete)
        #expect(network.summaries.last?.digests == .equal)
    }

    @Test("a log of many pages arrives whole, and a log with little does not wait for it")
    func pages() throws {
        var world = try TestWorld(logs: 3, nodes: 2)
        try world.logs[0].append(30_000, bytes: 200)
        try world.logs[1].append(3)
        world.giveAll(to: 0)
        var network = TestNetwork(world.nodes)
        network.start(1, 0)
        let run = network.running.values.first
        #expect(run != nil)
        network.mustEnd()
        network.mustBeEqual()
        let summary = try #require(network.summaries.last)
        #expect(summary.outcome == .complete)
        #expect(summary.requests >= 6 && summary.requests <= 9)
    }

    @Test("a node that is still catching up passes on what it holds", arguments: [1, 2, 3, 5, 8, 13, 21, 34])
    func partial(held: Int) throws {
        var world = try TestWorld(logs: 1, nodes: 3)
        try world.logs[0].append(40)
        #expect(world.nodes[0].admit(world.logs[0].page(from: 0, to: held)) == nil)
        var network = TestNetwork(world.nodes)
        network.mustConverge([(1, 0), (2, 1)], rounds: 1)
        #expect(network.nodes[2].size(world.logs[0].log) == held)
        world.nodes = network.nodes
        world.giveAll(to: 0)
        network.nodes = world.nodes
        network.mustConverge([(1, 0), (2, 1)], rounds: 1)
        #expect(network.nodes[2].size(world.logs[0].log) == 41)
    }

    @Test("a lost answer repeats harmlessly: the token stays as it was and nothing is doubled")
    func lostAnswer() throws {
        var world = try TestWorld(logs: 1, nodes: 2)
        try world.logs[0].append(10)
        world.giveAll(to: 0)
        var network = TestNetwork(world.nodes)
        network.faults.lossPercent = 100
        network.start(1, 0)
        network.mustEnd()
        #expect(network.nodes[1].memories[0] == nil)
        network.faults.lossPercent = 0
        network.start(1, 0)
        network.mustEnd()
        network.mustBeEqual()
        #expect(network.summaries.last?.entriesReceived == 11)
    }
}
