// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// What the answer to `prove` tells. Spec: Protocol/exchange.md §5.
public enum ForkFinding: Hashable, Sendable {
    /// The owner signed two histories. Anyone can check it.
    case fork(ConvictedFork)
    /// The two heads belong to one history: what was refused before was the relay's doing.
    case relayFault
    /// The answer itself is no proof: a wrong log, a signature that fails, hashes that rebuild nothing.
    case worthlessAnswer
    /// This side cannot build the proof from its own tree, because it does not hold all entries yet.
    case undecided
}

/// Tells a fork of the owner from a fault of the relay. Spec: Protocol/exchange.md §5, Protocol/log.md §6.
public struct ForkCheck: Sendable {
    private let identity: LogIdentity
    private let own: SignedHead

    /// `own` is the signed head that this side holds of the log and that it named in the request.
    public init(_ identity: LogIdentity, own: SignedHead) {
        self.identity = identity
        self.own = own
    }

    /// The request to the partner.
    public var request: ProveRequest { ProveRequest(log: .id(identity.log), size: own.size) }

    /// Judges the answer. `ownProof` gives the consistency proof from a smaller size to the own head, from
    /// this side's tree; `nil` where the tree does not reach.
    public func judge<Failure: Error>(
        _ answer: ProveAnswer, _ suite: some CipherSuite,
        ownProof: (_ from: LogSize) throws(Failure) -> ConsistencyProof?
    ) throws(Failure) -> ForkFinding {
        let theirs = answer.head
        guard answer.log == identity.log, theirs.size >= 1, theirs.verifies(identity, suite) else {
            return .worthlessAnswer
        }
        if theirs.size == own.size {
            guard answer.hashes.isEmpty else { return .worthlessAnswer }
            guard theirs.root != own.root else { return .relayFault }
            return convict(ForkEvidence(log: identity.log, sameSize: own, theirs), suite)
        }
        if theirs.size > own.size {
            let proof = ConsistencyProof(old: own.size, new: theirs.size, hashes: answer.hashes)
            return convict(ForkEvidence(log: identity.log, older: own, newer: theirs, proof: proof), suite)
        }
        guard answer.hashes.isEmpty else { return .worthlessAnswer }
        guard let proof = try ownProof(theirs.size) else { return .undecided }
        return convict(ForkEvidence(log: identity.log, older: theirs, newer: own, proof: proof), suite)
    }

    private func convict(_ evidence: ForkEvidence?, _ suite: some CipherSuite) -> ForkFinding {
        guard let evidence else { return .worthlessAnswer }
        do throws(EvidenceRefusal) {
            return .fork(try evidence.check(identity, suite))
        } catch .consistent {
            return .relayFault
        } catch {
            return .worthlessAnswer
        }
    }
}

extension ProveAnswer {
    /// The answering side: its newest head, and where the asker's size is smaller the hashes that link the two.
    /// `nil` where nothing of the log is held. `proof` comes from this side's tree at its head's size.
    public static func answering<Failure: Error>(
        _ asked: LogSize, log: LogID, held head: SignedHead?,
        proof: (_ from: LogSize, _ to: LogSize) throws(Failure) -> ConsistencyProof?
    ) throws(Failure) -> ProveAnswer? {
        guard let head else { return nil }
        guard asked < head.size, asked >= 1 else { return ProveAnswer(log: log, head: head, hashes: []) }
        guard let proof = try proof(asked, head.size) else { return nil }
        return ProveAnswer(log: log, head: head, hashes: proof.hashes)
    }
}
