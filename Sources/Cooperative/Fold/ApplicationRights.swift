// SPDX-License-Identifier: EUPL-1.2

/// Who may edit an application, and under which epochs. Spec: Protocol/kinds.md §1, Protocol/voting.md §5.
struct ApplicationRights: Sendable {
    /// A participant from one epoch on and before another.
    struct Taking: Sendable {
        let party: UInt32
        let from: Int
        var until = Int.max
    }

    /// The lead of an application that the rules in force know.
    var lead: UInt32?
    /// The first epoch whose rules know it; larger than any number for one that was only founded.
    var knownSince = Int.max
    /// Participants by the rules in force.
    var taking: [Taking] = []
    /// Who founded it by an entry, by number of the party.
    var founders: [UInt32] = []

    /// Whether an edit need not wait for it. Spec: Protocol/state.md §1.4.
    @inline(__always)
    func isKnown(under epoch: Int) -> Bool { knownSince <= epoch || !founders.isEmpty }

    /// Whether a party may edit it under an epoch.
    @inline(__always)
    func entitles(_ party: UInt32, under epoch: Int) -> Bool {
        if party == lead, knownSince <= epoch { return true }
        for founder in founders where founder == party { return true }
        for part in taking where part.party == party && part.from <= epoch && epoch < part.until { return true }
        return false
    }

    /// Whether a party is a participant under an epoch, by the rules in force.
    func takesPart(_ party: UInt32, under epoch: Int) -> Bool {
        taking.contains { $0.party == party && $0.from <= epoch && epoch < $0.until }
    }

    /// Takes over who takes part from an epoch on.
    mutating func setParticipants(_ parties: [UInt32], from epoch: Int) {
        for position in taking.indices where taking[position].until == Int.max {
            if !parties.contains(taking[position].party) { taking[position].until = epoch }
        }
        for party in parties where !taking.contains(where: { $0.party == party && $0.until == Int.max }) {
            taking.append(Taking(party: party, from: epoch))
        }
    }
}
