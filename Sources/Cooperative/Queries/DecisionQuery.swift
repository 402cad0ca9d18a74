// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// A ballot as the state knows it. Spec: Protocol/voting.md §3.
public struct BallotView: Hashable, Sendable {
    /// What became of it.
    public enum Standing: Hashable, Sendable {
        /// It counts.
        case counts
        /// A ballot of another log of the voter replaced it.
        case replaced
        /// It came after the decision was closed, and is void.
        case late
    }

    /// The voter.
    public let voter: OIN
    /// The entry.
    public let log: LogID
    /// Where it stands in the log.
    public let index: EntryIndex
    /// The vote.
    public let choice: Ballot.Choice
    /// Whether it can no longer be replaced; of a late one not known.
    public let isFinal: Bool?
    /// What became of it.
    public let standing: Standing
    /// Whether the voter's counting ballots differ, and so count as one blank vote.
    public let isConflicting: Bool
}

/// A decision as the state knows it. Spec: Protocol/voting.md.
public struct DecisionView: Hashable, Sendable {
    /// Its name.
    public let id: Decision.ID
    /// The leaf hash of the proposal, by which a ballot of another log refers to it.
    public let leaf: Hash
    /// The proposal.
    public let proposal: DecisionProposal
    /// The text that goes with it, if any.
    public let commitment: TextCommitment?
    /// Who proposed it.
    public let proposer: OIN
    /// The number of the epoch that judges the proposal, whose electorate votes.
    public let judge: Int
    /// The organ that decides.
    public let organ: Genesis.Organ
    /// Who may vote, by OIN.
    public let electorate: [OIN]
    /// By voter, log and index.
    public let ballots: [BallotView]
    /// Who has not voted, by OIN.
    public let absent: [OIN]
    /// Votes so far; at and after closing those that it was closed with.
    public let tally: Tally
    /// What an epoch made of it; open while none has closed it.
    public let standing: DecisionStanding
    /// The outcome that the votes so far would give; *provisional* while it is open.
    public let outcome: DecisionOutcome
    /// Whether the outcome can no longer change.
    public let isCertain: Bool
    /// The number of the epoch that closed it.
    public let closing: Int?
    /// Why a carried decision has no effect.
    public let refusal: EffectRefusal?

    /// The proposal as others refer to it.
    public var reference: EntryReference { EntryReference(log: id.log, index: id.index, leaf: leaf) }
}

extension CooperativeState {
    /// All decisions, in the order of their names.
    public func decisions() -> [DecisionView] {
        proposals.rows.indices.map { decision(at: UInt32($0)) }.sorted { $0.id < $1.id }
    }

    /// The decision with this name.
    public func decision(_ id: Decision.ID) -> DecisionView? {
        logNumber(id.log).flatMap { proposals.number(log: $0, index: id.index.position) }.map { decision(at: $0) }
    }

    func decision(at number: UInt32) -> DecisionView {
        let row = proposals.rows[Int(number)]
        let entitled = electorate(of: row.proposal, under: row.judge)
        let voted = Set(ballots.numbers(of: number).map { ballots.rows[Int($0)] }.filter { !$0.votes.isEmpty }
            .map(\.member))
        let organ = organ(of: number)
        let poll = poll(of: number)
        let tally = row.closed ?? poll.tally
        return DecisionView(
            id: name(of: number), leaf: row.leaf, proposal: row.proposal, commitment: row.commitment,
            proposer: oin(row.log), judge: row.judge, organ: organ,
            electorate: entitled.map { folk[Int($0)].oin }.sorted(), ballots: ballotViews(number, row),
            absent: entitled.filter { !voted.contains($0) }.map { folk[Int($0)].oin }.sorted(), tally: tally,
            standing: row.standing, outcome: organ.outcome(tally),
            isCertain: row.standing != .open || poll.isCertain(organ),
            closing: row.standing == .open ? nil : row.closing, refusal: row.refusal)
    }

    private func ballotViews(_ decision: UInt32, _ row: DecisionTable.Row) -> [BallotView] {
        var views: [BallotView] = []
        for ballotRow in ballots.numbers(of: decision).map({ ballots.rows[Int($0)] }) {
            let votes = ballotRow.votes
            let isConflicting = Set(votes.map(\.choice)).count > 1
            for ballot in ballotRow.standing {
                let counts = ballotRow.counts(ballot)
                views.append(BallotView(
                    voter: folk[Int(ballotRow.member)].oin, log: logs[Int(ballot.log)].id,
                    index: EntryIndex(known: ballot.index), choice: ballot.choice, isFinal: ballot.isFinal,
                    standing: counts ? .counts : .replaced, isConflicting: counts && isConflicting))
            }
        }
        for late in row.late {
            views.append(BallotView(
                voter: oin(late.log), log: logs[Int(late.log)].id, index: EntryIndex(known: late.index),
                choice: late.choice, isFinal: nil, standing: .late, isConflicting: false))
        }
        return views.sorted {
            if $0.voter != $1.voter { return $0.voter < $1.voter }
            return $0.log == $1.log ? $0.index < $1.index : $0.log < $1.log
        }
    }
}
