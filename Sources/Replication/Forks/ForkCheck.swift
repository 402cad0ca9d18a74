// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// What the answer to `prove` tells. Spec: Protocol/exchange.md §5.
public enum ForkFinding: Hashable, Sendable {
    /// The owner signed two histories. Anyone can check it.
    case fork(ConvictedFork)
    /// The two heads belong to one history: if something was refused before, that was the relay's doing.
    case oneHistory
    /// The answer itself is no proof: a wrong log, a signature that fails, hashes that rebuild nothing.
    case worthlessAnswer
    /// A leaf tells more: ask the same partner this, at most `ExchangeLimits.proofQuestions` times.
    case ask(ProveRequest)
    /// What both sides hold is one history, so far as the answer shows.
    case undecided
}

/// Tells a fork of the owner from a fault of the relay. Spec: Protocol/exchange.md §5, Protocol/log.md §6.
public struct ForkCheck<Source: SubtreeRoots, Suite: CipherSuite> {
    private let identity: LogIdentity
    private let own: SignedHead
    private let held: LogSize
    private let tree: MerkleTree<Source, Suite>
    private let suite: Suite

    /// `own` is the signed head that this side holds of the log and that it named in the request, `held` how many
    /// entries below it, at most its size; `source` has the tree of that head.
    public init(_ identity: LogIdentity, own: SignedHead, held: LogSize, _ source: Source, _ suite: Suite) {
        self.identity = identity
        self.own = own
        self.held = min(held, own.size)
        self.suite = suite
        tree = MerkleTree(source, size: own.size, suite)
    }

    /// The request to the partner.
    public var request: ProveRequest { ProveRequest(log: .id(identity.log), size: own.size) }

    /// Judges the answer to a request about the own head.
    public func judge(_ answer: ProveAnswer) throws(Source.Failure) -> ForkFinding {
        let theirs = answer.head
        guard answer.log == identity.log, theirs.size >= 1, theirs.verifies(identity, suite) else {
            return .worthlessAnswer
        }
        if let leaf = answer.leaf {
            return try judge(ProvenLeaf(head: theirs, index: leaf.index, leaf: leaf.hash, hashes: answer.hashes))
        }
        if theirs.size > own.size {
            let proof = ConsistencyProof(old: own.size, new: theirs.size, hashes: answer.hashes)
            return convict(ForkEvidence(log: identity.log, older: own, newer: theirs, proof: proof))
        }
        guard answer.hashes.isEmpty else { return .worthlessAnswer }
        if theirs.size == own.size {
            guard theirs.root != own.root else { return .oneHistory }
            return convict(ForkEvidence(log: identity.log, sameSize: own, theirs))
        }
        guard theirs.size <= held else { return askAboutLast }
        let proof = try tree.consistencyProof(from: theirs.size)
        return convict(ForkEvidence(log: identity.log, older: theirs, newer: own, proof: proof))
    }

    /// A leaf of the other tree: another one stands here, or a sibling before it leads on, or they are one history.
    private func judge(_ theirs: ProvenLeaf) throws(Source.Failure) -> ForkFinding {
        guard theirs.index < theirs.head.size.next, theirs.rebuilds(suite) else { return .worthlessAnswer }
        guard theirs.head.size != own.size else {
            guard theirs.head.root != own.root else { return .oneHistory }
            return convict(ForkEvidence(log: identity.log, sameSize: own, theirs.head))
        }
        guard theirs.index < held.next else { return askAboutLast }
        let leaf = try tree.source.root(of: Subtree(level: 0, index: theirs.index.position))
        if leaf != theirs.leaf {
            let ours = ProvenLeaf(
                head: own, index: theirs.index, leaf: leaf, hashes: try tree.inclusionProof(of: theirs.index))
            return convict(ForkEvidence(log: identity.log, leaves: ours, theirs))
        }
        let siblings = InclusionProof.siblings(of: theirs.index, in: theirs.head.size)
        // What lies after the leaf the other side may not hold; a question is always about the last of its subtree.
        for (range, hash) in zip(siblings, theirs.hashes) where range.upperBound <= theirs.index {
            guard try tree.root(over: range) != hash else { continue }
            return .ask(request(about: EntryIndex(known: range.upperBound.position - 1)))
        }
        return .undecided
    }

    private var askAboutLast: ForkFinding {
        guard held >= 1 else { return .undecided }
        return .ask(request(about: EntryIndex(known: held.count - 1)))
    }

    private func request(about index: EntryIndex) -> ProveRequest {
        ProveRequest(log: .id(identity.log), size: own.size, index: index)
    }

    private func convict(_ evidence: ForkEvidence?) -> ForkFinding {
        guard let evidence else { return .worthlessAnswer }
        do throws(EvidenceRefusal) {
            return .fork(try evidence.check(identity, suite))
        } catch .consistent {
            return .oneHistory
        } catch {
            return .worthlessAnswer
        }
    }
}

extension ProveAnswer {
    /// The answering side: its newest head, with the hashes that link the asked size to it or with a leaf.
    /// `nil` where nothing of the log is held. `source` has the tree of the head, of which `held` entries are here.
    public static func answering<Source: SubtreeRoots>(
        _ asked: ProveRequest, log: LogID, head: SignedHead?, held: LogSize, _ source: Source, _ hashing: some Hashing
    ) throws(Source.Failure) -> ProveAnswer? {
        guard let head, held >= 1, held <= head.size else { return nil }
        let tree = MerkleTree(source, size: head.size, hashing)
        let wanted: EntryIndex
        if let index = asked.index {
            wanted = index
        } else if asked.size >= head.size {
            return ProveAnswer(log: log, head: head, hashes: [])
        } else if asked.size <= held {
            return ProveAnswer(log: log, head: head, hashes: try tree.consistencyProof(from: asked.size).hashes)
        } else {
            wanted = EntryIndex(known: asked.size.count - 1)
        }
        let index = min(wanted, EntryIndex(known: held.count - 1))
        let leaf = try source.root(of: Subtree(level: 0, index: index.position))
        return ProveAnswer(
            log: log, head: head, hashes: try tree.inclusionProof(of: index),
            leaf: PlacedLeaf(index: index, hash: leaf))
    }
}
