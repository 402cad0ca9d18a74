// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Journal

/// Members that agree under a schedule drawn from a seed: any order of delivery log by log, lost and late timers,
/// crashes that lose what was not synced, and liars that sign whatever they like on two branches.
struct Assembly {
    struct Member {
        var core: ConsensusCore
        /// Appended and not yet synced.
        var pending: [OwnMessage] = []
        /// The own log, durable.
        var log: [OwnRecord] = []
        /// How many messages of each log's branch were given to the core.
        var heard: [[Int]]
        var timers: [ConsensusTimer] = []
        var wanted: [(round: Round, hash: EpochHash)] = []
        var polkas: [Polka] = []
        var certificate: Certificate?
        var disputed = false
    }

    let council: Council
    /// The voters that lie, the first ones by number.
    let liars: Int
    let omitted: OmittedRules
    /// How many headers there are to propose.
    let values: Int
    var choices: Choices
    var members: [Member]
    /// What liars wrote, branch by branch.
    var lies: [[[ConsensusMessage]]]
    var evidence = 0
    /// Whether correct members' views differ and rows are lost.
    var isRough = true

    init(_ count: Int, liars: Int, seed: UInt64, omitting omitted: OmittedRules = [], values: Int = 3) {
        self.values = values
        council = Council(count, hash: UInt8(seed & 63))
        (self.liars, self.omitted) = (liars, omitted)
        choices = Choices(seed: seed)
        members = []
        lies = Array(repeating: [[], []], count: count)
        for voter in 0..<count {
            let core = council.core(voter, omitting: omitted)
            members.append(Member(core: core, heard: Array(repeating: [0, 0], count: count)))
        }
        for voter in correct {
            give(.mayVote(true), to: voter)
            if choices.below(3) > 0 { give(.ownView(triggers: true), to: voter) }
        }
    }

    var correct: Range<Int> { liars..<members.count }

    // MARK: One member

    mutating func give(_ event: ConsensusEvent, to voter: Int) {
        for effect in members[voter].core.handle(event) { carryOut(effect, of: voter) }
    }

    private mutating func carryOut(_ effect: ConsensusEffect, of voter: Int) {
        switch effect {
        case .append(let own): members[voter].pending.append(own)
        case .startTimer(let timer, _): members[voter].timers.append(timer)
        case .prepareProposal(let round):
            give(.prepared(council.header(UInt8(choices.below(values))), delta: nil, round), to: voter)
        case .judge(let proposal):
            let isValid = !isRough || choices.below(5) > 0
            let judgement = isValid ? Judgement.valid : choices.below(2) == 0 ? .held(.dateTooOld) : .missing
            give(.judged(EpochHash(proposal.header, suite), judgement), to: voter)
        case .keep(let polka): members[voter].polkas.append(polka)
        case .fetchPolka(let round, let hash): members[voter].wanted.append((round, hash))
        case .decided(let certificate): members[voter].certificate = members[voter].certificate ?? certificate
        case .disputed: members[voter].disputed = true
        case .evidence: evidence += 1
        case .fetchCertificate, .refused, .refusedProof: break
        }
    }

    /// What was appended first becomes durable, and only then counts at home and leaves.
    mutating func sync(_ voter: Int) {
        guard !members[voter].pending.isEmpty else { return }
        let own = members[voter].pending.removeFirst()
        let index = EntryIndex(known: members[voter].log.count)
        members[voter].log.append(OwnRecord(own, at: index))
        if let polka = own.polka { members[voter].polkas.append(polka) }
        give(.appended(own.message, at: index), to: voter)
    }

    /// A restart from the own log and the logs held; what was not synced is lost.
    mutating func crash(_ voter: Int) {
        let held = members[voter].heard
        members[voter].core = ConsensusCore(
            voters: council.voters, signer: council.signer(voter), timings: council.timings, suite: council.plain,
            restoring: members[voter].log, omitting: omitted)
        members[voter].pending = []
        members[voter].timers = []
        members[voter].wanted = []
        members[voter].heard = Array(repeating: [0, 0], count: members.count)
        for author in members.indices {
            for branch in 0..<2 { for _ in 0..<held[author][branch] { hear(voter, author, branch) } }
        }
        give(.mayVote(true), to: voter)
        if !isRough || choices.below(2) == 0 { give(.ownView(triggers: true), to: voter) }
    }

    // MARK: Logs

    private func message(_ author: Int, _ branch: Int, _ index: Int) -> ConsensusMessage? {
        if author < liars { return index < lies[author][branch].count ? lies[author][branch][index] : nil }
        return branch == 0 && index < members[author].log.count ? members[author].log[index].own.message : nil
    }

    /// The next message of a branch of a log reaches a member; `false` when there is none.
    @discardableResult
    mutating func hear(_ voter: Int, _ author: Int, _ branch: Int) -> Bool {
        let index = members[voter].heard[author][branch]
        guard author != voter, let message = message(author, branch, index) else { return false }
        members[voter].heard[author][branch] += 1
        let place = MessagePlace(
            log: council.voters.logs[author].log, branch: branch, index: EntryIndex(known: index))
        give(.message(message, place), to: voter)
        return true
    }

    /// A liar writes whatever it likes, about the rounds in which correct members are.
    mutating func lie() {
        guard liars > 0 else { return }
        let (liar, branch) = (choices.below(liars), choices.below(2))
        let round = max(0, members[correct.lowerBound + choices.below(correct.count)].core.round.value
            + choices.below(3) - 1)
        let value: UInt8? = choices.below(5) == 0 ? nil : UInt8(choices.below(values))
        switch choices.below(4) {
        case 0:
            let proposer = council.proposer(round)
            guard proposer < liars else { return }
            let valid = round > 0 && choices.below(2) == 0 ? choices.below(round) : nil
            lies[proposer][branch].append(council.proposal(value ?? 0, round: round, valid: valid))
        case 1, 2: lies[liar][branch].append(council.vote(.prevote, value, round: round, by: liar))
        default: lies[liar][branch].append(council.vote(.precommit, value, round: round, by: liar))
        }
    }

    // MARK: Proofs on request

    /// Answers one wanted polka, if anybody has it or liars can help to make it.
    mutating func answer(_ voter: Int) {
        guard !members[voter].wanted.isEmpty else { return }
        let want = members[voter].wanted.remove(at: choices.below(members[voter].wanted.count))
        for member in correct {
            let kept = members[member].polkas.first { $0.round == want.round && $0.hash == want.hash }
            if let kept { return give(.polka(kept.claim), to: voter) }
        }
        members[voter].wanted.append(want)
    }

    func signers(_ step: VoteText.Step, _ value: UInt8, _ round: Int) -> [Int] {
        let hash = council.hash(value)
        let honest = correct.filter { member in
            members[member].log.contains { record in
                switch record.own.message {
                case .prevote(let vote) where step == .prevote, .precommit(let vote) where step == .precommit:
                    vote.round.value == round && vote.choice?.hash == hash
                default: false
                }
            }
        }
        return Array(0..<liars) + honest
    }

    /// A proof that liars assemble, with signatures that their logs never held.
    mutating func forge(_ voter: Int) {
        let (value, round) = (UInt8(choices.below(values)), choices.below(members[voter].core.round.value + 1))
        let step: VoteText.Step = choices.below(2) == 0 ? .prevote : .precommit
        let signers = signers(step, value, round)
        guard liars > 0, signers.count >= council.voters.quorum else { return }
        let claim = council.claim(step, value, round: round, by: signers)
        give(step == .prevote ? .polka(claim) : .certificate(claim), to: voter)
    }

    // MARK: Schedules

    mutating func step() {
        let voter = correct.lowerBound + choices.below(correct.count)
        switch choices.below(24) {
        case 0: crash(voter)
        case 1, 2:
            guard !members[voter].timers.isEmpty else { return }
            let timer = members[voter].timers.remove(at: choices.below(members[voter].timers.count))
            give(.timeout(timer), to: voter)
        case 3, 4: lie()
        case 5: answer(voter)
        case 6: forge(voter)
        case 7: give(.ownView(triggers: true), to: voter)
        case 8...12: sync(voter)
        default: hear(voter, choices.below(members.count), choices.below(2))
        }
    }

    /// Everything is delivered until nothing moves.
    mutating func settle() {
        var moves = true
        while moves {
            moves = false
            for voter in correct {
                while !members[voter].pending.isEmpty {
                    sync(voter)
                    moves = true
                }
                for author in members.indices {
                    for branch in 0..<2 { while hear(voter, author, branch) { moves = true } }
                }
                for _ in members[voter].wanted { answer(voter) }
                let decided = correct.compactMap { members[$0].certificate }.first
                if members[voter].certificate == nil, let decided {
                    give(.certificate(decided.claim), to: voter)
                    moves = true
                }
            }
        }
    }

    /// The network heals, liars fall silent: how many more rounds the members need to decide, `nil` for more than
    /// `most`.
    mutating func heal(most: Int) -> Int? {
        isRough = false
        for voter in correct { give(.ownView(triggers: true), to: voter) }
        let start = correct.map { members[$0].core.round.value }.max() ?? 0
        for _ in 0..<most * 6 {
            settle()
            if correct.allSatisfy({ members[$0].certificate != nil }) {
                return (correct.map { members[$0].core.round.value }.max() ?? 0) - start
            }
            // The earliest timers fire, as they would with equal clocks.
            let due = correct.filter { members[$0].certificate == nil && !members[$0].timers.isEmpty }
            for voter in due {
                let timer = members[voter].timers.removeFirst()
                give(.timeout(timer), to: voter)
            }
        }
        return nil
    }

    /// The hashes for which a quorum's precommits of one round can be had, whatever the liars sign.
    func possibleDecisions() -> [UInt8] {
        let rounds = (correct.map { members[$0].core.round.value }.max() ?? 0) + 1
        return (0..<values).map(UInt8.init).filter { value in
            (0..<rounds).contains { signers(.precommit, value, $0).count >= council.voters.quorum }
        }
    }

    /// Whether some correct member's log holds two different messages of one kind and round.
    func someoneContradictsItself() -> Bool {
        correct.contains { voter in
            let messages = members[voter].log.map(\.own.message)
            return messages.contains { one in
                messages.contains { $0 != one && $0.kind == one.kind && $0.round == one.round }
            }
        }
    }
}
