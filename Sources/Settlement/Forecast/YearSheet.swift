// SPDX-License-Identifier: EUPL-1.2

/// The year sheet of one application and party, without VAT: unknown cost stays unknown, never 0.
/// Spec: Protocol/settlement-reports.md §3.
public struct YearSheet: Hashable, Sendable {
    /// What was planned; nil where nobody said.
    public let budget: Cents?
    /// What purchase orders cover; nil without an order.
    public let committed: Cents?
    /// What was billed so far.
    public let realised: Cents
    /// The year at the pace so far; nil before the first month is over.
    public let forecast: Cents?

    /// The sheet when so many months of the year are over, 0 to 12.
    public init(
        budget: Cents?, committed: Cents?, realised: Cents, monthCount: Int
    ) throws(SettlementRefusal) {
        guard (0...12).contains(monthCount) else { throw .monthCountOutOfRange(monthCount) }
        self.budget = budget
        self.committed = committed
        self.realised = realised
        forecast = monthCount == 0 ? nil : try Rounding.cents(
            12 * Int128(realised.value), over: Int128(monthCount), "a forecast")
    }

    /// What the forecast leaves of the budget; nil where one of them is unknown.
    public func room() throws(SettlementRefusal) -> Cents? {
        guard let budget, let forecast else { return nil }
        return try budget.subtracting(forecast)
    }
}

/// The price of one use at which exploitation is recovered. Spec: Protocol/settlement-reports.md §4.
public enum PricePerUse {
    /// cost / quantity in micro-euro, rounded once; nil without any use, which has no price.
    public static func price(_ cost: Cents, over quantity: Quantity) throws(SettlementRefusal) -> MicroEuro? {
        guard quantity > .zero else { return nil }
        let exact = Rounding.halfAway(Int128(cost.value) * Int128(MicroEuro.perCent), over: Int128(quantity.value))
        guard let price = Int64(exactly: exact) else { throw .amountOutOfRange(what: "a price per use") }
        return MicroEuro(price)
    }

    /// The price as members join one after another, each with its use: after each the price of one use for all.
    public static func asMembersJoin(
        _ cost: Cents, uses: [Quantity]
    ) throws(SettlementRefusal) -> [MicroEuro?] {
        var sum: Int128 = 0
        var prices: [MicroEuro?] = []
        for use in uses {
            sum += Int128(use.value)
            guard let total = Int64(exactly: sum) else { throw .amountOutOfRange(what: "a sum of uses") }
            prices.append(try price(cost, over: try Quantity(total)))
        }
        return prices
    }
}
