// SPDX-License-Identifier: EUPL-1.2
import Journal

extension SettlementInput {
    /// What the party pays or gets back because somebody joined this month, for each place that it holds; a charge of
    /// zero is no line. Spec: Protocol/settlement.md §5.
    func costSharingLines(of party: PartyID, in month: CivilMonth) throws(SettlementRefusal) -> [StatementLine] {
        var lines: [StatementLine] = []
        let ordered = costSharings.sorted { ($0.application, $0.decision) < ($1.application, $1.decision) }
        for sharing in ordered {
            let (key, charges) = try sharing.run(through: month)
            for due in charges where due.holder == party && due.amount != .zero {
                let treatment = try vat.treatment(
                    of: .developmentShare, leg: .memberPays, origin: sharing.decision)
                lines.append(StatementLine(
                    id: "K-\(month)/\(sharing.application)/\(sharing.decision)/\(due.place)", leg: .memberPays,
                    kind: .developmentShare, cell: nil, application: sharing.application, quantity: nil,
                    price: nil, amount: due.amount, vat: treatment,
                    steps: try Self.steps(sharing, key, due) + [.vat(treatment.category, treatment.rate)]))
            }
        }
        return lines
    }

    private static func steps(
        _ sharing: CostSharing, _ key: DevelopmentKey, _ due: PlaceCharge
    ) throws(SettlementRefusal) -> [ExplanationStep] {
        let allocated = try key.standing().first { $0.party == due.place }?.amount ?? .zero
        let joined = Dictionary(sharing.participants.map { ($0.party, $0.joined) }) { first, _ in first }
        return [.developmentCost(sharing.decision, sharing.cost)]
            + key.weights.map { .weight($0.party, joined: joined[$0.party] ?? sharing.firstMonth.firstDay, $0.value) }
            + [
                .allocated(allocated),
                .alreadyCharged(try allocated.subtracting(due.amount)),
                .amount(due.amount),
            ]
    }
}
