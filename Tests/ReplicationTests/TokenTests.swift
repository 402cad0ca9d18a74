// SPDX-License-Identifier: EUPL-1.2

import Journal
import Replication
import Testing

@Suite("Exchange: tokens, Protocol/exchange.md §3")
struct TokenTests {
    private func pair(entries: Int = 20) throws -> (TestWorld, TestNetwork) {
        var world = try TestWorld(logs: 2, nodes: 2)
        try world.logs[0].append(entries)
        world.giveAll(to: 0)
        var network = TestNetwork(world.nodes)
        network.start(1, 0)
        network.mustEnd()
        return (world, network)
    }

    @Test("a restored store does not know its old tokens, and the exchange starts from the full table")
    func restored() throws {
        var (world, network) = try pair()
        let backup = network.nodes[0]
        try world.logs[1].append(5)
        world.nodes = network.nodes
        world.give(1, to: 1)
        network.nodes = world.nodes
        network.start(1, 0)
        network.mustEnd()
        network.nodes[0].restart(instance: 77, from: backup)
        network.start(1, 0)
        network.mustEnd()
        network.mustBeEqual()
        #expect(network.summaries.last?.outcome == .complete)
        let token = network.nodes[1].memories[0]?.token.flatMap { ExchangeToken($0) }
        #expect(token?.instance.bytes.first == 77)
    }

    @Test("a token older than the history leads to a full exchange, not to a gap")
    func pruned() throws {
        var (world, network) = try pair()
        try world.logs[0].append(5)
        world.nodes = network.nodes
        world.give(0, to: 0)
        network.nodes = world.nodes
        network.nodes[0].restart(instance: 1)
        network.start(1, 0)
        network.mustEnd()
        network.mustBeEqual()
        #expect(network.summaries.last?.requests == 2)
    }

    @Test("a sequence above the store's own is not believed")
    func future() throws {
        var (world, network) = try pair()
        let instance = network.nodes[0].heads.history.instance
        let forged = ExchangeToken(instance: instance, sequence: HeadSequence(1_000_000))
        network.nodes[1].memories[0] = PartnerMemory(token: forged.bytes, toldUpTo: HeadSequence(0))
        try world.logs[0].append(5)
        world.nodes = network.nodes
        world.give(0, to: 0)
        network.nodes = world.nodes
        network.start(1, 0)
        network.mustEnd()
        network.mustBeEqual()
    }

    @Test("a token is remembered only once the entries are durable")
    func durableFirst() throws {
        var world = try TestWorld(logs: 1, nodes: 2)
        try world.logs[0].append(20)
        world.giveAll(to: 0)
        var asker = world.nodes[1]
        var session = ExchangeSession(.none, numbers: asker.numbers, ruleVersion: 1, epoch: 0)
        var source = asker
        let answer = try world.nodes[0].answer(session.compose(&asker.heads, from: &source, suite))
        let effects = session.received(answer, &asker.heads, suite)
        guard case .admit(let batch)? = effects.first, effects.count == 1 else {
            Issue.record("only admission may follow an answer with pages")
            return
        }
        #expect(session.received(answer, &asker.heads, suite).isEmpty)
        #expect(asker.admit(batch.pages).isEmpty)
        let then = session.settled(batch.number, &asker.heads, suite)
        #expect(then.contains { if case .remember(let memory) = $0 { memory.token != nil } else { false } })
        #expect(session.isFinished)
    }

    @Test("of concurrent exchanges the larger sequence stays")
    func concurrent() throws {
        let instance = try #require(StoreInstance([UInt8](repeating: 3, count: 16)))
        func memory(_ sequence: Int) -> PartnerMemory {
            PartnerMemory(
                token: ExchangeToken(instance: instance, sequence: HeadSequence(sequence)).bytes,
                toldUpTo: HeadSequence(sequence))
        }
        #expect(memory(5).merged(with: memory(9)) == memory(9))
        #expect(memory(9).merged(with: memory(5)) == memory(9))
        #expect(memory(9).merged(with: .none) == memory(9))
        #expect(PartnerMemory.none.merged(with: memory(1)) == memory(1))
    }

    @Test("a history answers exactly what changed since, and nothing before what it keeps")
    func history() throws {
        let instance = try #require(StoreInstance([UInt8](repeating: 3, count: 16)))
        var history = HeadHistory(instance: instance, sequence: HeadSequence(10))
        let logs = LogNumbersFixture(count: 3).logs
        history.record(logs[2], sizeBefore: 5)
        history.record(logs[0], sizeBefore: 1)
        history.record(logs[2], sizeBefore: 9, isEvidence: true)
        let all = try #require(history.changes(after: HeadSequence(10)))
        #expect(all.sizes == [HeldSize(log: logs[0], size: 1), HeldSize(log: logs[2], size: 5)])
        #expect(all.evidence == [logs[2]])
        #expect(history.changes(after: HeadSequence(12))?.sizes == [HeldSize(log: logs[2], size: 9)])
        #expect(history.changes(after: HeadSequence(13))?.sizes == [])
        #expect(history.changes(after: HeadSequence(14)) == nil)
        #expect(history.changes(after: HeadSequence(9)) == nil)
        history.forget(2)
        #expect(history.changes(after: HeadSequence(11)) == nil)
        #expect(history.changes(after: HeadSequence(12))?.sizes.count == 1)
    }

    @Test("a history keeps no more changes than its limit")
    func bounded() throws {
        let instance = try #require(StoreInstance([UInt8](repeating: 3, count: 16)))
        var history = HeadHistory(instance: instance, sequence: HeadSequence(0))
        let log = LogNumbersFixture(count: 1).logs[0]
        for _ in 0...ExchangeLimits.historyChanges { history.record(log, sizeBefore: 1) }
        #expect(history.oldestKept > HeadSequence(0))
        #expect(history.changes(after: history.oldestKept) != nil)
    }
}
