// SPDX-License-Identifier: EUPL-1.2

/// That a leaf stands at an index of a tree of some size: the hashes from its sibling up.
/// Spec: Protocol/log.md §5 (RFC 6962, section 2.1.1).
public struct InclusionProof: Hashable, Sendable {
    /// Where the leaf stands.
    public let index: EntryIndex
    /// The size of the tree.
    public let size: LogSize
    /// The hashes, from the leaf's sibling up.
    public let hashes: [Hash]

    /// A claim, not yet verified.
    public init(index: EntryIndex, size: LogSize, hashes: [Hash]) {
        self.index = index
        self.size = size
        self.hashes = hashes
    }

    /// The root that follows from the leaf; `nil` when the index is outside the tree or the number of hashes
    /// is wrong.
    public func root(leaf: Hash, _ hashing: some Hashing) -> Hash? {
        guard index.position < size.count else { return nil }
        var node = leaf
        var (position, last) = (index.position, size.count - 1)
        for hash in hashes {
            guard last > 0 else { return nil }
            if position & 1 == 1 || position == last {
                node = hashing.nodeHash(hash, node)
                while position & 1 == 0, position != 0 {
                    position >>= 1
                    last >>= 1
                }
            } else {
                node = hashing.nodeHash(node, hash)
            }
            position >>= 1
            last >>= 1
        }
        return last == 0 ? node : nil
    }

    /// Which leaves the hashes of a proof cover, from the leaf's sibling up; the index lies in the tree.
    public static func siblings(of index: EntryIndex, in size: LogSize) -> [Range<EntryIndex>] {
        precondition(index < size.next, "the leaf lies in the tree")
        var ranges: [Range<EntryIndex>] = []
        var (start, end) = (0, size.count)
        while end - start > 1 {
            let middle = start + LogSize(known: end - start).split
            if index.position < middle {
                ranges.append(EntryIndex(known: middle)..<EntryIndex(known: end))
                end = middle
            } else {
                ranges.append(EntryIndex(known: start)..<EntryIndex(known: middle))
                start = middle
            }
        }
        return ranges.reversed()
    }

    /// Whether the leaf stands in the tree with this root.
    public func verifies(leaf: Hash, root: Hash, _ hashing: some Hashing) -> Bool {
        self.root(leaf: leaf, hashing) == root
    }
}
