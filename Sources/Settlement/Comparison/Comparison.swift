// SPDX-License-Identifier: EUPL-1.2

/// Puts the two counts of a cell beside each other. Spec: Protocol/settlement.md §8.
public struct Comparison: Hashable, Sendable {
    /// The terms that hold.
    public let terms: SettlementTerms

    /// Compares under these terms, by default those of the founding.
    public init(terms: SettlementTerms = SettlementTerms()) { self.terms = terms }

    /// The outcome of one cell. `tolerated` is what this application and pair had tolerated earlier in the
    /// calendar year. Refuses a negative net count and a cell that neither side stated.
    public func outcome(
        of cell: Cell, standing: CellStanding, tariff: Tariff?, tolerated: Cents = .zero
    ) throws(SettlementRefusal) -> CellOutcome {
        try Self.check(cell)
        let (key, counts) = (cell.key, cell.counts)
        if key.provider == key.consumer { return CellOutcome(cell, .ownUse) }
        guard standing.providerIsParty, standing.consumerIsParty || standing.consumerIsCustomer else {
            return CellOutcome(cell, .notAParty)
        }
        guard let tariff else { return CellOutcome(cell, .noTariff) }
        if !standing.consumerIsParty {
            return try billed(cell, .singleSided, tariff, quantity: counts.provider)
        }
        if standing.mode == .confirmed, counts.consumer == nil, counts.isSigned, let count = counts.provider {
            return try billed(cell, .matched, tariff, quantity: count)
        }
        guard let provider = counts.provider else { return CellOutcome(cell, .consumerOnly, tariff: tariff) }
        guard let consumer = counts.consumer else { return CellOutcome(cell, .providerOnly, tariff: tariff) }
        guard provider != consumer else {
            let contentDiffers = standing.mode == .twoSided && counts.sameContent == false
            return try billed(cell, .matched, tariff, quantity: provider, contentDiffers: contentDiffers)
        }
        return try unequal(
            cell, tariff, low: min(provider, consumer), high: max(provider, consumer), tolerated: tolerated)
    }

    private static func check(_ cell: Cell) throws(SettlementRefusal) {
        if let count = cell.counts.provider, count < 0 { throw .negativeNetCount(cell.key, side: .provider) }
        if let count = cell.counts.consumer, count < 0 { throw .negativeNetCount(cell.key, side: .consumer) }
        guard cell.counts.provider != nil || cell.counts.consumer != nil else { throw .nothingStated(cell.key) }
    }

    private func billed(
        _ cell: Cell, _ state: CellState, _ tariff: Tariff, quantity: Int64?, contentDiffers: Bool = false
    ) throws(SettlementRefusal) -> CellOutcome {
        guard let quantity else { return CellOutcome(cell, state, tariff: tariff) }
        let billed = try Quantity(quantity)
        let isSingle = state == .singleSided
        return CellOutcome(
            cell, state, tariff: tariff, billed: billed,
            billedAmount: try Rating.amount(of: billed, at: tariff.prices),
            difference: isSingle ? nil : .zero, differenceAmount: isSingle ? nil : .zero,
            contentDiffers: contentDiffers)
    }

    private func unequal(
        _ cell: Cell, _ tariff: Tariff, low: Int64, high: Int64, tolerated: Cents
    ) throws(SettlementRefusal) -> CellOutcome {
        let billed = try Quantity(low)
        let ratedLow = try Rating.amount(of: billed, at: tariff.prices)
        let ratedHigh = try Rating.amount(of: Quantity(high), at: tariff.prices)
        let apart = try ratedHigh.subtracting(ratedLow)
        let dispute = try disputeReason(
            low: low, high: high, ratedLow: ratedLow, ratedHigh: ratedHigh, tolerated: tolerated)
        return CellOutcome(
            cell, dispute == nil ? .withinTolerance : .differs, tariff: tariff, billed: billed,
            billedAmount: ratedLow, difference: try Quantity(high - low), differenceAmount: apart,
            dispute: dispute)
    }

    /// The first rule that forbids tolerance; nil when the difference is tolerated.
    private func disputeReason(
        low: Int64, high: Int64, ratedLow: Cents, ratedHigh: Cents, tolerated: Cents
    ) throws(SettlementRefusal) -> DisputeReason? {
        if low == 0 { return .statedZero }
        let units = high - low
        guard ratedHigh != .zero else {
            return terms.toleratedPart.covers(units, of: low) ? nil : .aboveTolerance
        }
        let apart = try ratedHigh.subtracting(ratedLow)
        if apart >= terms.quantityPartLimitFrom, !terms.quantityPartLimit.covers(units, of: low) {
            return .aboveQuantityPart
        }
        guard apart <= terms.toleratedAmount || terms.toleratedPart.covers(apart.value, of: ratedLow.value) else {
            return .aboveTolerance
        }
        guard try tolerated.adding(apart) <= terms.toleratedYearAmount else { return .aboveYearAmount }
        return nil
    }
}

extension CellOutcome {
    init(
        _ cell: Cell, _ state: CellState, tariff: Tariff? = nil, billed: Quantity? = nil,
        billedAmount: Cents? = nil, difference: Quantity? = nil, differenceAmount: Cents? = nil,
        dispute: DisputeReason? = nil, contentDiffers: Bool = false
    ) {
        self.cell = cell
        self.state = state
        self.tariff = tariff
        self.billed = billed
        self.billedAmount = billedAmount
        self.difference = difference
        self.differenceAmount = differenceAmount
        self.dispute = dispute
        self.contentDiffers = contentDiffers
    }
}
