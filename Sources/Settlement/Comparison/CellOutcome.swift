// SPDX-License-Identifier: EUPL-1.2

/// What comparison makes of a cell. Spec: Protocol/settlement.md §8.
public enum CellState: String, Sendable, CaseIterable {
    /// Provider and consumer are one; shown, never billed.
    case ownUse = "own-use"
    case notAParty = "not-a-party"
    case noTariff = "no-tariff"
    /// A customer that is no member, billed on the provider's count.
    case singleSided = "single-sided"
    /// Not billed; the consumer stated nothing.
    case providerOnly = "provider-only"
    /// Not billed; the provider stated nothing.
    case consumerOnly = "consumer-only"
    case matched
    /// The lower count is billed and the rest is final.
    case withinTolerance = "within-tolerance"
    /// The lower count is billed, the rest is disputed.
    case differs
}

/// Why a difference is not tolerated.
public enum DisputeReason: String, Sendable, CaseIterable {
    /// A stated 0 against a count.
    case statedZero = "stated-zero"
    case aboveTolerance = "above-tolerance"
    case aboveQuantityPart = "above-quantity-part"
    case aboveYearAmount = "above-year-amount"
}

/// A compared cell.
public struct CellOutcome: Hashable, Sendable {
    /// The cell as it came in.
    public let cell: Cell
    /// The answer of the rules.
    public let state: CellState
    /// The tariff of the month, where the state reached it.
    public let tariff: Tariff?
    /// What is billed now; nil when nothing is, which is not 0.
    public let billed: Quantity?
    /// The lower count rated at the tariff; nil with `billed`.
    public let billedAmount: Cents?
    /// The higher count less the lower one; nil where one of them is unknown.
    public let difference: Quantity?
    /// rated(high) - rated(low); nil where unknown.
    public let differenceAmount: Cents?
    /// Set exactly when the state is `differs`.
    public let dispute: DisputeReason?
    /// Equal totals over different transactions: billed as matched, shown.
    public let contentDiffers: Bool

    /// The lower side; nil when equal or unknown.
    public var lowerSide: Side? {
        guard let provider = cell.counts.provider, let consumer = cell.counts.consumer, provider != consumer
        else { return nil }
        return provider < consumer ? .provider : .consumer
    }

    /// What is disputed and not invoiced; nil unless the state is `differs`.
    public var disputedAmount: Cents? { state == .differs ? differenceAmount : nil }
}
