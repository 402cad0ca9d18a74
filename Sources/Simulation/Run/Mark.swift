// SPDX-License-Identifier: EUPL-1.2

/// A state that a good generator reaches sometimes. A mark that is never hit says that seeds prove less than they
/// seem to.
enum Mark: String, CaseIterable, Sendable {
    case messageLost = "message-lost", messageDuplicated = "message-duplicated"
    case messageOvertaken = "message-overtaken", messageBlocked = "message-blocked"
    case messageClogged = "message-clogged", partitionWhole = "partition-split", partitionOneWay = "partition-one-way"
    case partitionSingle = "partition-single", swizzle = "swizzle-clog", undialable = "undialable-pair"
    case pause = "node-paused", clockJump = "clock-jumped", clockYears = "clock-years-off"
    case realSignatures = "real-signatures"

    case crash = "crash", crashIdle = "crash-idle", crashUnsynced = "crash-before-sync"
    case crashStored = "crash-between-sync-and-acknowledgement", crashBeforeExternal = "crash-before-external-head"
    case crashAsking = "crash-while-asking", crashAnswering = "crash-while-answering"
    case crashDuringCatchUp = "crash-during-catch-up"
    case restart = "restart", restartFromSaved = "restart-from-saved-state", restartSuspended = "restart-suspended"
    case restore = "restore-old-copy", restoreSeen = "restore-seen-by-external-head"
    case restoreHarmless = "restore-without-loss", ownGivenBack = "own-entries-given-back"
    case diskSlow = "disk-slow", commitJoined = "commit-of-many-jobs", commitMixed = "commit-own-and-foreign"

    case exchangeEqual = "exchange-equal", exchangeUnequal = "exchange-unequal"
    case exchangeComplete = "exchange-complete", exchangePartial = "exchange-partial"
    case exchangeTimeout = "exchange-timeout", exchangeRefused = "exchange-refused"
    case exchangeManyRequests = "exchange-of-many-requests", exchangeWithToken = "exchange-with-token"
    case tokenUnreadable = "token-unreadable", pushed = "entries-pushed", pulled = "entries-pulled"
    case answerLate = "answer-after-timeout", answerTwice = "answer-twice", requestTwice = "request-twice"
    case partnerSmallPages = "page-of-part-of-a-log", backedOff = "partner-backed-off"
    case pushRefused = "push-refused", held = "page-held-already"

    case forkSigned = "fork-signed", forkConvicted = "fork-convicted", forkDuringCatchUp = "fork-during-catch-up"
    case forkBySameSize = "fork-by-same-size", forkByProof = "fork-by-consistency-proof"
    case evidenceGossiped = "evidence-gossiped", evidenceRefused = "evidence-refused"
    case relayFault = "relay-fault-found", proofWorthless = "proof-worthless", proofUndecided = "proof-undecided"
    case proofByLeaf = "proof-by-leaf"
    case branchesSpread = "both-branches-held", suspensionRefolded = "suspension-refolded"

    case liarGarbage = "liar-garbage", liarTruncated = "liar-truncated", liarFlipped = "liar-bit-flipped"
    case liarStale = "liar-stale-answer", liarDrops = "liar-drops-entries", liarChanges = "liar-changes-entries"
    case liarEndless = "liar-endless", liarUnknownLog = "liar-unknown-log", liarVersion = "liar-future-version"
    case liarToken = "liar-token", liarRefusals = "liar-refusals", liarWants = "liar-wants"
    case liarEvidence = "liar-evidence", liarDigest = "liar-digest", liarOversize = "liar-oversize"
    case liarSilent = "liar-silent", liarSigner = "liar-wrong-signer", liarGap = "liar-gap"

    case workFlush = "work-usage", workEdit = "work-edit", workNaming = "work-edit-naming-others"
    case workFounding = "work-founding", workHeartbeat = "work-heartbeat", workUnknown = "work-unknown-kind"
    case workContact = "work-contact", workFuture = "work-from-the-future", workNotWritable = "work-refused-reads-only"
    case conflict = "catalogue-conflict", entryBig = "entry-big"
    case healed = "healed", healedFast = "healed-within-ten-seconds", healedSlow = "healed-after-thirty-seconds"
}

/// How often each mark was hit.
struct MarkCounts<Kind: CaseIterable & Hashable & RawRepresentable<String> & Sendable>: Sendable {
    private var counts: [Kind: Int] = [:]

    mutating func hit(_ mark: Kind) { counts[mark, default: 0] += 1 }

    mutating func add(_ other: Self) { counts.merge(other.counts) { $0 + $1 } }

    /// Name and count of each, in the order of the list.
    var named: [(name: String, count: Int)] { Kind.allCases.map { ($0.rawValue, counts[$0] ?? 0) } }
}

/// The marks of all families.
struct SimulationMarks: Sendable {
    var exchange: MarkCounts<Mark>?
    var council: MarkCounts<CouncilMark>?
    var governing: MarkCounts<GoverningMark>?
    /// Of worlds with liars.
    var outcome = CouncilOutcome()

    mutating func add(_ other: Self) {
        outcome.add(other.outcome)
        if let marks = other.exchange {
            exchange = exchange ?? MarkCounts()
            exchange?.add(marks)
        }
        if let marks = other.council {
            council = council ?? MarkCounts()
            council?.add(marks)
        }
        if let marks = other.governing {
            governing = governing ?? MarkCounts()
            governing?.add(marks)
        }
    }

    /// Name and count of each, of the families that ran.
    var named: [(name: String, count: Int)] {
        (exchange?.named ?? []) + (council?.named ?? []) + (governing?.named ?? [])
    }
}
