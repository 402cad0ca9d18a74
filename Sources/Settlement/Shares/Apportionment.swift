// SPDX-License-Identifier: EUPL-1.2

/// A party and its weight in a key, such as its inhabitants.
public struct Weight: Hashable, Sendable {
    /// Who.
    public let party: PartyID
    /// 0 or more; checked when the key is used.
    public let value: Int64

    /// A party and its weight in a key.
    public init(_ party: PartyID, _ value: Int64) {
        self.party = party
        self.value = value
    }
}

/// What one party bears of a total.
public struct Share: Hashable, Sendable {
    /// Who.
    public let party: PartyID
    /// Whole cents; negative is a refund.
    public let amount: Cents

    /// What a party bears.
    public init(_ party: PartyID, _ amount: Cents) {
        self.party = party
        self.amount = amount
    }
}

/// Divides a total over weights so that the shares sum to it to the cent.
/// Spec: Protocol/settlement.md §4.
public enum Apportionment: String, Sendable, CaseIterable {
    /// Fixed and one-off splits.
    case largestRemainder
    /// Costs whose participants may grow later (Webster divisors): nobody's share rises when another joins.
    case sainteLague

    /// The shares in the order of `weights`; their sum is `total` exactly. Weight 0 bears 0; a negative total
    /// mirrors the positive one. The order of `weights` changes no share. Refuses negative weights, all
    /// weights zero, a party that stands twice, and more than `Limits.participantCount` participants.
    public func divide(_ total: Cents, over weights: [Weight]) throws(SettlementRefusal) -> [Share] {
        let key = try Key(weights)
        let magnitude = Int128(total.value.magnitude)
        let parts = switch self {
        case .largestRemainder: key.largestRemainder(of: magnitude)
        case .sainteLague: key.sainteLague(of: magnitude)
        }
        precondition(parts.reduce(0, +) == magnitude, "shares sum to the total")
        var shares: [Share] = []
        shares.reserveCapacity(parts.count)
        for (weight, part) in zip(weights, parts) {
            let signed = total.value < 0 ? -part : part
            shares.append(Share(weight.party, try Cents(exactly: signed, "a share")))
        }
        return shares
    }
}

/// Checked weights: none negative, one above zero, each party once.
struct Key {
    let weights: [Weight]
    let sum: Int128

    init(_ weights: [Weight]) throws(SettlementRefusal) {
        guard weights.count <= Limits.participantCount else {
            throw .tooManyParticipants(count: weights.count, limit: Limits.participantCount)
        }
        var sum: Int128 = 0
        var parties: Set<PartyID> = []
        for weight in weights {
            guard weight.value >= 0 else { throw .negativeWeight(weight.party) }
            guard parties.insert(weight.party).inserted else { throw .duplicateParty(weight.party) }
            sum += Int128(weight.value)
        }
        guard sum > 0 else { throw .allWeightsZero(what: "the key") }
        self.weights = weights
        self.sum = sum
    }

    /// The tie rule after the remainder or quotient: the heavier weight, then the lower id.
    func isAhead(_ left: Int, of right: Int) -> Bool {
        let (first, second) = (weights[left], weights[right])
        return first.value != second.value ? first.value > second.value : first.party < second.party
    }
}
