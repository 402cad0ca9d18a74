// SPDX-License-Identifier: EUPL-1.2
import Journal

extension SettlementInput {
    /// The lines by decision of one leg and month, in the order of decision, kind and month of charging; an advance
    /// that is carried back is a negative line in its own VAT category. A share of zero is no line.
    /// Spec: Protocol/settlement.md §15.
    func decidedLines(
        of party: PartyID, in month: CivilMonth, leg: Leg
    ) throws(SettlementRefusal) -> [StatementLine] {
        let due = charges.filter { $0.leg == leg && ($0.month == month || $0.settledIn == month) }
            .sorted { ($0.decision, $0.kind.rawValue, $0.month) < ($1.decision, $1.kind.rawValue, $1.month) }
        var lines: [StatementLine] = []
        for charge in due {
            guard let share = try charge.shares().first(where: { $0.party == party }) else { continue }
            let isBack = charge.month != month
            let amount = try isBack ? Cents.zero.subtracting(share.amount) : decided(charge, share, month)
            guard amount != .zero else { continue }
            // An advance is carried back in the category in which it was asked.
            let treatment = try vat.treatment(of: charge.kind, leg: leg, origin: charge.decision)
            lines.append(StatementLine(
                id: "B-\(month)/\(charge.decision)/\(party)/\(isBack ? LineKind.advanceSettlement : charge.kind)",
                leg: leg, kind: isBack ? .advanceSettlement : charge.kind, cell: nil,
                application: charge.application, quantity: nil, price: nil, amount: amount, vat: treatment,
                steps: [
                    .decided(charge.decision, charge.total), .amount(amount),
                    .vat(treatment.category, treatment.rate),
                ], text: charge.text))
        }
        return lines
    }

    /// Leaving costs at most one year's contribution, whatever a decision asks.
    private func decided(
        _ charge: DecidedCharge, _ share: Share, _ month: CivilMonth
    ) throws(SettlementRefusal) -> Cents {
        guard charge.kind == .exitCharge, let rate = try contributionRate(in: month.year) else { return share.amount }
        let figures = try inhabitants(of: share.party, in: month.year, knownBy: month)
        return try Contribution(rate: rate.rate, inhabitants: figures.map(\.count)).exitCharge(asked: share.amount)
    }
}

extension LineKind: CustomStringConvertible {
    /// As in data.
    public var description: String { rawValue }
}
