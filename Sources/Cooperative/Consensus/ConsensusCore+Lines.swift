// SPDX-License-Identifier: EUPL-1.2
import Journal

/// The lines of arXiv 1807.04938, each at the branch that decides it. Spec: Protocol/consensus.md §4.
extension ConsensusCore {
    /// Applies every rule whose condition holds, until none does.
    mutating func advance(_ effects: inout [ConsensusEffect]) {
        line49(&effects)
        if decision != nil { return }
        fetchPolkas(&effects)
        // Each turn raises round or step, or sets a "first time" mark, so this ends.
        while line55(&effects) || begin(&effects) || line22(&effects) || line28(&effects) || line34(&effects)
            || line36(&effects) || line44(&effects) || line47(&effects) {}
        if omitted.contains(.durableBeforeCounting) { line49(&effects) }
    }

    // MARK: Lines 11 to 21, StartRound

    mutating func startRound(_ next: Round) {
        polkasDue += rounds.known(after: round, through: next)
        (round, step) = (next, .propose)
        (hasProposed, isPreparing, hasProposeTimer) = (false, false, false)
    }

    /// Whether this member waits and proposes in its round. • Until its own view triggers, a member stays in
    /// round 0, step propose, without timer.
    private var isRunning: Bool {
        mayVote && (triggers || round > .zero || omitted.contains(.noTimerBeforeTrigger))
    }

    /// Lines 14 to 21, once the member runs. The proposer waits as others do: its own view may not trigger.
    private mutating func begin(_ effects: inout [ConsensusEffect]) -> Bool {
        guard step == .propose, isRunning else { return false }
        if !hasProposeTimer {
            hasProposeTimer = true
            startTimer(.propose, &effects)
            return true
        }
        guard voters.proposer(of: round) == own, !hasProposed else { return false }
        if let valid, let value = values[valid.hash], valid.round < round {
            // Lines 15 and 16: the valid value again, with the polka behind it.
            hasProposed = true
            let proposal = Proposal(
                round: round, header: value.header, validRound: valid.round, delta: value.delta)
            append(
                OwnMessage(.proposal(proposal.fitting), polka: polka(valid.round, valid.hash)), &effects)
            return true
        }
        // Line 18, getValue(). • No fresh proposal that does not trigger.
        guard triggers, !isPreparing else { return false }
        isPreparing = true
        effects.append(.prepareProposal(round))
        return true
    }

    /// Line 19 with a fresh value.
    mutating func prepared(
        _ header: EpochHeader, _ delta: [CoveredHead]?, _ round: Round, _ effects: inout [ConsensusEffect]
    ) {
        guard mayVote, round == self.round, step == .propose, isPreparing, !hasProposed, decision == nil else {
            return
        }
        precondition(header.number == voters.next.value && header.previous == voters.hash.hash)
        hasProposed = true
        append(OwnMessage(.proposal(Proposal(round: round, header: header, delta: delta).fitting)), &effects)
    }

    // MARK: Lines 22 to 33, prevotes

    /// Lines 22 to 27: a fresh proposal. Locked on another value, or not valid: nil.
    private mutating func line22(_ effects: inout [ConsensusEffect]) -> Bool {
        guard mayVote, step == .propose else { return false }
        for proposal in rounds[round].proposals where proposal.validRound == nil {
            if let judged = judge(proposal.hash, validRound: nil, &effects) {
                let isFree = locked == nil || locked?.hash == proposal.hash || omitted.contains(.lock)
                switch judged {
                case .missing: continue
                case .valid where isFree: prevote(proposal.hash, &effects)
                case .valid, .held, .refused: prevote(nil, &effects)
                }
                return true
            }
        }
        return false
    }

    /// Lines 28 to 33: a proposal with a valid round. • Only the proposer, the held and verified heads, the lock
    /// and that round's polka count.
    private mutating func line28(_ effects: inout [ConsensusEffect]) -> Bool {
        guard mayVote, step == .propose else { return false }
        for proposal in rounds[round].proposals {
            guard let validRound = proposal.validRound, validRound < round,
                  hasPolka(validRound, proposal.hash) || omitted.contains(.polkaOfValidRound),
                  let judged = judge(proposal.hash, validRound: validRound, &effects)
            else { continue }
            let isHeld = omitted.contains(.validRoundAsksLess) ? judged == .valid : judged.isHeld
            guard isHeld else { continue }
            let isFree = locked.map { $0.round <= validRound || $0.hash == proposal.hash } ?? true
            let choice = isFree || omitted.contains(.lock) ? proposal.hash : nil
            prevote(choice, polka: choice.flatMap { polka(validRound, $0) }, &effects)
            return true
        }
        return false
    }

    /// The judgement of a proposal of this round; asked for anew in each round, since dates move.
    private mutating func judge(
        _ hash: EpochHash, validRound: Round?, _ effects: inout [ConsensusEffect]
    ) -> Judgement? {
        if !rounds[round].judging.contains(hash) {
            rounds[round].judging.append(hash)
            guard let value = values[hash] else { return nil }
            judgements[hash] = nil
            effects.append(.judge(Proposal(
                round: round, header: value.header, validRound: validRound, delta: value.delta)))
        }
        return judgements[hash]
    }

    // MARK: Lines 34 to 48, precommits

    /// Lines 34 and 35: a quorum prevoted, for whatever it be.
    private mutating func line34(_ effects: inout [ConsensusEffect]) -> Bool {
        guard mayVote, step == .prevote, !rounds[round].hasPrevoteTimer,
              rounds[round].prevotes.members.count >= quorum
        else { return false }
        rounds[round].hasPrevoteTimer = true
        startTimer(.prevote, &effects)
        return true
    }

    /// Lines 36 to 43: a polka of this round. • It tests nothing further. A polka of an earlier round that comes
    /// late raises the valid value too, and locks nothing.
    private mutating func line36(_ effects: inout [ConsensusEffect]) -> Bool {
        for known in rounds.withPolka.reversed() where known <= round {
            guard known < round || step >= .prevote else { continue }
            let record = rounds[known]
            for hash in record.prevotes.quorums(quorum) where !record.polkasSeen.contains(hash) {
                guard let polka = polka(record.round, hash) else { continue }
                if omitted.contains(.polkaIsEnough), judgements[hash] != .valid { continue }
                if record.round == round, step == .prevote {
                    guard mayVote else { continue }
                    // Lines 38 to 41.
                    locked = RoundValue(round: round, hash: hash)
                    step = .precommit
                    precommit(hash, polka, &effects)
                }
                // Lines 42 and 43.
                if valid.map({ $0.round < record.round }) ?? true {
                    valid = RoundValue(round: record.round, hash: hash)
                }
                rounds[record.round].polkasSeen.append(hash)
                effects.append(.keep(polka))
                return true
            }
        }
        return false
    }

    /// Lines 44 to 46: a quorum prevoted nil.
    private mutating func line44(_ effects: inout [ConsensusEffect]) -> Bool {
        guard mayVote, step == .prevote, rounds[round].prevotes.count(nil) >= quorum else { return false }
        step = .precommit
        precommit(nil, nil, &effects)
        return true
    }

    /// Lines 47 and 48: a quorum precommitted, for whatever it be, or this member is left behind.
    private mutating func line47(_ effects: inout [ConsensusEffect]) -> Bool {
        guard mayVote, !rounds[round].hasPrecommitTimer,
              rounds[round].precommits.members.count >= quorum || isLeftBehind
        else { return false }
        rounds[round].hasPrecommitTimer = true
        startTimer(.precommit, &effects)
        return true
    }

    /// More than f voted in later rounds. Of the quorum by which they left this one a liar's part may stand in a
    /// branch that never comes here. One timer a round: who lies with others sends nobody far off at once.
    private var isLeftBehind: Bool {
        let faults = voters.faults
        return faults > 0 && rounds.lastVotes.count { $0 > round } > faults
    }

    // MARK: Lines 49 to 56

    /// Lines 49 to 54: a quorum precommitted one hash, in whatever round.
    private mutating func line49(_ effects: inout [ConsensusEffect]) {
        for known in rounds.withCertificate {
            let record = rounds[known]
            for hash in record.precommits.quorums(quorum) where hash != decision?.hash {
                let signers = record.precommits.signers(hash, quorum)
                let isProposed = record.proposals.contains { $0.hash == hash }
                if let signers, let value = values[hash], isProposed || !omitted.contains(.certificateIsEnough) {
                    let claim = QuorumClaim(
                        .precommit, header: value.header, round: record.round, signers: signers,
                        continuation: voters.continuation)
                    decide(Certificate(counted: claim, hash: hash), &effects)
                } else if !record.certificatesWanted.contains(hash) {
                    rounds[record.round].certificatesWanted.append(hash)
                    effects.append(.fetchCertificate(record.round, hash))
                }
            }
        }
    }

    /// Lines 55 and 56, other than printed: a quorum precommitted in a later round, for whatever it be. f+1 members
    /// with any message would be one at n ≤ 3, and its author could send everybody to the last round there is.
    private mutating func line55(_ effects: inout [ConsensusEffect]) -> Bool {
        guard rounds.lastLeft > round else { return false }
        startRound(rounds.lastLeft)
        return true
    }

    // MARK: Lines 57 to 67, timeouts

    /// A timer that ran out; one of another round or step does nothing.
    mutating func timeout(_ timer: ConsensusTimer, _ effects: inout [ConsensusEffect]) {
        guard mayVote, decision == nil, timer.round == round else { return }
        switch timer.step {
        case .propose where step == .propose: prevote(nil, &effects)  // Lines 57 to 60.
        case .prevote where step == .prevote:  // Lines 61 to 64.
            step = .precommit
            precommit(nil, nil, &effects)
        case .precommit:  // Lines 65 to 67.
            guard let next = round.next else { return }
            leave(&effects)
            startRound(next)
        default: break
        }
    }

    /// Nil for what was not said in a round, so that the correct members alone make the quorum by which others leave.
    private mutating func leave(_ effects: inout [ConsensusEffect]) {
        if step == .propose { prevote(nil, &effects) }
        guard step == .prevote else { return }
        step = .precommit
        precommit(nil, nil, &effects)
    }

    // MARK: What is said

    /// With the polka of the valid round, so that who unlocked by it can show it.
    private mutating func prevote(
        _ hash: EpochHash?, polka: Polka? = nil, _ effects: inout [ConsensusEffect]
    ) {
        step = .prevote
        let header = hash.flatMap { values[$0]?.header }
        append(OwnMessage(.prevote(vote(.prevote, hash)), header: header, polka: polka), &effects)
    }

    private mutating func precommit(_ hash: EpochHash?, _ polka: Polka?, _ effects: inout [ConsensusEffect]) {
        append(OwnMessage(.precommit(vote(.precommit, hash)), header: polka?.header, polka: polka), &effects)
    }

    private func vote(_ step: VoteText.Step, _ hash: EpochHash?) -> Vote {
        let choice = hash.map { hash in
            guard let signer else { preconditionFailure("only a voter votes") }
            return Vote.Choice(hash: hash, signature: signer.sign(text(step, round, hash)))
        }
        return Vote(number: voters.next, round: round, choice: choice)
    }

    private mutating func append(_ own: OwnMessage, _ effects: inout [ConsensusEffect]) {
        effects.append(.append(own))
        guard omitted.contains(.durableBeforeCounting) else { return }
        appended(own.message, .zero, &effects)
    }

    private func startTimer(_ step: ConsensusStep, _ effects: inout [ConsensusEffect]) {
        let timer = ConsensusTimer(step, round)
        effects.append(.startTimer(timer, milliseconds: milliseconds(timer)))
    }

    // MARK: Polkas

    func hasPolka(_ round: Round, _ hash: EpochHash) -> Bool { rounds[round].prevotes.count(hash) >= quorum }

    /// The polka of a round and hash, if a quorum's prevotes and the header are known.
    func polka(_ round: Round, _ hash: EpochHash) -> Polka? {
        guard let signers = rounds[round].prevotes.signers(hash, quorum), let value = values[hash] else {
            return nil
        }
        let claim = QuorumClaim(
            .prevote, header: value.header, round: round, signers: signers, continuation: voters.continuation)
        return Polka(counted: claim, hash: hash)
    }

    /// • The polka behind a precommit of a hash, or behind a valid round, is fetched by whoever lacks it, once that
    /// round has come: of what rounds far ahead a liar may speak, nobody is asked.
    private mutating func fetchPolkas(_ effects: inout [ConsensusEffect]) {
        guard !polkasDue.isEmpty else { return }
        let due = polkasDue
        polkasDue = []
        guard !omitted.contains(.fetchPolka) else { return }
        for known in due {
            let record = rounds[known]
            for side in record.precommits.sides { want(record.round, side.hash, &effects) }
            for proposal in record.proposals {
                if let validRound = proposal.validRound { want(validRound, proposal.hash, &effects) }
            }
        }
    }

    private mutating func want(_ round: Round, _ hash: EpochHash?, _ effects: inout [ConsensusEffect]) {
        guard let hash, polka(round, hash) == nil, !rounds[round].polkasWanted.contains(hash) else { return }
        rounds[round].polkasWanted.append(hash)
        effects.append(.fetchPolka(round, hash))
    }
}
