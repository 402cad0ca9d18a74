// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// A participant of a cost sharing: from when, and with which weight (inhabitants).
public struct Participant: Hashable, Sendable {
    /// Who.
    public let party: PartyID
    /// The day of joining.
    public let joined: CivilDate
    /// Its weight in the key, such as its inhabitants; 0 or more.
    public let weight: Int64

    /// A place in the key.
    public init(_ party: PartyID, joined: CivilDate, weight: Int64) {
        self.party = party
        self.joined = joined
        self.weight = weight
    }
}

/// What a decision changes in a cost sharing from a month on. Spec: Protocol/settlement.md §5.
public enum CostSharingChange: Hashable, Sendable {
    /// Total and key of the charge that falls in the month.
    case terms(JoinTerms)
    /// The second party holds the places of the first from now on, under their first ids.
    case succession(PartyID, by: PartyID)
    /// The place goes, its parts come.
    case split(PartyID, into: [Weight])
}

/// A change and its month; changes of a month go before its joins, in their order.
public struct DatedCostSharingChange: Hashable, Sendable {
    /// The month from which it counts.
    public let month: CivilMonth
    /// What changes.
    public let change: CostSharingChange

    /// A change and its month.
    public init(_ month: CivilMonth, _ change: CostSharingChange) {
        self.month = month
        self.change = change
    }
}

/// A weight that nobody can know yet: the month whose charge needs it, and whose figure of which year is not there.
public struct MissingWeight: Hashable, Sendable {
    /// The month of the charge.
    public let month: CivilMonth
    /// Whose inhabitants are missing.
    public let party: PartyID
    /// The year of the figure.
    public let year: Int

    /// What a charge waits for.
    public init(_ month: CivilMonth, _ party: PartyID, year: Int) {
        (self.month, self.party, self.year) = (month, party, year)
    }
}

/// The development cost of an application, shared by those who take part in it; who joins later pays its share
/// by the same key and the earlier participants get the difference back. Spec: Protocol/settlement.md §5.
public struct CostSharing: Hashable, Sendable {
    /// The decision that set cost and key.
    public let decision: DecisionID
    /// The application that was built.
    public let application: ApplicationID
    /// What is shared, in all.
    public let cost: Cents
    /// The month of the first charge; who joined by its end is in that charge.
    public let firstMonth: CivilMonth
    /// Everyone who ever joined. A leaver stays in the key.
    public let participants: [Participant]
    /// What was charged before the network began.
    public let opening: [Share]
    /// Terms of joins, successions and splits.
    public let changes: [DatedCostSharingChange]
    /// Weights that are missing; a charge of such a month is refused.
    public let missing: [MissingWeight]

    /// A cost and its key; checked when it is divided.
    public init(
        decision: DecisionID, application: ApplicationID, cost: Cents, firstMonth: CivilMonth,
        participants: [Participant], opening: [Share] = [], changes: [DatedCostSharingChange] = [],
        missing: [MissingWeight] = []
    ) {
        self.decision = decision
        self.application = application
        self.cost = cost
        self.firstMonth = firstMonth
        self.participants = participants
        self.opening = opening
        self.changes = changes
        self.missing = missing
    }

    /// charge = allocate(all participants) - already charged. A party of `charged` alone is not in the key and
    /// gets back what it paid. Shares in the order of the ids.
    public static func charges(
        _ cost: Cents, over weights: [Weight], charged: [Share]
    ) throws(SettlementRefusal) -> [Share] {
        var due: [PartyID: Int128] = [:]
        for share in try Apportionment.sainteLague.divide(cost, over: weights) {
            due[share.party] = Int128(share.amount.value)
        }
        var seen: Set<PartyID> = []
        for share in charged {
            guard seen.insert(share.party).inserted else { throw .duplicateParty(share.party) }
            due[share.party, default: 0] -= Int128(share.amount.value)
        }
        var charges: [Share] = []
        for (party, amount) in due.sorted(by: { $0.key < $1.key }) {
            charges.append(Share(party, try Cents(exactly: amount, "a charge")))
        }
        return charges
    }

    /// What every place has been charged when `month` is over, in the order of the ids: the opening before the
    /// first month and while nobody takes part, the whole allocation from then on.
    public func charged(through month: CivilMonth) throws(SettlementRefusal) -> [Share] {
        try run(through: month).key.standing()
    }

    /// The charges and refunds of `month`, in the order of the places; empty when nobody joined in it.
    public func charges(in month: CivilMonth) throws(SettlementRefusal) -> [PlaceCharge] {
        try run(through: month).charges
    }

    /// Whether a party can ever have a charge of it: nobody else's statement waits for its figures.
    func concerns(_ party: PartyID) -> Bool {
        participants.contains { $0.party == party } || opening.contains { $0.party == party }
            || changes.contains { dated in
                switch dated.change {
                case .terms: false
                case .succession(_, let successor): successor == party
                case .split(_, let parts): parts.contains { $0.party == party }
                }
            }
    }

    /// The key after `month`, and the charges that fall in it.
    func run(through month: CivilMonth) throws(SettlementRefusal) -> (key: DevelopmentKey, charges: [PlaceCharge]) {
        var key = try DevelopmentKey(cost: cost, opening: opening)
        var charges: [PlaceCharge] = []
        let months = Set([firstMonth] + participants.map(\.joined.month) + changes.map(\.month))
        for current in months.filter({ $0 <= month }).sorted() {
            if let gap = missing.first(where: { $0.month == current }) {
                throw .inhabitantsMissing(gap.party, municipality: nil, year: gap.year)
            }
            let terms = try apply(changesOf: current, to: &key)
            let joining = participants.filter { $0.joined.month == current }
            try key.enter(joining.map { Weight($0.party, $0.weight) })
            let falls = current == firstMonth || (current > firstMonth && !joining.isEmpty)
            guard falls, !key.isEmpty else { continue }
            let due = try key.charge(terms)
            if current == month { charges = due }
        }
        return (key, charges)
    }

    private func apply(
        changesOf month: CivilMonth, to key: inout DevelopmentKey
    ) throws(SettlementRefusal) -> JoinTerms {
        var terms = JoinTerms.unchanged
        for dated in changes where dated.month == month {
            switch dated.change {
            case .terms(let decided): terms = decided
            case .succession(let former, let successor): try key.succeed(former, by: successor)
            case .split(let place, let parts): try key.split(place, into: parts)
            }
        }
        return terms
    }
}
