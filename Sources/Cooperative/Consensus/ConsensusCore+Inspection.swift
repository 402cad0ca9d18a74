// SPDX-License-Identifier: EUPL-1.2
import Journal

/// What a simulation looks at from outside; a node has no use for it. Spec: Protocol/consensus.md §4.
extension ConsensusCore {
    /// Whether a voter's vote of a step and round counts here.
    package func counts(_ step: VoteText.Step, _ round: Round, _ hash: EpochHash?, of voter: Int) -> Bool {
        let box = step == .prevote ? rounds[round].prevotes : rounds[round].precommits
        return box.sides.contains { side in side.hash == hash && side.votes.contains { $0.voter == voter } }
    }

    /// How many different hashes, nil among them, a voter's votes of a step and round count for.
    package func sides(_ step: VoteText.Step, _ round: Round, of voter: Int) -> Int {
        let box = step == .prevote ? rounds[round].prevotes : rounds[round].precommits
        return box.sides.count { side in side.votes.contains { $0.voter == voter } }
    }

    /// Rounds of which something is known.
    package var knownRounds: [Round] { rounds.known }

    /// The hashes that count as proposed in a round.
    package func proposed(_ round: Round) -> [EpochHash] { rounds[round].proposals.map(\.hash) }

    /// Whether line 49 holds for a header that is known, and nothing is decided.
    package var isLeftUndecided: Bool {
        decision == nil && rounds.withCertificate.contains { round in
            rounds[round].precommits.quorums(voters.quorum).contains { values[$0] != nil }
        }
    }
}
