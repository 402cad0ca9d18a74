// SPDX-License-Identifier: EUPL-1.2

/// Names an entry of another log. Spec: Protocol/log.md §1. Sorted by log id and index.
public struct EntryReference: Hashable, Sendable, Comparable {
    /// The log.
    public let log: LogID
    /// The position in that log.
    public let index: EntryIndex
    /// The leaf hash, so that an entry of another branch is not meant.
    public let leaf: Hash

    /// Names the entry of `log` at `index` with leaf hash `leaf`.
    public init(log: LogID, index: EntryIndex, leaf: Hash) {
        self.log = log
        self.index = index
        self.leaf = leaf
    }

    /// By log id, then index, then leaf hash.
    public static func < (left: Self, right: Self) -> Bool {
        if left.log != right.log { return left.log < right.log }
        return left.index == right.index ? left.leaf < right.leaf : left.index < right.index
    }

    /// Writes `[log id, index, leaf hash]`.
    public func write(to writer: inout CBORWriter) {
        writer.array(count: 3)
        writer.bytes(log)
        writer.integer(index.position)
        writer.bytes(leaf)
    }

    /// Reads `[log id, index, leaf hash]`.
    public init(from reader: inout CBORReader) throws(CBORRefusal) {
        try reader.array(count: 3)
        log = try reader.bytes32()
        index = EntryIndex(known: try reader.unsigned())
        leaf = try reader.bytes32()
    }
}
