// SPDX-License-Identifier: EUPL-1.2

/// An Ed25519 signature, sixty-four bytes held inline. Spec: RFC 8032.
@frozen
public struct Signature: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// How many bytes there are.
    public static let byteCount = 64

    /// The first half, the point R.
    public let first: Bytes32
    /// The second half, the scalar S.
    public let second: Bytes32

    /// Joins the two halves.
    @inlinable
    public init(first: Bytes32, second: Bytes32) {
        self.first = first
        self.second = second
    }

    /// `nil` unless there are exactly sixty-four bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount, let first = Bytes32(bytes.prefix(32)),
              let second = Bytes32(bytes.dropFirst(32))
        else { return nil }
        self.init(first: first, second: second)
    }

    /// A copy of the bytes.
    public var bytes: [UInt8] {
        first.withBytes { Array($0) } + second.withBytes { Array($0) }
    }

    /// Lower-case hexadecimal, 128 digits.
    public var description: String { Hexadecimal.encode(bytes) }

    /// Byte order.
    public static func < (left: Self, right: Self) -> Bool {
        left.first == right.first ? left.second < right.second : left.first < right.first
    }
}
