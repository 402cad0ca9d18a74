// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Journal
import Testing

@Suite("Polkas and certificates, Protocol/consensus.md §3")
struct CertificateTests {
    private func refusal(_ claim: QuorumClaim, _ council: Council) -> CertificateRefusal? {
        do throws(CertificateRefusal) {
            _ = try Certificate(claim, council.voters, council.plain)
            return nil
        } catch { return error }
    }

    @Test("a quorum's signatures are enough, and come back from 65 bytes a signer, 66 above 256 voters",
          arguments: [1, 2, 3, 4, 7, 256, 257, 342])
    func roundTrip(count: Int) throws {
        let council = Council(count)
        let signers = count - council.voters.quorum..<count
        let certificate = try council.certificate(1, round: 3, by: signers)
        let bytes = certificate.encode(council.voters)
        #expect(try Certificate(bytes, council.voters, council.plain) == certificate)
        #expect(bytes.count < 200 + signers.count * (count <= 256 ? 65 : 66))
        #expect(count != 342 || bytes.count <= 20_000)
        let polka = try council.polka(1, round: 3, by: signers)
        #expect(try Polka(polka.encode(council.voters), council.voters, council.plain) == polka)
    }

    @Test("too few, double, foreign, unsorted signers and wrong texts are refused by name")
    func refusals() {
        let council = Council(7)
        let good = council.claim(.precommit, 1, round: 2, by: 0..<5)
        func with(_ signers: [VoterSignature], round: Int = 2) -> QuorumClaim {
            QuorumClaim(.precommit, header: good.header, round: Round(known: round), signers: signers)
        }
        let signers = good.signers
        #expect(refusal(good, council) == nil)
        #expect(refusal(with(Array(signers.dropLast())), council) == .tooFew)
        #expect(refusal(with(Array(signers[0..<4] + signers[3...4])), council) == .signerTwice)
        #expect(refusal(with(signers.reversed()), council) == .order)
        let foreign = VoterSignature(voter: 7, signature: signers[0].signature)
        #expect(refusal(with(signers + [foreign]), council) == .signerForeign)
        #expect(refusal(with(signers, round: 3), council) == .signature)
        let prevotes = council.claim(.prevote, 1, round: 2, by: 0..<5).signers
        #expect(refusal(with(prevotes), council) == .signature)
        let others = council.claim(.precommit, 2, round: 2, by: 0..<5).signers
        #expect(refusal(with(Array(signers[0..<4] + others[4...])), council) == .signature)
        #expect(refusal(good, Council(7, hash: 1)) == .doesNotFollow)
        #expect(refusal(council.claim(.prevote, 1, round: 2, by: 0..<5), council) == .signature)
    }

    @Test("bytes of another shape are refused")
    func shapes() throws {
        let council = Council(4)
        let bytes = try council.certificate(1, round: 0, by: 0..<3).encode(council.voters)
        let cut: [[UInt8]] = [[], Array(bytes.dropLast()), bytes + [0], [0x80], [0x83] + Array(bytes.dropFirst(2))]
        for broken in cut {
            #expect(throws: CertificateRefusal.shape) { try Certificate(broken, council.voters, council.plain) }
        }
    }
}

@Suite("Messages, Protocol/consensus.md §2")
struct ConsensusMessageTests {
    static let messages: [ConsensusMessage] = {
        let council = Council(4)
        let head = CoveredHead(log: LogID(suite.hash([1])), head: Head(size: 3, root: suite.hash([2])))
        return [
            council.proposal(1, round: 0), council.proposal(2, round: 7, valid: 3),
            .proposal(Proposal(round: Round(known: 3), header: council.header(1), delta: [head])),
            .proposal(Proposal(round: Round(known: 3), header: council.header(1), delta: [])),
            council.vote(.prevote, 1, round: 2, by: 0), council.vote(.prevote, nil, round: 2, by: 0),
            council.vote(.precommit, 1, round: CooperativeLimits.round, by: 0),
            council.vote(.precommit, nil, round: 0, by: 0),
        ]
    }()

    @Test("a message comes back from its entry", arguments: messages)
    func roundTrip(message: ConsensusMessage) throws {
        let entry = try Entry.parse(message.entry())
        #expect(try ConsensusMessage.parse(entry) == message)
        #expect(EntryKinds.name(message.kind) != nil)
        #expect(EntryKinds.describe(message.entry()).contains("epoch 5 round \(message.round)"))
    }

    @Test("the fold passes messages over: no row comes of them, whatever they say or name")
    func leavesNoRow() throws {
        var world = try World(founders: 3)
        var before = world.state()
        for message in Self.messages { world.append(message.entry(), by: 0) }
        world.append(Entry.encode(kind: 17, body: [0x80]), by: 1)
        let missing = EntryReference(log: world.logs[2], index: 9, leaf: suite.hash([1]))
        world.append(Entry.encode(kind: 18, body: Self.messages[7].encode(), references: [missing]), by: 1)
        var after = world.state()
        #expect(after.digest() == before.digest())
    }

    @Test("a round after the last is no round")
    func rounds() {
        #expect(Round(CooperativeLimits.round)?.next == nil && Round(-1) == nil && Round(3)?.next?.value == 4)
        let late = CBOR.array([.integer(5), .integer(Int64(CooperativeLimits.round) + 1), .null]).encode()
        #expect(throws: VoidReason.consensusShape) { try ConsensusMessage.parse(kind: 17, body: late) }
    }
}
