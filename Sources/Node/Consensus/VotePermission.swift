// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Why this node does not vote now. Each is a sentence in `status`. Spec: Protocol/consensus.md, Protocol/state.md §4.
public enum VotingObstacle: Sendable, Equatable {
    /// The own log does not vote under the last epoch.
    case noVoter
    /// The own log is not written.
    case readsOnly(String)
    /// These voters have not said yet which head of the own log they hold.
    case ownHeadUnasked([OIN])
    /// Under the genesis nothing counts before every founder's first entry is held; of these it is not.
    case foundersMissing([OIN])
    /// The own settled state before this epoch is not the one that the others signed.
    case digestDiffers(epoch: Int)
    /// Two certificates of this number contradict each other.
    case disputed(number: Int)
}

/// What is known about the right to vote. Spec: Protocol/consensus.md §6, Protocol/log.md §7.
struct VotePermission: Sendable {
    /// Members that have said which head of the own log they hold, since this start.
    var answered: Set<OIN> = []
    /// Enough have answered once since this start. Voters that come later change nothing: this run has written all that
    /// is newer.
    var isGranted = false
    /// At three members a person has said that nothing was restored: one answer is then enough.
    var isConfirmed = false
    /// The first epoch since which the own settled digest is another one.
    var differsSince: Int?

    /// The other voters whose answer is missing, none where enough have answered. At up to three members all answer,
    /// above that all but f: q - 1.
    func unasked(others: [OIN], count: Int, quorum: Int) -> [OIN] {
        let missing = others.filter { !answered.contains($0) }
        let enough = switch count {
        case 3 where isConfirmed: 1
        case ...3: others.count
        default: quorum - 1
        }
        return others.count - missing.count >= enough ? [] : missing
    }
}
