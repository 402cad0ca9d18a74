// SPDX-License-Identifier: EUPL-1.2

/// The numbers of one prefix: 1, 2, 3 and so on without a gap. One issuer and incarnation owns a prefix.
/// Spec: Protocol/settlement-documents.md §5.
public struct DocumentSeries: Hashable, Sendable {
    /// What its numbers begin with.
    public let prefix: SeriesPrefix
    /// The last number given; 0 before the first.
    public private(set) var last: Int
    /// Whether the books moved on, so that nothing is numbered here any more.
    public private(set) var isClosed: Bool

    /// A series that has given the numbers up to `last`.
    public init(_ prefix: SeriesPrefix, last: Int = 0, isClosed: Bool = false) {
        precondition(last >= 0, "a series begins at 1")
        self.prefix = prefix
        self.last = last
        self.isClosed = isClosed
    }

    /// The number that the next document gets.
    public var next: DocumentNumber { .numbered(prefix, last + 1) }

    /// Numbers proposals in their order, all or none. Refuses a document that has a number, and a closed series.
    public mutating func number(_ proposals: [BillingDocument]) throws(BillingRefusal) -> [BillingDocument] {
        guard !isClosed else { throw .seriesClosed(prefix) }
        for document in proposals where document.number.isNumbered { throw .numberedBefore(document.number) }
        var numbered: [BillingDocument] = []
        for document in proposals {
            numbered.append(document.numbered(next))
            last += 1
        }
        return numbered
    }

    /// Takes note of a number that was given, such as one read back. Refuses another prefix, a number already
    /// used and one that leaves a gap.
    public mutating func record(_ number: DocumentNumber) throws(BillingRefusal) {
        guard !isClosed else { throw .seriesClosed(prefix) }
        guard case .numbered(prefix, let value) = number else { throw .foreignNumber(number, prefix) }
        guard value > last else { throw .numberUsed(number) }
        guard value == last + 1 else { throw .numberGap(number, expected: next) }
        last = value
    }

    /// The books change hands, or the log has a successor: this series never gives a number again.
    public mutating func close() { isClosed = true }
}

/// Which issuer and incarnation of its log owns which prefix. Spec: Protocol/settlement-documents.md §5.
public struct SeriesRegister: Hashable, Sendable {
    /// Who numbers: a party and one of its logs.
    public struct Owner: Hashable, Sendable {
        /// The issuer.
        public let issuer: PartyID
        /// From 1; a restore or new key starts the next one.
        public let incarnation: Int

        /// A party and one of its logs.
        public init(_ issuer: PartyID, incarnation: Int) {
            self.issuer = issuer
            self.incarnation = incarnation
        }
    }

    private var owners: [SeriesPrefix: Owner] = [:]

    /// No prefix is taken.
    public init() {}

    /// Takes a prefix for an owner; again for the same owner changes nothing. Refuses another's prefix.
    public mutating func open(_ prefix: SeriesPrefix, for owner: Owner) throws(BillingRefusal) {
        if let other = owners[prefix], other != owner { throw .seriesTaken(prefix, by: other.issuer) }
        owners[prefix] = owner
    }
}
