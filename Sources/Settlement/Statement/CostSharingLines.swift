// SPDX-License-Identifier: EUPL-1.2
import Journal

/// What falls in a month of one development cost, and the key behind it, for all who share it.
struct MonthSharing: Sendable {
    let sharing: CostSharing
    /// By who pays or gets back, each in the order of the places.
    let charges: [PartyID: [PlaceCharge]]
    /// What each place is allocated under the key.
    let allocated: [PartyID: Cents]
    /// The cost, then every place of the key.
    let steps: [ExplanationStep]
    /// Why nothing can be divided; it stops those alone whom the cost concerns.
    var refusal: SettlementRefusal?
}

extension SettlementInput {
    /// The development costs of which something falls in a month, in order of application and decision.
    func sharings(in month: CivilMonth) -> [MonthSharing] {
        costSharings.sorted { ($0.application, $0.decision) < ($1.application, $1.decision) }.compactMap { sharing in
            do throws(SettlementRefusal) { return try Self.division(of: sharing, in: month) } catch {
                return MonthSharing(sharing: sharing, charges: [:], allocated: [:], steps: [], refusal: error)
            }
        }
    }

    /// `nil` where nothing falls in the month.
    private static func division(
        of sharing: CostSharing, in month: CivilMonth
    ) throws(SettlementRefusal) -> MonthSharing? {
        let (key, charges) = try sharing.run(through: month)
        let due = charges.filter { $0.amount != .zero }
        guard !due.isEmpty else { return nil }
        let joined = Dictionary(sharing.participants.map { ($0.party, $0.joined) }) { first, _ in first }
        let weights = key.weights.map { place in
            ExplanationStep.weight(place.party, joined: joined[place.party] ?? sharing.firstMonth.firstDay, place.value)
        }
        return MonthSharing(
            sharing: sharing, charges: Dictionary(grouping: due, by: \.holder),
            allocated: Dictionary(try key.standing().map { ($0.party, $0.amount) }) { first, _ in first },
            steps: [.developmentCost(sharing.decision, sharing.cost)] + weights)
    }

    /// What the party pays or gets back because somebody joined this month, for each place that it holds; a charge of
    /// zero is no line. Spec: Protocol/settlement.md §5.
    func costSharingLines(
        of party: PartyID, _ month: MonthSharing, in current: CivilMonth
    ) throws(SettlementRefusal) -> [StatementLine] {
        var lines: [StatementLine] = []
        let sharing = month.sharing
        if let refusal = month.refusal, sharing.concerns(party) { throw refusal }
        for due in month.charges[party] ?? [] {
            let treatment = try vat.treatment(of: .developmentShare, leg: .memberPays, origin: sharing.decision)
            let allocated = month.allocated[due.place] ?? .zero
            let closing: [ExplanationStep] = [
                .allocated(allocated), .alreadyCharged(try allocated.subtracting(due.amount)), .amount(due.amount),
                .vat(treatment.category, treatment.rate),
            ]
            lines.append(StatementLine(
                id: "K-\(current)/\(sharing.application)/\(sharing.decision)/\(due.place)", leg: .memberPays,
                kind: .developmentShare, cell: nil, application: sharing.application, quantity: nil,
                price: nil, amount: due.amount, vat: treatment, steps: month.steps + closing))
        }
        return lines
    }
}
