// SPDX-License-Identifier: EUPL-1.2

/// What is known about one partner, for `status`. What is not known is `nil` or unknown, never 0.
/// Spec: Protocol/exchange.md §4, last sentence.
public struct PeerHealth: Equatable, Sendable {
    /// A failure and when it was.
    public struct Failure: Hashable, Sendable {
        /// When.
        public let at: MonotonicTime
        /// Why, in words.
        public let reason: String

        /// A failure.
        public init(at: MonotonicTime, reason: String) {
            self.at = at
            self.reason = reason
        }
    }

    /// How often something was refused.
    public struct Count: Hashable, Sendable {
        /// The reason as it is written on the wire.
        public let reason: String
        /// The number of times.
        public let times: Int
    }

    /// When the last exchange ended that was complete or at least brought an answer.
    public private(set) var lastSuccess: MonotonicTime?
    /// The last failure.
    public private(set) var lastFailure: Failure?
    /// Whether both sides hold the same, as of the last success.
    public private(set) var digests = DigestComparison.unknown
    /// What this side lacks of what the partner named; `nil` before the first answer.
    public private(set) var behind: [LogGap]?
    /// What the partner lacks of what this side named; `nil` before the first answer.
    public private(set) var partnerBehind: [LogGap]?
    /// The partner's highest epoch; `nil` before the first answer.
    public private(set) var partnerEpoch: Int?
    /// What the partner did wrong, counted by reason in order of the reason.
    public private(set) var faults: [Count] = []
    /// What the partner refused of ours, counted by reason in order of the reason.
    public private(set) var refusedByPartner: [Count] = []

    /// Nothing known yet.
    public init() {}

    /// Takes over how an exchange that we asked for ended.
    public mutating func ended(_ summary: ExchangeSummary, at now: MonotonicTime) {
        for fault in summary.faults { Self.count(fault.reason, in: &faults) }
        for refusal in summary.refusedByPartner { Self.count(refusal.reason, in: &refusedByPartner) }
        if case .failed(let reason) = summary.outcome {
            lastFailure = Failure(at: now, reason: reason)
            digests = .unknown
            return
        }
        lastSuccess = now
        digests = summary.digests
        behind = summary.behind
        partnerBehind = summary.partnerBehind
        partnerEpoch = summary.partnerEpoch
    }

    /// Counts pages of a request of the partner that were refused here.
    public mutating func refused(_ refusals: [LogRefusal]) {
        for refusal in refusals { Self.count(refusal.reason, in: &faults) }
    }

    /// Counts a fault found outside an exchange, such as a body that is none or a relay that lied.
    public mutating func fault(_ reason: String) { Self.count(reason, in: &faults) }

    /// Entries that this side lacks of what the partner named; `nil` is unknown.
    public var entriesBehind: Int? { behind.map(Self.total) }

    /// Entries that the partner lacks of what this side named; `nil` is unknown.
    public var partnerEntriesBehind: Int? { partnerBehind.map(Self.total) }

    /// A partner may claim any size, so the sum stops at the largest number.
    private static func total(_ gaps: [LogGap]) -> Int {
        gaps.reduce(0) { sum, gap in
            let (next, overflow) = sum.addingReportingOverflow(gap.entries)
            return overflow ? Int.max : next
        }
    }

    private static func count(_ reason: String, in counts: inout [Count]) {
        if let position = counts.firstIndex(where: { $0.reason == reason }) {
            counts[position] = Count(reason: reason, times: counts[position].times + 1)
        } else if counts.count < ExchangeLimits.countedReasons {
            counts.append(Count(reason: reason, times: 1))
            counts.sort { $0.reason < $1.reason }
        }
    }
}
