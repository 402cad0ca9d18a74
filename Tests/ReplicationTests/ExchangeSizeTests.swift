// SPDX-License-Identifier: EUPL-1.2

import Journal
import Replication
import Testing

@Suite("Exchange: round trips and bytes, Protocol/exchange.md §3")
struct ExchangeSizeTests {
    /// A node whose table says that it holds `count` logs; the entries themselves are not needed.
    private func node(_ name: Int, count: Int) -> TestNode {
        var node = TestNode(name: name, identities: [])
        let blank = Signature([UInt8](repeating: 9, count: 64))!
        let rows = (0..<count).map { number in
            let id = suite.hash([UInt8(number >> 8), UInt8(number & 0xFF)])
            let head = SignedHead(Head(size: 2_500, root: id), signature: blank)
            return HeadRow(log: LogID(id), held: 2_500, root: id, head: head)
        }
        node.heads = HeldHeads(table: HeadTable(rows), history: node.heads.history)
        return node
    }

    @Test("equal nodes with a token: one round trip, at most 200 bytes of bodies", arguments: [400, 10_000])
    func equal(count: Int) throws {
        var network = TestNetwork([node(1, count: count), node(2, count: count)])
        network.start(0, 1)
        network.mustEnd()
        network.start(0, 1)
        network.mustEnd()
        let summary = try #require(network.summaries.last)
        #expect(summary.requests == 1)
        #expect(summary.digests == .equal)
        #expect(summary.bytesSent + summary.bytesReceived <= 200)
    }

    @Test("a few new entries in many logs cost one round trip and little more than the entries")
    func fewMissing() throws {
        var world = try TestWorld(logs: 400, nodes: 2)
        for log in world.logs.indices { try world.logs[log].append(49, bytes: 200) }
        world.giveAll(to: 0)
        world.giveAll(to: 1)
        var network = TestNetwork(world.nodes)
        network.start(1, 0)
        network.mustEnd()
        var payload = 0
        world.nodes = network.nodes
        for log in world.logs.indices {
            let before = world.logs[log].entries.count
            try world.logs[log].append(log < 200 ? 3 : 2, bytes: 200)
            payload += world.logs[log].entries[before...].reduce(0) { $0 + $1.count }
            world.give(log, to: 0)
        }
        network.nodes = world.nodes
        network.start(1, 0)
        network.mustEnd()
        let summary = try #require(network.summaries.last)
        network.mustBeEqual()
        #expect(summary.requests == 1)
        #expect(summary.entriesReceived == 1_000)
        #expect(summary.bytesSent + summary.bytesReceived - payload <= 50_000)
        network.start(1, 0)
        network.mustEnd()
        #expect(network.summaries.last.map { $0.bytesSent + $0.bytesReceived } ?? .max <= 200)
    }

    @Test("a body never passes its limit, whatever is missing")
    func bodyLimit() throws {
        var world = try TestWorld(logs: 40, nodes: 2)
        for log in world.logs.indices { try world.logs[log].append(60, bytes: 1_000) }
        world.giveAll(to: 0)
        var session = ExchangeSession(.none, numbers: world.nodes[1].numbers, ruleVersion: 1, epoch: 0)
        var source = world.nodes[1]
        let request = session.compose(&world.nodes[1].heads, from: &source, suite)
        let answer = try world.nodes[0].answer(request)
        #expect(answer.count <= ExchangeLimits.bodyBytes)
        let pages = try ExchangeAnswer(decoding: answer).parcel.pages
        #expect(pages.count == 40)
    }

    @Test("an entry of any size travels")
    func largeEntries() throws {
        var world = try TestWorld(logs: 30, nodes: 2)
        for log in world.logs.indices { try world.logs[log].append(3, bytes: 65_000) }
        world.giveAll(to: 0)
        var network = TestNetwork(world.nodes)
        network.start(1, 0)
        network.mustEnd()
        network.mustBeEqual()
    }
}
