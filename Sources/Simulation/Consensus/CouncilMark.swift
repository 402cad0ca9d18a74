// SPDX-License-Identifier: EUPL-1.2

/// A state of agreeing on epochs that a good generator reaches sometimes.
enum CouncilMark: String, CaseIterable, Sendable {
    case lost = "parcel-lost", doubled = "parcel-doubled", blocked = "parcel-blocked", clogged = "parcel-clogged"
    case partition = "council-split", partitionOneWay = "council-split-one-way", conspiracy = "liars-with-two-halves"
    case realSignatures = "council-real-signatures", swizzle = "council-swizzle"

    case decided = "epoch-decided", decidedLate = "epoch-decided-after-round-0"
    case decidedLater = "epoch-decided-after-round-2", decidedByCertificate = "epoch-by-certificate"
    case manyEpochs = "three-epochs-or-more", triggerDecision = "trigger-decision", triggerPeriod = "trigger-period-day"
    case triggerNewcomer = "trigger-newcomer", triggerHalf = "trigger-log-past-half"
    case outcomeYes = "outcome-yes", outcomeNo = "outcome-no"

    case fresh = "proposal-fresh", again = "proposal-with-valid-round", bare = "proposal-without-delta"
    case prevoteNil = "prevote-nil", precommitNil = "precommit-nil", locked = "locked"
    case lockedElsewhere = "locked-on-another-value", unlocked = "unlocked-by-valid-round", roundSkipped = "line-55"
    case lateValid = "valid-value-by-late-polka", polkaWanted = "polka-wanted", polkaServed = "polka-served"
    case certificateWanted = "certificate-wanted", vectorServed = "vector-served"
    case judgedMissing = "judged-missing", judgedAgain = "judged-again", waitsForHeads = "epoch-waits-for-heads"
    case refusedFuture = "refused-date-in-future", refusedOld = "refused-date-too-old"
    case refusedBefore = "refused-date-before-epoch"
    case refusedDigest = "refused-state-digest", refusedBallot = "refused-ballot-left-out"
    case refusedTrigger = "refused-not-triggered", refusedForked = "refused-forked", refusedOther = "refused-otherwise"

    case crash = "council-crash", crashUnsynced = "vote-lost-before-sync", crashSynced = "vote-kept-by-crash"
    case restart = "council-restart", restartLocked = "restart-with-lock", restartMidRound = "restart-after-own-vote"
    case inquiry = "own-head-asked", inquiryWaits = "own-head-waits-for-answers", restored = "council-restore"
    case restoreSeen = "restore-by-head-outside", restoreSeenByPeer = "restore-by-a-peer"
    case restoreUnnoticed = "restore-unnoticed"
    case successor = "successor-opened", successorVotes = "successor-votes", oldLogCounts = "old-log-counts-on"
    case newcomerReady = "newcomer-ready", newcomerVotes = "newcomer-votes"
    case clock = "council-clock", wrongDigest = "digest-wrong", digestStops = "digest-stops-voting"

    case twoFaces = "liar-of-two-faces", evidence = "double-message-seen", forked = "council-fork-seen"
    case liarDoubles = "lie-double", liarAnything = "lie-anything", liarForgedPolka = "lie-polka-made"
    case liarForgedCertificate = "lie-certificate-made", liarWithholds = "lie-withheld"
    case liarAnew = "lie-fresh-instead-of-valid", liarHalves = "lie-nil-to-one-half"
    case liarOutOfTurn = "lie-out-of-turn", liarValid = "lie-valid-round", liarBallots = "lie-ballots-left-out"
    case liarDate = "lie-date", liarDigest = "lie-digest", liarCovers = "lie-covers-more"
    case liarUntriggered = "lie-untriggered", liarBallotTwice = "lie-ballot-twice"
    case liarFarOff = "lie-far-round", farOffBelowFour = "lie-far-round-below-four"
    case refusedMessage = "message-counted-for-nothing", refusedProof = "proof-refused"

    case disputed = "two-certificates", disputedLate = "two-certificates-after-applying"
    case namedDouble = "named-double-precommit", namedPrevote = "named-double-prevote"
    case namedLock = "named-broken-lock", namedPolka = "named-without-polka"
    case councilHealed = "council-healed", councilHealedFast = "council-healed-within-five-seconds"
    case councilHealedSlow = "council-healed-after-twenty-seconds"
}
