// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

// Whether this node votes. Replicating and metering go on whatever the answer. Spec: Protocol/consensus.md §6.
extension NodeEngine {
    /// Why this node does not vote; `nil` when it does.
    public var votingObstacle: VotingObstacle? {
        if let dispute { return .disputed(number: dispute.number) }
        if let number = permission.differsSince { return .digestDiffers(epoch: number) }
        guard runningVoters.voter(ownLogID) != nil else { return .noVoter }
        if case .readsOnly(let reason) = mode { return .readsOnly(reason) }
        let missing = foundersMissing
        guard missing.isEmpty else { return .foundersMissing(missing) }
        let waiting = ownHeadUnasked
        guard waiting.isEmpty, own != nil, mode == .writes else { return .ownHeadUnasked(waiting) }
        return nil
    }

    /// The voters that have not said yet, since this start, which head of the own log they hold; none where enough
    /// have.
    var ownHeadUnasked: [OIN] {
        if permission.isGranted { return [] }
        let voters = chain.voters
        let others = voters.logs.map(\.origin.oin).filter { $0 != member.oin }
        return permission.unasked(others: others, count: voters.count, quorum: voters.quorum)
    }

    /// A member has said which head of the own log it holds, and it is not more than is held here.
    func ownHeadAnswered(by oin: OIN) {
        guard permission.answered.insert(oin).inserted else { return }
        refreshPermission()
    }

    /// A person says that nothing was restored here: at three members one answer is then enough.
    public func confirmNothingRestored() {
        permission.isConfirmed = true
        log(.warning, "own-log", ownLogID.description, result: "confirmed-by-a-person")
        refreshPermission()
    }

    /// Tells the core when the permission changed.
    func refreshPermission() {
        guard isConsensusRunning, height?.isFed == true else { return }
        let obstacle = votingObstacle
        let isNow = obstacle == nil
        if isNow { permission.isGranted = true }
        guard isNow != isPermitted else { return }
        isPermitted = isNow
        if let obstacle { log(.warning, "vote", result: "stopped", ["reason": "\(obstacle)"]) }
        take(.mayVote(isNow))
    }
}
