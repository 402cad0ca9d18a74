// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// The tree of a signed head of which only the first entries are held: the rest is known by its right-hand
/// hashes alone. So also a node that is still catching up can pass on what it holds. Spec: Protocol/log.md §4.
public struct PartialTree<Held: SubtreeRoots, Suite: Hashing>: SubtreeRoots {
    /// What goes wrong while reading what is held.
    public typealias Failure = Held.Failure

    private let held: Held
    private let size: LogSize
    private let beyond: [Subtree: Hash]
    private let hashing: Suite

    /// `held` has the first `size` entries of the tree of `headSize`; `rightHandHashes` are those that the
    /// tip keeps. `nil` where their number does not fit.
    public init?(
        _ held: Held, size: LogSize, headSize: LogSize, rightHandHashes: [Hash], _ hashing: Suite
    ) {
        let cover = Subtree.cover(size, to: headSize)
        guard cover.count == rightHandHashes.count else { return nil }
        self.held = held
        self.size = size
        self.hashing = hashing
        beyond = Dictionary(uniqueKeysWithValues: zip(cover, rightHandHashes))
    }

    /// The root of any aligned subtree within the head's size: one that lies on both sides of what is held
    /// ends where a subtree of the cover ends, so halving it always arrives.
    public func root(of subtree: Subtree) throws(Failure) -> Hash {
        if subtree.start + subtree.leafCount <= size.count { return try held.root(of: subtree) }
        if let hash = beyond[subtree] { return hash }
        precondition(subtree.level > 0, "the subtree lies within the head's size")
        let left = try root(of: Subtree(level: subtree.level - 1, index: subtree.index * 2))
        let right = try root(of: Subtree(level: subtree.level - 1, index: subtree.index * 2 + 1))
        return hashing.nodeHash(left, right)
    }
}
