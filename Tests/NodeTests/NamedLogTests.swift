// SPDX-License-Identifier: EUPL-1.2

@testable import Cooperative
import Cryptography
import Journal
@testable import Node
import Replication
import Testing

private let suite = OpenSSLSuite()

@Suite("Logs that only a certified vector names: Protocol/log.md §4, Protocol/exchange.md §8", .serialized)
struct NamedLogTests {
    @Test("a log that nothing else authorises is taken up to the size that the certificate's vector names, no further")
    func named() async throws {
        let network = try TestNetwork(["late", "middle", "east", "west"])
        defer { network.remove() }
        let node = try await TestNode(network.founders[0])
        let engine = node.engine
        var stranger = try newcomer(network.founders[1], engine.genesis)
        let day = engine.genesis.date
        try stranger.append([Heartbeat(date: day).entry()])
        let size = stranger.entries.count
        let (log, head) = (stranger.log, try #require(stranger.own.head))
        let named = CoveredHead(log: log, head: Head(size: head.size, root: head.root))
        try stranger.append((1...3).map { Heartbeat(date: try #require(day.adding(days: $0))).entry() })
        #expect(try await engine.admit([stranger.page()]).refused.map(\.refusal) == [.logNotAuthorised])

        let item = try await Self.epoch(with: named, by: network.founders, engine)
        _ = await engine.take(EpochsAnswer(items: [item], highest: 1), from: network.founders[1].oin)
        try await eventually("it waits for the log") { await engine.height?.decided != nil }
        var other = try newcomer(network.founders[2], engine.genesis)
        try other.append([Heartbeat(date: day).entry()])
        #expect(try await engine.admit([other.page()]).refused.map(\.refusal) == [.logNotAuthorised])
        let outcome = try await engine.admit([stranger.page()])
        #expect(outcome.refused.isEmpty && outcome.entriesKept == size)
        #expect(await node.held(log) == size)
        try await node.reaches(1)
        #expect(await engine.read { $0.chain.epoch.head(of: log) } == named.head)
        try await node.stop()
    }

    /// The log of somebody of whom no invitation is held, with the keys of a founder.
    private func newcomer(_ founder: TestNetwork.Founder, _ genesis: Genesis) throws -> ForgedLog {
        let card = try #require(genesis.founder(founder.oin))
        let stranger = try Card(
            oin: try #require(OIN("0000009900000000077\(founder.oin.digits.suffix(1))")), name: "Gemeente",
            kind: .municipality, logKey: card.logKey, nextKeyHash: card.nextKeyHash, recoveryKey: card.recoveryKey,
            agreementKey: card.agreementKey, pins: card.pins, endpoints: [])
        return try ForgedLog(EntryZero(network: genesis.network, card: stranger), founder)
    }

    /// E_1 with a log more than E_0, signed by all.
    private static func epoch(
        with named: CoveredHead, by founders: [TestNetwork.Founder], _ engine: NodeEngine
    ) async throws -> EpochsAnswer.Item {
        let voters = VotingSet(genesis: engine.genesis, suite)
        let (epoch, digest) = await engine.read { ($0.chain.epoch, $0.settledDigest) }
        let header = EpochHeader(
            network: voters.network, number: 1, previous: voters.hash.hash,
            vectorRoot: EpochHeader.vectorRoot(epoch.heads(applying: [named]), suite), date: engine.genesis.date,
            ruleVersion: 1, stateDigest: digest)
        let text = voters.voteText(.precommit, .zero, EpochHash(header, suite))
        let signers = try founders.map { founder in
            let signer = try founder.signer()
            let place = try #require(voters.logs.firstIndex { $0.key == signer.publicKey })
            return VoterSignature(voter: place, signature: signer.sign(text))
        }.sorted { $0.voter < $1.voter }
        let claim = QuorumClaim(.precommit, header: header, round: .zero, signers: signers)
        return EpochsAnswer.Item(
            number: 1, certificate: claim.encode(voters: voters.count), delta: [named].delta)
    }
}
