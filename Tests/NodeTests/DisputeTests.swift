// SPDX-License-Identifier: EUPL-1.2

@testable import Cooperative
import Cryptography
import Journal
@testable import Node
import Replication
import Storage
import Testing

private let suite = OpenSSLSuite()

@Suite("Two certificates of one number: Protocol/consensus.md §7, Protocol/exchange.md §3 key 17", .serialized)
struct DisputeTests {
    @Test("two of three lie: who holds one certificate learns of the other, stops, keeps and serves both, names them",
          arguments: [[], [(0, 2)]])
    func liarsAreNamed(unreachable: [(Int, Int)]) async throws {
        let network = try TestNetwork(["honest", "first", "second"], unreachable: unreachable)
        defer { network.remove() }
        var nodes: [TestNode] = []
        for founder in network.founders { nodes.append(try await TestNode(founder)) }
        for node in nodes { try await eventually("it may vote") { await node.engine.votingObstacle == nil } }
        let liars = Array(network.founders[1...])
        let one = try await Self.certificate(by: liars, days: 0, nodes[0].engine)
        let other = try await Self.certificate(by: liars, days: 1, nodes[0].engine)
        // The honest one and the first liar hold one epoch, the second liar another.
        // At once: whoever waits is told the other one's epoch by the exchange.
        let relay = liars[0].oin
        await withTaskGroup(of: Void.self) { group in
            for (node, bytes) in [(nodes[2], other), (nodes[1], one), (nodes[0], one)] {
                let item = EpochsAnswer.Item(number: 1, certificate: bytes, delta: VectorDelta([]))
                let engine = node.engine
                group.addTask { _ = await engine.take(EpochsAnswer(items: [item], highest: 1), from: relay) }
            }
        }
        for node in nodes { try await node.reaches(1) }
        try await disputes(nodes[0], liars, nodes[0].engine)
        for node in nodes { try await eventually("it stops") { await node.engine.dispute?.number == 1 } }
        // Metering and exchange go on; no epoch closes.
        let decision = try await nodes[0].propose("Wordt nooit besloten")
        for node in nodes { try await node.vote(.for, on: decision) }
        try await eventually("entries still travel") { await areEqual(nodes) }
        #expect(await nodes[0].epoch() == 1)
        try await nodes.removeFirst().stop()
        try await network.founders[0].closed()
        nodes.insert(try await TestNode(network.founders[0]), at: 0)
        try await disputes(nodes[0], liars, nodes[0].engine)
        for node in nodes { try await node.stop() }
    }

    private func disputes(
        _ node: TestNode, _ liars: [TestNetwork.Founder], _ engine: NodeEngine
    ) async throws {
        try await eventually("both liars are named") {
            await engine.consensusStanding().dispute?.liarMembers == liars.map(\.oin).sorted()
        }
        let standing = await engine.consensusStanding()
        #expect(standing.obstacle == .disputed(number: 1))
        #expect(standing.dispute?.liars.count ?? 0 >= 2 * standing.quorum - standing.voters.count)
        #expect(standing.dispute?.liars.allSatisfy { $0.lie == .doublePrecommit(.zero) } == true)
        #expect(try node.node.store.journal.disputed().count == 2)
        for hash in standing.dispute?.hashes ?? [] {
            let request = QuorumProofRequest(number: 1, round: 0, hash: hash.hash)
            guard case .answered(let body) = await engine.answerCertificate(request.encode(), from: liars[0].oin) else {
                Issue.record("no answer")
                continue
            }
            #expect(try QuorumProofAnswer(decoding: body).proof != nil)
        }
    }

    @Test("an epoch that a member says to hold and cannot show is counted, and nothing stops")
    func madeUp() async throws {
        let network = try TestNetwork(["west", "bad"])
        defer { network.remove() }
        let hostile = try HostileMember(network.founders[1]) { path, body, _ in
            switch path {
            case "/v1/head": return HeadAnswer(head: nil).encode()
            case "/v1/certificate": return QuorumProofAnswer(proof: nil).encode()
            case "/v1/epochs": return EpochsAnswer(items: [], highest: 0).encode()
            default:
                guard let request = try? ExchangeRequest(decoding: body) else { return [] }
                var answer = ExchangeAnswer(epoch: 0, digest: request.digest)
                answer.epochs = [EpochMention(number: 1, hash: suite.hash([9]))]
                return answer.encode()
            }
        }
        let node = try await TestNode(network.founders[0])
        try await eventually("it is counted") {
            await node.standing(of: network.founders[1]).refusals["epoch-unproven"] ?? 0 > 0
        }
        #expect(await node.engine.dispute == nil)
        await hostile.stop()
        try await node.stop()
    }

    /// A certificate of number 1 that covers nothing, signed in round 0 by founders that may sign another as well.
    private static func certificate(
        by founders: [TestNetwork.Founder], days: Int, _ engine: NodeEngine
    ) async throws -> [UInt8] {
        let voters = VotingSet(genesis: engine.genesis, suite)
        let (heads, digest) = await engine.read { ($0.chain.epoch.heads, $0.settledDigest) }
        let header = EpochHeader(
            network: voters.network, number: 1, previous: voters.hash.hash,
            vectorRoot: EpochHeader.vectorRoot(heads, suite),
            date: try #require(engine.genesis.date.adding(days: days)), ruleVersion: 1, stateDigest: digest)
        let text = voters.voteText(.precommit, .zero, EpochHash(header, suite))
        let signers = try founders.map { founder in
            let signer = try founder.signer()
            let place = try #require(voters.logs.firstIndex { $0.key == signer.publicKey })
            return VoterSignature(voter: place, signature: signer.sign(text))
        }.sorted { $0.voter < $1.voter }
        return QuorumClaim(.precommit, header: header, round: .zero, signers: signers).encode(voters: voters.count)
    }
}
