// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Cryptography
import Journal
import Testing

@Suite("At two members a successor goes on with the old log, Protocol/consensus.md §3 and §4")
struct ContinuationTests {
    /// Two voters, of which the first lost its disk: the successor of its log and the other's acknowledge.
    struct Pair {
        let plain = PlainSuite()
        let next = PlainSigner(publicKey: PublicKey(suite.hash([77]).value))
        let signer = PlainSigner(publicKey: PublicKey(suite.hash([78]).value))
        let ended: Int
        let voters: VotingSet
        let zero: EntryZero
        let end: Head

        init(_ ended: Int = 0) {
            self.ended = ended
            let next = next
            let logs = Council(2).voters.logs.map {
                LogIdentity(origin: $0.origin, key: $0.key, nextKeyHash: suite.hash(next.publicKey))
            }
            voters = VotingSet(
                network: Council.network, number: EpochNumber(known: 4), hash: Council(2).voters.hash, logs: logs,
                recoveryKeys: [logs[ended].log: PublicKey(suite.hash([79]).value)], suite)
            end = Head(size: 12, root: suite.hash([12]))
            zero = EntryZero(
                network: Council.network, oin: logs[ended].origin.oin, logKey: signer.publicKey,
                nextKeyHash: suite.hash([5]),
                after: Self.end(logs[ended].log, end), authority: .nextKey, signer: next)
        }

        static func end(_ log: LogID, _ head: Head) -> PredecessorEnd {
            guard let end = PredecessorEnd(log: log, size: head.size, root: head.root) else {
                preconditionFailure("an end has entries")
            }
            return end
        }

        func continuation(_ zero: EntryZero? = nil, saying end: Head? = nil, by key: Int? = nil) -> Continuation {
            let zero = zero ?? self.zero
            let entry = Acknowledge(successor: zero.log(suite), end: end ?? self.end).entry()
            let sibling = suite.hash([3])
            let root = suite.nodeHash(sibling, suite.leafHash(entry))
            let other = voters.logs[1 - ended]
            let text = Array(Checkpoint(other.origin, Head(size: 2, root: root)).text.utf8)
            return Continuation(
                voter: ended, entryZero: zero.encode(), acknowledge: entry,
                proof: InclusionProof(index: 1, size: 2, hashes: [sibling]), root: root,
                signature: PlainSigner(publicKey: voters.logs[key ?? 1 - ended].key).sign(text))
        }

        func claim(_ step: VoteText.Step, round: Int, by signers: [PlainSigner], _ continuation: Continuation?)
            -> QuorumClaim {
            let header = Council(2).header(1)
            let text = voters.voteText(step, Round(known: round), EpochHash(header, suite))
            return QuorumClaim(
                step, header: header, round: Round(known: round),
                signers: signers.enumerated().map { VoterSignature(voter: $0, signature: $1.sign(text)) },
                continuation: continuation)
        }

        /// The signers in order of voter, the successor in the place of the log that ended.
        var signers: [PlainSigner] {
            voters.logs.indices.map { $0 == ended ? signer : PlainSigner(publicKey: voters.logs[$0].key) }
        }
    }

    @Test("a certificate with its continuation is checked with nothing but E_k's keys, and reads back",
          arguments: [0, 1])
    func certificate(ended: Int) throws {
        let pair = Pair(ended)
        let claim = pair.claim(.precommit, round: 3, by: pair.signers, pair.continuation())
        let certificate = try Certificate(claim, pair.voters, pair.plain)
        #expect(try Certificate(certificate.encode(pair.voters), pair.voters, pair.plain) == certificate)
        #expect(throws: CertificateRefusal.signature) {
            try Certificate(pair.claim(.precommit, round: 3, by: pair.signers, nil), pair.voters, pair.plain)
        }
    }

    @Test("what is no successor, no acknowledge of it, or not of the other voter is refused by its name")
    func refused() throws {
        let pair = Pair()
        func check(_ continuation: Continuation, _ refusal: CertificateRefusal) {
            #expect(throws: refusal) { try pair.voters.continued(by: continuation, pair.plain) }
        }
        let good = pair.continuation()
        let continued = try pair.voters.continued(by: good, pair.plain)
        #expect(continued.proposer(of: .zero) == pair.voters.proposer(of: .zero))
        #expect(continued.voter(pair.zero.log(suite)) == 0 && continued.plain == pair.voters)
        #expect(throws: CertificateRefusal.continuation) { try continued.continued(by: good, pair.plain) }
        #expect(throws: CertificateRefusal.continuation) { try Council(3).voters.continued(by: good, pair.plain) }
        let stranger = EntryZero(
            network: Council.network, oin: pair.voters.logs[0].origin.oin, logKey: pair.signer.publicKey,
            nextKeyHash: suite.hash([5]),
            after: Pair.end(pair.voters.logs[0].log, pair.end), authority: .nextKey, signer: pair.signer)
        check(pair.continuation(stranger), .successor)
        check(pair.continuation(saying: Head(size: 11, root: pair.end.root)), .acknowledge)
        check(pair.continuation(by: 0), .acknowledge)
        check(Continuation(
            voter: 0, entryZero: good.entryZero, acknowledge: good.acknowledge,
            proof: InclusionProof(index: 0, size: 2, hashes: good.proof.hashes), root: good.root,
            signature: good.signature), .acknowledge)
        check(Continuation(
            voter: 2, entryZero: good.entryZero, acknowledge: good.acknowledge, proof: good.proof, root: good.root,
            signature: good.signature), .continuation)
    }

    @Test("the successor keeps lock, round and slots of the old log: one vote a member, one proposer's place")
    func goesOn() throws {
        let pair = Pair()
        let council = Council(2)
        let continued = try pair.voters.continued(by: pair.continuation(), pair.plain)
        func vote(_ step: VoteText.Step, _ value: UInt8?, _ round: Int, _ signer: PlainSigner) -> Vote {
            Vote(number: continued.next, round: Round(known: round), choice: value.map { value in
                let text = continued.voteText(step, Round(known: round), council.hash(value))
                return Vote.Choice(hash: council.hash(value), signature: signer.sign(text))
            })
        }
        let old = PlainSigner(publicKey: pair.voters.logs[0].key)
        let records: [ConsensusMessage] = [.prevote(vote(.prevote, 1, 1, old)), .precommit(vote(.precommit, 1, 1, old))]
        let own = ConsensusCore(
            voters: continued, signer: pair.signer, timings: council.timings, suite: pair.plain,
            restoring: records.enumerated().map { OwnRecord(OwnMessage($1), at: EntryIndex(known: 6 + $0)) })
        #expect(own.own == 0 && own.round.value == 1 && own.step == .precommit)
        #expect(own.locked?.hash == council.hash(1))
        // For the other a message of the successor after one of the old log is a second one.
        var other = ConsensusCore(
            voters: continued, signer: PlainSigner(publicKey: pair.voters.logs[1].key), timings: council.timings,
            suite: pair.plain)
        func hear(_ message: ConsensusMessage, _ log: LogID, _ index: Int) -> [ConsensusEffect] {
            other.handle(.message(message, MessagePlace(log: log, index: EntryIndex(known: index))))
        }
        _ = hear(records[0], pair.voters.logs[0].log, 6)
        let log = pair.zero.log(suite)
        let second = hear(.prevote(vote(.prevote, 2, 1, pair.signer)), log, 1)
        #expect(second.contains { if case .evidence = $0 { true } else { false } })
        #expect(other.sides(.prevote, Round(known: 1), of: 0) == 1)
        #expect(hear(.prevote(vote(.prevote, 1, 2, pair.signer)), log, 2).isEmpty)
        #expect(other.counts(.prevote, Round(known: 2), council.hash(1), of: 0))
    }
}
