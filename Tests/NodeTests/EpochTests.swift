// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
@testable import Node
import Testing

@Suite("Epochs between daemons, Protocol/consensus.md, Protocol/exchange.md §8", .serialized)
struct EpochTests {
    @Test("three nodes close a decision by an epoch, and hold one settled state")
    func threeClose() async throws {
        let network = try TestNetwork(["west", "middle", "east"])
        defer { network.remove() }
        var nodes: [TestNode] = []
        for founder in network.founders { nodes.append(try await TestNode(founder)) }
        let decision = try await nodes[0].propose("Samen verder")
        for node in nodes { try await node.vote(.for, on: decision) }
        for node in nodes {
            try await node.reaches(1)
            #expect(await node.standing(of: decision) == .carried)
            #expect(await node.engine.votingObstacle == nil)
        }
        #expect(Set([await nodes[0].settledDigest(), await nodes[1].settledDigest(), await nodes[2].settledDigest()])
            .count == 1)
        try await eventually("the same held and the same state") { await areEqual(nodes) }
        for node in nodes { try await node.stop() }
    }
}
