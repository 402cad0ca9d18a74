// SPDX-License-Identifier: EUPL-1.2

/// Thirty-two bytes held inline; their order is the order of the bytes.
@frozen
public struct Bytes32: Hashable, Sendable, Comparable {
    /// How many bytes there are.
    public static let byteCount = 32

    // Big-endian words, so that word order is byte order.
    @usableFromInline let a: UInt64, b: UInt64, c: UInt64, d: UInt64

    /// `nil` unless there are exactly thirty-two bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
        self.init(words)
    }

    /// Reads exactly thirty-two bytes of memory.
    @inlinable
    public init(unsafe bytes: UnsafeRawBufferPointer) {
        precondition(bytes.count == Self.byteCount)
        self.init(bytes.loadUnaligned(as: (UInt64, UInt64, UInt64, UInt64).self))
    }

    /// Takes the value as it lies in memory, in the order of its bytes.
    @inlinable
    public init(_ words: (UInt64, UInt64, UInt64, UInt64)) {
        a = UInt64(bigEndian: words.0)
        b = UInt64(bigEndian: words.1)
        c = UInt64(bigEndian: words.2)
        d = UInt64(bigEndian: words.3)
    }

    /// Lends the bytes without an allocation.
    @inlinable
    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        let words = (a.bigEndian, b.bigEndian, c.bigEndian, d.bigEndian)
        return try withUnsafeBytes(of: words, body)
    }

    /// The first 64 bits, for buckets and tries.
    @inlinable public var leadingWord: UInt64 { a }

    /// Bit `index` from the left, 0 to 255.
    public func bit(_ index: Int) -> Bool {
        let word = switch index >> 6 { case 0: a; case 1: b; case 2: c; default: d }
        return word >> UInt64(63 - index & 63) & 1 == 1
    }

    /// Byte order.
    @inlinable
    public static func < (left: Self, right: Self) -> Bool {
        if left.a != right.a { return left.a < right.a }
        if left.b != right.b { return left.b < right.b }
        if left.c != right.c { return left.c < right.c }
        return left.d < right.d
    }
}

/// A type of its own for one meaning of thirty-two bytes: a hash, a key, an identifier.
public protocol ThirtyTwoBytes: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The bytes themselves.
    var value: Bytes32 { get }

    /// Gives the bytes their meaning.
    init(_ value: Bytes32)
}

extension ThirtyTwoBytes {
    /// Thirty-two.
    public static var byteCount: Int { Bytes32.byteCount }

    /// `nil` unless there are exactly thirty-two bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard let value = Bytes32(bytes) else { return nil }
        self.init(value)
    }

    /// Reads exactly thirty-two bytes of memory.
    @inlinable
    public init(unsafe bytes: UnsafeRawBufferPointer) { self.init(Bytes32(unsafe: bytes)) }

    /// `nil` unless `hexadecimal` is exactly sixty-four lower-case digits.
    public init?(hexadecimal: some StringProtocol) {
        guard let bytes = Hexadecimal.decode(hexadecimal) else { return nil }
        self.init(bytes)
    }

    /// Lends the thirty-two bytes without an allocation.
    @inlinable
    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        try value.withBytes(body)
    }

    /// A copy of the bytes.
    public var bytes: [UInt8] { withBytes { Array($0) } }

    /// Lower-case hexadecimal, sixty-four digits.
    public var description: String { Hexadecimal.encode(bytes) }

    /// Byte order.
    @inlinable
    public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}
