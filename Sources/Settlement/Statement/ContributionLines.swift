// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// A member's contribution of one calendar year: rate, months, and in how many instalments it is paid.
struct ContributionYear {
    let rate: ContributionRate
    let months: ClosedRange<CivilMonth>

    /// Months in it, and so instalments.
    var count: Int { number(of: months.upperBound) }

    /// Which instalment a month is.
    func number(of month: CivilMonth) -> Int { Int(month.monthNumber - months.lowerBound.monthNumber) + 1 }

    func contribution(_ figures: [InhabitantsFigure]) throws(SettlementRefusal) -> Contribution {
        try Contribution(rate: rate.rate, inhabitants: figures.map(\.count), monthCount: count)
    }
}

extension SettlementInput {
    /// This month's instalment of the year's contribution; empty for who is no member in it or where no rate
    /// holds. Spec: Protocol/settlement.md §6.
    func contributionLines(of party: PartyID, in month: CivilMonth) throws(SettlementRefusal) -> [StatementLine] {
        guard let year = try contributionYear(of: party, month.year), year.months.contains(month) else { return [] }
        let figures = try inhabitants(of: party, in: month.year, knownBy: month)
        let contribution = try year.contribution(figures)
        let number = year.number(of: month)
        let amount = try contribution.instalment(number, of: year.count)
        let treatment = try vat.treatment(of: .contribution, leg: .memberPays, origin: year.rate.decision)
        let steps = Self.steps(figures, year) + [
            .yearAmount(try contribution.amount()),
            .instalment(number, of: year.count),
            .amount(amount),
            .vat(treatment.category, treatment.rate),
        ]
        return [Self.line("C-\(month)/\(party)", .contribution, amount, treatment, steps)]
    }

    /// One line where this month's final figures replace last year's: what they make of the months already billed, less
    /// what these were billed. Spec: Protocol/settlement.md §6.
    func contributionCorrections(
        of party: PartyID, in month: CivilMonth
    ) throws(SettlementRefusal) -> [StatementLine] {
        var lines: [StatementLine] = []
        for calendarYear in [month.year - 1, month.year] {
            let final = figures(of: party, in: calendarYear)
            let earlier = figures(of: party, in: calendarYear - 1)
            guard !earlier.isEmpty, Self.missing(in: final, of: earlier) == nil,
                  final.compactMap(\.knownFrom).max() == month,
                  let year = try contributionYear(of: party, calendarYear), year.months.lowerBound < month,
                  let before = month.adding(months: -1)
            else { continue }
            let billed = year.number(of: min(before, year.months.upperBound))
            let contribution = try year.contribution(final)
            let due = try contribution.through(billed, of: year.count)
            let amount = try contribution.correction(
                of: try year.contribution(earlier), through: billed, of: year.count)
            guard amount != .zero else { continue }
            let treatment = try vat.treatment(of: .contribution, leg: .memberPays, origin: year.rate.decision)
            let steps = Self.steps(final, year) + [
                .yearAmount(try contribution.amount()), .instalment(billed, of: year.count), .allocated(due),
                .alreadyCharged(try due.subtracting(amount)), .amount(amount), .vat(treatment.category, treatment.rate),
            ]
            lines.append(Self.line(
                "C-\(month)/\(party)/\(calendarYear)", .contributionCorrection, amount, treatment, steps))
        }
        return lines
    }

    private func contributionYear(of party: PartyID, _ year: Int) throws(SettlementRefusal) -> ContributionYear? {
        guard let member = members.first(where: { $0.id == party }), let rate = try contributionRate(in: year),
              let months = Contribution.months(ofYear: year, joined: member.joined, left: member.left)
        else { return nil }
        return ContributionYear(rate: rate, months: months)
    }

    private static func steps(_ figures: [InhabitantsFigure], _ year: ContributionYear) -> [ExplanationStep] {
        figures.map { .inhabitants(municipality: $0.municipality, year: $0.year, count: $0.count) } + [
            .contributionRate(year.rate.decision, year.rate.rate),
            .months(first: year.months.lowerBound, last: year.months.upperBound),
        ]
    }

    private static func line(
        _ id: String, _ kind: LineKind, _ amount: Cents, _ treatment: VATTreatment, _ steps: [ExplanationStep]
    ) -> StatementLine {
        StatementLine(
            id: id, leg: .memberPays, kind: kind, cell: nil, application: nil, quantity: nil, price: nil,
            amount: amount, vat: treatment, steps: steps)
    }

    func contributionRate(in year: Int) throws(SettlementRefusal) -> ContributionRate? {
        let ordered = contributions.sorted { ($0.firstYear, $0.decision) < ($1.firstYear, $1.decision) }
        for (first, second) in zip(ordered, ordered.dropFirst()) where first.firstYear == second.firstYear {
            throw .contributionsOverlap(first: first.decision, second: second.decision, year: first.firstYear)
        }
        return ordered.last { $0.firstYear <= year }
    }

    /// The year's figures once the last of them is known and none of last year's municipalities lacks one, until then
    /// all of last year's. Who has none of last year is billed on the year's from its beginning.
    public func inhabitants(
        of party: PartyID, in year: Int, knownBy month: CivilMonth
    ) throws(SettlementRefusal) -> [InhabitantsFigure] {
        let (own, before) = (figures(of: party, in: year), figures(of: party, in: year - 1))
        let isWhole = !own.isEmpty && Self.missing(in: own, of: before) == nil
        if isWhole, before.isEmpty || own.allSatisfy({ $0.knownFrom.map { $0 <= month } ?? true }) { return own }
        guard !before.isEmpty else { throw .inhabitantsMissing(party, municipality: nil, year: year) }
        if let gap = Self.missing(in: before, of: figures(of: party, in: year - 2)) {
            throw .inhabitantsMissing(party, municipality: gap, year: year - 1)
        }
        return before
    }

    /// The first municipality of a year before that has no figure in the later one.
    private static func missing(in figures: [InhabitantsFigure], of earlier: [InhabitantsFigure]) -> String? {
        earlier.map(\.municipality).first { known in !figures.contains { $0.municipality == known } }
    }

    private func figures(of party: PartyID, in year: Int) -> [InhabitantsFigure] {
        inhabitants.filter { $0.party == party && $0.year == year }
            .sorted { $0.municipality.utf8.lexicographicallyPrecedes($1.municipality.utf8) }
    }
}
