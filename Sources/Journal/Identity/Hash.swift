// SPDX-License-Identifier: EUPL-1.2

/// A SHA-256 value, held inline.
@frozen
public struct Hash: ThirtyTwoBytes {
    /// The thirty-two bytes.
    public let value: Bytes32

    /// Reads the bytes as a hash.
    @inlinable public init(_ value: Bytes32) { self.value = value }

    /// The first 64 bits, for buckets and tries.
    @inlinable public var leadingWord: UInt64 { value.leadingWord }

    /// Bit `index` from the left, 0 to 255.
    public func bit(_ index: Int) -> Bool { value.bit(index) }
}
