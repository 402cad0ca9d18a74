// SPDX-License-Identifier: EUPL-1.2
import Cooperative
public import Journal
import Replication
import Storage

// What is served of epochs, to whoever asks. Spec: Protocol/exchange.md §8.
extension NodeEngine {
    /// Epochs from a number on.
    public func answerEpochs(_ body: [UInt8], from peer: OIN) -> ExchangeReply {
        answering(peer) { () throws(BodyRefusal) in
            let request = try EpochsRequest(decoding: body)
            return { () throws(StorageFailure) in
                let limit = ExchangeLimits.epochsBytes
                let items = try self.store.epochs(from: request.first, bytesLimit: limit).map { kept in
                    guard let delta = VectorDelta(kept.delta) else {
                        preconditionFailure("a delta that was kept can be read")
                    }
                    return EpochsAnswer.Item(number: kept.number, certificate: kept.certificate, delta: delta)
                }
                return EpochsAnswer(items: items, highest: self.chain.number).encode()
            }
        }
    }

    /// The polka of a number, round and hash.
    public func answerPolka(_ body: [UInt8], from peer: OIN) -> ExchangeReply {
        answering(peer) { () throws(BodyRefusal) in
            let request = try QuorumProofRequest(decoding: body)
            return { () throws(StorageFailure) in
                let polka = try self.store.polka(request.number, round: request.round, hash: request.hash)
                return QuorumProofAnswer(proof: polka).encode()
            }
        }
    }

    /// A certificate of a number and hash: of an epoch that was applied, that is decided, or that is disputed.
    public func answerCertificate(_ body: [UInt8], from peer: OIN) -> ExchangeReply {
        answering(peer) { () throws(BodyRefusal) in
            let request = try QuorumProofRequest(decoding: body)
            return { () throws(StorageFailure) in
                QuorumProofAnswer(proof: try self.certificate(request.number, request.hash)).encode()
            }
        }
    }

    private func certificate(_ number: Int, _ hash: Hash) throws(StorageFailure) -> [UInt8]? {
        if let decided = height?.decided, decided.number.value == number, decided.hash.hash == hash {
            return decided.encode(chain.voters)
        }
        if let disputed = try store.disputed().first(where: { $0.number == number && $0.hash == hash }) {
            return disputed.bytes
        }
        guard settled.epochs.indices.contains(number), settled.epochs[number].hash == hash else { return nil }
        return try store.epochs(from: number, bytesLimit: 1).first { $0.number == number }?.certificate
    }

    /// The delta of a vector by its root: of a proposal of the running number, or of an epoch that was applied.
    public func answerVector(_ body: [UInt8], from peer: OIN) -> ExchangeReply {
        answering(peer) { () throws(BodyRefusal) in
            let request = try VectorRequest(decoding: body)
            return { () throws(StorageFailure) in
                VectorAnswer(delta: try self.delta(request.number, request.root)).encode()
            }
        }
    }

    private func delta(_ number: Int, _ root: Hash) throws(StorageFailure) -> VectorDelta? {
        if number == chain.number + 1 {
            if let heads = height?.vectors[root] { return chain.epoch.delta(to: heads).delta }
            return height?.offered[root]?.delta
        }
        guard let kept = try store.epochs(from: number, bytesLimit: 1).first, kept.number == number,
              let claim = try? QuorumClaim(.precommit, kept.certificate, voters: voterCount(before: number)),
              claim.header.vectorRoot == root
        else { return nil }
        return VectorDelta(kept.delta)
    }

    /// How many voted on a number.
    private func voterCount(before number: Int) throws(StorageFailure) -> Int {
        guard number > 1 else { return genesis.founders.count }
        return try store.epochs(from: number - 1, bytesLimit: 1).first?.voters.count ?? 0
    }

    /// Reads a request, then the store; a request that cannot be read is counted for the peer.
    private func answering(
        _ peer: OIN, _ read: () throws(BodyRefusal) -> (() throws(StorageFailure) -> [UInt8])
    ) -> ExchangeReply {
        let answer: () throws(StorageFailure) -> [UInt8]
        do throws(BodyRefusal) { answer = try read() } catch {
            count(error.reason, for: peer)
            return .refused(error.reason)
        }
        do throws(StorageFailure) { return .answered(try answer()) } catch {
            log(.error, "epochs", peer.digits, result: "failed", ["reason": error.description])
            return .failed
        }
    }
}
