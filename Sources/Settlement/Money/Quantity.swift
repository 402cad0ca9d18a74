// SPDX-License-Identifier: EUPL-1.2

/// A number of uses, inhabitants or other units: 0 or more, 63 bits. Spec: Protocol/settlement.md §3.
public struct Quantity: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// 0 or more.
    public let value: Int64

    /// Refuses (`negativeQuantity`) a number below zero.
    public init(_ value: Int64) throws(SettlementRefusal) {
        guard value >= 0 else { throw .negativeQuantity(what: "quantity \(value)") }
        self.value = value
    }

    init(known value: Int64) {
        precondition(value >= 0, "a computed quantity is never negative")
        self.value = value
    }

    /// None.
    public static let zero = Quantity(known: 0)

    public var description: String { String(value) }

    public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}
