// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// The yearly contribution of a member: an amount per inhabitant. Spec: Protocol/settlement.md §6.
public struct Contribution: Hashable, Sendable {
    /// Per inhabitant and year.
    public let rate: MicroEuro
    /// The member's municipalities added up.
    public let inhabitants: Quantity
    /// Months of the year in which it is a member; those of joining and leaving count whole.
    public let monthCount: Int

    /// Refuses (`monthCountOutOfRange`) what is not 0 to 12 months.
    public init(
        rate: MicroEuro, inhabitants: [Quantity], monthCount: Int = 12
    ) throws(SettlementRefusal) {
        guard (0...12).contains(monthCount) else { throw .monthCountOutOfRange(monthCount) }
        var sum: Int128 = 0
        for figure in inhabitants { sum += Int128(figure.value) }
        guard let total = Int64(exactly: sum) else { throw .amountOutOfRange(what: "the sum of inhabitants") }
        self.rate = rate
        self.inhabitants = try Quantity(total)
        self.monthCount = monthCount
    }

    /// rate x inhabitants x months / 12, rounded once.
    public func amount() throws(SettlementRefusal) -> Cents { try amount(months: monthCount) }

    /// Instalment 1 to `count` of the rounded amount; all of them sum to it.
    public func instalment(_ instalment: Int, of count: Int) throws(SettlementRefusal) -> Cents {
        guard (1...Limits.instalmentCount).contains(count), (1...count).contains(instalment) else {
            throw .instalmentOutOfRange(instalment, count: count)
        }
        return try through(instalment, of: count).subtracting(try through(instalment - 1, of: count))
    }

    /// The one line that corrects instalments 1 to `billed` of `count`, which were billed on earlier figures.
    public func correction(
        of earlier: Contribution, through billed: Int, of count: Int
    ) throws(SettlementRefusal) -> Cents {
        guard (1...Limits.instalmentCount).contains(count), (1...count).contains(billed) else {
            throw .instalmentOutOfRange(billed, count: count)
        }
        return try through(billed, of: count).subtracting(try earlier.through(billed, of: count))
    }

    /// What leaving costs where a decision asks so much: never more than the exit cap.
    public func exitCharge(asked: Cents) throws(SettlementRefusal) -> Cents { min(asked, try exitCap()) }

    /// The sum of instalments 1 to `instalment` of `count`; 0 of them are nothing.
    func through(_ instalment: Int, of count: Int) throws(SettlementRefusal) -> Cents {
        try Rounding.cents(Int128(try amount().value) * Int128(instalment), over: Int128(count), "an instalment")
    }

    /// The most that leaving may cost: twelve months of the exit year, never pro rata, apart from that year's
    /// own contribution.
    public func exitCap() throws(SettlementRefusal) -> Cents { try amount(months: 12) }

    private func amount(months: Int) throws(SettlementRefusal) -> Cents {
        let product = Int128(rate.value) * Int128(inhabitants.value)
        let (scaled, overflow) = product.multipliedReportingOverflow(by: Int128(months))
        guard !overflow else { throw .amountOutOfRange(what: "the contribution") }
        return try Rounding.cents(scaled, over: 12 * Int128(MicroEuro.perCent), "the contribution")
    }

    /// Months of `year` in which a member with these dates takes part, the first and last one whole.
    public static func months(
        ofYear year: Int, joined: CivilDate, left: CivilDate?
    ) -> ClosedRange<CivilMonth>? {
        guard let january = CivilMonth(year: year, month: 1), let december = CivilMonth(year: year, month: 12)
        else { return nil }
        let first = max(january, joined.month)
        let last = left.map { min(december, $0.month) } ?? december
        return first <= last ? first...last : nil
    }
}
