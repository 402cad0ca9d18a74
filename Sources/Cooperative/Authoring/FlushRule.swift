// SPDX-License-Identifier: EUPL-1.2

/// When counters leave the node: so that nobody sees a cell grow by less than the small-count term, but for the
/// rest that a statement flushes. Spec: Protocol/metering-events.md, Protocol/kinds.md §2.
public struct FlushRule: Hashable, Sendable {
    /// Events by which a cell grows before it is flushed.
    public let smallCount: Int
    /// Whether the application flushes with statements only.
    public let isSensitive: Bool

    /// A rule. The term is not negative.
    public init(smallCount: Int, isSensitive: Bool) {
        precondition(smallCount >= 0, "a count is not negative")
        (self.smallCount, self.isSensitive) = (smallCount, isSensitive)
    }

    /// What to flush of a cell that stands at `now` and was last flushed as `flushed`; `nil` for nothing. What
    /// was counted and what was retracted are looked at each on its own; what was retracted waits while the
    /// flush would retract more than it counts.
    public func due(now: UsageCounters, flushed: UsageCounters) -> UsageCounters? {
        guard !isSensitive else { return nil }
        var due = flushed
        if hasGrown(now.eventsCounted, flushed.eventsCounted) {
            due.eventsCounted = now.eventsCounted
            due.quantityCounted = now.quantityCounted
        }
        if hasGrown(now.eventsRetracted, flushed.eventsRetracted), now.eventsRetracted <= due.eventsCounted,
           now.quantityRetracted <= due.quantityCounted {
            due.eventsRetracted = now.eventsRetracted
            due.quantityRetracted = now.quantityRetracted
        }
        guard due != flushed else { return nil }
        due.inboxPosition = max(now.inboxPosition, flushed.inboxPosition)
        return due
    }

    /// What a statement says of a cell: all of it, whatever the rule.
    public func stated(now: UsageCounters) -> UsageCounters { now }

    private func hasGrown(_ now: Int64, _ flushed: Int64) -> Bool {
        now > flushed && now - flushed >= Int64(smallCount)
    }
}
