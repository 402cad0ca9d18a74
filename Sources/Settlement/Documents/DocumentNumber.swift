// SPDX-License-Identifier: EUPL-1.2

/// What a document is, by its code in UNCL 1001. Spec: Protocol/settlement-documents.md §2.
public enum DocumentKind: String, Sendable, CaseIterable {
    /// Net zero or more: the receiver owes.
    case invoice = "380"
    /// A net credit; its amounts are negative here and stand without the sign on paper.
    case creditNote = "381"
}

/// What a series of numbers begins with: one for each issuer, incarnation of its log and, where it likes, year.
/// Spec: Protocol/settlement-documents.md §5.
public struct SeriesPrefix: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// 1 to 20 letters, digits and `-`, such as `EHV1`.
    public let text: String

    /// Refuses (`malformedSeries`) other characters, and a dash at either end.
    public init(_ text: String) throws(BillingRefusal) {
        let bytes = text.utf8
        guard (1...Limits.seriesPrefixByteCount).contains(bytes.count),
              bytes.allSatisfy({ Self.isPart($0) || $0 == UInt8(ascii: "-") }),
              let first = bytes.first, let last = bytes.last, Self.isPart(first), Self.isPart(last)
        else { throw .malformedSeries(text) }
        self.text = text
    }

    public var description: String { text }

    /// By UTF-8 bytes.
    public static func < (left: Self, right: Self) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }

    private static func isPart(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }
}

/// How a document is named. Spec: Protocol/settlement-documents.md §5.
public enum DocumentNumber: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// A number of the issuer's series, gapless from 1.
    case numbered(SeriesPrefix, Int)
    /// A proposal without a number: the issuer numbers in its own financial system. The text names the proposal and
    /// never stands on paper as an invoice number.
    case proposal(String)

    /// `EHV1-000042`, or the name of the proposal: the invoice number and payment reference.
    public var description: String {
        switch self {
        case .numbered(let prefix, let number):
            let digits = String(number)
            return "\(prefix)-\(String(repeating: "0", count: max(0, Self.digits - digits.count)))\(digits)"
        case .proposal(let name): return name
        }
    }

    /// Reads a number of a series as it is written. Refuses (`malformedNumber`) whatever does not print back the same.
    public init(numbered text: String) throws(BillingRefusal) {
        guard let dash = text.utf8.lastIndex(of: UInt8(ascii: "-")),
              let value = Int(text[text.index(after: dash)...]), value > 0
        else { throw .malformedNumber(text) }
        self = .numbered(try SeriesPrefix(String(text[..<dash])), value)
        guard description.utf8.elementsEqual(text.utf8) else { throw .malformedNumber(text) }
    }

    /// Whether it is a real invoice number.
    public var isNumbered: Bool { if case .numbered = self { true } else { false } }

    /// Proposals first by name, then by prefix and number.
    public static func < (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.proposal(let one), .proposal(let other)): one.utf8.lexicographicallyPrecedes(other.utf8)
        case (.proposal, .numbered): true
        case (.numbered, .proposal): false
        case (.numbered(let one, let first), .numbered(let other, let second)): (one, first) < (other, second)
        }
    }

    private static let digits = 6
}
