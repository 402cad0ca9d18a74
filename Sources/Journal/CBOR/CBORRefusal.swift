// SPDX-License-Identifier: EUPL-1.2

/// Why bytes are not the one spelling of an item. Spec: Protocol/cbor.md §4.
/// The raw value is the reason as it is written on the wire and in the vectors.
public enum CBORRefusal: String, Error, Equatable, Sendable, CaseIterable {
    case truncated
    case trailingBytes = "trailing-bytes"
    case notShortest = "not-shortest"
    case indefiniteLength = "indefinite-length"
    case unsupportedType = "unsupported-type"
    case integerOutOfRange = "integer-out-of-range"
    case keyType = "key-type"
    case keyOrder = "key-order"
    case duplicateKey = "duplicate-key"
    case invalidUTF8 = "invalid-utf8"
    case tooDeep = "too-deep"
    case lengthExceedsInput = "length-exceeds-input"
    /// The item is canonical but not of the type, size or range that the reader asked for. Never a fault of
    /// the encoding, so a caller answers it with the reason of its own shape.
    case unexpectedItem = "unexpected-item"
}
