// SPDX-License-Identifier: EUPL-1.2

/// A state of governing that a good generator reaches sometimes.
enum GoverningMark: String, CaseIterable, Sendable {
    case lost = "governing-parcel-lost", blocked = "governing-blocked", crash = "governing-crash"
    case unsynced = "governing-lost-before-sync", restart = "governing-restart", rebuilt = "governing-rebuilt"
    case realSignatures = "governing-real-signatures"

    case proposed = "decision-proposed", carried = "decision-carried", notCarried = "decision-not-carried"
    case withoutEffect = "decision-without-effect", byDeadline = "decision-by-deadline"
    case tariff = "carried-tariff", votingFlag = "carried-voting-flag", expulsion = "carried-expulsion"
    case keyReplacement = "carried-key-replacement", admission = "carried-admission", exit = "carried-exit"
    case ballot = "ballot-cast", ballotReplaced = "ballot-replaced", ballotAgain = "ballot-of-another-log"
    case ballotConflict = "ballots-conflict", recounted = "outcome-recounted"

    case invited = "candidate-invited", ready = "candidate-ready", admitted = "newcomer-is-member"
    case newcomerVotes = "newcomer-votes-in-epoch", authorisedByVector = "log-authorised-by-vector"
    case twin = "member-runs-twice", bothBranches = "both-branches-seen", convicted = "fork-proved"
    case gossiped = "evidence-taken-over", forkCovered = "fork-covered-above-its-beginning"
    case branchFetched = "other-branch-fetched", branchChanged = "other-branch-covered"
    case expelledWrites = "expelled-goes-on-writing"
    case restored = "governing-restore", lostLog = "own-log-lost", successor = "successor-written"
    case acknowledged = "successor-acknowledged", continued = "number-gone-on-with"
    case endTooShort = "end-leaves-out-what-the-other-holds"
    case successorVotes = "successor-votes-in-epoch", replacementOpened = "replacement-log-opened"

    case epoch = "governed-epoch", late = "governed-epoch-after-round-0", many = "governed-four-epochs"
    case byCertificate = "governed-epoch-by-certificate", waits = "governed-epoch-waits"
    case judgedMissing = "trial-waits-for-heads", judgedValid = "trial-valid", judgedForked = "trial-forked"
    case judgedBallot = "trial-ballot-left-out", judgedTrigger = "trial-not-triggered"
    case judgedLog = "trial-log-not-authorised", judgedOther = "trial-refused-otherwise"
    case stale = "overlay-made-anew", sameHeads = "overlays-compared", otherOrder = "settled-from-covered-alone"
    case usage = "usage-settled", vector = "vector-fetched", polka = "polka-fetched"
    case healed = "governing-healed", healedFast = "governing-healed-within-five-seconds"
}
