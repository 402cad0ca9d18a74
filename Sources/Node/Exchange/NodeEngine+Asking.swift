// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Replication
import Storage

extension NodeEngine {
    /// Begins an exchange with a partner on what is remembered of it.
    func beginSession(with peer: OIN) -> ExchangeSession {
        let shared = min(chain.number, partners[peer]?.epoch ?? 0)
        return ExchangeSession(
            partners[peer]?.memory ?? .none, numbers: chain.numbers(of: shared) ?? chain.founding,
            ruleVersion: chain.epoch.ruleVersion, epoch: chain.number,
            epochHash: chain.number > 0 ? chain.epoch.hash : nil, textsWanted: texts.missing)
    }

    /// The next request of a session; `nil` when the store cannot be read.
    func compose(_ session: inout ExchangeSession) -> [UInt8]? {
        var source = StorePages(store)
        do throws(StorageFailure) {
            return try session.compose(&heads, from: &source, suite)
        } catch {
            log(.error, "compose", result: "failed", ["reason": error.description])
            return nil
        }
    }

    /// Hands an answer to a session.
    func received(_ session: inout ExchangeSession, _ answer: [UInt8]) -> [ExchangeEffect] {
        session.received(answer, &heads, suite)
    }

    /// Tells a session that pages are durable or refused.
    func settled(_ session: inout ExchangeSession, _ batch: Int, refused: [RefusedPage]) -> [ExchangeEffect] {
        session.settled(batch, refused: refused, &heads, suite)
    }

    /// Judges what a partner proved about a log of which its head or page did not fit what is held; what is to be
    /// asked next, if anything. One history is the partner's fault where something was refused.
    func judge(
        _ answer: ProveAnswer, to request: ProveRequest, from peer: OIN, afterRefusal: Bool
    ) async -> ProveRequest? {
        guard chain.founding.log(request.log) == answer.log else {
            count("worthless-proof", for: peer)
            return nil
        }
        // The hashes begin at the size that was asked about; where more came meanwhile, the next exchange asks again.
        guard let tip = tips[answer.log], let tree = store.tree(of: answer.log), let head = tree.head,
              head.size == request.size
        else { return nil }
        if answer.log == ownLogID, let verified = VerifiedHead(answer.head, of: tip.identity, suite) {
            await peerHoldsMore(verified, from: peer)
        }
        let check = ForkCheck(tip.identity, own: head, held: tree.held, tree, suite)
        let finding: ForkFinding
        do throws(StorageFailure) {
            finding = try check.judge(answer)
        } catch {
            count("proof-not-read", for: peer)
            return nil
        }
        switch finding {
        case .fork(let convicted): try? await keepEvidence([convicted.evidence.encode()], from: peer)
        case .oneHistory: if afterRefusal { count("relay-fault", for: peer) }
        case .worthlessAnswer: count("worthless-proof", for: peer)
        case .ask(let next): return next
        case .undecided: break
        }
        return nil
    }
}
