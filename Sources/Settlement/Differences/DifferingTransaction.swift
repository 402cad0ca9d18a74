// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// A record and how often a side has it.
public struct CountedRecord: Hashable, Sendable {
    /// The day.
    public let day: CivilDate
    /// The tariff class.
    public let tariffClass: String
    /// How much was used, each time.
    public let quantity: Int64
    /// How often.
    public let occurrences: Int

    /// Joins the parts.
    public init(day: CivilDate, tariffClass: String, quantity: Int64, occurrences: Int) {
        self.day = day
        self.tariffClass = tariffClass
        self.quantity = quantity
        self.occurrences = occurrences
    }

    /// Class, quantity, day.
    static func precedes(_ left: Self, _ right: Self) -> Bool {
        if left.tariffClass != right.tariffClass { return left.tariffClass.bytesPrecede(right.tariffClass) }
        return (left.quantity, left.day) < (right.quantity, right.day)
    }
}

/// A transaction about which two sides differ, as each has it. Spec: Protocol/comparison.md §6.
public struct DifferingTransaction: Hashable, Sendable {
    /// Which one.
    public let key: MatchKey
    /// What is wrong.
    public let kind: DifferenceKind
    /// Of *missing* the side that lacks it, of *doubled* the one that has it more often; `nil` of *different*.
    public let side: Holder?
    /// Why, probably.
    public let cause: LikelyCause
    /// As the asker has it.
    public let own: [CountedRecord]
    /// As the other side has it.
    public let other: [CountedRecord]

    /// The first day on which either side has it.
    public var day: CivilDate {
        guard let day = (own + other).map(\.day).min() else { preconditionFailure("a side has it") }
        return day
    }
}

/// Both sides' records of one match key, and what follows from them.
struct KeyedDifference {
    let key: MatchKey
    var own: [CountedRecord]
    var other: [CountedRecord]
    var ownSources = 1
    var otherSources = 1
    var hasNeighbour = false

    private var ownCount: Int { own.reduce(0) { $0 + $1.occurrences } }
    private var otherCount: Int { other.reduce(0) { $0 + $1.occurrences } }

    var kind: DifferenceKind {
        if own.isEmpty || other.isEmpty { return .missing }
        return ownCount == otherCount ? .different : .doubled
    }

    var side: Holder? {
        switch kind {
        case .missing: own.isEmpty ? .own : .other
        case .doubled: ownCount > otherCount ? .own : .other
        case .different: nil
        }
    }

    /// The cause, where it follows from these records alone.
    var cause: LikelyCause? {
        switch kind {
        case .missing: hasNeighbour ? .monthEnd : nil
        case .doubled: (side == .own ? ownSources : otherSources) > 1 ? .doubleFeed : .repeated
        case .different: differentCause
        }
    }

    /// The rows one by one in order; the i-th of both sides belong together.
    private var differentCause: LikelyCause {
        let pairs = zip(Self.spread(own), Self.spread(other))
        let sameClass = pairs.allSatisfy { $0.tariffClass == $1.tariffClass }
        let sameQuantity = pairs.allSatisfy { $0.quantity == $1.quantity }
        let sameDay = pairs.allSatisfy { $0.day == $1.day }
        if sameClass, sameQuantity, pairs.allSatisfy({ abs($0.day.dayNumber - $1.day.dayNumber) <= 1 }) {
            return .midnight
        }
        if sameDay, sameQuantity { return .otherClass }
        if sameDay, sameClass { return .otherQuantity }
        return .unknown
    }

    private static func spread(_ rows: [CountedRecord]) -> [CountedRecord] {
        rows.sorted(by: CountedRecord.precedes).flatMap { Array(repeating: $0, count: $0.occurrences) }
    }
}
