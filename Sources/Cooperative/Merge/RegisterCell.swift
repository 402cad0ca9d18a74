// SPDX-License-Identifier: EUPL-1.2
import Journal

/// One log's newest write of one register. Spec: Protocol/state.md §2, table 4.
struct RegisterCell: WriterCell {
    private(set) var newest = 0
    var superseded = 0
    /// The canonical bytes of the value; one item.
    private(set) var value: [UInt8] = [0xF6]
    /// The leaf hash of the newest write; not in the digest.
    private(set) var leaf = StateDigest.empty

    /// The log's write at `index`.
    @inline(__always)
    mutating func write(_ value: UnsafeRawBufferPointer, at index: Int, leaf: Hash) {
        guard index + 1 > newest else { return }
        newest = index + 1
        self.value = Array(value)
        self.leaf = leaf
    }

    mutating func merge(_ other: Self) {
        superseded = max(superseded, other.superseded)
        guard other.newest > newest else { return }
        newest = other.newest
        value = other.value
        leaf = other.leaf
    }

    init() {}

    init(newest: Int, superseded: Int, value: [UInt8], leaf: Hash) {
        self.newest = newest
        self.superseded = superseded
        self.value = value
        self.leaf = leaf
    }
}
