// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// An application of a provider in a class: what has a price of its own.
public struct PricedUse: Hashable, Sendable, Comparable {
    /// Who hosts it.
    public let provider: OIN
    /// The application's id.
    public let application: String
    /// The tariff class.
    public let tariffClass: String

    /// Joins the parts.
    public init(provider: OIN, application: String, tariffClass: String) {
        self.provider = provider
        self.application = application
        self.tariffClass = tariffClass
    }

    /// By provider, application, class; text by its bytes.
    public static func < (left: Self, right: Self) -> Bool {
        if left.provider != right.provider { return left.provider < right.provider }
        if left.application != right.application { return left.application.bytesPrecede(right.application) }
        return left.tariffClass.bytesPrecede(right.tariffClass)
    }
}

/// Records and their quantity.
public struct UseCount: Hashable, Sendable {
    /// How many records.
    public var records: Int
    /// Their quantity.
    public var quantity: Int64

    /// None by default.
    public init(records: Int = 0, quantity: Int64 = 0) {
        self.records = records
        self.quantity = quantity
    }
}

/// What both sides counted of one day. Spec: Protocol/comparison.md §6.
public struct DayComparison: Hashable, Sendable {
    /// Of what.
    public let use: PricedUse
    /// The day.
    public let day: CivilDate
    /// The asker.
    public let own: UseCount
    /// The other side.
    public let other: UseCount
}

/// What a likely cause makes of the counts of one application and class.
public struct CauseTotal: Hashable, Sendable {
    /// Of what.
    public let use: PricedUse
    /// The cause.
    public let cause: LikelyCause
    /// How many transactions.
    public var transactions: Int
    /// The asker's quantity less the other side's.
    public var quantity: Int64
}

/// What two sides differ in, and why, probably. Everything else is proven equal.
/// Spec: Protocol/comparison.md §6.
public struct DifferenceSheet: Hashable, Sendable {
    /// The month.
    public let month: CivilMonth
    /// The asker's root.
    public let own: RecordRoot
    /// The other side's.
    public let other: RecordRoot
    /// Both counts of each day on which a side has something, by use and day.
    public let days: [DayComparison]
    /// The differing transactions, by provider, first day, application and id.
    public let transactions: [DifferingTransaction]

    /// The causes by use, in their order.
    public var causes: [CauseTotal] {
        var totals: [PricedUse: [LikelyCause: CauseTotal]] = [:]
        func add(_ rows: [CountedRecord], _ transaction: DifferingTransaction, _ sign: Int64) {
            for row in rows {
                let use = PricedUse(
                    provider: transaction.key.provider, application: transaction.key.application,
                    tariffClass: row.tariffClass)
                totals[use, default: [:]][
                    transaction.cause,
                    default: CauseTotal(use: use, cause: transaction.cause, transactions: 0, quantity: 0)
                ].quantity += sign * row.quantity * Int64(row.occurrences)
            }
        }
        for transaction in transactions {
            add(transaction.own, transaction, 1)
            add(transaction.other, transaction, -1)
            let classes = Set((transaction.own + transaction.other).map(\.tariffClass)).sorted()
            for tariffClass in classes {
                let use = PricedUse(
                    provider: transaction.key.provider, application: transaction.key.application,
                    tariffClass: tariffClass)
                totals[use]?[transaction.cause]?.transactions += 1
            }
        }
        return totals.sorted { $0.key < $1.key }.flatMap { _, causes in
            LikelyCause.allCases.compactMap { causes[$0] }
        }
    }

    /// What both sides counted in the whole month, by use.
    public var totals: [(use: PricedUse, own: UseCount, other: UseCount)] {
        var totals: [(use: PricedUse, own: UseCount, other: UseCount)] = []
        for day in days {
            if totals.last?.use != day.use { totals.append((day.use, UseCount(), UseCount())) }
            let index = totals.count - 1
            totals[index].own.records += day.own.records
            totals[index].own.quantity += day.own.quantity
            totals[index].other.records += day.other.records
            totals[index].other.quantity += day.other.quantity
        }
        return totals
    }

    /// Days on which both sides have the same records.
    public func isEqual(on day: CivilDate) -> Bool {
        !transactions.contains { transaction in
            (transaction.own + transaction.other).contains { $0.day == day }
        }
    }
}

/// What part of a month's price stands on a number of units. Spec: Protocol/comparison.md §6.
public enum DifferenceAmount {
    /// rated(lower count + units) - rated(lower count).
    public static func amount(
        of units: Int64, own: Int64, other: Int64, at prices: PriceList
    ) throws(SettlementRefusal) -> Cents {
        let low = min(own, other)
        let high = try Rating.amount(of: Quantity(low + abs(units)), at: prices)
        return try high.subtracting(Rating.amount(of: Quantity(low), at: prices))
    }
}
