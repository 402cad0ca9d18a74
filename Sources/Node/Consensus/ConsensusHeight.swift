// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// The number that is voted on now: the core, and what the shell keeps beside it until the epoch is applied.
struct ConsensusHeight {
    /// What it began with.
    let start: HeightStart
    var core: ConsensusCore
    /// Events that came while an earlier one was worked on.
    private var inbox = EventInbox()
    /// Vectors by the root that a header names.
    private(set) var vectors: [Hash: [CoveredHead]] = [:]
    /// Deltas that proposals brought along, by the root that their headers name.
    private(set) var offered: [Hash: [CoveredHead]] = [:]
    /// Proposals of which heads are missing here, by hash.
    var unjudged: [EpochHash: Proposal] = [:]
    /// The round for which this member owes a proposal.
    var preparing: Round?
    /// Whether the own view triggered.
    var triggers = false
    /// E_{k+1}, once it is decided.
    var decided: Certificate?
    var timers: [Task<Void, Never>] = []
    /// The round of which the log last spoke.
    var roundTold = Round.zero
    /// When the round began, or the first one's timers: milliseconds of the monotonic clock.
    var roundSince: Int64?
    /// How much of each log is heard.
    var heard = HeardMessages()
    /// Whether the messages held were given to the core.
    var isFed = false

    init(_ start: HeightStart, _ core: ConsensusCore) { (self.start, self.core) = (start, core) }

    /// k + 1.
    var number: EpochNumber { core.voters.next }

    mutating func add(_ event: ConsensusEvent) { inbox.others.append(event) }

    /// Before everything that came from others meanwhile.
    mutating func addFirst(_ events: [ConsensusEvent]) { inbox.own.insert(contentsOf: events, at: 0) }

    mutating func next() -> ConsensusEvent? { inbox.next() }

    /// Keeps a vector; of those that nobody decides on so many are kept.
    mutating func know(_ heads: [CoveredHead], root: Hash) {
        guard vectors.count < NodeLimits.vectorsKnown || vectors[root] != nil else { return }
        vectors[root] = heads
    }

    /// Remembers a delta without looking at it.
    mutating func offer(_ delta: [CoveredHead], root: Hash) {
        guard offered.count < NodeLimits.vectorsKnown, offered[root] == nil else { return }
        offered[root] = delta
    }

    func stop() {
        for timer in timers { timer.cancel() }
    }
}

/// Events in the order in which the core takes them. A page brings tens of thousands at once, so taking one moves no
/// other.
private struct EventInbox {
    /// What is durable of this member comes first.
    var own: [ConsensusEvent] = []
    var others: [ConsensusEvent] = []
    private var taken = 0

    mutating func next() -> ConsensusEvent? {
        if !own.isEmpty { return own.removeFirst() }
        guard taken < others.count else {
            (others, taken) = ([], 0)
            return nil
        }
        taken += 1
        return others[taken - 1]
    }
}
