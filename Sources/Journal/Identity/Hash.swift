// SPDX-License-Identifier: EUPL-1.2

/// A SHA-256 value, held inline.
public struct Hash: Hashable, Sendable, Comparable, CustomStringConvertible {
    public static let byteCount = 32

    // Big-endian words, so that word order is byte order.
    private let a: UInt64, b: UInt64, c: UInt64, d: UInt64

    /// `nil` unless there are exactly thirty-two bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &words) { $0.copyBytes(from: bytes) }
        self.init(words)
    }

    /// Reads thirty-two bytes of memory. The caller holds at least that many.
    public init(unsafe bytes: UnsafeRawBufferPointer) {
        precondition(bytes.count == Self.byteCount)
        self.init(bytes.loadUnaligned(as: (UInt64, UInt64, UInt64, UInt64).self))
    }

    private init(_ words: (UInt64, UInt64, UInt64, UInt64)) {
        a = UInt64(bigEndian: words.0)
        b = UInt64(bigEndian: words.1)
        c = UInt64(bigEndian: words.2)
        d = UInt64(bigEndian: words.3)
    }

    /// Lends the thirty-two bytes without an allocation.
    public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        let words = (a.bigEndian, b.bigEndian, c.bigEndian, d.bigEndian)
        return try withUnsafeBytes(of: words, body)
    }

    public var bytes: [UInt8] { withBytes { Array($0) } }

    /// The first 64 bits, for buckets and tries.
    public var leadingWord: UInt64 { a }

    /// Bit `index` from the left, 0 to 255.
    public func bit(_ index: Int) -> Bool {
        let word = switch index >> 6 { case 0: a; case 1: b; case 2: c; default: d }
        return word >> UInt64(63 - index & 63) & 1 == 1
    }

    /// Lower-case hexadecimal, sixty-four digits.
    public var description: String { Hexadecimal.encode(bytes) }

    /// `nil` unless `hexadecimal` is exactly sixty-four lower-case digits.
    public init?(hexadecimal: some StringProtocol) {
        guard let bytes = Hexadecimal.decode(hexadecimal) else { return nil }
        self.init(bytes)
    }

    public static func < (left: Self, right: Self) -> Bool {
        (left.a, left.b, left.c, left.d) < (right.a, right.b, right.c, right.d)
    }
}
