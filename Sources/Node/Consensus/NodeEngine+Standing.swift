// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

extension NodeEngine {
    /// Where consensus stands, for `status`. Unknown is unknown, never zero.
    public func consensusStanding() -> ConsensusStanding {
        let voters = chain.voters
        let others = voters.logs.map(\.origin.oin).filter { $0 != member.oin }
        let reached = others.map { partners[$0]?.isReachable }
        let isVoter = runningVoters.voter(ownLogID) != nil
        let own = isVoter ? 1 : 0
        let isKnown = !reached.contains(nil)
        let up = own + reached.count { $0 == true }
        return ConsensusStanding(
            epoch: chain.number, hash: chain.epoch.hash, date: chain.epoch.date,
            round: height?.core.round.value ?? 0, step: height?.core.step ?? .propose,
            isDue: height?.triggers ?? false, stall: stall, isDecided: height?.decided != nil,
            voters: voters.logs.map(\.origin.oin), quorum: voters.quorum, votersReachable: isKnown ? up : nil,
            failuresLeft: isKnown ? voters.failuresLeft(down: voters.count - up) : nil,
            toleratesLiar: voters.faults > 0, digestsAgree: permission.differsSince == nil, dispute: dispute,
            obstacle: votingObstacle)
    }

    /// The present round, where every timer of it should have run out by now.
    private var stall: ConsensusStanding.Stall? {
        guard let height, height.decided == nil, dispute == nil, let since = height.roundSince else { return nil }
        let lasted = SystemClock.monotonicMilliseconds() - since
        guard lasted > Int64(clamping: height.core.roundMilliseconds) else { return nil }
        return ConsensusStanding.Stall(
            seconds: Int(lasted / 1_000),
            silent: height.core.silentVoters.map { height.core.voters.logs[$0].origin.oin })
    }
}
