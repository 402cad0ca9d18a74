// SPDX-License-Identifier: EUPL-1.2
import Journal

/// What counts. Spec: Protocol/consensus.md §4.
extension ConsensusCore {
    /// q.
    var quorum: Int { omitted.contains(.quorum) ? voters.quorum - 1 : voters.quorum }

    /// Counts a message of a log, or says why not.
    mutating func accept(
        _ message: ConsensusMessage, _ place: MessagePlace, _ effects: inout [ConsensusEffect]
    ) {
        let voter: Int
        do throws(MessageRefusal) { voter = try entitled(message, place) } catch {
            effects.append(.refused(error, place))
            return
        }
        guard takesSlot(message, of: voter, place, &effects) else { return }
        count(message, by: voter, branch: place.branch)
    }

    /// The voter whose message it is, if it may count at all.
    private func entitled(_ message: ConsensusMessage, _ place: MessagePlace) throws(MessageRefusal) -> Int {
        guard let voter = voters.voter(place.log) else { throw .notVoting }
        guard message.number == voters.next else { throw .otherNumber }
        switch message {
        case .proposal(let proposal):
            guard proposal.header.network == voters.network, proposal.header.previous == voters.hash.hash else {
                throw .doesNotFollow
            }
            guard voters.proposer(of: proposal.round) == voter || omitted.contains(.proposerOnly) else {
                throw .notProposer
            }
        case .prevote(let vote): try checkSignature(.prevote, vote, voter)
        case .precommit(let vote): try checkSignature(.precommit, vote, voter)
        }
        return voter
    }

    private func checkSignature(_ step: VoteText.Step, _ vote: Vote, _ voter: Int) throws(MessageRefusal) {
        guard let choice = vote.choice else { return }
        let text = text(step, vote.round, choice.hash)
        guard voters.verifies(choice.signature, of: text, by: voter, suite) else { throw .signature }
    }

    /// • The round is in what is signed: else votes of two rounds could make one certificate.
    func text(_ step: VoteText.Step, _ round: Round, _ hash: EpochHash) -> [UInt8] {
        voters.voteText(step, omitted.contains(.roundInSignature) ? .zero : round, hash)
    }

    /// A second, different message of one kind, number and round in one log is void and is evidence.
    /// • Fork evidence removes no message: each branch counts, and has its own slots.
    private mutating func takesSlot(
        _ message: ConsensusMessage, of voter: Int, _ place: MessagePlace, _ effects: inout [ConsensusEffect]
    ) -> Bool {
        if place.branch != 0, omitted.contains(.eachBranchCounts) { return false }
        let slot = Slot(voter: voter, branch: place.branch, kind: message.kind, round: message.round)
        guard let use = slots[slot] else {
            slots[slot] = SlotUse(index: place.index, said: SlotUse.Said(message))
            return true
        }
        let first = use.said.message(in: slot, voters.next)
        guard first != message else { return false }
        if !use.isDoubled {
            slots[slot]?.isDoubled = true
            let earlier = MessagePlace(log: place.log, branch: place.branch, index: use.index)
            effects.append(.evidence(DoubleMessage(
                first: earlier, firstMessage: first, second: place, secondMessage: message)))
        }
        return omitted.contains(.secondIsVoid)
    }

    /// A member once per kind, round and hash.
    private mutating func count(_ message: ConsensusMessage, by voter: Int, branch: Int) {
        let round = message.round
        let counted = omitted.contains(.oneVoteAMember) ? voter + branch * voters.count : voter
        switch message {
        case .proposal(let proposal):
            let hash = EpochHash(proposal.header, suite)
            know(hash, proposal.header, proposal.delta)
            if !rounds[round].proposals.contains(where: { $0 == (hash, proposal.validRound) }) {
                rounds[round].proposals.append((hash, proposal.validRound))
            }
        case .prevote(let vote):
            rounds[round].prevotes.add(counted, vote.choice)
            rounds.voted(voter, in: round, of: voters.count)
        case .precommit(let vote):
            rounds[round].precommits.add(counted, vote.choice)
            rounds.voted(voter, in: round, of: voters.count)
        }
        review(round)
    }

    /// After anything was counted in a round.
    private mutating func review(_ round: Round) {
        rounds.review(round, quorum: quorum)
        if omitted.contains(.quorumOfLaterRound) {
            rounds.reviewAnyMessage(round, proposer: voters.proposer(of: round), more: voters.faults)
        }
        if round <= self.round { polkasDue.append(round) }
    }

    mutating func know(_ hash: EpochHash, _ header: EpochHeader, _ delta: [CoveredHead]?) {
        values[hash] = KnownValue(header: header, delta: delta ?? values[hash]?.delta)
    }

    /// • A polka is fetched by whoever lacks it; its signatures count as the prevotes that they are.
    mutating func accept(polka claim: QuorumClaim, _ effects: inout [ConsensusEffect]) {
        do throws(CertificateRefusal) {
            // Who does not know the successor cannot show its prevotes to others.
            guard claim.continuation == nil || voters.continuation != nil else { throw .continuation }
            count(try Polka(claim, voters, suite))
        } catch {
            effects.append(.refusedProof(error))
        }
    }

    mutating func count(_ polka: Polka) {
        know(polka.hash, polka.header, nil)
        for signer in polka.claim.signers {
            let choice = Vote.Choice(hash: polka.hash, signature: signer.signature)
            rounds[polka.round].prevotes.add(signer.voter, choice)
        }
        review(polka.round)
    }

    /// • Line 49 needs only the certificate, which accepts any valid signature, also of a void message.
    mutating func accept(certificate claim: QuorumClaim, _ effects: inout [ConsensusEffect]) {
        do throws(CertificateRefusal) { decide(try Certificate(claim, voters, suite), &effects) } catch {
            effects.append(.refusedProof(error))
        }
    }

    /// Lines 49 to 51. Two certificates with one hash are no conflict; with two, consensus stops.
    mutating func decide(_ certificate: Certificate, _ effects: inout [ConsensusEffect]) {
        guard let decision else {
            decision = certificate
            effects.append(.decided(certificate))
            return
        }
        guard decision.hash != certificate.hash, !isDisputed else { return }
        isDisputed = true
        effects.append(.disputed(decision, certificate))
    }

    /// An own message counts once it is durable, not before: a certificate with it would let it leave.
    mutating func appended(
        _ message: ConsensusMessage, _ index: EntryIndex, _ effects: inout [ConsensusEffect]
    ) {
        guard let own else { preconditionFailure("only a voter appends") }
        let isContinued = voters.successor?.key == signer?.publicKey
        let log = isContinued ? voters.successor?.log : nil
        accept(message, MessagePlace(log: log ?? voters.logs[own].log, index: index), &effects)
    }
}
