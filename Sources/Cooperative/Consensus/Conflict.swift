// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// How a member is shown to have lied. Spec: Protocol/consensus.md §7.
public enum Lie: Hashable, Sendable {
    /// (a) Two different precommits of one round.
    case doublePrecommit(Round)
    /// (a) Two different prevotes of one round.
    case doublePrevote(Round)
    /// (b) A precommit of one hash and, in a later round, a prevote of another, with no polka for that one from
    /// the first round on and before the second.
    case brokenLock(precommit: Round, prevote: Round)
    /// (c) A precommit of a hash for whose round nobody produced a polka.
    case precommitWithoutPolka(Round)
}

/// A member that lied. Spec: Protocol/consensus.md §7.
public struct Liar: Hashable, Sendable {
    /// Its log.
    public let log: LogID
    /// How.
    public let lie: Lie
}

/// Two certificates of one number with different hashes: proof that more than f lied.
/// Spec: Protocol/consensus.md §7.
public struct Conflict: Hashable, Sendable {
    /// The one of the earlier round; of one round the one with the lower hash.
    public let first: Certificate
    /// The other.
    public let second: Certificate

    /// `nil` for certificates of different numbers or of one hash, which are no conflict.
    public init?(_ one: Certificate, _ other: Certificate) {
        guard one.number == other.number, one.hash != other.hash else { return nil }
        let isOrdered = one.round == other.round ? one.hash < other.hash : one.round < other.round
        (first, second) = isOrdered ? (one, other) : (other, one)
    }

    /// The rounds whose polkas, of whatever hash, are asked of everyone before anybody is named.
    public var roundsAsked: ClosedRange<Round> { first.round...second.round }

    /// At least 2q - n members that lied, in order of log, from the polkas that were produced on request.
    public func liars(polkas: [Polka], _ voters: VotingSet) -> [Liar] {
        func named(_ numbers: [Int], _ lie: Lie) -> [Liar] {
            numbers.map { Liar(log: voters.logs[$0].log, lie: lie) }
        }
        if first.round == second.round {
            return named(shared(first.claim, second.claim), .doublePrecommit(first.round))
        }
        for certificate in [first, second] where !polkas.contains(where: {
            $0.round == certificate.round && $0.hash == certificate.hash
        }) {
            return named(certificate.claim.signers.map(\.voter), .precommitWithoutPolka(certificate.round))
        }
        // The first polka for another hash, from the round of the first certificate on. Nobody locked there could
        // prevote that hash: no polka for it stands earlier. One exists, the second certificate's own.
        let others = polkas.filter { $0.hash != first.hash && roundsAsked.contains($0.round) }
        guard let earliest = others.min(by: { ($0.round, $0.hash) < ($1.round, $1.hash) }) else {
            preconditionFailure("the polka of the second certificate is among them")
        }
        if earliest.round == first.round {
            let own = polkas.filter { $0.round == first.round && $0.hash == first.hash }
            return named(shared(own[0].claim, earliest.claim), .doublePrevote(first.round))
        }
        let lie = Lie.brokenLock(precommit: first.round, prevote: earliest.round)
        return named(shared(first.claim, earliest.claim), lie)
    }

    private func shared(_ one: QuorumClaim, _ other: QuorumClaim) -> [Int] {
        let numbers = other.signers.map(\.voter)
        return one.signers.map(\.voter).filter(numbers.contains)
    }
}
