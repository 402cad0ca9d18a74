// SPDX-License-Identifier: EUPL-1.2
import Cooperative

/// A mistake that can be planted in every correct node, to see that the simulator finds it. Each breaks a promise
/// that the cores leave to those who call them, or one that they keep themselves.
public enum PlantedBug: String, CaseIterable, Sendable {
    /// Admission takes every signature for a good one.
    case signatureUnchecked = "signature-unchecked"
    /// What is written counts, and is told to others, before the disk has it.
    case tellsBeforeSync = "tells-before-sync"
    /// A work is acknowledged to the application before the disk has it.
    case acknowledgesBeforeSync = "acknowledges-before-sync"
    /// A partner's token is kept although the entries before it are not durable.
    case tokenBeforeEntries = "token-before-entries"
    /// Evidence of a fork is neither sought nor kept.
    case forkIgnored = "fork-ignored"
    /// Evidence is kept without a check.
    case evidenceUnchecked = "evidence-unchecked"
    /// A restart forgets that a log is suspended.
    case suspensionForgotten = "suspension-forgotten"
    /// The fold finds only entries that arrived together.
    case foldByArrival = "fold-by-arrival"
    /// A restart takes the saved state and does not fold what came after it, so that counters fall.
    case counterFalls = "counter-falls"
    /// A restored disk goes on signing although the head that is kept outside knows more.
    case externalHeadIgnored = "external-head-ignored"
    /// A restored disk keeps the instance under which it gave tokens before.
    case instanceKept = "instance-kept"
    /// What claims to be from the future is refused by the local clock.
    case clockDecides = "clock-decides"
    /// A partner that failed once is never tried again.
    case neverTriesAgain = "never-tries-again"
    /// An exchange without an answer is never given up.
    case neverGivesUp = "never-gives-up"
    /// New entries are folded only after a restart.
    case forgetsToFold = "forgets-to-fold"
    /// A flush says less of a cell than an earlier one of the same log.
    case flushesLess = "flushes-less"

    // MARK: Consensus: rules of the core that are left out

    case lockLeftOut = "lock-left-out"
    case restoredLockLeftOut = "restored-lock-left-out"
    case polkaOfValidRoundLeftOut = "polka-of-valid-round-left-out"
    case quorumTooLow = "quorum-too-low"
    case voteOfEachBranch = "two-votes-of-one-member"
    case roundNotSigned = "round-not-signed"
    case timerBeforeTrigger = "timer-before-trigger"
    case secondCounts = "second-message-counts"
    case onlyFirstBranch = "only-first-branch-counts"
    case countsBeforeDurable = "counts-before-durable"
    case polkaNotFetched = "polka-not-fetched"
    case validRoundJudged = "valid-round-judged-as-fresh"
    case polkaJudged = "polka-judged-as-fresh"
    case certificateWaitsForProposal = "certificate-waits-for-proposal"
    case anybodyProposes = "anybody-proposes"
    case laterRoundByAnybody = "later-round-by-anybody"

    // MARK: Consensus: what is left to those who call the core

    /// A restart does not read the own messages of the number.
    case recordsNotRead = "lock-lost-in-crash"
    /// The polka behind a message is not kept beside it.
    case polkaNotKept = "polka-not-kept"
    /// Nobody is given a polka.
    case polkaNotServed = "polka-not-served"
    /// A restart does not ask for its own newest head.
    case ownHeadNotAsked = "own-head-not-asked"
    /// The head that is kept outside the database is not looked at.
    case ownHeadOutsideIgnored = "own-head-outside-ignored"
    /// A proposal that leaves out a ballot gets a vote however long that was held.
    case ballotLeftOutAllowed = "ballot-left-out-allowed"
    /// A ballot above where a forked or ended log stands is held to be missing.
    case ballotAboveEndMissed = "ballot-above-end-missed"
    /// A ballot counts as often as it stands.
    case ballotCountedTwice = "ballot-counted-twice"
    /// A member proposes what does not trigger.
    case proposesUntriggered = "proposes-untriggered"
    /// A member votes for what does not trigger.
    case triggerNotJudged = "trigger-not-judged"
    /// A log is covered above the end that its successor names.
    case coversAboveEnd = "covers-above-end"
    /// Fork evidence removes the messages of the log.
    case branchDropped = "branch-dropped"
    /// Messages leave before the disk has them.
    case leavesBeforeSync = "leaves-before-sync"
    /// Two certificates of one number stop nobody.
    case disputeIgnored = "dispute-ignored"
    /// A member goes on although its digest is another.
    case digestIgnored = "digest-ignored"

    // MARK: Governing: the real fold and the real view

    /// The header carries the digest of the overlay.
    case overlayDigestSigned = "overlay-digest-signed"
    /// A candidate's log is covered without its *ready*.
    case admittedWithoutReady = "admitted-without-ready"
    /// A voter with two logs has two votes.
    case voterCountedTwice = "voter-counted-twice"
    /// An epoch closes by what is held, not by what it covers: the outcome hangs on arrival.
    case closesByWhatIsHeld = "closes-by-what-is-held"
    /// An epoch closes by the own clock.
    case closesByOwnClock = "closes-by-own-clock"
    /// What stands in a forked log goes on counting.
    case forkedLogCounts = "forked-log-counts"
    /// A forked log is covered above where it stands.
    case coversAboveNamedEnd = "covers-above-named-end"
    /// An overlay that no longer holds is not made anew.
    case staleOverlayKept = "stale-overlay-kept"

    /// The seeds in which it can be found.
    public var family: SimulationFamily {
        func place(_ bug: PlantedBug) -> Int { Self.allCases.firstIndex(of: bug) ?? 0 }
        if place(self) >= place(.overlayDigestSigned) { return .governing }
        return place(self) < place(.lockLeftOut) ? .exchange : .consensus
    }

    /// The rules of the consensus core that it leaves out.
    var omitted: OmittedRules {
        switch self {
        case .lockLeftOut: .lock
        case .restoredLockLeftOut: .restoredLock
        case .polkaOfValidRoundLeftOut: .polkaOfValidRound
        case .quorumTooLow: .quorum
        case .voteOfEachBranch: .oneVoteAMember
        case .roundNotSigned: .roundInSignature
        case .timerBeforeTrigger: .noTimerBeforeTrigger
        case .secondCounts: .secondIsVoid
        case .onlyFirstBranch: .eachBranchCounts
        case .countsBeforeDurable: .durableBeforeCounting
        case .polkaNotFetched: .fetchPolka
        case .validRoundJudged: .validRoundAsksLess
        case .polkaJudged: .polkaIsEnough
        case .certificateWaitsForProposal: .certificateIsEnough
        case .anybodyProposes: .proposerOnly
        case .laterRoundByAnybody: .quorumOfLaterRound
        default: []
        }
    }
}

/// What a seed is about.
public enum SimulationFamily: String, CaseIterable, Sendable {
    /// Nodes that exchange logs.
    case exchange
    /// Members that agree on epochs.
    case consensus
    /// Members that decide, admit, replace and expel each other, with the real fold.
    case governing
}
