// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// One transaction as one side counted it: what both sides compare. Spec: Protocol/comparison.md §1.
public struct TransactionRecord: Hashable, Sendable {
    /// Who hosts the application.
    public let provider: OIN
    /// The application's id.
    public let application: String
    /// The tariff class.
    public let tariffClass: String
    /// The day to which the use belongs.
    public let day: CivilDate
    /// The id that both sides share.
    public let matchID: String
    /// How much was used.
    public let quantity: Int64

    /// Joins the parts; nothing is checked.
    public init(
        provider: OIN, application: String, tariffClass: String, day: CivilDate, matchID: String, quantity: Int64
    ) {
        self.provider = provider
        self.application = application
        self.tariffClass = tariffClass
        self.day = day
        self.matchID = matchID
        self.quantity = quantity
    }

    /// By which records of two sides belong together.
    public var key: MatchKey { MatchKey(provider: provider, application: application, matchID: matchID) }

    /// The keyed code.
    public func code(_ key: some KeyedHashing) -> RecordCode {
        var coder = RecordCoder(key)
        return coder.code(of: self)
    }
}

/// By which the records of two sides belong together: day, class and quantity may differ.
/// Spec: Protocol/comparison.md §6.
public struct MatchKey: Hashable, Sendable, Comparable {
    /// Who hosts the application.
    public let provider: OIN
    /// The application's id.
    public let application: String
    /// The id that both sides share.
    public let matchID: String

    /// Joins the parts.
    public init(provider: OIN, application: String, matchID: String) {
        self.provider = provider
        self.application = application
        self.matchID = matchID
    }

    /// By provider, application, id; text by its bytes.
    public static func < (left: Self, right: Self) -> Bool {
        if left.provider != right.provider { return left.provider < right.provider }
        if left.application != right.application { return left.application.bytesPrecede(right.application) }
        return left.matchID.bytesPrecede(right.matchID)
    }
}

/// The first sixteen bytes of the keyed hash of a record. Spec: Protocol/comparison.md §1.
public struct RecordCode: Hashable, Sendable, Comparable {
    /// The first eight bytes, big-endian: they say in which range the code lies.
    public let high: UInt64
    /// The others: they say which code of the range it is.
    public let low: UInt64

    /// Joins the halves.
    public init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Byte order.
    @inlinable
    public static func < (left: Self, right: Self) -> Bool {
        left.high != right.high ? left.high < right.high : left.low < right.low
    }
}

extension String {
    /// Order by UTF-8 bytes.
    func bytesPrecede(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}
