// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// What counts at a correct member, counted anew from the logs that it holds. Spec: Protocol/consensus.md §4.
extension CouncilObserver {
    /// A kind and round of one branch: its first message counts, and no other.
    private struct Place: Hashable {
        let kind: UInt16
        let round: Round
    }

    func look(at member: CouncilMember, in world: CouncilWorld) {
        guard member.isUp, member.disk.dispute.isEmpty, member.disk.waiting.isEmpty else { return }
        if member.core.isLeftUndecided {
            world.violate("C49", "member \(member.member) has a quorum of precommits and decides nothing")
        }
        guard member.settled.number > 0 else { return }
        for log in member.settled.logs {
            guard let log, let voter = member.core.voters.voter(book.logs[log].identity.log) else { continue }
            for branch in book.logs[log].branches where branch != member.disk.ownBranch {
                let from = member.settled.covered(log)?.size.count ?? 0
                recount(branch, from, log, voter, at: member, in: world)
            }
        }
    }

    private func recount(
        _ branch: Int, _ from: Int, _ log: Int, _ voter: Int, at member: CouncilMember, in world: CouncilWorld
    ) {
        let end = member.held(branch)
        guard from < end else { return }
        var first: [Place: ConsensusMessage] = [:]
        for entry in book.branches[branch].entries[from..<end] {
            guard case .message(let own) = entry, own.message.number == member.core.voters.next else { continue }
            let (message, core) = (own.message, member.core)
            let place = Place(kind: message.kind, round: message.round)
            let isVoid = first[place].map { $0 != message } ?? false
            switch message {
            case .proposal(let proposal):
                guard core.voters.proposer(of: message.round) == voter,
                      proposal.header.previous == core.voters.hash.hash else {
                    if core.proposed(message.round).contains(EpochHash(proposal.header, suite)),
                       core.voters.proposer(of: message.round) == voter { break }
                    continue
                }
                if !isVoid, !core.proposed(message.round).contains(EpochHash(proposal.header, suite)) {
                    world.violate("C4", "a proposal of member \(book.logs[log].member) does not count")
                }
            case .prevote(let vote): check(vote, .prevote, isVoid, log, voter, core, world)
            case .precommit(let vote): check(vote, .precommit, isVoid, log, voter, core, world)
            }
            if first[place] == nil { first[place] = message }
        }
    }

    private func check(
        _ vote: Vote, _ step: VoteText.Step, _ isVoid: Bool, _ log: Int, _ voter: Int, _ core: ConsensusCore,
        _ world: CouncilWorld
    ) {
        let doesCount = core.counts(step, vote.round, vote.choice?.hash, of: voter)
        // A void vote for a hash may have come with a polka, a void nil cannot.
        if isVoid, vote.choice == nil, doesCount, book.logs[log].branches.count == 1 {
            world.violate("C4", "a void vote of member \(book.logs[log].member) counts")
        }
        if !isVoid, !doesCount {
            world.violate("C4", "a vote of member \(book.logs[log].member) does not count")
        }
    }
}
