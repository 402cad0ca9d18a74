// SPDX-License-Identifier: EUPL-1.2
import Journal

// Proposals and ballots as they are folded. Spec: Protocol/voting.md §2 and §3.
extension CooperativeState {
    mutating func noteProposal(_ proposal: DecisionProposal, by entry: EntryInHand) {
        let number = proposals.add(.init(
            log: entry.log, index: entry.index, leaf: entry.leaf, judge: entry.judge, proposal: proposal,
            payloadHash: hashing.hash(proposal.payload.encode()), commitment: entry.commitment,
            entitled: electorate(of: proposal, under: entry.judge).count))
        let row = RowReference(.decision, number)
        let word = word(row)
        proposals.modify(number) { $0.word = word }
        index.add(row, at: word)
        if case .admission(let card) = proposal.payload { invite(card, number) }
    }

    /// Takes a ballot whose proposal counts; throws why it is void. Spec: Protocol/voting.md §3.
    mutating func noteBallot(_ ballot: Ballot, _ entry: EntryInHand, on decision: UInt32) throws(VoidReason) {
        let row = proposals.rows[Int(decision)]
        let member = logs[Int(entry.log)].member
        guard isEntitled(member, to: row.proposal, under: row.judge) else { throw .ballotNotEntitled }
        guard row.standing == .open else {
            let late = DecisionTable.LateBallot(log: entry.log, index: entry.index, choice: ballot.choice)
            proposals.modify(decision) { $0.late.append(late) }
            throw .ballotLate
        }
        let known = ballots.number(decision: decision, member: member)
        let own = known.flatMap { ballots.rows[Int($0)].standing.first { $0.log == entry.log } }
        guard own?.index == ballot.replaced?.position else { throw .ballotSecond }
        guard own?.isFinal != true else { throw .ballotFinal }
        let number = known ?? addBallotRow(decision, member)
        let named = entry.references.compactMap { reference -> DecisionTable.Place? in
            guard let log = logNumber(reference.log), logs[Int(log)].member == member else { return nil }
            return .init(log: log, index: reference.index.position)
        }
        ballots.modify(number) { row in
            row.standing.removeAll { $0.log == entry.log }
            row.standing.append(.init(
                log: entry.log, index: entry.index, leaf: entry.leaf, choice: ballot.choice,
                isFinal: ballot.isFinal))
            for place in named where !row.named.contains(place) { row.named.append(place) }
        }
        proposals.touch(decision)
        index.touch(ballots.rows[Int(number)].word)
        index.touch(row.word)
    }

    private mutating func addBallotRow(_ decision: UInt32, _ member: UInt32) -> UInt32 {
        let number = ballots.add(.init(decision: decision, member: member))
        let row = RowReference(.ballot, number)
        let word = word(row)
        ballots.modify(number) { $0.word = word }
        index.add(row, at: word)
        return number
    }

    /// The ballots so far, counted. Spec: Protocol/voting.md §4.
    func poll(of decision: UInt32) -> Poll {
        var poll = Poll(entitled: proposals.rows[Int(decision)].entitled)
        if omitted.contains(.oneVoteAVoter) {
            let votes = ballots.numbers(of: decision).flatMap { ballots.rows[Int($0)].votes }
            poll = Poll(entitled: max(poll.entitled, votes.count))
            for vote in votes { poll.add([vote]) }
            return poll
        }
        for number in ballots.numbers(of: decision) { poll.add(ballots.rows[Int(number)].votes) }
        return poll
    }

    /// What a decision was closed with, or the ballots so far.
    func tally(of decision: UInt32) -> Tally {
        proposals.rows[Int(decision)].closed ?? poll(of: decision).tally
    }

    /// The organ that decides it. Organs never go away.
    func organ(of decision: UInt32) -> Genesis.Organ {
        guard let organ = rules.organ(proposals.rows[Int(decision)].proposal.organ) else {
            preconditionFailure("a proposal that counts names an organ")
        }
        return organ
    }

    /// The name of a decision.
    func name(of decision: UInt32) -> Decision.ID {
        let row = proposals.rows[Int(decision)]
        return Decision.ID(log: logs[Int(row.log)].id, index: EntryIndex(known: row.index))
    }
}
