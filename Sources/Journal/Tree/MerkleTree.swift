// SPDX-License-Identifier: EUPL-1.2

/// A view of a log's tree at one size, over a source of subtree roots, that answers with proofs.
/// Spec: Protocol/log.md §2 and §5.
public struct MerkleTree<Source: SubtreeRoots, Suite: Hashing> {
    /// Where the roots of perfect subtrees come from.
    public let source: Source
    /// How many leaves the view has; the source holds at least that many.
    public let size: LogSize
    private let hashing: Suite

    /// Looks at the first `size` leaves of `source`.
    public init(_ source: Source, size: LogSize, _ hashing: Suite) {
        self.source = source
        self.size = size
        self.hashing = hashing
    }

    /// The root.
    public func root() throws(Source.Failure) -> Hash {
        size == .empty ? hashing.emptyRoot : try root(from: 0, to: size.count)
    }

    /// The right edge.
    public func edge() throws(Source.Failure) -> RightEdge {
        var hashes: [Hash] = []
        for subtree in Subtree.cover(.empty, to: size) { hashes.append(try source.root(of: subtree)) }
        guard let edge = RightEdge(size: size, hashes: hashes) else {
            preconditionFailure("the cover from 0 has one subtree for each bit")
        }
        return edge
    }

    /// What a page that stops at `stop` brings along, left to right. Spec: Protocol/log.md §4.
    public func rightHandHashes(from stop: LogSize) throws(Source.Failure) -> [Hash] {
        var hashes: [Hash] = []
        for subtree in Subtree.cover(stop, to: size) { hashes.append(try source.root(of: subtree)) }
        return hashes
    }

    /// The audit path of a leaf, from its sibling up (RFC 6962, section 2.1.1).
    public func inclusionProof(of index: EntryIndex) throws(Source.Failure) -> [Hash] {
        precondition(index.position < size.count, "the leaf lies in the tree")
        var path: [Hash] = []
        var (start, end) = (0, size.count)
        while end - start > 1 {
            let middle = start + LogSize(known: end - start).split
            if index.position < middle {
                path.append(try root(from: middle, to: end))
                end = middle
            } else {
                path.append(try root(from: start, to: middle))
                start = middle
            }
        }
        return path.reversed()
    }

    /// The proof that the first `old` leaves are a prefix, `1 <= old < size`: the list of RFC 6962, section
    /// 2.1.2, with the old root always explicit. Spec: Protocol/log.md §6.
    public func consistencyProof(from old: LogSize) throws(Source.Failure) -> ConsistencyProof {
        precondition(old >= 1 && old < size, "the old tree is a smaller prefix and not empty")
        var path: [Hash] = []
        var (start, end) = (0, size.count)
        while end != old.count {
            let middle = start + LogSize(known: end - start).split
            if old.count <= middle {
                path.append(try root(from: middle, to: end))
                end = middle
            } else {
                path.append(try root(from: start, to: middle))
                start = middle
            }
        }
        path.append(try root(from: start, to: end))
        return ConsistencyProof(old: old, new: size, hashes: path.reversed())
    }

    /// The root over the leaves of one hash of a proof (`InclusionProof.siblings`). The source has them all.
    public func root(over leaves: Range<EntryIndex>) throws(Source.Failure) -> Hash {
        try root(from: leaves.lowerBound.position, to: leaves.upperBound.position)
    }

    /// The root over `start ..< end`, where the range is one that the splitting of a tree gives.
    private func root(from start: Int, to end: Int) throws(Source.Failure) -> Hash {
        let subtrees = Subtree.cover(LogSize(known: start), to: LogSize(known: end))
        guard let last = subtrees.last else { preconditionFailure("the range is not empty") }
        var root = try source.root(of: last)
        for subtree in subtrees.dropLast().reversed() {
            root = hashing.nodeHash(try source.root(of: subtree), root)
        }
        return root
    }
}

extension LogSize {
    /// The largest power of two below the size, which is at least 2: where its tree splits.
    var split: Int { 1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount) }
}

extension MerkleTree: Sendable where Source: Sendable {}

/// Subtree roots over leaf hashes in memory, for tools, small logs and tests.
public struct LeafHashes<Suite: Hashing>: SubtreeRoots, Sendable {
    /// The leaf hashes, in order.
    public let leaves: [Hash]
    private let hashing: Suite

    /// Holds the leaf hashes of a log.
    public init(_ leaves: [Hash], _ hashing: Suite) {
        self.leaves = leaves
        self.hashing = hashing
    }

    /// Computes the root from the leaves.
    public func root(of subtree: Subtree) -> Hash {
        var edge = RightEdge()
        edge.append(leaves: leaves[subtree.start..<subtree.start + subtree.leafCount], hashing)
        return edge.root(hashing)
    }
}
