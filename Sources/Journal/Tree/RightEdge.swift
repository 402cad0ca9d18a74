// SPDX-License-Identifier: EUPL-1.2

/// The roots of the maximal perfect subtrees of a tree, large to small (a *compact range* from 0): all that is
/// needed to append and to compute the root. Spec: Protocol/log.md §2 and §4.
public struct RightEdge: Hashable, Sendable {
    /// How many leaves the tree has.
    public private(set) var size: LogSize
    /// One root for each bit of the size, large to small.
    public private(set) var hashes: [Hash]

    /// The edge of the empty tree.
    public init() {
        size = .empty
        hashes = []
    }

    /// `nil` unless there is one hash for each bit of the size. Whether they are true is for a signed head
    /// to say.
    public init?(size: LogSize, hashes: [Hash]) {
        guard hashes.count == size.count.nonzeroBitCount else { return nil }
        self.size = size
        self.hashes = hashes
    }

    /// Appends one leaf hash.
    public mutating func append(leaf: Hash, _ hashing: some Hashing) {
        append(root: leaf, level: 0, hashing)
    }

    /// Appends leaf hashes in order.
    public mutating func append(leaves: some Sequence<Hash>, _ hashing: some Hashing) {
        for leaf in leaves { append(root: leaf, level: 0, hashing) }
    }

    /// Appends the root of a perfect subtree of `1 << level` leaves; the size is a multiple of that.
    public mutating func append(root: Hash, level: Int, _ hashing: some Hashing) {
        precondition(size.count & ((1 << level) - 1) == 0, "a subtree is appended where it is aligned")
        var node = root
        var carry = size.count >> level
        while carry & 1 == 1 {
            node = hashing.nodeHash(hashes.removeLast(), node)
            carry >>= 1
        }
        hashes.append(node)
        size = LogSize(known: size.count + (1 << level))
    }

    /// The root of the tree; `H("")` when it is empty.
    public func root(_ hashing: some Hashing) -> Hash {
        guard var root = hashes.last else { return hashing.emptyRoot }
        for hash in hashes.dropLast().reversed() { root = hashing.nodeHash(hash, root) }
        return root
    }

    /// The root for a larger size, from the right-hand hashes that cover what is missing; `nil` when their
    /// number is wrong. Spec: Protocol/log.md §4.5.
    public func root(at larger: LogSize, rightHand: [Hash], _ hashing: some Hashing) -> Hash? {
        guard larger >= size else { return nil }
        let missing = Subtree.cover(size, to: larger)
        guard missing.count == rightHand.count else { return nil }
        var edge = self
        for (subtree, hash) in zip(missing, rightHand) {
            edge.append(root: hash, level: subtree.level, hashing)
        }
        return edge.root(hashing)
    }
}
