// SPDX-License-Identifier: EUPL-1.2

/// That the tree of a signed head has a leaf at an index; a claim until it is checked.
/// Spec: Protocol/log.md §6, third form.
public struct ProvenLeaf: Hashable, Sendable {
    /// The signed head.
    public let head: SignedHead
    /// Where the leaf stands.
    public let index: EntryIndex
    /// The leaf hash.
    public let leaf: Hash
    /// The inclusion proof: hashes from the leaf's sibling up.
    public let hashes: [Hash]

    /// A claim.
    public init(head: SignedHead, index: EntryIndex, leaf: Hash, hashes: [Hash]) {
        self.head = head
        self.index = index
        self.leaf = leaf
        self.hashes = hashes
    }

    /// Whether the hashes lead from the leaf to the head's root. The signature is not looked at.
    public func rebuilds(_ hashing: some Hashing) -> Bool {
        InclusionProof(index: index, size: head.size, hashes: hashes).verifies(
            leaf: leaf, root: head.root, hashing)
    }
}
