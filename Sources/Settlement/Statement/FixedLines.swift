// SPDX-License-Identifier: EUPL-1.2
import Journal

extension SettlementInput {
    /// This month's instalment of the year's contribution; empty for who is no member in it or where no rate
    /// holds. Spec: Protocol/settlement.md §6.
    func contributionLines(of party: PartyID, in month: CivilMonth) throws(SettlementRefusal) -> [StatementLine] {
        guard let member = members.first(where: { $0.id == party }),
              let rate = try contributionRate(in: month.year),
              let months = Contribution.months(ofYear: month.year, joined: member.joined, left: member.left),
              months.contains(month)
        else { return [] }
        let figures = try inhabitants(of: party, in: month.year)
        let count = Int(months.upperBound.monthNumber - months.lowerBound.monthNumber) + 1
        let instalment = Int(month.monthNumber - months.lowerBound.monthNumber) + 1
        let contribution = try Contribution(rate: rate.rate, inhabitants: figures.map(\.count), monthCount: count)
        let amount = try contribution.instalment(instalment, of: count)
        let treatment = try vat.treatment(of: .contribution, leg: .memberPays, origin: rate.decision)
        let year = try contribution.amount()
        let steps: [ExplanationStep] = figures.map {
            .inhabitants(municipality: $0.municipality, year: $0.year, count: $0.count)
        } + [
            .contributionRate(rate.decision, rate.rate),
            .months(first: months.lowerBound, last: months.upperBound),
            .yearAmount(year),
            .instalment(instalment, of: count),
            .amount(amount),
            .vat(treatment.category, treatment.rate),
        ]
        return [StatementLine(
            id: "C-\(month)/\(party)", leg: .memberPays, kind: .contribution, cell: nil, application: nil,
            quantity: nil, price: nil, amount: amount, vat: treatment, steps: steps)]
    }

    /// What the party pays or gets back because somebody joined this month; a charge of zero is no line.
    /// Spec: Protocol/settlement.md §5.
    func costSharingLines(of party: PartyID, in month: CivilMonth) throws(SettlementRefusal) -> [StatementLine] {
        var lines: [StatementLine] = []
        let ordered = costSharings.sorted { ($0.application, $0.decision) < ($1.application, $1.decision) }
        for sharing in ordered {
            let due = try sharing.charges(in: month).first { $0.party == party }
            guard let due, due.amount != .zero else { continue }
            let treatment = try vat.treatment(
                of: .developmentShare, leg: .memberPays, origin: sharing.decision)
            lines.append(StatementLine(
                id: "K-\(month)/\(sharing.application)/\(sharing.decision)/\(party)", leg: .memberPays,
                kind: .developmentShare, cell: nil, application: sharing.application, quantity: nil, price: nil,
                amount: due.amount, vat: treatment,
                steps: try Self.steps(sharing, due, month) + [.vat(treatment.category, treatment.rate)]))
        }
        return lines
    }

    private static func steps(
        _ sharing: CostSharing, _ due: Share, _ month: CivilMonth
    ) throws(SettlementRefusal) -> [ExplanationStep] {
        let allocated = try sharing.charged(through: month).first { $0.party == due.party }?.amount ?? .zero
        let key = sharing.participants.filter { $0.joined <= month.lastDay }.sorted { $0.party < $1.party }
        return [.developmentCost(sharing.decision, sharing.cost)]
            + key.map { .weight($0.party, joined: $0.joined, $0.weight) }
            + [
                .allocated(allocated),
                .alreadyCharged(try allocated.subtracting(due.amount)),
                .amount(due.amount),
            ]
    }

    private func contributionRate(in year: Int) throws(SettlementRefusal) -> ContributionRate? {
        let ordered = contributions.sorted { ($0.firstYear, $0.decision) < ($1.firstYear, $1.decision) }
        for (first, second) in zip(ordered, ordered.dropFirst()) where first.firstYear == second.firstYear {
            throw .contributionsOverlap(first: first.decision, second: second.decision, year: first.firstYear)
        }
        return ordered.last { $0.firstYear <= year }
    }

    // The year's figures, all of last year's until there are any.
    private func inhabitants(of party: PartyID, in year: Int) throws(SettlementRefusal) -> [InhabitantsFigure] {
        for candidate in [year, year - 1] {
            let figures = inhabitants.filter { $0.party == party && $0.year == candidate }
                .sorted { $0.municipality.utf8.lexicographicallyPrecedes($1.municipality.utf8) }
            if !figures.isEmpty { return figures }
        }
        throw .inhabitantsMissing(party, year: year)
    }
}
