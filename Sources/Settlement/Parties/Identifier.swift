// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// What an identifier names. The cases only keep identifiers of different things apart.
public enum PartyKind {}
/// An application of the catalogue.
public enum ApplicationKind {}
/// A tariff class.
public enum ClassKind {}
/// A decision or a place in the genesis.
public enum DecisionKind {}

/// A member, customer or the cooperative: the id at admission, which never changes.
public typealias PartyID = Identifier<PartyKind>
/// An application of the catalogue.
public typealias ApplicationID = Identifier<ApplicationKind>
/// A tariff class of an application.
public typealias ClassID = Identifier<ClassKind>
/// Where a rule comes from: a decision, or a place in the genesis.
public typealias DecisionID = Identifier<DecisionKind>

/// A name without blanks, ordered by its UTF-8 bytes on every machine.
/// Spec: Protocol/settlement.md §1.
public struct Identifier<Kind>: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The name as read.
    public let text: String

    /// Refuses (`malformedIdentifier`) the empty text, more than `Limits.identifierByteCount` bytes, blanks,
    /// control characters and `/`.
    public init(_ text: String) throws(SettlementRefusal) {
        let bytes = text.utf8
        guard (1...Limits.identifierByteCount).contains(bytes.count),
              bytes.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "/") })
        else { throw .malformedIdentifier(text) }
        self.text = text
    }

    private init(known text: String) { self.text = text }

    public var description: String { text }

    public static func == (left: Self, right: Self) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    public func hash(into hasher: inout Hasher) {
        var bytes = text
        bytes.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }

    /// UTF-8 bytes, never the order of a language.
    public static func < (left: Self, right: Self) -> Bool {
        left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
}

extension Identifier where Kind == PartyKind {
    /// A party that has an OIN goes by it.
    public init(_ oin: OIN) { self.init(known: oin.digits) }
}

extension Identifier where Kind == DecisionKind {
    /// What the founding document itself set: its key and the position there, `genesis:8.0`.
    public static func genesis(key: Int, position: Int) -> Self { Self(known: "genesis:\(key).\(position)") }
}
