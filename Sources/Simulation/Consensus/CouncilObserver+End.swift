// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// What is seen once all is healed.
extension CouncilObserver {
    /// The first number that has two certificates which correct members saw.
    var disputedNumber: Int? { certificates.keys.sorted().first { (certificates[$0]?.count ?? 0) > 1 } }

    /// Whether all correct members have stopped at the epoch before the disputed one.
    func haveStopped(at number: Int, in world: CouncilWorld) -> Bool {
        world.correct.allSatisfy { member in
            member.disk.dispute.first?.number.value == number && member.settled.number == number - 1
        }
    }

    /// Each correct member asks everyone for the polkas and names liars: at least 2q - n, and nobody who is correct.
    func checkNaming(_ number: Int, in world: CouncilWorld) {
        for member in world.correct {
            let voters = member.settled.voters
            guard member.disk.dispute.count == 2,
                  let conflict = Conflict(member.disk.dispute[0], member.disk.dispute[1])
            else {
                world.violate("I13", "member \(member.member) stopped without two certificates that differ")
                return
            }
            let named = conflict.liars(polkas: producedPolkas(conflict, voters, in: world), voters)
            leastNamed = min(leastNamed ?? named.count, named.count)
            if named.count < 2 * voters.quorum - voters.count {
                world.violate("I13", "of the liars only \(named.count) are named")
            }
            for liar in named {
                mark(liar.lie, world)
                let owner = book.numbers[liar.log].map { book.logs[$0].member } ?? -1
                if !settings.isLiar(owner), !excused.contains(owner) {
                    world.violate("I13", "member \(owner) is named for \(liar.lie), and it is correct")
                }
            }
        }
    }

    private func mark(_ lie: Lie, _ world: CouncilWorld) {
        switch lie {
        case .doublePrecommit: world.marks.hit(.namedDouble)
        case .doublePrevote: world.marks.hit(.namedPrevote)
        case .brokenLock: world.marks.hit(.namedLock)
        case .precommitWithoutPolka: world.marks.hit(.namedPolka)
        }
    }

    /// What everyone produces on request: correct members all that they kept, liars what they like.
    private func producedPolkas(_ conflict: Conflict, _ voters: VotingSet, in world: CouncilWorld) -> [Polka] {
        var polkas: [Polka] = []
        var keys: Set<PolkaKey> = []
        for member in world.correct where world.planted != .polkaNotServed {
            let kept = member.disk.polkas.filter { conflict.roundsAsked.contains($0.key.round) }
            for (key, claim) in kept where key.number == conflict.first.number.value && keys.insert(key).inserted {
                if let polka = try? Polka(claim, voters, suite) { polkas.append(polka) }
            }
        }
        let headers = world.headers[conflict.first.number.value] ?? []
        for round in conflict.roundsAsked.lowerBound.value...conflict.roundsAsked.upperBound.value {
            for header in headers where world.random.happens(40) {
                let hash = EpochHash(header, suite)
                let signers = signers(.prevote, Round(known: round), hash, voters, in: world)
                let claim = QuorumClaim(.prevote, header: header, round: Round(known: round), signers: signers)
                if let polka = try? Polka(claim, voters, suite) { polkas.append(polka) }
            }
        }
        return polkas
    }

    /// What differs, for the sentence of a violation.
    func differences(in world: CouncilWorld) -> String {
        world.members.flatMap { $0 }.map { member in
            let core = member.core
            return "\(member.name)\(member.isUp ? "" : " (down)") epoch \(member.settled.number) round \(core.round) "
                + "\(core.step)\(core.locked == nil ? "" : " locked in \(core.locked?.round.value ?? 0)")"
                + "\(member.mayVote ? "" : " (no vote)")\(member.triggers ? "" : " (no trigger)")"
        }.joined(separator: "; ")
    }
}
