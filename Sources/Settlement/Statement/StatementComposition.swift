// SPDX-License-Identifier: EUPL-1.2
public import Journal

extension SettlementInput {
    /// The statement of a member or customer and month. Refuses an unknown party and whatever stands in the
    /// way of an amount; nothing is left out silently. Spec: Protocol/settlement.md §11.
    public func statement(of party: PartyID, in month: CivilMonth) throws(SettlementRefusal) -> StatementOfAccount {
        let funded = Set(tariffs.tariffs.filter { $0.funding?.funder == party }.map(\.application))
        let year = try comparedYear(through: month) { key in
            key.provider == party || key.consumer == party || funded.contains(key.application)
        }
        return try MonthAccounts(self, in: month, of: year).statement(of: party)
    }
}

extension StatementOfAccount {
    init(
        _ party: PartyID, _ month: CivilMonth, _ cells: [CellOutcome], _ lines: [StatementLine]
    ) throws(SettlementRefusal) {
        let partial = Set(cells.filter { $0.state == .differs }.map(\.cell.key))
        var documents: [DocumentProposal] = []
        var totals: [LegTotal] = []
        for leg in Leg.allCases {
            let own = lines.filter { $0.leg == leg }
            var inLeg: [DocumentProposal] = []
            for positions in VATSubtotal.documents(own.map(\.vat)) {
                inLeg.append(try DocumentProposal(
                    leg, number: inLeg.count + 1, positions.map { own[$0] }, partial: partial))
            }
            documents += inLeg
            totals.append(LegTotal(
                leg: leg, net: try Cents.sum(inLeg.map(\.net)), vatAmount: try Cents.sum(inLeg.map(\.vatAmount)),
                gross: try Cents.sum(inLeg.map(\.gross))))
        }
        let disputed = cells.filter { $0.state == .differs }
        self.init(
            party: party, month: month, cells: cells, lines: lines, documents: documents, totals: totals,
            disputedPayable: try Cents.sum(
                disputed.filter { $0.cell.key.consumer == party }.compactMap(\.differenceAmount)),
            disputedReceivable: try Cents.sum(
                disputed.filter { $0.cell.key.provider == party }.compactMap(\.differenceAmount)))
    }
}

extension DocumentProposal {
    init(
        _ leg: Leg, number: Int, _ lines: [StatementLine], partial: Set<CellKey>
    ) throws(SettlementRefusal) {
        let vat = try VATSubtotal.subtotals(of: lines.map { ($0.amount, $0.vat) })
        let net = try Cents.sum(vat.map(\.taxable))
        let vatAmount = try Cents.sum(vat.map(\.amount))
        self.init(
            leg: leg, number: number, exemptionReason: lines.lazy.compactMap(\.vat.exemptionReason).first,
            lineIDs: lines.map(\.id), vat: vat, net: net, vatAmount: vatAmount, gross: try net.adding(vatAmount),
            isPart: lines.contains { $0.cell.map(partial.contains) ?? false },
            isIssued: lines.contains { $0.amount != .zero })
    }
}
