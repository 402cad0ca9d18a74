// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// The two who count.
public enum Side: String, Sendable, CaseIterable {
    case provider, consumer
}

/// What is counted and compared as one: an application between two parties in a class and month.
public struct CellKey: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The application that was used.
    public let application: ApplicationID
    /// Who hosts it and is paid.
    public let provider: PartyID
    /// Who uses it and pays.
    public let consumer: PartyID
    /// The class that chooses the tariff.
    public let tariffClass: ClassID
    /// The month of use, by the day of each event.
    public let month: CivilMonth

    /// Names a cell; nothing is checked.
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
    /// The same, by the consumer.
    public let consumer: Int64?
    /// In confirmed mode: the consumer signed the provider's count.
    public let isSigned: Bool
    /// False when the two statements cover different transactions; nil when that was not compared.
    public let sameContent: Bool?

    /// What both sides stated, nil for a side that stated nothing.
    public init(provider: Int64?, consumer: Int64?, isSigned: Bool = false, sameContent: Bool? = nil) {
        self.provider = provider
        self.consumer = consumer
        self.isSigned = isSigned
        self.sameContent = sameContent
    }
}

/// A cell with its counts.
public struct Cell: Hashable, Sendable {
    /// Which cell.
    public let key: CellKey
    /// What both sides say about it.
    public let counts: CellCounts

    /// A cell and its counts; checked when it is compared.
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
    /// How this consumer's cells are compared.
    public let mode: CellMode
    /// The provider may host the application.
    public let providerIsParty: Bool
    /// The consumer takes part in the application in that month.
    public let consumerIsParty: Bool
    /// A customer that is no member: the provider's count is billed.
    public let consumerIsCustomer: Bool

    /// What the two parties of a cell are to the application.
    public init(mode: CellMode, providerIsParty: Bool, consumerIsParty: Bool, consumerIsCustomer: Bool = false) {
        self.mode = mode
        self.providerIsParty = providerIsParty
        self.consumerIsParty = consumerIsParty
        self.consumerIsCustomer = consumerIsCustomer
    }
}
