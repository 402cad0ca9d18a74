// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Settlement

// Figures, divided costs and lines by decision, as the rules in force have them.
// Spec: Protocol/settlement-input.md §2.
extension SettlementInput {
    /// Figures that are final; others bill nothing.
    static func inhabitants(_ rules: RulesInForce) throws(SettlementRefusal) -> [InhabitantsFigure] {
        var made: [InhabitantsFigure] = []
        for row in rules.inhabitants where row.isFinal {
            made.append(InhabitantsFigure(
                PartyID(row.member), municipality: row.code, year: row.year, count: try Quantity(row.count),
                knownFrom: row.knownFrom))
        }
        return made
    }

    /// The divided costs; the figures are those of this input.
    func costSharings(
        _ rules: RulesInForce, _ origins: RuleOrigins, _ vat: inout VATTable
    ) throws(SettlementRefusal) -> [CostSharing] {
        var made: [CostSharing] = []
        for row in rules.costSharings {
            guard let first = row.participants.map(\.since).min() else { continue }
            let decision = try origins.origin(of: row)
            var missing: [MissingWeight] = []
            var participants: [Participant] = []
            for participant in row.participants {
                let party = PartyID(participant.member)
                let figures = inhabitants.filter { $0.party == party && $0.year == row.keyYear }
                if figures.isEmpty { missing.append(MissingWeight(participant.since, party, year: row.keyYear)) }
                participants.append(Participant(
                    party, joined: participant.since.firstDay,
                    weight: try Contribution(rate: .zero, inhabitants: figures.map(\.count)).inhabitants.value))
            }
            let joins = try joins(row, after: first, &missing)
            made.append(CostSharing(
                decision: decision, application: try ApplicationID(row.application.description),
                cost: Cents(row.totalCents), firstMonth: first, participants: participants,
                opening: row.charged.map { Share(PartyID($0.member), Cents($0.cents)) }, changes: joins,
                missing: missing))
            vat.set(
                try Self.treatment(row.vatCategory, row.vatRateBasisPoints), for: .developmentShare, leg: .memberPays,
                origin: decision)
        }
        return made
    }

    /// What the rows of terms make of each month of joining after the first charge.
    private func joins(
        _ row: Genesis.CostSharing, after first: CivilMonth, _ missing: inout [MissingWeight]
    ) throws(SettlementRefusal) -> [DatedCostSharingChange] {
        var made: [DatedCostSharingChange] = []
        for month in Set(row.participants.map(\.since)).sorted() where month > first {
            guard let terms = row.terms.last(where: { $0.firstMonth <= month }) else { continue }
            let weights = terms.isKeyOfJoining ? try weights(row, in: month, &missing) : nil
            let age = month.monthNumber - first.monthNumber
            let index = try terms.index.map { index throws(SettlementRefusal) in
                try Indexation(now: index.now, original: index.original)
            }
            let depreciation = try terms.lifeMonths.map { life throws(SettlementRefusal) in
                try Depreciation(elapsedMonths: Int64(age), lifeMonths: life)
            }
            made.append(DatedCostSharingChange(month, .terms(JoinTerms(
                cost: terms.totalCents.map { Cents($0) }, weights: weights, indexation: index ?? .none,
                depreciation: depreciation ?? .none))))
        }
        return made
    }

    /// Everybody in the key of a month, by the figures that bill that month's contribution.
    private func weights(
        _ row: Genesis.CostSharing, in month: CivilMonth, _ missing: inout [MissingWeight]
    ) throws(SettlementRefusal) -> [Weight] {
        var weights: [Weight] = []
        for participant in row.participants where participant.since <= month {
            let party = PartyID(participant.member)
            do throws(SettlementRefusal) {
                let figures = try inhabitants(of: party, in: month.year, knownBy: month)
                weights.append(Weight(
                    party, try Contribution(rate: .zero, inhabitants: figures.map(\.count)).inhabitants.value))
            } catch {
                guard case .inhabitantsMissing(_, _, let year) = error else { throw error }
                missing.append(MissingWeight(month, party, year: year))
                weights.append(Weight(party, 0))
            }
        }
        return weights
    }

    /// Lines by decision, each under the decision that set it.
    static func charges(_ rules: RulesInForce, _ vat: inout VATTable) throws(SettlementRefusal) -> [DecidedCharge] {
        var made: [DecidedCharge] = []
        for row in rules.lines {
            let line = row.line
            let decision = try DecisionID(row.decision.text(digits: 64))
            let kind = kind(line.kind)
            let leg: Leg = line.isPaidOut ? .cooperativePays : .memberPays
            let application: ApplicationID?
            if let slug = line.application { application = try ApplicationID(slug.description) } else {
                application = nil
            }
            made.append(try DecidedCharge(
                decision: decision, kind: kind, leg: leg, month: row.month, settledIn: row.settledIn,
                total: Cents(line.totalCents), key: line.key.map { Weight(PartyID($0.member), $0.weight) },
                application: application, text: line.text))
            vat.set(try treatment(line.vatCategory, line.vatRateBasisPoints), for: kind, leg: leg, origin: decision)
        }
        return made
    }

    private static func kind(_ kind: DecidedLine.Kind) -> LineKind {
        switch kind {
        case .entranceFee: .entranceFee
        case .exitCharge: .exitCharge
        case .fixedSplit: .fixedSplit
        case .decided: .decided
        case .advance: .advance
        }
    }
}
