// SPDX-License-Identifier: EUPL-1.2

/// What one log has counted in one usage cell since it began; a lattice whose merge takes the larger of each
/// number, so counters never fall and repeats change nothing. Spec: Protocol/state.md §2, table 6.
public struct UsageCounters: Hashable, Sendable {
    /// The largest value of a counter. Spec: Protocol/kinds.md §2.
    public static let largest: Int64 = 1 << 62

    /// Events counted.
    public var eventsCounted: Int64
    /// Events retracted.
    public var eventsRetracted: Int64
    /// Quantity counted.
    public var quantityCounted: Int64
    /// Quantity retracted.
    public var quantityRetracted: Int64
    /// The largest position of the metering inbox that the counters cover.
    public var inboxPosition: Int64

    /// Counters as given; all zero by default.
    public init(
        eventsCounted: Int64 = 0, eventsRetracted: Int64 = 0, quantityCounted: Int64 = 0,
        quantityRetracted: Int64 = 0, inboxPosition: Int64 = 0
    ) {
        self.eventsCounted = eventsCounted
        self.eventsRetracted = eventsRetracted
        self.quantityCounted = quantityCounted
        self.quantityRetracted = quantityRetracted
        self.inboxPosition = inboxPosition
    }

    /// Events that stand: counted less retracted.
    public var events: Int64 { eventsCounted - eventsRetracted }
    /// Quantity that stands: counted less retracted.
    public var quantity: Int64 { quantityCounted - quantityRetracted }

    /// Whether each counter is 0 to 2^62 and nothing is retracted that was not counted.
    public var isConsistent: Bool {
        eventsRetracted >= 0 && quantityRetracted >= 0 && inboxPosition >= 0
            && eventsRetracted <= eventsCounted && quantityRetracted <= quantityCounted
            && eventsCounted <= Self.largest && quantityCounted <= Self.largest && inboxPosition <= Self.largest
    }

    /// Takes the larger of each counter.
    @inline(__always)
    public mutating func merge(_ other: Self) {
        eventsCounted = max(eventsCounted, other.eventsCounted)
        eventsRetracted = max(eventsRetracted, other.eventsRetracted)
        quantityCounted = max(quantityCounted, other.quantityCounted)
        quantityRetracted = max(quantityRetracted, other.quantityRetracted)
        inboxPosition = max(inboxPosition, other.inboxPosition)
    }

    /// Adds what another log of the same member counted.
    public mutating func add(_ other: Self) {
        eventsCounted += other.eventsCounted
        eventsRetracted += other.eventsRetracted
        quantityCounted += other.quantityCounted
        quantityRetracted += other.quantityRetracted
        inboxPosition = max(inboxPosition, other.inboxPosition)
    }
}
