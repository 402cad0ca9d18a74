// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// What if: a change that nobody has decided. Spec: Protocol/settlement-reports.md §2.
public enum Scenario: Hashable, Sendable {
    /// A party starts using an application, so much a month.
    case join(ApplicationID, PartyID, on: CivilDate, weight: Int64, monthly: [MonthlyUse])
    /// A party stops using it; it stays in the key of its cost.
    case leave(ApplicationID, PartyID, on: CivilDate)
    /// A party's use of it becomes numerator / denominator of what it is.
    case scale(ApplicationID, PartyID, numerator: Int64, denominator: Int64)
    /// A new member, with its inhabitants.
    case admit(BilledMember, InhabitantsFigure)
}

/// So many uses of a class at a provider in each month.
public struct MonthlyUse: Hashable, Sendable {
    /// Who hosts it.
    public let provider: PartyID
    /// The class.
    public let tariffClass: ClassID
    /// Uses a month.
    public let quantity: Quantity

    /// So many uses a month.
    public init(provider: PartyID, tariffClass: ClassID, quantity: Quantity) {
        self.provider = provider
        self.tariffClass = tariffClass
        self.quantity = quantity
    }
}

extension SettlementInput {
    /// The input as it would be. Refuses an application that is not there, a scale that is no ratio, and counts beyond
    /// 64 bits. Expected use counts as stated alike by both sides.
    public func applying(
        _ scenario: Scenario, in months: ClosedRange<CivilMonth>
    ) throws(SettlementRefusal) -> SettlementInput {
        var changed = self
        switch scenario {
        case .admit(let member, let figure):
            changed.members.append(member)
            changed.inhabitants.append(figure)
        case .join(let application, let party, let date, let weight, let monthly):
            try changed.replace(application) { $0.adding(Participation(party, joined: date)) }
            changed.costSharings = costSharings.map { sharing in
                sharing.application == application
                    ? sharing.adding(Participant(party, joined: date, weight: weight)) : sharing
            }
            for use in monthly { changed.expect(application, party, use, max(date.month, months.lowerBound), months) }
        case .leave(let application, let party, let date):
            try changed.replace(application) { $0.ending(party, on: date) }
            changed.cells.removeAll {
                $0.key.application == application && $0.key.consumer == party && $0.key.month > date.month
            }
        case .scale(let application, let party, let numerator, let denominator):
            guard numerator >= 0, denominator > 0 else {
                throw .indexMalformed(now: numerator, original: denominator)
            }
            guard applications.contains(where: { $0.id == application }) else { throw .unknownApplication(application) }
            changed.cells = []
            for cell in cells {
                let isScaled = cell.key.application == application && cell.key.consumer == party
                    && months.contains(cell.key.month)
                changed.cells.append(isScaled ? try cell.scaled(numerator, denominator) : cell)
            }
        }
        return changed
    }

    private mutating func replace(
        _ id: ApplicationID, _ change: (BilledApplication) -> BilledApplication
    ) throws(SettlementRefusal) {
        guard let index = applications.firstIndex(where: { $0.id == id }) else { throw .unknownApplication(id) }
        applications[index] = change(applications[index])
    }

    private mutating func expect(
        _ application: ApplicationID, _ party: PartyID, _ use: MonthlyUse, _ first: CivilMonth,
        _ months: ClosedRange<CivilMonth>
    ) {
        var month: CivilMonth? = first
        while let current = month, current <= months.upperBound {
            let key = CellKey(
                application: application, provider: use.provider, consumer: party, tariffClass: use.tariffClass,
                month: current)
            cells.removeAll { $0.key == key }
            cells.append(Cell(key, CellCounts(provider: use.quantity.value, consumer: use.quantity.value)))
            month = current.adding(months: 1)
        }
    }
}

extension BilledApplication {
    fileprivate func adding(_ participation: Participation) -> BilledApplication {
        with(participants + [participation])
    }

    fileprivate func ending(_ party: PartyID, on date: CivilDate) -> BilledApplication {
        with(participants.map { participant in
            participant.party == party && participant.left == nil
                ? Participation(party, joined: participant.joined, left: date) : participant
        })
    }

    private func with(_ participants: [Participation]) -> BilledApplication {
        BilledApplication(
            id, lead: lead, participants: participants, providers: providers, customers: customers, modes: modes)
    }
}

extension CostSharing {
    fileprivate func adding(_ participant: Participant) -> CostSharing {
        CostSharing(
            decision: decision, application: application, cost: cost, firstMonth: firstMonth,
            participants: participants + [participant], opening: opening, changes: changes,
            missing: missing)
    }
}

extension Cell {
    fileprivate func scaled(_ numerator: Int64, _ denominator: Int64) throws(SettlementRefusal) -> Cell {
        func scale(_ count: Int64?) throws(SettlementRefusal) -> Int64? {
            guard let count else { return nil }
            let exact = Rounding.halfAway(Int128(count) * Int128(numerator), over: Int128(denominator))
            guard let scaled = Int64(exactly: exact) else { throw .amountOutOfRange(what: "a scaled count") }
            return scaled
        }
        return Cell(key, CellCounts(
            provider: try scale(counts.provider), consumer: try scale(counts.consumer), isSigned: counts.isSigned,
            sameContent: counts.sameContent))
    }
}
