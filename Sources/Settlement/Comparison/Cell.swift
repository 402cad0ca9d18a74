// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// The two who count.
public enum Side: String, Sendable, CaseIterable {
    case provider, consumer
}

/// What is counted and compared as one: an application between two parties in a class and month.
public struct CellKey: Hashable, Sendable, Comparable, CustomStringConvertible {
    public let application: ApplicationID
    public let provider: PartyID
    public let consumer: PartyID
    public let tariffClass: ClassID
    public let month: CivilMonth

    public init(
        application: ApplicationID, provider: PartyID, consumer: PartyID, tariffClass: ClassID, month: CivilMonth
    ) {
        self.application = application
        self.provider = provider
        self.consumer = consumer
        self.tariffClass = tariffClass
        self.month = month
    }

    /// `application/provider/consumer/class/month`.
    public var description: String { "\(application)/\(provider)/\(consumer)/\(tariffClass)/\(month)" }

    /// Application, provider, consumer, month, class: the order in which tolerance adds up.
    public static func < (left: Self, right: Self) -> Bool {
        (left.application, left.provider, left.consumer, left.month, left.tariffClass)
            < (right.application, right.provider, right.consumer, right.month, right.tariffClass)
    }
}

/// What both sides say about a cell. A stated 0 differs from an absent statement.
public struct CellCounts: Hashable, Sendable {
    /// Counted minus retracted; nil when the side stated nothing.
    public let provider: Int64?
    public let consumer: Int64?
    /// In confirmed mode: the consumer signed the provider's count.
    public let isSigned: Bool
    /// False when the two statements cover different transactions; nil when that was not compared.
    public let sameContent: Bool?

    public init(provider: Int64?, consumer: Int64?, isSigned: Bool = false, sameContent: Bool? = nil) {
        self.provider = provider
        self.consumer = consumer
        self.isSigned = isSigned
        self.sameContent = sameContent
    }
}

/// A cell with its counts.
public struct Cell: Hashable, Sendable {
    public let key: CellKey
    public let counts: CellCounts

    public init(_ key: CellKey, _ counts: CellCounts) {
        self.key = key
        self.counts = counts
    }
}

/// How the cells of a consumer are compared, set with the application.
public enum CellMode: String, Sendable, CaseIterable {
    /// Both count events.
    case twoSided = "two-sided"
    /// The consumer states a total from its own administration.
    case monthlyTotal = "monthly-total"
    /// The consumer signs the provider's count; a number of its own makes the cell a monthly total.
    case confirmed
}

/// What the application's community makes of the two parties of a cell.
public struct CellStanding: Hashable, Sendable {
    public let mode: CellMode
    public let providerIsParty: Bool
    public let consumerIsParty: Bool
    /// A customer that is no member: the provider's count is billed.
    public let consumerIsCustomer: Bool

    public init(mode: CellMode, providerIsParty: Bool, consumerIsParty: Bool, consumerIsCustomer: Bool = false) {
        self.mode = mode
        self.providerIsParty = providerIsParty
        self.consumerIsParty = consumerIsParty
        self.consumerIsCustomer = consumerIsCustomer
    }
}
