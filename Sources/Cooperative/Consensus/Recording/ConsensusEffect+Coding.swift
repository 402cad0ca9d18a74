// SPDX-License-Identifier: EUPL-1.2
import Journal

// How effects are recorded. They are compared as bytes, so only own votes are ever read again, for their signatures.
// Spec: Protocol/consensus.md §8.
extension ConsensusEffect {
    func write(to writer: inout CBORWriter, _ voters: VotingSet) {
        switch self {
        case .append(let own):
            writer.item(1, count: 1)
            own.write(to: &writer, voters)
        case .startTimer(let timer, let milliseconds):
            writer.item(2, count: 3)
            timer.write(to: &writer)
            writer.integer(milliseconds)
        case .prepareProposal(let round):
            writer.item(3, count: 1)
            writer.integer(round.value)
        case .judge(let proposal):
            writer.item(4, count: 1)
            writer.bytes(proposal.encode())
        case .keep(let polka):
            writer.item(5, count: 1)
            writer.bytes(polka.encode(voters))
        case .fetchPolka(let round, let hash):
            writer.item(6, count: 2)
            writer.integer(round.value)
            writer.bytes(hash)
        case .fetchCertificate(let round, let hash):
            writer.item(7, count: 2)
            writer.integer(round.value)
            writer.bytes(hash)
        case .decided(let certificate):
            writer.item(8, count: 1)
            writer.bytes(certificate.encode(voters))
        case .disputed(let first, let second):
            writer.item(9, count: 2)
            writer.bytes(first.encode(voters))
            writer.bytes(second.encode(voters))
        case .evidence(let double):
            writer.item(10, count: 10)
            double.first.write(to: &writer)
            double.firstMessage.write(to: &writer)
            double.second.write(to: &writer)
            double.secondMessage.write(to: &writer)
        case .refused(let refusal, let place):
            writer.item(11, count: 4)
            writer.text(refusal.rawValue)
            place.write(to: &writer)
        case .refusedProof(let refusal):
            writer.item(12, count: 1)
            writer.text(refusal.rawValue)
        }
    }

    func encode(_ voters: VotingSet) -> [UInt8] {
        var writer = CBORWriter(capacity: 128)
        write(to: &writer, voters)
        return writer.bytes
    }

    /// The own vote for a hash that recorded bytes of an effect say; `nil` for another effect.
    static func vote(in bytes: [UInt8]) throws(CBORRefusal) -> (step: VoteText.Step, vote: Vote)? {
        var reader = CBORReader(bytes)
        _ = try reader.array()
        guard try reader.unsigned() == 1 else { return nil }
        try reader.array(count: 4)
        switch try ConsensusMessage(from: &reader) {
        case .proposal: return nil
        case .prevote(let vote): return (.prevote, vote)
        case .precommit(let vote): return (.precommit, vote)
        }
    }
}
