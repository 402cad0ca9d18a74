// SPDX-License-Identifier: EUPL-1.2
import Journal

/// The upper part of the digest's tree, from the root to the buckets: an empty side is zero, a tree of one row is that
/// row. Spec: Protocol/state.md §3.
struct DigestNodes: Sendable {
    /// A hash and how many rows are below it, of which it matters whether there is none, one, or more.
    struct Node: Sendable {
        let hash: Hash
        fileprivate let size: UInt8

        init(hash: Hash, rowCount: Int) {
            self.hash = hash
            size = UInt8(min(rowCount, 2))
        }
    }

    // The root is 1, the children of n are 2n and 2n + 1, the buckets come last.
    private var hashes: ContiguousArray<Hash>
    private var sizes: ContiguousArray<UInt8>
    private let firstLeaf: Int

    /// A tree without rows and `1 << bits` buckets.
    init(bits: Int) {
        firstLeaf = 1 << bits
        hashes = ContiguousArray(repeating: StateDigest.empty, count: 2 << bits)
        sizes = ContiguousArray(repeating: 0, count: 2 << bits)
    }

    var root: Hash { hashes[1] }

    /// What is known of a bucket.
    func leaf(_ bucket: Int) -> Node {
        Node(hash: hashes[firstLeaf + bucket], rowCount: Int(sizes[firstLeaf + bucket]))
    }

    /// Keeps what is known of a bucket; `join` then brings it into the root.
    mutating func set(_ bucket: Int, _ node: Node) {
        hashes[firstLeaf + bucket] = node.hash
        sizes[firstLeaf + bucket] = node.size
    }

    /// Hashes again what is above these buckets, ascending.
    mutating func join(_ changed: some Collection<Int>, _ hashing: any Hashing) {
        var level = changed.map { firstLeaf + $0 }
        while let last = level.last, last > 1 {
            var above: [Int] = []
            above.reserveCapacity(level.count)
            for node in level where above.last != node >> 1 { above.append(node >> 1) }
            for node in above { join(node, hashing) }
            level = above
        }
    }

    private mutating func join(_ node: Int, _ hashing: any Hashing) {
        let (left, right) = (2 * node, 2 * node + 1)
        sizes[node] = min(sizes[left] + sizes[right], 2)
        hashes[node] = switch (sizes[node], sizes[left]) {
        case (0, _): StateDigest.empty
        case (1, 1): hashes[left]
        case (1, _): hashes[right]
        default: hashing.nodeHash(hashes[left], hashes[right])
        }
    }
}
