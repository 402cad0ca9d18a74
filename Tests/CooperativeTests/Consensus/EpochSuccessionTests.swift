// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Journal
import Testing

@Suite("Epoch after epoch, Protocol/consensus.md §2 and Protocol/genesis.md §3")
struct EpochSuccessionTests {
    @Test("a vector is its delta on E_k's, whatever grew or entered", arguments: UInt64(1)...50)
    func deltas(seed: UInt64) throws {
        var choices = Choices(seed: seed)
        let epoch = Epoch(genesis: try World(founders: 5).genesis, suite)
        var vector = epoch.heads.map { covered in
            guard choices.below(2) == 0 else { return covered }
            let size = LogSize(known: 1 + choices.below(9))
            return CoveredHead(log: covered.log, head: Head(size: size, root: suite.hash(covered.log.bytes)))
        }
        for newcomer in 0..<choices.below(3) {
            let log = LogID(suite.hash([UInt8(seed), UInt8(newcomer)]))
            vector.append(CoveredHead(log: log, head: Head(size: 1, root: suite.hash(log.bytes))))
        }
        vector.sort { $0.log < $1.log }
        let delta = epoch.delta(to: vector)
        #expect(epoch.heads(applying: delta) == vector)
        #expect(delta.allSatisfy { !epoch.heads.contains($0) })
        #expect(epoch.heads(applying: []) == epoch.heads)
    }

    @Test("a certificate and the vector behind its root make an epoch, another vector none")
    func successor() throws {
        let council = Council(4)
        let heads = [CoveredHead(log: LogID(suite.hash([1])), head: Head(size: 4, root: suite.hash([2])))]
        let plain = council.header(1)
        let header = EpochHeader(
            network: plain.network, number: plain.number, previous: plain.previous,
            vectorRoot: EpochHeader.vectorRoot(heads, suite), date: plain.date, ruleVersion: 1,
            stateDigest: plain.stateDigest)
        let hash = EpochHash(header, suite)
        let text = council.voters.voteText(.precommit, .zero, hash)
        let signers = (0..<3).map { VoterSignature(voter: $0, signature: council.signer($0).sign(text)) }
        let claim = QuorumClaim(.precommit, header: header, round: .zero, signers: signers)
        let certificate = try Certificate(claim, council.voters, council.plain)
        let epoch = try #require(Epoch(certificate, heads: heads, suite))
        #expect(epoch.number == 5 && epoch.hash == hash.hash && epoch.heads == heads)
        #expect(Epoch(certificate, heads: [], suite) == nil)
    }

    @Test("the founders vote after the genesis")
    func founders() throws {
        let genesis = try World(founders: 5).genesis
        let voters = VotingSet(genesis: genesis, suite)
        let epoch = Epoch(genesis: genesis, suite)
        #expect(voters.logs.map(\.log) == epoch.vector.logs && voters.hash.hash == epoch.hash)
        #expect(voters.next.value == 1 && voters.quorum == 4)
    }

    @Test("a delta that an entry has no room for travels beside it")
    func fitting() {
        let heads = (0..<1_000).map { number in
            let log = LogID(suite.hash([UInt8(number & 255), UInt8(number >> 8)]))
            return CoveredHead(log: log, head: Head(size: 70_000, root: suite.hash(log.bytes)))
        }.sorted { $0.log < $1.log }
        let header = Council(4).header(1)
        let small = Proposal(round: .zero, header: header, delta: Array(heads.prefix(800)))
        #expect(small.fitting == small)
        let large = Proposal(round: .zero, header: header, delta: heads)
        #expect(large.fitting == Proposal(round: .zero, header: header))
    }
}
