// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Cryptography
import Journal
@testable import Node
import Replication
import Storage
import Synchronization
import Testing
import Transport

private let suite = OpenSSLSuite()

@Suite("What a member makes up of epochs, and locks: Protocol/consensus.md §3 and §6", .serialized)
struct EpochLieTests {
    @Test("certificates with too few, double, foreign or wrong signatures, or of another past, are refused and counted")
    func forgedCertificates() async throws {
        let network = try TestNetwork(["west", "bad"])
        defer { network.remove() }
        let node = try await TestNode(network.founders[0])
        let forged = try await Self.forged(by: network.founders[1], node.engine)
        let next = Mutex(0)
        let hostile = try HostileMember(network.founders[1]) { path, body, _ in
            switch path {
            case "/v1/epochs":
                let turn = next.withLock { count in
                    count += 1
                    return count - 1
                }
                let item = EpochsAnswer.Item(
                    number: 1, certificate: forged[turn % forged.count], delta: VectorDelta([]))
                return EpochsAnswer(items: [item], highest: 1).encode()
            case "/v1/head": return HeadAnswer(head: nil).encode()
            default:
                guard let request = try? ExchangeRequest(decoding: body) else { return [] }
                return ExchangeAnswer(epoch: 1, digest: request.digest).encode()
            }
        }
        try await eventually("every lie is counted") {
            let refusals = await node.standing(of: network.founders[1]).refusals
            return ["shape", "does-not-follow", "signer-foreign", "signer-twice", "too-few", "signature"]
                .allSatisfy { refusals["certificate-" + $0] ?? 0 > 0 }
        }
        #expect(await node.epoch() == 0)
        await hostile.stop()
        try await node.stop()
    }

    private static func forged(by bad: TestNetwork.Founder, _ engine: NodeEngine) async throws -> [[UInt8]] {
        let voters = VotingSet(genesis: engine.genesis, engine.suite)
        let signer = try bad.signer()
        let own = try #require(voters.logs.firstIndex { $0.key == signer.publicKey })
        func claim(previous: Hash? = nil, _ numbers: [Int]) -> [UInt8] {
            let header = EpochHeader(
                network: voters.network, number: 1, previous: previous ?? voters.hash.hash,
                vectorRoot: engine.suite.emptyRoot, date: engine.genesis.date, ruleVersion: 1,
                stateDigest: engine.suite.hash([1]))
            let text = voters.voteText(.precommit, .zero, EpochHash(header, engine.suite))
            let signers = numbers.map { VoterSignature(voter: $0, signature: signer.sign(text)) }
            return QuorumClaim(.precommit, header: header, round: .zero, signers: signers).encode(voters: 200)
        }
        return [
            [0x80], claim(previous: engine.suite.hash([2]), [0, 1]), claim([own, 7]), claim([own, own]),
            claim([own]), claim([0, 1]),
        ]
    }

    @Test("a restart in the middle of a round keeps round, step and lock, and signs nothing twice")
    func lockKept() async throws {
        let network = try TestNetwork(["one", "two"])
        defer { network.remove() }
        // The member that proposes in round 0 has the daemon; the test writes the other's log.
        let genesis = try Genesis.parse(try PlainFile.read(network.genesisPath), suite)
        let voters = VotingSet(genesis: genesis, suite)
        let proposer = voters.logs[voters.proposer(of: .zero)].origin.oin
        let own = try #require(network.founders.first { $0.oin == proposer })
        let other = try #require(network.founders.first { $0.oin != proposer })
        let hostile = try HostileMember(other) { path, body, _ in
            guard path != "/v1/head" else { return HeadAnswer(head: nil).encode() }
            guard let request = try? ExchangeRequest(decoding: body) else { return [] }
            return ExchangeAnswer(epoch: 0, digest: request.digest).encode()
        }
        var log = try ForgedLog(other, genesis)
        var hash = EpochHash(Bytes32((0, 0, 0, 0)))
        let decision = try await running(own) { node in
            let engine = node.engine
            try await Self.push(log, from: 0, hostile, own, engine)
            let decision = try await node.propose("Samen")
            try await node.vote(.for, on: decision)
            let reference = try #require(await engine.read { $0.state.decision(decision)?.reference })
            try log.append([try Ballot.entry(.for, on: reference, in: log.log)])
            try await Self.push(log, from: 1, hostile, own, engine)
            try await eventually("it prevotes") { await engine.read { $0.height?.core.step == .prevote } }
            let proposal = try #require(try await engine.read { engine in try engine.ownProposal() })
            hash = EpochHash(proposal.header, suite)
            try log.append([Self.vote(.prevote, hash, voters, other)])
            try await Self.push(log, from: 2, hostile, own, engine)
            try await eventually("it locks") { [hash] in
                await engine.read { $0.height?.core.locked?.hash == hash }
            }
            try await eventually("its precommit is durable") {
                try await engine.read { try $0.ownKinds() } == [16, 17, 18]
            }
            return decision
        }
        try await own.closed()

        let again = try await TestNode(own)
        let core = await again.engine.read { $0.height?.core }
        #expect(core?.locked?.hash == hash)
        #expect(core?.round == .zero && core?.step == .precommit)
        try await eventually("it may vote again") { await again.engine.votingObstacle == nil }
        #expect(try await again.engine.read { try $0.ownKinds() } == [16, 17, 18])
        try log.append([Self.vote(.precommit, hash, voters, other)])
        try await Self.push(log, from: 3, hostile, own, again.engine)
        try await again.reaches(1)
        #expect(await again.standing(of: decision) == .carried)
        await hostile.stop()
        try await again.stop()
    }

    private static func vote(
        _ step: VoteText.Step, _ hash: EpochHash, _ voters: VotingSet, _ founder: TestNetwork.Founder
    ) throws -> [UInt8] {
        let signature = try founder.signer().sign(voters.voteText(step, .zero, hash))
        let vote = Vote(number: voters.next, round: .zero, choice: .init(hash: hash, signature: signature))
        return (step == .prevote ? ConsensusMessage.prevote(vote) : .precommit(vote)).entry()
    }

    private static func push(
        _ log: ForgedLog, from: Int, _ hostile: HostileMember, _ node: TestNetwork.Founder, _ engine: NodeEngine
    ) async throws {
        let page = try log.page(from: from)
        var request = ExchangeRequest(ruleVersion: 1, epoch: 0, digest: suite.hash([1]))
        request.parcel.pages = [ReferencedPage(
            log: .id(page.log), from: page.from, headSize: page.headSize, headSignature: page.signature,
            entries: page.entries, rightHandHashes: page.rightHandHashes)]
        #expect(await hostile.send(request.encode(), to: node)?.status == 200)
        #expect(await engine.read { $0.tips[page.log]?.held.count } == log.entries.count)
    }
}

extension NodeEngine {
    /// The kinds of the own messages of consensus, in their order.
    func ownKinds() throws -> [UInt16] {
        try (0..<(tips[ownLogID]?.held.count ?? 0)).map { index in
            try Entry.parse(try store.entry(of: ownLogID, at: EntryIndex(known: index))).kind
        }.filter { (16...18).contains($0) }
    }

    /// The own proposal of the running number, as the own log has it.
    func ownProposal() throws -> Proposal? {
        for index in 0..<(tips[ownLogID]?.held.count ?? 0) {
            let entry = try Entry.parse(try store.entry(of: ownLogID, at: EntryIndex(known: index)))
            if case .proposal(let proposal) = try ConsensusMessage.parse(entry) { return proposal }
        }
        return nil
    }
}
