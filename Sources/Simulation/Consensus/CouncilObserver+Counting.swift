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

    /// Line 49.
    func lookForQuorum(at member: CouncilMember, in world: CouncilWorld) {
        if member.isUp, member.disk.dispute.isEmpty, member.core.isLeftUndecided {
            world.violate("C49", "member \(member.member) has a quorum of precommits and decides nothing")
        }
    }

    func look(at member: CouncilMember, in world: CouncilWorld) {
        guard member.isUp, member.disk.dispute.isEmpty, member.disk.waiting.isEmpty, member.settled.number > 0
        else { return }
        var offered: Set<Offer> = []
        for log in member.settled.logs {
            guard let log, let voter = member.core.voters.voter(book.logs[log].identity.log) else { continue }
            for branch in book.logs[log].branches {
                recount(branch, log, voter, at: member, &offered, in: world)
            }
        }
        for round in member.core.knownRounds {
            for hash in member.core.proposed(round) where !offered.contains(Offer(round: round, hash: hash)) {
                world.violate("C4", "a proposal of round \(round) counts that its proposer did not make")
            }
        }
    }

    private struct Offer: Hashable {
        let round: Round
        let hash: EpochHash
    }

    private func recount(
        _ branch: Int, _ log: Int, _ voter: Int, at member: CouncilMember, _ offered: inout Set<Offer>,
        in world: CouncilWorld
    ) {
        let from = member.settled.covered(log)?.size.count ?? 0
        let end = branch == member.disk.ownBranch ? member.written : member.held(branch)
        guard from < end else { return }
        var first: [Place: ConsensusMessage] = [:]
        let core = member.core
        for entry in book.branches[branch].entries[from..<end] {
            guard case .message(let own) = entry, own.message.number == core.voters.next else { continue }
            let message = own.message
            let place = Place(kind: message.kind, round: message.round)
            let isVoid = first[place].map { $0 != message } ?? false
            if case .proposal(let proposal) = message {
                guard core.voters.proposer(of: message.round) == voter,
                      proposal.header.previous == core.voters.hash.hash else { continue }
                offered.insert(Offer(round: message.round, hash: EpochHash(proposal.header, suite)))
            }
            if first[place] == nil { first[place] = message }
            guard branch != member.disk.ownBranch else { continue }
            switch message {
            case .proposal(let proposal):
                if !isVoid, !core.proposed(message.round).contains(EpochHash(proposal.header, suite)) {
                    world.violate("C4", "a proposal of member \(book.logs[log].member) does not count")
                }
            case .prevote(let vote): check(vote, .prevote, isVoid, log, voter, core, world)
            case .precommit(let vote): check(vote, .precommit, isVoid, log, voter, core, world)
            }
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
