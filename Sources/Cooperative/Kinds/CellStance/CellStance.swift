// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Kind 98: where one of the two parties of a cell stands: that it disputes the counts, accepts one, or hands the
/// matter to the deciding organ. Spec: Protocol/kinds.md §4.
public struct CellStance: Hashable, Sendable, EntryKind {
    /// The number of the kind of entry.
    public static let entryKind: UInt16 = 98
    static let number = entryKind
    static let name = "stance"

    /// What is said of the cell.
    public enum Word: Hashable, Sendable {
        /// What was said before no longer stands.
        case withdrawn
        /// The counts are contested; what the author holds to be right, where it knows.
        case disputes(Int64?)
        /// This quantity is right for the author.
        case accepts(Int64)
        /// The two cannot agree: the deciding organ has it.
        case escalates
        /// The consumer had so much of a service that it does not count itself.
        case confirms(Int64)

        var code: Int {
            switch self {
            case .withdrawn: 0
            case .disputes: 1
            case .accepts: 2
            case .escalates: 3
            case .confirms: 4
            }
        }

        /// The quantity that is named.
        public var quantity: Int64? {
            switch self {
            case .withdrawn, .escalates: nil
            case .disputes(let quantity): quantity
            case .accepts(let quantity), .confirms(let quantity): quantity
            }
        }

        init?(code: Int, quantity: Int64?) {
            switch (code, quantity) {
            case (0, nil): self = .withdrawn
            case (1, _): self = .disputes(quantity)
            case (2, let quantity?): self = .accepts(quantity)
            case (3, nil): self = .escalates
            case (4, let quantity?): self = .confirms(quantity)
            default: return nil
            }
        }
    }

    /// The month.
    public let month: CivilMonth
    /// The application's id.
    public let application: String
    /// Who provides it.
    public let provider: OIN
    /// Who uses it.
    public let consumer: OIN
    /// The tariff class.
    public let tariffClass: String
    /// What is said.
    public let word: Word

    /// `nil` where provider and consumer are one, for a quantity outside 0 to 2^62, or for a name of another form.
    public init?(
        month: CivilMonth, application: String, provider: OIN, consumer: OIN, tariffClass: String, word: Word
    ) {
        guard provider != consumer, word.quantity.map({ (0...UsageCounters.largest).contains($0) }) ?? true,
              SlugText.isValid(application.utf8, longest: CooperativeLimits.applicationBytes),
              SlugText.isValid(tariffClass.utf8, longest: CooperativeLimits.tariffClassBytes)
        else { return nil }
        (self.month, self.application, self.provider, self.consumer) = (month, application, provider, consumer)
        (self.tariffClass, self.word) = (tariffClass, word)
    }

    /// Reads the canonical bytes of a body; throws `stance-shape`.
    public static func parse(_ body: [UInt8]) throws(VoidReason) -> CellStance {
        try withBodyBytes(body, orElse: .stanceShape) { cursor throws(VoidReason) in try CellStance(&cursor) }
    }

    init(_ cursor: inout BodyCursor) throws(VoidReason) {
        guard cursor.array() == 7, let number = cursor.unsigned(), let month = CivilMonth(monthNumber: number),
              let application = cursor.text(), let provider = cursor.text(), let consumer = cursor.text(),
              let tariffClass = cursor.text(), let provider = OIN(provider.utf8Text),
              let consumer = OIN(consumer.utf8Text), let code = cursor.unsigned()
        else { throw .stanceShape }
        let quantity = cursor.null() ? nil : cursor.unsigned().map { Int64($0) } ?? -1
        guard cursor.isAtEnd, let word = Word(code: code, quantity: quantity),
              let stance = CellStance(
                month: month, application: application.utf8Text, provider: provider, consumer: consumer,
                tariffClass: tariffClass.utf8Text, word: word)
        else { throw .stanceShape }
        self = stance
    }

    /// The canonical bytes of the body.
    public func encode() -> [UInt8] {
        var writer = CBORWriter(capacity: 128)
        writer.array(count: 7)
        writer.integer(Int(month.monthNumber))
        writer.text(application)
        writer.text(provider.digits)
        writer.text(consumer.digits)
        writer.text(tariffClass)
        writer.integer(word.code)
        if let quantity = word.quantity { writer.integer(quantity) } else { writer.null() }
        return writer.bytes
    }

    /// The entry; `commitment` is to the reason or the evidence, which travels beside the log.
    public func entry(commitment: TextCommitment? = nil) -> [UInt8] {
        Entry.encode(kind: Self.number, body: encode(), commitment: commitment)
    }
}
