// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// One height of Tendermint (arXiv 1807.04938) for one member: decides E_{k+1}. Events in, effects out.
/// Spec: Protocol/consensus.md §4 to §6.
///
/// The shell gives the messages of every held log, each log in its own order, and does the effects in order. Under
/// E_0 it gives none before every founder's entry 0 is held. After a start it says `mayVote` once the voters were
/// asked for this member's newest head. Where at two members a successor goes on with a voting log, `voters` says so,
/// and the records of the old log come first.
public struct ConsensusCore: Sendable {
    /// lockedValue with lockedRound, or validValue with validRound.
    public struct RoundValue: Hashable, Sendable {
        /// The round.
        public let round: Round
        /// id(v).
        public let hash: EpochHash
    }

    /// A header that is known, with the heads that came along.
    struct KnownValue: Sendable {
        let header: EpochHeader
        var delta: [CoveredHead]?
    }

    /// The voters of E_k.
    public let voters: VotingSet
    /// The number of this member among them, `nil` for one that only follows.
    public let own: Int?
    /// round_p.
    public internal(set) var round = Round.zero
    /// step_p.
    public internal(set) var step = ConsensusStep.propose
    /// lockedValue and lockedRound, `nil` for -1.
    public internal(set) var locked: RoundValue?
    /// validValue and validRound, `nil` for -1.
    public internal(set) var valid: RoundValue?
    /// decision_p[h].
    public internal(set) var decision: Certificate?
    /// Whether two certificates with different hashes were seen.
    public internal(set) var isDisputed = false
    /// Rules that are left out, so that a simulation shows that it would notice; none in a node.
    package let omitted: OmittedRules

    let suite: any CipherSuite
    let signer: (any Signing)?
    let timings: Genesis.Timings
    var rounds = RoundRecords()
    var values: [EpochHash: KnownValue] = [:]
    var judgements: [EpochHash: Judgement] = [:]
    var slots: [Slot: SlotUse] = [:]
    /// Rounds to look at for polkas that are missing.
    var polkasDue: [Round] = []
    /// Whether the own view triggers; until it does, round 0 has no timer and no fresh proposal.
    var triggers = false
    var mayVote = false
    /// Whether this member has proposed, or begun to, in `round`.
    var hasProposed = false
    var isPreparing = false
    var hasProposeTimer = false

    /// A member that has said nothing yet at this height. `signer` holds the key of the own log; without one, or
    /// without a place among the voters, the core follows and says nothing.
    public init(
        voters: VotingSet, signer: (any Signing)?, timings: Genesis.Timings, suite: any CipherSuite
    ) {
        self.init(voters: voters, signer: signer, timings: timings, suite: suite, omitting: [])
    }

    /// The same with rules left out.
    package init(
        voters: VotingSet, signer: (any Signing)?, timings: Genesis.Timings, suite: any CipherSuite,
        omitting omitted: OmittedRules
    ) {
        self.voters = voters
        self.signer = signer
        own = signer.flatMap { voters.voter(withKey: $0.publicKey) }
        self.timings = timings
        self.suite = suite
        self.omitted = omitted
    }

    /// Takes one event. Effects are to be done in order.
    public mutating func handle(_ event: ConsensusEvent) -> [ConsensusEffect] {
        var effects: [ConsensusEffect] = []
        switch event {
        case .ownView(let triggers): self.triggers = self.triggers || triggers
        case .mayVote(let may): letVote(may)
        case .prepared(let header, let delta, let round): prepared(header, delta, round, &effects)
        case .judged(let hash, let judgement): judgements[hash] = judgement
        case .message(let message, let place): accept(message, place, &effects)
        case .appended(let message, let index): appended(message, index, &effects)
        case .timeout(let timer): timeout(timer, &effects)
        case .polka(let claim): accept(polka: claim, &effects)
        case .certificate(let claim): accept(certificate: claim, &effects)
        }
        advance(&effects)
        return effects
    }

    /// Timers that ran out meanwhile did nothing, so they start again.
    private mutating func letVote(_ may: Bool) {
        if may, !mayVote {
            hasProposeTimer = false
            rounds[round].hasPrevoteTimer = false
            rounds[round].hasPrecommitTimer = false
        }
        mayVote = may && own != nil
    }

    /// The voters of which no vote of this member's round is known here, by number.
    public var silentVoters: [Int] {
        let record = rounds[round]
        return voters.logs.indices.filter {
            !record.prevotes.members.contains($0) && !record.precommits.members.contains($0)
        }
    }

    /// Milliseconds that this member's round lasts where every timer runs out once.
    public var roundMilliseconds: Int {
        [ConsensusStep.propose, .prevote, .precommit].reduce(0) { sum, step in
            let (total, isTooLarge) = sum.addingReportingOverflow(milliseconds(ConsensusTimer(step, round)))
            return isTooLarge ? Int.max : total
        }
    }

    /// Milliseconds of a timer: its start and growth by round are terms of the network. Protocol/genesis.md §1.
    func milliseconds(_ timer: ConsensusTimer) -> Int {
        let start = switch timer.step {
        case .propose: timings.proposeMilliseconds
        case .prevote: timings.prevoteMilliseconds
        case .precommit: timings.precommitMilliseconds
        }
        let (growth, isTooLarge) = timings.growthMilliseconds.multipliedReportingOverflow(by: timer.round.value)
        let (sum, isTooLate) = start.addingReportingOverflow(growth)
        return isTooLarge || isTooLate ? Int.max : sum
    }
}

/// Rules that a simulation can leave out, to show that it notices. Spec: Protocol/consensus.md §4 to §6.
package struct OmittedRules: OptionSet, Hashable, Sendable {
    package let rawValue: Int

    package init(rawValue: Int) { self.rawValue = rawValue }

    /// Lines 23 and 29 look at no lock.
    package static let lock = OmittedRules(rawValue: 1 << 0)
    /// Restoring forgets locks.
    package static let restoredLock = OmittedRules(rawValue: 1 << 1)
    /// Line 28 asks for no polka.
    package static let polkaOfValidRound = OmittedRules(rawValue: 1 << 2)
    /// A quorum is one less.
    package static let quorum = OmittedRules(rawValue: 1 << 3)
    /// Each of a member's votes of one hash counts, branch by branch.
    package static let oneVoteAMember = OmittedRules(rawValue: 1 << 4)
    /// The round is left out of what is signed.
    package static let roundInSignature = OmittedRules(rawValue: 1 << 5)
    /// Timers run before the own view triggers.
    package static let noTimerBeforeTrigger = OmittedRules(rawValue: 1 << 6)
    /// A second message of one kind and round counts too.
    package static let secondIsVoid = OmittedRules(rawValue: 1 << 7)
    /// Only the first branch of a forked log counts.
    package static let eachBranchCounts = OmittedRules(rawValue: 1 << 8)
    /// Own votes count before they are durable.
    package static let durableBeforeCounting = OmittedRules(rawValue: 1 << 9)
    /// Missing polkas are not asked for.
    package static let fetchPolka = OmittedRules(rawValue: 1 << 10)
    /// Line 28 asks for a proposal that is valid as a fresh one.
    package static let validRoundAsksLess = OmittedRules(rawValue: 1 << 11)
    /// Line 36 asks for a proposal that is valid.
    package static let polkaIsEnough = OmittedRules(rawValue: 1 << 12)
    /// Line 49 waits for the proposal of that round.
    package static let certificateIsEnough = OmittedRules(rawValue: 1 << 13)
    /// No message counts from another than the proposer.
    package static let proposerOnly = OmittedRules(rawValue: 1 << 14)
    /// Line 55 as the paper has it: f+1 members with any message.
    package static let quorumOfLaterRound = OmittedRules(rawValue: 1 << 15)
}
