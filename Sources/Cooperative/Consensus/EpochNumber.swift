// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// The number of an epoch, a height in the words of arXiv 1807.04938. Spec: Protocol/consensus.md §1.
public struct EpochNumber: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// From 0, the genesis.
    public let value: Int

    /// `nil` below zero.
    public init?(_ value: Int) {
        guard value >= 0 else { return nil }
        self.value = value
    }

    /// A number that is known not to be negative.
    public init(known value: Int) {
        precondition(value >= 0, "an epoch's number is not negative")
        self.value = value
    }

    /// The epoch after this one.
    public var next: EpochNumber { EpochNumber(known: value + 1) }

    public var description: String { String(value) }

    public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}

/// One attempt to agree on an epoch. Spec: Protocol/consensus.md §1.
public struct Round: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// From 0 to `CooperativeLimits.round`.
    public let value: Int

    /// The first.
    public static let zero = Round(known: 0)

    /// `nil` outside 0 to `CooperativeLimits.round`.
    public init?(_ value: Int) {
        guard (0...CooperativeLimits.round).contains(value) else { return nil }
        self.value = value
    }

    /// A round that is known to be within the limit.
    public init(known value: Int) {
        precondition((0...CooperativeLimits.round).contains(value), "a round is within its limit")
        self.value = value
    }

    /// The round after this one; `nil` after the last.
    public var next: Round? { Round(value + 1) }

    public var description: String { String(value) }

    public static func < (left: Self, right: Self) -> Bool { left.value < right.value }
}

/// `H(header bytes)`: what is voted on, id(v) in the paper. Spec: Protocol/genesis.md §3.
public struct EpochHash: ThirtyTwoBytes {
    /// The thirty-two bytes.
    public let value: Bytes32

    /// Reads the bytes as the hash of an epoch.
    public init(_ value: Bytes32) { self.value = value }

    /// The hash of a header.
    public init(_ header: EpochHeader, _ hashing: some Hashing) { value = header.hash(hashing).value }

    /// The same bytes as a plain hash.
    public var hash: Hash { Hash(value) }
}
