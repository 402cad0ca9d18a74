// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// An epoch of which a certificate is held, by number and hash. Spec: Protocol/exchange.md §3, key 17.
public struct EpochMention: Hashable, Sendable {
    /// From 1.
    public let number: Int
    /// The hash of its header.
    public let hash: Hash

    /// Names an epoch.
    public init(number: Int, hash: Hash) {
        self.number = number
        self.hash = hash
    }

    init(from reader: inout CBORReader) throws(CBORRefusal) {
        try reader.array(count: 2)
        number = try reader.integer(in: 1...Int.max)
        hash = try reader.bytes32()
    }

    func write(to writer: inout CBORWriter) {
        writer.array(count: 2)
        writer.integer(number)
        writer.bytes(hash)
    }
}
