// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// The asking side of one exchange with one partner, from the first request to the summary. The shell calls
/// `compose`, sends the body, hands the answer to `received` and reports durable pages with `settled`.
/// Every path is bounded: each further request needs progress. Spec: Protocol/exchange.md §2 and §3.
public struct ExchangeSession: Sendable {
    /// What the last request was for.
    enum Purpose: Hashable, Sendable {
        /// Compares all that both hold.
        case compare
        /// Goes on with these logs, of which the partner named more.
        case fetch([LogID])
        /// Sends what the partner wanted.
        case push
    }

    /// Whose turn it is.
    enum Stage: Hashable, Sendable {
        case composing
        case awaiting
        case settling
        case finished
    }

    /// How far a log was received, and up to where the partner has it.
    struct Goal: Hashable, Sendable {
        var next: LogSize
        let end: LogSize

        var missing: Int { end.count - next.count }
    }

    let numbers: LogNumbers
    let ruleVersion: Int
    let epoch: Int
    let epochHash: Hash?
    let textsWanted: [TextCommitment]
    let startMemory: PartnerMemory

    var memory: PartnerMemory
    var purpose = Purpose.compare
    var stage = Stage.composing
    /// Logs of which the partner holds more, not yet all received.
    var goals: [LogID: Goal] = [:]
    /// The logs of `goals` in the order of fetching; those before `queueStart` are done.
    var queue: [LogID] = []
    var queueStart = 0
    var isQueueSorted = true
    /// Logs that the partner wants, with the next entry to send.
    var pushes: [LogID: LogSize] = [:]
    /// Commitments of texts that the partner wants.
    var textsAsked: [TextCommitment] = []
    /// Up to where the partner is known to hold a log: what it named, sent or was sent.
    var partnerHolds: [LogID: LogSize] = [:]
    /// Up to where each log was sent in this session.
    var sentUpTo: [LogID: LogSize] = [:]
    /// Logs given up in this session, with the number of entries that are still missing.
    var abandoned: [LogID: Int] = [:]
    /// Bytes of each batch that is not durable yet.
    var unsettled: [Int: Int] = [:]
    var batches = 0
    /// The partner's token of this session; everything before it was named to us.
    var newToken: [UInt8]?
    /// This store's sequence when the first comparison was composed.
    var toldUpTo: HeadSequence?
    /// The sequence when the last comparison was composed, to see what else changed meanwhile.
    var comparedAt: HeadSequence?
    var partnerDigest: Hash?
    /// Whether everything behind the partner's digest was named to us.
    var isDigestNamed = false
    var lastDigest: Hash?
    var sentToken = false
    var needsComparison = false
    var comparisons = 0
    var proofs: Set<LogID> = []
    /// Whether all that the partner named was kept, and all it wanted was taken.
    var isSound = true
    /// Logs that moved by the last answer, and whether any did since the last comparison.
    var progress = 0
    var hasMovedSinceComparison = false
    var hasServedTexts = false
    var entryBytes = 0
    var summary = ExchangeSummary()

    /// Begins an exchange: call `compose` next. `numbers` is the vector of the highest epoch that both
    /// hold as far as the partner has said, at first that of epoch 0.
    public init(
        _ memory: PartnerMemory, numbers: LogNumbers, ruleVersion: Int, epoch: Int, epochHash: Hash? = nil,
        textsWanted: [TextCommitment] = []
    ) {
        startMemory = memory
        self.memory = memory
        self.numbers = numbers
        self.ruleVersion = ruleVersion
        self.epoch = epoch
        self.epochHash = epochHash
        self.textsWanted = Array(textsWanted.prefix(ExchangeLimits.texts))
    }

    /// Whether the session has ended.
    public var isFinished: Bool { stage == .finished }

    /// No answer came, or the shell gave up. What was received is kept; the next exchange goes on.
    public mutating func failed(_ reason: String) -> [ExchangeEffect] {
        guard stage != .finished else { return [] }
        stage = .finished
        summary.outcome = .failed(reason)
        addGaps()
        return [.finished(summary)]
    }

    /// Keeps a fault for the summary, as far as there is room.
    mutating func note(_ fault: PartnerFault) {
        isSound = false
        if summary.faults.count < ExchangeLimits.sessionFaults { summary.faults.append(fault) }
    }

    var hasTooManyFaults: Bool { summary.faults.count >= ExchangeLimits.sessionFaults }

    mutating func addGaps() {
        var missing = abandoned
        // Any order: each has its own place, and the result is sorted.
        for (log, goal) in goals { missing[log] = goal.missing }
        summary.behind = missing.map { LogGap(log: $0.key, entries: $0.value) }
            .filter { $0.entries > 0 }.sorted { $0.log < $1.log }
    }

    /// Gives a log up for this session.
    mutating func abandon(_ log: LogID, held: LogSize) {
        guard let goal = goals.removeValue(forKey: log) else { return }
        abandoned[log] = goal.end.count - held.count
    }
}
