// SPDX-License-Identifier: EUPL-1.2
import Journal

/// A field of an application's entry in the catalogue: a number, with a qualifier such as a language where the
/// field has one. Spec: Protocol/kinds.md §1. Numbers that have no name here are kept like the others.
public struct CatalogueField: Hashable, Sendable, Comparable {
    /// The number.
    public let number: Int
    /// The qualifier.
    public let qualifier: String?

    /// A field. The number is not negative.
    public init(_ number: Int, qualifier: String? = nil) {
        precondition(number >= 0, "a field is a uint")
        (self.number, self.qualifier) = (number, qualifier)
    }

    /// The canonical bytes: a uint, or `[uint, tstr]`.
    public func encode() -> [UInt8] {
        var writer = CBORWriter(capacity: 16)
        if let qualifier {
            writer.array(count: 2)
            writer.integer(number)
            writer.text(qualifier)
        } else {
            writer.integer(number)
        }
        return writer.bytes
    }

    init?(_ cursor: inout BodyCursor) {
        if let number = cursor.peekUnsigned() {
            self.init(number)
            return
        }
        guard cursor.array() == 2, let number = cursor.unsigned(), let qualifier = cursor.text() else {
            return nil
        }
        self.init(number, qualifier: qualifier.utf8Text)
    }

    /// Reads canonical bytes; `nil` for another item.
    init?(encoded bytes: ArraySlice<UInt8>) {
        let field: CatalogueField? = bytes.withUnsafeBufferPointer { memory in
            guard let base = memory.baseAddress else { return nil }
            var cursor = BodyCursor(base, in: 0..<memory.count)
            return CatalogueField(&cursor)
        }
        guard let field else { return nil }
        self = field
    }

    /// By encoded bytes, as on the wire.
    public static func < (left: Self, right: Self) -> Bool {
        left.encode().lexicographicallyPrecedes(right.encode())
    }
}
