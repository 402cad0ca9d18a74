// SPDX-License-Identifier: EUPL-1.2

/// Two signed heads of one log that cannot both be true; a claim until `check` has convicted.
/// Spec: Protocol/log.md §6.
public struct ForkEvidence: Hashable, Sendable {
    /// The log.
    public let log: LogID
    /// The head of the smaller size, or of the smaller root at one size.
    public let first: SignedHead
    /// The other head.
    public let second: SignedHead
    /// The consistency proof between the sizes, empty at one size; or what proves the first of `leaves`.
    public let hashes: [Hash]
    /// Two leaves at one index, where no consistency proof could be had.
    public let leaves: DifferingLeaves?

    /// The third form: what stands at one index in the two trees.
    public struct DifferingLeaves: Hashable, Sendable {
        /// The index.
        public let index: EntryIndex
        /// The leaf in the first head's tree.
        public let first: Hash
        /// The leaf in the second head's tree.
        public let second: Hash
        /// The inclusion proof of the second.
        public let secondHashes: [Hash]
    }

    /// From two heads of one size; put in order here. `nil` when size or root do not say a fork.
    public init?(log: LogID, sameSize left: SignedHead, _ right: SignedHead) {
        guard left.size == right.size, left.root != right.root else { return nil }
        let isOrdered = left.root < right.root
        self.init(log: log, first: isOrdered ? left : right, second: isOrdered ? right : left, hashes: [])
    }

    /// From an older head and a proof that the newer one's tree holds something else there. `nil` when the
    /// sizes do not fit or the proof is too long.
    public init?(log: LogID, older: SignedHead, newer: SignedHead, proof: ConsistencyProof) {
        guard older.size >= 1, older.size < newer.size, proof.old == older.size, proof.new == newer.size,
              proof.hashes.count <= Limits.proofHashes
        else { return nil }
        self.init(log: log, first: older, second: newer, hashes: proof.hashes)
    }

    /// From two leaves that the trees of heads of two sizes show at one index, in any order. `nil` when sizes or
    /// indices do not fit or a proof is too long.
    public init?(log: LogID, leaves left: ProvenLeaf, _ right: ProvenLeaf) {
        let (lower, upper) = left.head.size < right.head.size ? (left, right) : (right, left)
        guard lower.head.size < upper.head.size, lower.index == upper.index, lower.index < lower.head.size.next,
              max(lower.hashes.count, upper.hashes.count) <= Limits.proofHashes
        else { return nil }
        self.init(
            log: log, first: lower.head, second: upper.head, hashes: lower.hashes,
            leaves: DifferingLeaves(
                index: lower.index, first: lower.leaf, second: upper.leaf, secondHashes: upper.hashes))
    }

    init(log: LogID, first: SignedHead, second: SignedHead, hashes: [Hash], leaves: DifferingLeaves? = nil) {
        self.log = log
        self.first = first
        self.second = second
        self.hashes = hashes
        self.leaves = leaves
    }

    /// Convicts the log, or says why not.
    public func check(
        _ identity: LogIdentity, _ suite: some CipherSuite
    ) throws(EvidenceRefusal) -> ConvictedFork {
        guard first.size >= 1, second.size >= 1 else { throw .shape }
        if first.size == second.size {
            guard hashes.isEmpty, leaves == nil else { throw .shape }
            guard first.root <= second.root else { throw .order }
        }
        if let leaves, leaves.index >= min(first.size, second.size).next { throw .shape }
        guard first.size <= second.size else { throw .order }
        guard identity.log == log else { throw .logUnknown }
        guard first.verifies(identity, suite), second.verifies(identity, suite) else { throw .signature }
        if first.size == second.size {
            guard first.root != second.root else { throw .consistent }
        } else if let leaves {
            try check(leaves, suite)
        } else {
            let proof = ConsistencyProof(old: first.size, new: second.size, hashes: hashes)
            guard let roots = proof.roots(suite), roots.new == second.root else { throw .provesNothing }
            guard roots.old != first.root else { throw .consistent }
        }
        return ConvictedFork(evidence: self)
    }

    private func check(_ leaves: DifferingLeaves, _ hashing: some Hashing) throws(EvidenceRefusal) {
        let proofs = [
            ProvenLeaf(head: first, index: leaves.index, leaf: leaves.first, hashes: hashes),
            ProvenLeaf(head: second, index: leaves.index, leaf: leaves.second, hashes: leaves.secondHashes),
        ]
        guard proofs.allSatisfy({ $0.rebuilds(hashing) }) else { throw .provesNothing }
        guard leaves.first != leaves.second else { throw .consistent }
    }
}

/// Evidence that convicts; only `ForkEvidence.check` can make one.
public struct ConvictedFork: Hashable, Sendable {
    /// The evidence.
    public let evidence: ForkEvidence
    /// The log that forked.
    public var log: LogID { evidence.log }

    fileprivate init(evidence: ForkEvidence) { self.evidence = evidence }
}
