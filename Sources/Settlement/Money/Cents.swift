// SPDX-License-Identifier: EUPL-1.2

/// An amount of money in whole euro cents, signed 64 bits. Every sum is checked.
/// Spec: Protocol/settlement.md §3.
public struct Cents: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Whole cents; negative is a credit.
    public let value: Int64

    /// Whole cents.
    public init(_ value: Int64) { self.value = value }

    init(exactly value: Int128, _ what: String) throws(SettlementRefusal) {
        guard let narrow = Int64(exactly: value) else { throw .amountOutOfRange(what: what) }
        self.value = narrow
    }

    /// Nothing.
    public static let zero = Cents(0)

    /// Refuses (`amountOutOfRange`) a sum beyond 64 bits.
    public func adding(_ other: Cents) throws(SettlementRefusal) -> Cents {
        let (sum, overflow) = value.addingReportingOverflow(other.value)
        guard !overflow else { throw .amountOutOfRange(what: "a sum of amounts") }
        return Cents(sum)
    }

    /// Refuses (`amountOutOfRange`) a difference beyond 64 bits.
    public func subtracting(_ other: Cents) throws(SettlementRefusal) -> Cents {
        let (difference, overflow) = value.subtractingReportingOverflow(other.value)
        guard !overflow else { throw .amountOutOfRange(what: "a difference of amounts") }
        return Cents(difference)
    }

    /// The exact sum; only the result has to fit, not what lies between.
    public static func sum(_ amounts: some Sequence<Cents>) throws(SettlementRefusal) -> Cents {
        var total: Int128 = 0
        for amount in amounts { total += Int128(amount.value) }
        return try Cents(exactly: total, "a sum of amounts")
    }

    /// Whole cents in decimal, as in the canonical text.
    public var description: String { String(value) }

    public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}
