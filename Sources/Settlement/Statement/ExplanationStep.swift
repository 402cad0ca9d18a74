// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// One step from a counter or decision to an amount, in the order of the calculation.
/// Spec: Protocol/settlement.md §12.
public enum ExplanationStep: Hashable, Sendable {
    /// What a side stated; nil when it stated nothing.
    case counted(Side, by: PartyID, net: Int64?)
    case compared(CellState, DisputeReason?)
    case billed(Quantity)
    case tariff(DecisionID, from: CivilMonth, through: CivilMonth?)
    /// The funder pays instead of the consumer.
    case funder(PartyID)
    /// The units of a tier: more than `above`, up to and including `upTo`.
    case tier(Int, above: Int64, upTo: Int64?, quantity: Quantity, price: MicroEuro)
    case inhabitants(municipality: String, year: Int, count: Quantity)
    case contributionRate(DecisionID, MicroEuro)
    case months(first: CivilMonth, last: CivilMonth)
    /// The contribution of the year, rounded once.
    case yearAmount(Cents)
    /// Instalment `number` of `count`.
    case instalment(Int, of: Int)
    case developmentCost(DecisionID, Cents)
    /// The whole amount that a decision divides.
    case decided(DecisionID, Cents)
    /// A place in the key that holds this month.
    case weight(PartyID, joined: CivilDate, Int64)
    /// The party's share of the whole cost under that key (Sainte-Laguë).
    case allocated(Cents)
    case alreadyCharged(Cents)
    /// The exact amount in cents as a fraction, before rounding half away from zero.
    case exact(numerator: Int128, denominator: Int128)
    /// The amount of the line.
    case amount(Cents)
    /// VAT is computed on the sum of the document's lines in this category and rate, not on the line.
    case vat(VATCategory, BasisPoints)
}

/// How a line came about.
public struct Explanation: Hashable, Sendable {
    /// Names the line.
    public let lineID: String
    /// From the inputs to the amount.
    public let steps: [ExplanationStep]
}
