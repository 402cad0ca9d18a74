// SPDX-License-Identifier: EUPL-1.2

/// A charge or refund for one place in a key.
public struct PlaceCharge: Hashable, Sendable {
    /// The place: the id under which somebody joined.
    public let place: PartyID
    /// Who holds the place now, and pays.
    public let holder: PartyID
    /// Negative is a refund.
    public let amount: Cents
}

/// The key of one development cost and what each place was charged: joins, leaves and successions change it, in any
/// order. charge = allocation over all places - already charged. Spec: Protocol/settlement.md §5.
public struct DevelopmentKey: Hashable, Sendable {
    /// A place in the key.
    struct Place: Hashable, Sendable {
        var weight: Int64
        var holder: PartyID
    }

    /// What is shared, in all, while no join's decision says otherwise.
    public let cost: Cents
    private var places: [PartyID: Place] = [:]
    private var charged: [PartyID: Int128] = [:]

    /// A cost that nobody shares yet, and what was charged before the network began. Refuses a party that stands twice.
    public init(cost: Cents, opening: [Share] = []) throws(SettlementRefusal) {
        self.cost = cost
        for share in opening {
            guard charged.updateValue(Int128(share.amount.value), forKey: share.party) == nil else {
                throw .duplicateParty(share.party)
            }
        }
    }

    /// Whether somebody is in the key.
    public var isEmpty: Bool { places.isEmpty }

    /// The key, in the order of the ids.
    public var weights: [Weight] {
        places.sorted { $0.key < $1.key }.map { Weight($0.key, $0.value.weight) }
    }

    /// What each place has been charged, in the order of the ids.
    public func standing() throws(SettlementRefusal) -> [Share] {
        var shares: [Share] = []
        for (place, amount) in charged.sorted(by: { $0.key < $1.key }) {
            shares.append(Share(place, try Cents(exactly: amount, "what was charged")))
        }
        return shares
    }

    /// Adds places without charging anybody. Refuses a place that is taken and a negative weight.
    public mutating func enter(_ joining: [Weight]) throws(SettlementRefusal) {
        for weight in joining {
            guard weight.value >= 0 else { throw .negativeWeight(weight.party) }
            guard places[weight.party] == nil else { throw .duplicateParty(weight.party) }
            places[weight.party] = Place(weight: weight.value, holder: weight.party)
        }
    }

    /// Divides the total that the decision fixes over everybody in the key, less what was charged. Charges in the order
    /// of the places; they sum to the total less all that was charged before. A place that is charged but not in the
    /// key gets back what it paid. Refuses weights of the decision that name other places than the key has.
    public mutating func charge(_ terms: JoinTerms = .unchanged) throws(SettlementRefusal) -> [PlaceCharge] {
        if let weights = terms.weights { try reweigh(weights) }
        var due: [PartyID: Int128] = [:]
        let shares = try Apportionment.sainteLague.divide(try terms.total(of: cost), over: weights)
        for share in shares { due[share.party] = Int128(share.amount.value) }
        // Any order: each place is subtracted by itself.
        for (place, amount) in charged { due[place, default: 0] -= amount }
        var charges: [PlaceCharge] = []
        for (place, amount) in due.sorted(by: { $0.key < $1.key }) {
            charges.append(PlaceCharge(
                place: place, holder: places[place]?.holder ?? place, amount: try Cents(exactly: amount, "a charge")))
        }
        for charge in charges { charged[charge.place, default: 0] += Int128(charge.amount.value) }
        return charges
    }

    /// Who joins later, under the terms of its decision: enters, then everybody is charged.
    public mutating func join(
        _ joining: [Weight], terms: JoinTerms = .unchanged
    ) throws(SettlementRefusal) -> [PlaceCharge] {
        try enter(joining)
        return try charge(terms)
    }

    /// A leaver stays in the key and gets nothing on leaving; later resettlements still pay it. Refuses who has no
    /// place.
    public func leave(_ party: PartyID) throws(SettlementRefusal) {
        guard places[party] != nil else { throw .notInKey(party) }
    }

    private mutating func reweigh(_ weights: [Weight]) throws(SettlementRefusal) {
        guard weights.count == places.count else { throw .keyIncomplete(count: weights.count, places: places.count) }
        var seen: Set<PartyID> = []
        for weight in weights {
            guard weight.value >= 0 else { throw .negativeWeight(weight.party) }
            guard seen.insert(weight.party).inserted else { throw .duplicateParty(weight.party) }
            guard places[weight.party] != nil else { throw .notInKey(weight.party) }
            places[weight.party]?.weight = weight.value
        }
    }
}

extension DevelopmentKey {
    /// A successor takes the place under the first id. Of a merger the new member is named for each of the old ones, so
    /// it holds all their places. Refuses a holder of nothing.
    public mutating func succeed(_ former: PartyID, by successor: PartyID) throws(SettlementRefusal) {
        let held = places.filter { $0.value.holder == former }.keys
        guard !held.isEmpty else { throw .notInKey(former) }
        // Any order: each place gets the same new holder.
        for place in held { places[place]?.holder = successor }
    }

    /// A split: the place goes, its parts come with the weights given, and what was charged is divided over them by
    /// largest remainder. Nobody is charged now. Refuses a place that is not there, a part that is another place, and
    /// weights that are all zero.
    public mutating func split(_ place: PartyID, into parts: [Weight]) throws(SettlementRefusal) {
        var changed = self
        guard changed.places.removeValue(forKey: place) != nil else { throw .notInKey(place) }
        let amount = try Cents(exactly: changed.charged.removeValue(forKey: place) ?? 0, "what was charged")
        for share in try Apportionment.largestRemainder.divide(amount, over: parts) {
            guard changed.charged[share.party] == nil else { throw .duplicateParty(share.party) }
            changed.charged[share.party] = Int128(share.amount.value)
        }
        try changed.enter(parts)
        self = changed
    }
}
