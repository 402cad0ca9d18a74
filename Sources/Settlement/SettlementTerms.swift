// SPDX-License-Identifier: EUPL-1.2

/// Terms that a decision of the network may change; the defaults are those of the founding.
/// Spec: Protocol/settlement.md §8.
public struct SettlementTerms: Hashable, Sendable {
    /// A difference up to this amount is tolerated, inclusive.
    public var toleratedAmount = Cents(500)
    /// Or up to this part of the billed amount without VAT; of the lower quantity where the price is zero.
    public var toleratedPart = BasisPoints(known: 50)
    /// Never more than this part of the lower quantity ...
    public var quantityPartLimit = BasisPoints(known: 1_000)
    /// ... from this difference on.
    public var quantityPartLimitFrom = Cents(100)
    /// Tolerated differences of a calendar year, application and pair add up to at most this.
    public var toleratedYearAmount = Cents(10_000)
    /// Working days to dispute a statement.
    public var disputeWindowWorkingDays = 20
    /// A month is stated by this working day of the next.
    public var statementWorkingDay = 3
    /// Days from the date of a document until it is due.
    public var paymentTermDays = 30

    /// The defaults of the founding.
    public init() {}
}
