// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// How often a node exchanges. Spec: Protocol/exchange.md §7.
public struct ScheduleTimings: Hashable, Sendable {
    /// From one round to the next.
    public var roundMilliseconds = 10_000
    /// How long new heads are gathered before they start an exchange.
    public var coalesceMilliseconds = 200
    /// How long new messages of consensus are gathered before they start one.
    public var urgentMilliseconds = 5
    /// Back-off after the first failure; it doubles with each further one.
    public var backOffMilliseconds = 1_000
    /// The longest back-off.
    public var backOffCapMilliseconds = 300_000
    /// Partners asked in a round.
    public var partnersPerRound = ExchangeLimits.partnersPerRound

    /// The defaults of the protocol.
    public init() {}
}

/// Decides whom to ask and when. The shell tells it the time and what happened, asks whom is `due`, and wakes
/// at `nextWake`. Spec: Protocol/exchange.md §7.
public struct PartnerSchedule: Sendable {
    private struct Partner: Sendable {
        let log: LogID
        var failures = 0
        var notBefore: MonotonicTime?
        var isBusy = false
        /// Its turn came while it was busy.
        var isMissed = false
    }

    private let own: LogID
    private let timings: ScheduleTimings
    private var partners: [Partner] = []
    private var epochHash: Hash
    private var round: Int
    private var nextRound: MonotonicTime
    private var newHeads: MonotonicTime?
    private var isUrgent = false

    /// A schedule that begins its first round at `now`. `round` is where a restarted node may go on, or 0.
    public init(
        own: LogID, epochHash: Hash, timings: ScheduleTimings = ScheduleTimings(), round: Int = 0,
        at now: MonotonicTime
    ) {
        self.own = own
        self.epochHash = epochHash
        self.timings = timings
        self.round = round
        nextRound = now
    }

    /// Names the other members that can be dialled; known ones keep their back-off.
    public mutating func setPartners(_ logs: [LogID], epochHash: Hash) {
        self.epochHash = epochHash
        let known = Dictionary(partners.map { ($0.log, $0) }, uniquingKeysWith: { first, _ in first })
        let unique = Set(logs).subtracting([own]).sorted().prefix(ExchangeLimits.partners)
        partners = unique.map { known[$0] ?? Partner(log: $0) }
    }

    /// Heads changed here, own or foreign: partners are asked soon instead of at the next round, and almost at once
    /// where it is urgent.
    public mutating func headsChanged(at now: MonotonicTime, isUrgent: Bool = false) {
        let coalesce = timings.coalesceMilliseconds
        let soon = now.adding(milliseconds: isUrgent ? min(timings.urgentMilliseconds, coalesce) : coalesce)
        newHeads = newHeads.map { min($0, soon) } ?? soon
        self.isUrgent = self.isUrgent || isUrgent
    }

    /// Whom to start an exchange with now; each is busy until `succeeded` or `failed`.
    public mutating func due(at now: MonotonicTime, _ hashing: some Hashing) -> [LogID] {
        var wanted = 0
        if now >= nextRound {
            wanted = timings.partnersPerRound
            round += 1
            nextRound = now.adding(milliseconds: timings.roundMilliseconds)
            newHeads = nil
        } else if let soon = newHeads, now >= soon {
            wanted = timings.partnersPerRound
            newHeads = nil
        }
        guard wanted > 0 else { return [] }
        var chosen: [LogID] = []
        for position in order(round, hashing) where chosen.count < wanted {
            guard isFree(partners[position], at: now) else {
                // What is under way with it may not bring what is new; a message of consensus waits for no round.
                if isUrgent, partners[position].isBusy { partners[position].isMissed = true }
                continue
            }
            partners[position].isBusy = true
            chosen.append(partners[position].log)
        }
        isUrgent = false
        return chosen
    }

    private func isFree(_ partner: Partner, at now: MonotonicTime) -> Bool {
        !partner.isBusy && (partner.notBefore.map { now >= $0 } ?? true)
    }

    /// An exchange ended well: back-off ends. Where the partner's turn came meanwhile it is asked again; then the
    /// answer is true, and it is busy as after `due`.
    @discardableResult
    public mutating func succeeded(_ log: LogID) -> Bool {
        var isMissed = false
        change(log) { partner in
            isMissed = partner.isMissed
            partner.isBusy = isMissed
            partner.isMissed = false
            partner.failures = 0
            partner.notBefore = nil
        }
        return isMissed
    }

    /// An exchange failed: the partner rests 1 s, then 2, 4 and so on up to 300 s.
    public mutating func failed(_ log: LogID, at now: MonotonicTime) {
        let timings = timings
        change(log) { partner in
            partner.isBusy = false
            partner.isMissed = false
            let doubled = timings.backOffMilliseconds << min(partner.failures, 20)
            partner.failures += 1
            partner.notBefore = now.adding(milliseconds: min(doubled, timings.backOffCapMilliseconds))
        }
    }

    /// Until when a partner rests; `nil` where it does not.
    public func backOffEnd(of log: LogID, at now: MonotonicTime) -> MonotonicTime? {
        partners.first { $0.log == log }?.notBefore.flatMap { $0 > now ? $0 : nil }
    }

    /// When `due` has something to say next.
    public var nextWake: MonotonicTime { min(nextRound, newHeads ?? nextRound) }

    private mutating func change(_ log: LogID, _ body: (inout Partner) -> Void) {
        guard let position = partners.firstIndex(where: { $0.log == log }) else { return }
        body(&partners[position])
    }

    /// Positions in the order in which partners are asked in `round`.
    private func order(_ round: Int, _ hashing: some Hashing) -> [Int] {
        let logs = partners.map(\.log)
        let ranks = Self.ranks(of: logs, own: own, round: round, epochHash: epochHash, hashing)
        return logs.indices.sorted { (ranks[$0], logs[$0]) < (ranks[$1], logs[$1]) }
    }

    /// The partners in the order in which `own` asks them in a round: by
    /// `H(canonical [epoch hash, round number, own log id, partner's log id])`.
    public static func order(
        of partners: [LogID], own: LogID, round: Int, epochHash: Hash, _ hashing: some Hashing
    ) -> [LogID] {
        let ranks = ranks(of: partners, own: own, round: round, epochHash: epochHash, hashing)
        return zip(ranks, partners).sorted { ($0.0, $0.1) < ($1.0, $1.1) }.map(\.1)
    }

    private static func ranks(
        of partners: [LogID], own: LogID, round: Int, epochHash: Hash, _ hashing: some Hashing
    ) -> [Hash] {
        partners.map { partner in
            var writer = CBORWriter(capacity: 112)
            writer.array(count: 4)
            writer.bytes(epochHash)
            writer.integer(round)
            writer.bytes(own)
            writer.bytes(partner)
            return hashing.hash(writer.bytes)
        }
    }
}
