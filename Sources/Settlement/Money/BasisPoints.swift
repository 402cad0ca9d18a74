// SPDX-License-Identifier: EUPL-1.2

/// A percentage in hundredths of a per cent, 0 to 10,000: 2100 is 21 %. Spec: Protocol/settlement.md §3.
public struct BasisPoints: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Hundredths of a per cent.
    public let value: Int64

    /// Refuses (`malformedPercentage`) what is not between 0 and 10,000.
    public init(_ value: Int64) throws(SettlementRefusal) {
        guard (0...Self.whole).contains(value) else { throw .malformedPercentage(basisPoints: value) }
        self.value = value
    }

    init(known value: Int64) {
        precondition((0...Self.whole).contains(value), "a default percentage is between 0 and 100")
        self.value = value
    }

    /// Nothing.
    public static let zero = BasisPoints(known: 0)

    /// One hundred per cent.
    public static let whole: Int64 = 10_000

    public var description: String { String(value) }

    public static func < (left: Self, right: Self) -> Bool { left.value < right.value }

    /// Whether `part` is at most this share of `base`, inclusive, without rounding.
    func covers(_ part: Int64, of base: Int64) -> Bool {
        Int128(part) * Int128(Self.whole) <= Int128(base) * Int128(value)
    }
}
