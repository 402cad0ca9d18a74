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

    /// A cost and its key; checked when it is divided.
    public init(
        decision: DecisionID, application: ApplicationID, cost: Cents, firstMonth: CivilMonth,
        participants: [Participant], opening: [Share] = []
    ) {
        self.decision = decision
        self.application = application
        self.cost = cost
        self.firstMonth = firstMonth
        self.participants = participants
        self.opening = opening
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

    /// What everybody has been charged when `month` is over, in the order of the ids: the opening before the
    /// first month and while nobody takes part, the whole allocation from then on.
    public func charged(through month: CivilMonth) throws(SettlementRefusal) -> [Share] {
        let key = weights(in: month)
        guard month >= firstMonth, !key.isEmpty else { return opening.sorted { $0.party < $1.party } }
        var standing: [PartyID: Cents] = [:]
        for share in opening { standing[share.party] = .zero }
        for share in try Apportionment.sainteLague.divide(cost, over: key) {
            standing[share.party] = share.amount
        }
        return standing.sorted { $0.key < $1.key }.map { Share($0.key, $0.value) }
    }

    /// The charges and refunds of `month`, in the order of the ids; empty when nobody joined in it.
    public func charges(in month: CivilMonth) throws(SettlementRefusal) -> [Share] {
        let key = weights(in: month)
        guard month >= firstMonth, changes(in: month), !key.isEmpty else { return [] }
        let before = if let previous = month.adding(months: -1) { try charged(through: previous) } else { opening }
        return try Self.charges(cost, over: key, charged: before)
    }

    /// The key that holds in `month`: everyone who joined by its last day, in the order of the ids.
    public func weights(in month: CivilMonth) -> [Weight] {
        participants.filter { $0.joined <= month.lastDay }
            .map { Weight($0.party, $0.weight) }
            .sorted { $0.party < $1.party }
    }

    private func changes(in month: CivilMonth) -> Bool {
        month == firstMonth || participants.contains { $0.joined.month == month }
    }
}
