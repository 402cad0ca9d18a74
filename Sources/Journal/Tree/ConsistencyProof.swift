// SPDX-License-Identifier: EUPL-1.2

/// That a tree of size `old` is a prefix of one of size `new`: the hashes of RFC 6962, section 2.1.2, with the
/// old root always explicit, so that both roots are computed from the list. Spec: Protocol/log.md §6.
public struct ConsistencyProof: Hashable, Sendable {
    /// The smaller size.
    public let old: LogSize
    /// The larger size.
    public let new: LogSize
    /// The hashes.
    public let hashes: [Hash]

    /// A claim, not yet verified.
    public init(old: LogSize, new: LogSize, hashes: [Hash]) {
        self.old = old
        self.new = new
        self.hashes = hashes
    }

    /// Reads the list as public tools write it, where a power of two leaves the old root out.
    public init(old: LogSize, new: LogSize, oldRoot: Hash, rfcHashes: [Hash]) {
        let omits = old.count.nonzeroBitCount == 1
        self.init(old: old, new: new, hashes: omits ? [oldRoot] + rfcHashes : rfcHashes)
    }

    /// The list as public tools read it.
    public var rfcHashes: [Hash] {
        old.count.nonzeroBitCount == 1 ? Array(hashes.dropFirst()) : hashes
    }

    /// The two roots that follow from the list (RFC 9162, section 2.1.4.2); `nil` when the sizes are not
    /// `1 <= old < new` or the number of hashes is wrong: such a list proves nothing.
    public func roots(_ hashing: some Hashing) -> (old: Hash, new: Hash)? {
        guard old >= 1, old < new, let first = hashes.first else { return nil }
        var (position, last) = (old.count - 1, new.count - 1)
        let shift = (~position).trailingZeroBitCount
        position >>= shift
        last >>= shift
        var (oldRoot, newRoot) = (first, first)
        for hash in hashes.dropFirst() {
            guard last > 0 else { return nil }
            if position & 1 == 1 || position == last {
                oldRoot = hashing.nodeHash(hash, oldRoot)
                newRoot = hashing.nodeHash(hash, newRoot)
                while position & 1 == 0, position != 0 {
                    position >>= 1
                    last >>= 1
                }
            } else {
                newRoot = hashing.nodeHash(newRoot, hash)
            }
            position >>= 1
            last >>= 1
        }
        return last == 0 ? (oldRoot, newRoot) : nil
    }

    /// Whether the list links exactly these roots.
    public func verifies(oldRoot: Hash, newRoot: Hash, _ hashing: some Hashing) -> Bool {
        guard let roots = roots(hashing) else { return false }
        return roots == (oldRoot, newRoot)
    }
}
