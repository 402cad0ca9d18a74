// SPDX-License-Identifier: EUPL-1.2
import Journal

/// One log's newest addition of one element of a set. Spec: Protocol/state.md §2, table 5.
struct ElementCell: WriterCell {
    private(set) var newest = 0
    var superseded = 0
    /// The leaf hash of the newest addition; not in the digest.
    private(set) var leaf = StateDigest.empty

    /// The log's addition at `index`.
    mutating func add(at index: Int, leaf: Hash) {
        guard index + 1 > newest else { return }
        newest = index + 1
        self.leaf = leaf
    }

    mutating func merge(_ other: Self) {
        superseded = max(superseded, other.superseded)
        guard other.newest > newest else { return }
        newest = other.newest
        leaf = other.leaf
    }

    init() {}

    init(newest: Int, superseded: Int, leaf: Hash) {
        self.newest = newest
        self.superseded = superseded
        self.leaf = leaf
    }
}
