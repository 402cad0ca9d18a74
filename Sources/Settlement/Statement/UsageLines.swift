// SPDX-License-Identifier: EUPL-1.2

extension SettlementInput {
    /// The lines of one cell in one leg: a line for each tier; where a funder pays, its lines beside those of
    /// zero. The cooperative pays the provider the same lines. Spec: Protocol/settlement.md §11.2.
    func usageLines(
        of outcome: CellOutcome, party: PartyID, leg: Leg
    ) throws(SettlementRefusal) -> [StatementLine] {
        guard let billed = outcome.billed, let tariff = outcome.tariff else { return [] }
        let payer = leg == .memberPays ? outcome.cell.key.consumer : outcome.cell.key.provider
        var lines: [StatementLine] = []
        if payer == party {
            lines += try tierLines(outcome, tariff, billed, tariff.prices, kind: .transactionFee, leg: leg)
        }
        guard let funding = tariff.funding else { return lines }
        let bearer = leg == .memberPays ? funding.funder : outcome.cell.key.provider
        if bearer == party {
            lines += try tierLines(outcome, tariff, billed, funding.prices, kind: .funding, leg: leg)
        }
        return lines
    }

    private func tierLines(
        _ outcome: CellOutcome, _ tariff: Tariff, _ billed: Quantity, _ prices: PriceList, kind: LineKind, leg: Leg
    ) throws(SettlementRefusal) -> [StatementLine] {
        let key = outcome.cell.key
        let treatment = try vat.treatment(of: kind, leg: leg, origin: tariff.decision)
        let name = "\(leg == .memberPays ? "V" : "U")-\(key.month)/\(key.application)/\(key.provider)"
            + "/\(key.consumer)/\(key.tariffClass)"
        var lines: [StatementLine] = []
        var above: Int64 = 0
        for rated in try Rating.lines(of: billed, at: prices) {
            let upTo = prices.tiers[rated.tier - 1].upTo?.value
            let tier = ExplanationStep.tier(
                rated.tier, above: above, upTo: upTo, quantity: rated.quantity, price: rated.price)
            lines.append(StatementLine(
                id: "\(name)/\(rated.tier)\(kind == .funding ? "/funding" : "")", leg: leg, kind: kind, cell: key,
                application: key.application, quantity: rated.quantity, price: rated.price, amount: rated.amount,
                vat: treatment,
                steps: Self.steps(outcome, tariff, billed, kind) + [tier] + Self.closing(rated, treatment)))
            above = upTo ?? above
        }
        return lines
    }

    private static func steps(
        _ outcome: CellOutcome, _ tariff: Tariff, _ billed: Quantity, _ kind: LineKind
    ) -> [ExplanationStep] {
        let (key, counts) = (outcome.cell.key, outcome.cell.counts)
        var steps: [ExplanationStep] = [
            .counted(.provider, by: key.provider, net: counts.provider),
            .counted(.consumer, by: key.consumer, net: counts.consumer),
            .compared(outcome.state, outcome.dispute),
            .billed(billed),
            .tariff(tariff.decision, from: tariff.firstMonth, through: tariff.lastMonth),
        ]
        if kind == .funding, let funding = tariff.funding { steps.append(.funder(funding.funder)) }
        return steps
    }

    private static func closing(_ rated: RatedTier, _ treatment: VATTreatment) -> [ExplanationStep] {
        [
            .exact(
                numerator: Int128(rated.quantity.value) * Int128(rated.price.value),
                denominator: Int128(MicroEuro.perCent)),
            .amount(rated.amount),
            .vat(treatment.category, treatment.rate),
        ]
    }
}
