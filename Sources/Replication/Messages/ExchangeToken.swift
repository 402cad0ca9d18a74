// SPDX-License-Identifier: EUPL-1.2

import Journal

/// Which life of a store: drawn when it is made or restored. Spec: Protocol/exchange.md §1.
public struct StoreInstance: Hashable, Sendable {
    /// How many bytes there are.
    public static let byteCount = 16
    /// The bytes.
    public let bytes: [UInt8]

    /// `nil` unless there are exactly sixteen bytes.
    public init?(_ bytes: some Collection<UInt8>) {
        guard bytes.count == Self.byteCount else { return nil }
        self.bytes = Array(bytes)
    }
}

/// How many changes of heads and evidence a store has seen. Spec: Protocol/exchange.md §1.
public struct HeadSequence: Hashable, Sendable, Comparable {
    /// The count, never negative.
    public let count: Int

    /// `count` is at least 0.
    public init(_ count: Int) {
        precondition(count >= 0, "a sequence counts from zero")
        self.count = count
    }

    /// Earlier is smaller.
    public static func < (left: Self, right: Self) -> Bool { left.count < right.count }
}

/// What the answering side reads in a token of its own. For the one that keeps it a token is bytes.
/// Spec: Protocol/exchange.md §1.
public struct ExchangeToken: Hashable, Sendable {
    /// The store that gave the token.
    public let instance: StoreInstance
    /// What that store had seen.
    public let sequence: HeadSequence

    /// The token of a store at a sequence.
    public init(instance: StoreInstance, sequence: HeadSequence) {
        self.instance = instance
        self.sequence = sequence
    }

    /// Reads canonical `[instance, sequence]`; `nil` for anything else.
    public init?(_ bytes: [UInt8]) {
        var reader = CBORReader(bytes)
        do throws(CBORRefusal) {
            try reader.array(count: 2)
            guard let instance = StoreInstance(try reader.bytes()) else { return nil }
            let sequence = HeadSequence(try reader.unsigned())
            try reader.end()
            self.init(instance: instance, sequence: sequence)
        } catch {
            return nil
        }
    }

    /// Canonical `[instance, sequence]`.
    public var bytes: [UInt8] {
        var writer = CBORWriter(capacity: 32)
        writer.array(count: 2)
        writer.bytes(instance.bytes)
        writer.integer(sequence.count)
        return writer.bytes
    }
}
