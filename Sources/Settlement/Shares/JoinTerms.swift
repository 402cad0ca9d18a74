// SPDX-License-Identifier: EUPL-1.2

/// How the price level moved between the original key date and a join, as a ratio of two index figures.
public struct Indexation: Hashable, Sendable {
    /// The index figure of the join, above 0.
    public let now: Int64
    /// The index figure of the original cost, above 0.
    public let original: Int64

    /// Refuses (`indexMalformed`) figures that are not above zero.
    public init(now: Int64, original: Int64) throws(SettlementRefusal) {
        guard now > 0, original > 0 else { throw .indexMalformed(now: now, original: original) }
        self.now = now
        self.original = original
    }

    private init() { (now, original) = (1, 1) }

    /// No indexation.
    public static let none = Indexation()
}

/// How much of the cost is written off when somebody joins, in months of a straight line.
public struct Depreciation: Hashable, Sendable {
    /// Months since the first use, 0 or more; from `life` on nothing is left.
    public let elapsedMonths: Int64
    /// Months in which the whole cost is written off, above 0.
    public let lifeMonths: Int64

    /// Refuses (`depreciationMalformed`) a life that is not above zero and a negative age.
    public init(elapsedMonths: Int64, lifeMonths: Int64) throws(SettlementRefusal) {
        guard lifeMonths > 0, elapsedMonths >= 0 else {
            throw .depreciationMalformed(elapsed: elapsedMonths, life: lifeMonths)
        }
        self.elapsedMonths = elapsedMonths
        self.lifeMonths = lifeMonths
    }

    private init() { (elapsedMonths, lifeMonths) = (0, 1) }

    /// Nothing is written off.
    public static let none = Depreciation()
}

/// What the decision about a join fixes: the total to divide and the key, as data.
/// Spec: Protocol/settlement.md §5.6.
public struct JoinTerms: Hashable, Sendable {
    /// The total before indexation and depreciation; nil keeps the original cost.
    public let cost: Cents?
    /// The weights of everybody in the key at another key date; nil keeps the weights as they are.
    public let weights: [Weight]?
    /// Moves the total.
    public let indexation: Indexation
    /// Lowers the total.
    public let depreciation: Depreciation

    /// Terms of a join; by default total and key stay as they were.
    public init(
        cost: Cents? = nil, weights: [Weight]? = nil, indexation: Indexation = .none,
        depreciation: Depreciation = .none
    ) {
        self.cost = cost
        self.weights = weights
        self.indexation = indexation
        self.depreciation = depreciation
    }

    /// Total and key as at the beginning.
    public static let unchanged = JoinTerms()

    /// cost x now / original x what is left of the life, rounded once.
    public func total(of original: Cents) throws(SettlementRefusal) -> Cents {
        let base = Int128((cost ?? original).value)
        let left = Int128(max(0, depreciation.lifeMonths - depreciation.elapsedMonths))
        let (indexed, first) = base.multipliedReportingOverflow(by: Int128(indexation.now))
        let (lowered, second) = indexed.multipliedReportingOverflow(by: left)
        let (divisor, third) = Int128(indexation.original)
            .multipliedReportingOverflow(by: Int128(depreciation.lifeMonths))
        guard !first, !second, !third else { throw .amountOutOfRange(what: "the indexed cost") }
        return try Rounding.cents(lowered, over: divisor, "the indexed cost")
    }
}
