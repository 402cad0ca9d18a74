// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Journal
import Testing

@Suite("Decisions: tally and certainty, Protocol/voting.md §4")
struct CertaintyTests {
    static func organ(_ choices: inout Choices) throws -> Genesis.Organ {
        func fraction(_ choices: inout Choices) throws -> Genesis.Fraction {
            let denominator = 1 + choices.below(6)
            return try #require(Genesis.Fraction(choices.below(denominator + 1), denominator))
        }
        return Genesis.Organ(
            id: try #require(Slug("alv")), name: "ALV", electorate: .members, threshold: try fraction(&choices),
            base: try #require(Genesis.Organ.Base(rawValue: choices.below(3))), quorum: try fraction(&choices))
    }

    /// A voter who has not voted, or voted in one to three logs.
    static func votes(_ choices: inout Choices) -> [Poll.Vote] {
        let count = [0, 0, 1, 1, 1, 1, 2, 3][choices.below(8)]
        return (0..<count).map { _ in
            Poll.Vote(Ballot.Choice(rawValue: choices.below(3)) ?? .blank, isFinal: choices.below(3) > 0)
        }
    }

    /// Every tally that the voters who are still free can make of one that is settled.
    static func completions(_ tally: Tally) -> [Tally] {
        (0...tally.absent).flatMap { more in
            (0...tally.absent - more).flatMap { against in
                (0...tally.absent - more - against).compactMap { blank in
                    Tally(
                        for: tally.votesFor + more, against: tally.against + against,
                        blank: tally.blank + blank, entitled: tally.entitled)
                }
            }
        }
    }

    /// The rule with exact fractions of small numbers, by words of the page.
    static func carried(_ organ: Genesis.Organ, _ tally: Tally) -> Bool {
        let base = [tally.votesFor + tally.against, tally.cast, tally.entitled][organ.base.rawValue]
        guard base > 0 else { return false }
        return tally.votesFor * organ.threshold.denominator > organ.threshold.numerator * base
            && tally.cast * organ.quorum.denominator >= organ.quorum.numerator * tally.entitled
    }

    @Test("certain is: every way in which the others can still vote gives one outcome", arguments: 0..<40)
    func certainIsForAllCompletions(seed: Int) throws {
        var choices = Choices(seed: UInt64(seed))
        for _ in 0..<60 {
            let organ = try Self.organ(&choices)
            var poll = Poll(entitled: choices.below(8))
            for _ in 0..<poll.entitled { poll.add(Self.votes(&choices)) }
            let outcomes = Set(Self.completions(poll.finalTally).map { Self.carried(organ, $0) })
            #expect(poll.isCertain(organ) == (outcomes.count == 1))
            if poll.isCertain(organ) {
                #expect(outcomes == [organ.carries(poll.tally)], "what counts now is one of these ways")
                #expect(organ.certainOutcome(ofFinal: poll.finalTally) == organ.outcome(poll.tally))
            }
            #expect(organ.carries(poll.tally) == Self.carried(organ, poll.tally))
        }
    }

    @Test("the order of voters and of a voter's ballots never matters", arguments: 0..<40)
    func orderDoesNotMatter(seed: Int) {
        var choices = Choices(seed: UInt64(seed))
        let voters = (0..<7).map { _ in Self.votes(&choices) }
        var first = Poll(entitled: 7)
        var second = Poll(entitled: 7)
        for votes in voters { first.add(votes) }
        for votes in voters.shuffled(using: &choices) { second.add(votes.shuffled(using: &choices)) }
        #expect(first == second)
    }

    @Test("a decision closes when it is certain or its deadline has passed, and not before", arguments: 0..<40)
    func closing(seed: Int) throws {
        var choices = Choices(seed: UInt64(seed))
        let organ = try Self.organ(&choices)
        var poll = Poll(entitled: 5)
        for _ in 0..<5 { poll.add(Self.votes(&choices)) }
        let deadline = try #require(CivilDate("2026-03-01"))
        let outcome = organ.outcome(poll.tally)
        #expect(poll.closing(organ, deadline: deadline, date: try #require(CivilDate("2026-03-02"))) == outcome)
        for day in ["2026-03-01", "2026-02-01"] {
            let closed = poll.closing(organ, deadline: deadline, date: try #require(CivilDate(day)))
            #expect(closed == (poll.isCertain(organ) ? outcome : nil))
        }
    }

    @Test("a tally has no more voters than are entitled")
    func tallyBounds() {
        #expect(Tally(for: 2, against: 1, blank: 1, entitled: 4) != nil)
        #expect(Tally(for: 2, against: 1, blank: 2, entitled: 4) == nil)
        #expect(Tally(for: -1, against: 1, blank: 2, entitled: 4) == nil)
        #expect(Tally(for: Int.max, against: Int.max, blank: 2, entitled: Int.max) == nil)
        #expect(Tally(for: 0, against: 0, blank: 0, entitled: -1) == nil)
    }
}
