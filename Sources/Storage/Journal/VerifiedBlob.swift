// SPDX-License-Identifier: EUPL-1.2

import Journal

/// Entries in a row that were just hashed and found true. Nothing else is served. Invariant: I12.
struct VerifiedBlob: Sendable {
    /// The position of the first entry, a multiple of 256.
    let start: Int
    let bytes: [UInt8]
    let ranges: [Range<Int>]
    let leafHashes: [Hash]

    var end: Int { start + ranges.count }

    /// `nil` unless the bytes are `count` entries, at most 256, and perhaps others behind them, which are left out.
    init?(start: Int, bytes: [UInt8], count: Int, _ hashing: some Hashing) {
        guard let ranges = EntryBundle.ranges(bytes), ranges.count <= Limits.blobEntries, ranges.count >= count
        else { return nil }
        self.start = start
        self.bytes = bytes
        self.ranges = Array(ranges.prefix(count))
        leafHashes = bytes.withUnsafeBytes { hashing.leafHashes(in: $0, at: ranges.prefix(count)) }
    }

    /// The right edge of these entries alone.
    func edge(_ hashing: some Hashing) -> RightEdge {
        var edge = RightEdge()
        edge.append(leaves: leafHashes, hashing)
        return edge
    }

    func entry(_ position: Int) -> ArraySlice<UInt8> { bytes[ranges[position - start]] }

    /// The root of a subtree of at most 256 leaves that lies within.
    func root(of subtree: Subtree, _ hashing: some Hashing) -> Hash {
        var edge = RightEdge()
        let first = subtree.start - start
        edge.append(leaves: leafHashes[first..<first + subtree.leafCount], hashing)
        return edge.hashes[0]
    }
}

/// A few things used last, the newest at the end.
struct RecentlyUsed<Key: Equatable & Sendable, Value: Sendable>: Sendable {
    private var items: [(key: Key, value: Value)] = []
    let limit: Int

    init(limit: Int) { self.limit = limit }

    mutating func value(_ key: Key) -> Value? {
        guard let position = items.firstIndex(where: { $0.key == key }) else { return nil }
        let item = items.remove(at: position)
        items.append(item)
        return item.value
    }

    mutating func keep(_ value: Value, _ key: Key) {
        if items.count == limit { items.removeFirst() }
        items.append((key, value))
    }
}
