// SPDX-License-Identifier: EUPL-1.2

/// A unit price in millionths of a euro, signed 64 bits. Spec: Protocol/settlement.md §3.
public struct MicroEuro: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Millionths of a euro.
    public let value: Int64

    /// Millionths of a euro.
    public init(_ value: Int64) { self.value = value }

    /// Free.
    public static let zero = MicroEuro(0)

    /// One cent is ten thousand micro-euro.
    public static let perCent: Int64 = 10_000

    public var description: String { String(value) }

    public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}
