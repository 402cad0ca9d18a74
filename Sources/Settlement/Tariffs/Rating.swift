// SPDX-License-Identifier: EUPL-1.2

/// One tier of one cell: the smallest thing that is priced, and the only thing that is rounded.
public struct RatedTier: Hashable, Sendable {
    /// From 1.
    public let tier: Int
    /// Units inside this tier.
    public let quantity: Quantity
    /// Of this tier, per unit.
    public let price: MicroEuro
    /// quantity x price, rounded once, half away from zero.
    public let amount: Cents
}

/// Quantity x price. Spec: Protocol/settlement.md §7.
public enum Rating {
    /// A line for each tier that holds units, and at least the first, in the order of the tiers.
    /// Refuses (`amountOutOfRange`) a line beyond 64 bits.
    public static func lines(of quantity: Quantity, at prices: PriceList) throws(SettlementRefusal) -> [RatedTier] {
        var lines: [RatedTier] = []
        var start: Int64 = 0
        for (index, tier) in prices.tiers.enumerated() {
            guard quantity.value > start || index == 0 else { break }
            let end = min(quantity.value, tier.upTo?.value ?? quantity.value)
            let units = Quantity(known: end - start)
            lines.append(RatedTier(
                tier: index + 1, quantity: units, price: tier.price, amount: try amount(of: units, at: tier.price)))
            start = end
            if end == quantity.value { break }
        }
        return lines
    }

    /// The sum of the lines, each rounded by itself.
    public static func amount(of quantity: Quantity, at prices: PriceList) throws(SettlementRefusal) -> Cents {
        var total = Cents.zero
        for line in try lines(of: quantity, at: prices) { total = try total.adding(line.amount) }
        return total
    }

    /// One line: quantity x price, rounded once.
    public static func amount(of quantity: Quantity, at price: MicroEuro) throws(SettlementRefusal) -> Cents {
        try Rounding.cents(
            Int128(quantity.value) * Int128(price.value), over: Int128(MicroEuro.perCent), "a rated line")
    }
}
