// SPDX-License-Identifier: EUPL-1.2
import Journal

extension StatementOfAccount {
    /// The documents of one leg that are issued, each still an unnumbered proposal named
    /// `P-MONTH/PARTY/LEG/NUMBER`. Zero documents are left out. Spec: Protocol/settlement-documents.md §4.
    public func billingDocuments(
        of leg: Leg, facts: DocumentFacts
    ) throws(BillingRefusal) -> [BillingDocument] {
        let partial = Set(cells.filter { $0.state == .differs }.map(\.cell.key))
        var documents: [BillingDocument] = []
        for proposal in self.documents where proposal.leg == leg && proposal.isIssued {
            let held = Set(proposal.lineIDs)
            let own = lines.filter { held.contains($0.id) }.map { line in
                BillingLine(line, month: month, isPart: line.cell.map(partial.contains) ?? false)
            }
            documents.append(try BillingDocument(
                number: .proposal("P-\(month)/\(party)/\(leg.rawValue)/\(proposal.number)"), leg: leg, facts: facts,
                lines: own))
        }
        return documents
    }
}

extension SettlementInput {
    /// The lines of one compared cell for a party in a leg, as they stand on a document: what a correction bills anew,
    /// minus all documents of the cell. Spec: Protocol/settlement-cells.md §6.
    public func billingLines(
        of outcome: CellOutcome, party: PartyID, leg: Leg
    ) throws(SettlementRefusal) -> [BillingLine] {
        try usageLines(of: outcome, party: party, leg: leg).map { line in
            BillingLine(line, month: outcome.cell.key.month, isPart: outcome.state == .differs)
        }
    }
}

extension BillingLine {
    /// A line of a statement as it stands on a document; usage is for the month of the cell, the rest for the
    /// statement's month.
    init(_ line: StatementLine, month: CivilMonth, isPart: Bool) {
        var (tier, decision): (Int?, DecisionID?) = (nil, nil)
        for step in line.steps {
            switch step {
            case .tier(let number, _, _, _, _): tier = number
            case .tariff(let origin, _, _), .contributionRate(let origin, _), .developmentCost(let origin, _),
                 .decided(let origin, _): decision = origin
            default: break
            }
        }
        self.init(
            id: line.id, kind: line.kind, cell: line.cell, tier: tier, application: line.application,
            decision: decision, text: line.text, units: line.quantity?.value, price: line.price,
            amount: line.amount, vat: line.vat, serviceMonth: line.cell?.month ?? month, isPart: isPart)
    }
}
