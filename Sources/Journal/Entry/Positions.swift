// SPDX-License-Identifier: EUPL-1.2

/// How many entries a log has. Spec: Protocol/log.md §3 (at most 2^63-1).
@frozen
public struct LogSize: Hashable, Sendable, Comparable, CustomStringConvertible, ExpressibleByIntegerLiteral {
    /// The count, from 0 up.
    public let count: Int

    /// No entries.
    public static let empty = LogSize(known: 0)

    /// `nil` below zero.
    @inlinable
    public init?(_ count: Int) {
        guard count >= 0 else { return nil }
        self.count = count
    }

    /// A count that is known not to be negative.
    @inlinable
    public init(known count: Int) {
        precondition(count >= 0, "a size is not negative")
        self.count = count
    }

    /// A literal, not negative.
    public init(integerLiteral value: Int) { self.init(known: value) }

    /// The position that the next entry takes.
    @inlinable public var next: EntryIndex { EntryIndex(known: count) }

    /// Decimal.
    public var description: String { String(count) }

    /// By count.
    @inlinable public static func < (left: Self, right: Self) -> Bool { left.count < right.count }
}

/// The position of an entry in its log, from 0 up. Spec: Protocol/log.md §1.
@frozen
public struct EntryIndex: Hashable, Sendable, Comparable, CustomStringConvertible, ExpressibleByIntegerLiteral {
    /// How many entries stand before it.
    public let position: Int

    /// The first entry.
    public static let zero = EntryIndex(known: 0)

    /// `nil` below zero.
    @inlinable
    public init?(_ position: Int) {
        guard position >= 0 else { return nil }
        self.position = position
    }

    /// A position that is known not to be negative.
    @inlinable
    public init(known position: Int) {
        precondition(position >= 0, "a position is not negative")
        self.position = position
    }

    /// A literal, not negative.
    public init(integerLiteral value: Int) { self.init(known: value) }

    /// The size of the log that ends before this entry.
    @inlinable public var sizeBefore: LogSize { LogSize(known: position) }

    /// Decimal.
    public var description: String { String(position) }

    /// By position.
    @inlinable public static func < (left: Self, right: Self) -> Bool { left.position < right.position }
}
