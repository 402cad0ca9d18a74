// SPDX-License-Identifier: EUPL-1.2

/// Votes counted. Spec: Protocol/voting.md §4.
public struct Tally: Hashable, Sendable {
    /// Votes for.
    public let votesFor: Int
    /// Votes against.
    public let against: Int
    /// Blank votes, and voters who voted differently in two places.
    public let blank: Int
    /// How many may vote.
    public let entitled: Int

    /// How many voted.
    public var cast: Int { votesFor + against + blank }

    /// How many did not.
    public var absent: Int { entitled - cast }

    /// `nil` where a number is negative or more voted than may.
    public init?(for votesFor: Int, against: Int, blank: Int, entitled: Int) {
        let counts = [votesFor, against, blank]
        guard entitled >= 0, counts.allSatisfy({ (0...entitled).contains($0) }),
              votesFor <= entitled - against, blank <= entitled - against - votesFor
        else { return nil }
        (self.votesFor, self.against, self.blank, self.entitled) = (votesFor, against, blank, entitled)
    }

    private init(_ tally: Tally, for more: Int, against: Int) {
        votesFor = tally.votesFor + more
        self.against = tally.against + against
        blank = tally.blank
        entitled = tally.entitled
    }

    /// The tally if everybody who is absent votes for.
    var withAbsentFor: Tally { Tally(self, for: absent, against: 0) }

    /// The tally if everybody who is absent votes against.
    var withAbsentAgainst: Tally { Tally(self, for: 0, against: absent) }
}

/// What an organ decided. Spec: Protocol/voting.md §4.
public enum DecisionOutcome: Hashable, Sendable {
    case carried
    case notCarried
}

extension Genesis.Organ {
    /// Whether such a tally carries a decision: the base is not zero, for/base is more than the threshold and
    /// cast/entitled at least the quorum, in exact arithmetic. Spec: Protocol/voting.md §4.
    public func carries(_ tally: Tally) -> Bool {
        let base = switch base {
        case .votesWithoutBlanks: tally.votesFor + tally.against
        case .votes: tally.cast
        case .entitled: tally.entitled
        }
        guard base > 0 else { return false }
        let votes = Product(tally.votesFor, threshold.denominator)
        let turnout = Product(tally.cast, quorum.denominator)
        return Product(base, threshold.numerator) < votes && turnout >= Product(tally.entitled, quorum.numerator)
    }

    /// The outcome of a tally.
    public func outcome(_ tally: Tally) -> DecisionOutcome { carries(tally) ? .carried : .notCarried }

    /// The outcome that nothing can change any more, given the voters who cannot change theirs; `nil` while the
    /// others still can: the outcome differs between all of them for, all against, and none voting. These three
    /// are the extremes of for/base and of the turnout, so every other way to vote lies between them.
    /// Spec: Protocol/voting.md §4.
    public func certainOutcome(ofFinal tally: Tally) -> DecisionOutcome? {
        let outcome = outcome(tally)
        let isCertain = self.outcome(tally.withAbsentFor) == outcome
            && self.outcome(tally.withAbsentAgainst) == outcome
        return isCertain ? outcome : nil
    }
}

/// A product of two counts at its full width.
private struct Product: Comparable {
    let high: UInt
    let low: UInt

    init(_ left: Int, _ right: Int) {
        let product = UInt(left).multipliedFullWidth(by: UInt(right))
        (high, low) = (product.high, product.low)
    }

    static func < (left: Self, right: Self) -> Bool { (left.high, left.low) < (right.high, right.low) }
}
