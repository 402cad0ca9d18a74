// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Node
import Testing

@Suite("Three nodes: exchange over mutual TLS, Protocol/exchange.md", .serialized)
struct ThreeNodesTests {
    @Test("members that can never dial each other meet through a third and show one state")
    func meetThroughThird() async throws {
        let network = try TestNetwork(["west", "middle", "east"], unreachable: [(0, 2)])
        defer { network.remove() }
        var nodes: [TestNode] = []
        for founder in network.founders { nodes.append(try await TestNode(founder)) }
        try await write("hosting", in: nodes[0])
        try await eventually("one state on all three") { try await digests(nodes).count == 1 }
        for node in nodes {
            let held = await node.node.engine.read { engine in engine.tips.values.map(\.held.count).reduce(0, +) }
            #expect(held == 4)
        }
        for node in nodes { try await node.stop() }
    }

    @Test("a node that was stopped comes back with its state and catches up")
    func comesBack() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        let west = try await TestNode(network.founders[0])
        var east: TestNode? = try await TestNode(network.founders[1])
        try await eventually("in step") { try await digests([west, #require(east)]).count == 1 }
        try await east?.stop()
        east = nil
        for number in 0..<20 { try await write("hosting \(number)", in: west) }
        let again = try await TestNode(network.founders[1])
        try await eventually("in step again") { try await digests([west, again]).count == 1 }
        let held = await again.node.engine.read { engine in engine.tips.values.map(\.held.count).reduce(0, +) }
        #expect(held == 22)
        try await west.stop()
        try await again.stop()
    }

    private func digests(_ nodes: [TestNode]) async throws -> Set<Hash> {
        var digests: Set<Hash> = []
        for node in nodes {
            digests.insert(await node.node.engine.stateDigest())
            digests.insert(await node.node.engine.headTableDigest())
        }
        // State and heads are two digests; equal on all nodes they are two in all.
        return digests.count == 2 ? Set(digests.prefix(1)) : digests
    }

    private func write(_ hosting: String, in node: TestNode) async throws {
        let engine = node.node.engine
        let entries = try await engine.read { engine in
            var draft = EditDraft(try #require(engine.state.application("zaaksysteem")), author: engine.ownLogID)
            draft.set(.hosting, .text(hosting))
            return try draft.entries()
        }
        _ = try await engine.append(entries)
    }
}
