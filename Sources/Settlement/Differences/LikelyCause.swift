// SPDX-License-Identifier: EUPL-1.2

/// Why two sides probably differ about a transaction; decided by rules alone. Spec: Protocol/comparison.md §6.
public enum LikelyCause: String, Sendable, CaseIterable {
    /// One side counted it a day later than the other.
    case midnight
    /// The side that lacks it in this month has it on the day before or after the month.
    case monthEnd = "month-end"
    /// One of several in a row of which the other side has none: nothing was metered there for a while.
    case missingHours = "missing-hours"
    /// It came twice, from two sources.
    case doubleFeed = "double-feed"
    /// It came twice from one source, under two ids.
    case repeated
    /// Both have it, in another tariff class.
    case otherClass = "other-class"
    /// Both have it, with another quantity.
    case otherQuantity = "other-quantity"
    case unknown
}

/// What is wrong with a transaction. Spec: Protocol/comparison.md §6.
public enum DifferenceKind: String, Sendable, CaseIterable {
    /// One side does not have it.
    case missing
    /// One side has it more often.
    case doubled
    /// Both have it as often, with another day, class or quantity.
    case different
}

/// One of the two who compare, seen from the one who asks.
public enum Holder: String, Sendable, CaseIterable {
    case own, other
}
