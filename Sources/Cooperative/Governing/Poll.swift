// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// The ballots on one decision, voter by voter, counted. The order of voters and of a voter's ballots does not
/// matter. Spec: Protocol/voting.md §3 and §4.
public struct Poll: Hashable, Sendable {
    /// A ballot that counts.
    public struct Vote: Hashable, Sendable {
        /// The vote.
        public let choice: Ballot.Choice
        /// Whether it can no longer be replaced.
        public let isFinal: Bool

        /// A ballot that counts.
        public init(_ choice: Ballot.Choice, isFinal: Bool) { (self.choice, self.isFinal) = (choice, isFinal) }
    }

    private struct Counts: Hashable {
        var byChoice = [0, 0, 0]

        mutating func add(_ choice: Ballot.Choice) { byChoice[choice.rawValue] += 1 }

        func tally(entitled: Int) -> Tally {
            let tally = Tally(
                for: byChoice[Ballot.Choice.for.rawValue], against: byChoice[Ballot.Choice.against.rawValue],
                blank: byChoice[Ballot.Choice.blank.rawValue], entitled: entitled)
            guard let tally else { preconditionFailure("no more voters are added than are entitled") }
            return tally
        }
    }

    /// How many may vote.
    public let entitled: Int
    /// Voters whose counting ballots differ; each is counted as blank.
    public private(set) var flagged = 0
    private var all = Counts()
    private var final = Counts()

    /// Nobody has voted yet.
    public init(entitled: Int) {
        precondition(entitled >= 0, "a number of voters is not negative")
        self.entitled = entitled
    }

    /// The one choice of a voter with these counting ballots: blank where they differ, `nil` where there are none.
    public static func choice(of votes: [Vote]) -> Ballot.Choice? {
        guard let first = votes.first else { return nil }
        return votes.allSatisfy { $0.choice == first.choice } ? first.choice : .blank
    }

    /// Adds the counting ballots of one voter; none for one who has not voted. Each voter is added once.
    public mutating func add(_ votes: [Vote]) {
        guard let first = votes.first, let choice = Self.choice(of: votes) else { return }
        if votes.contains(where: { $0.choice != first.choice }) { flagged += 1 }
        all.add(choice)
        if votes.allSatisfy(\.isFinal) { final.add(choice) }
    }

    /// All counting ballots.
    public var tally: Tally { all.tally(entitled: entitled) }

    /// The voters whose every counting ballot is final.
    public var finalTally: Tally { final.tally(entitled: entitled) }

    /// Whether the outcome can no longer change.
    public func isCertain(_ organ: Genesis.Organ) -> Bool { organ.certainOutcome(ofFinal: finalTally) != nil }

    /// The outcome with which an epoch of this date closes the decision; `nil` where it stays open.
    public func closing(_ organ: Genesis.Organ, deadline: CivilDate, date: CivilDate) -> DecisionOutcome? {
        guard date > deadline || isCertain(organ) else { return nil }
        return organ.outcome(tally)
    }
}
