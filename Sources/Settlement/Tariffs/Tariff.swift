// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// A stretch of quantities with one price. Tiers of a tariff start at 0 for each cell and month.
public struct Tier: Hashable, Sendable {
    /// The last quantity of the tier, inclusive; nil in the last tier, which has no end.
    public let upTo: Quantity?
    /// Per unit, for the units inside this tier only.
    public let price: MicroEuro

    /// A tier; checked when a tariff is made of it.
    public init(upTo: Quantity?, price: MicroEuro) {
        self.upTo = upTo
        self.price = price
    }
}

/// The prices of one unit, flat (one tier) or graduated. Spec: Protocol/settlement.md §7.
public struct PriceList: Hashable, Sendable {
    /// From low to high.
    public let tiers: [Tier]

    /// One price whatever the quantity.
    public static func flat(_ price: MicroEuro) -> PriceList { PriceList(tiers: [Tier(upTo: nil, price: price)]) }

    /// Tiers from low to high; `Tariff` checks them.
    public static func graduated(_ tiers: [Tier]) -> PriceList { PriceList(tiers: tiers) }

    /// Nobody pays anything at any quantity.
    public var isZero: Bool { tiers.allSatisfy { $0.price == .zero } }

    func check(for tariff: DecisionID) throws(SettlementRefusal) {
        guard (1...Limits.tierCount).contains(tiers.count) else {
            throw .tiersMalformed(tariff: tariff, reason: "1 to \(Limits.tierCount) tiers are possible")
        }
        var end: Int64 = 0
        for (index, tier) in tiers.enumerated() {
            guard tier.price >= .zero else { throw .negativePrice(tariff: tariff) }
            guard index < tiers.count - 1 else {
                guard tier.upTo == nil else {
                    throw .tiersMalformed(tariff: tariff, reason: "the last tier must have no end")
                }
                return
            }
            guard let upTo = tier.upTo else {
                throw .tiersMalformed(tariff: tariff, reason: "only the last tier has no end")
            }
            guard upTo.value > end else {
                throw .tiersMalformed(tariff: tariff, reason: "tier \(index + 1) must end above \(end)")
            }
            end = upTo.value
        }
    }
}

/// Who pays instead of the consumers where the tariff is zero, and at what price.
public struct Funding: Hashable, Sendable {
    /// Who pays.
    public let funder: PartyID
    /// What the funder pays per unit.
    public let prices: PriceList

    /// A funder and its prices; checked when a tariff is made of it.
    public init(funder: PartyID, prices: PriceList) {
        self.funder = funder
        self.prices = prices
    }
}

/// The price of one class of an application over whole months. Spec: Protocol/settlement.md §7.
public struct Tariff: Hashable, Sendable {
    /// The decision that set it.
    public let decision: DecisionID
    /// What is priced.
    public let application: ApplicationID
    /// The class that is priced.
    public let tariffClass: ClassID
    /// Inclusive.
    public let firstMonth: CivilMonth
    /// Inclusive; nil lasts until the next tariff of the same application and class begins.
    public let lastMonth: CivilMonth?
    /// What the consumer pays per unit; zero where a funder pays.
    public let prices: PriceList
    /// Only with a price of zero.
    public let funding: Funding?

    /// Refuses reversed validity, malformed tiers, negative prices, and a funder of a tariff that is not zero.
    public init(
        decision: DecisionID, application: ApplicationID, tariffClass: ClassID, firstMonth: CivilMonth,
        lastMonth: CivilMonth? = nil, prices: PriceList, funding: Funding? = nil
    ) throws(SettlementRefusal) {
        if let lastMonth, lastMonth < firstMonth { throw .validityReversed(tariff: decision) }
        try prices.check(for: decision)
        if let funding {
            guard prices.isZero else { throw .fundedTariffNotZero(tariff: decision) }
            try funding.prices.check(for: decision)
        }
        self.decision = decision
        self.application = application
        self.tariffClass = tariffClass
        self.firstMonth = firstMonth
        self.lastMonth = lastMonth
        self.prices = prices
        self.funding = funding
    }
}
