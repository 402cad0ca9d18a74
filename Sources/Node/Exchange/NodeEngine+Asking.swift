// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Replication
import Storage

extension NodeEngine {
    /// Begins an exchange with a partner on what is remembered of it.
    func beginSession(with peer: OIN) -> ExchangeSession {
        ExchangeSession(
            partners[peer]?.memory ?? .none, numbers: numbers, ruleVersion: genesis.ruleVersion, epoch: 0)
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

    /// Judges what a partner proved about a log whose page did not fit what is held.
    func judge(_ answer: ProveAnswer, to request: ProveRequest, from peer: OIN) async {
        guard numbers.log(request.log) == answer.log else { return count("worthless-proof", for: peer) }
        // The hashes begin at the size that was asked about; where more came meanwhile, the next exchange asks again.
        guard let tip = tips[answer.log], let head = tip.head, head.size == request.size else { return }
        if answer.log == ownLogID, let verified = VerifiedHead(answer.head, of: tip.identity, suite) {
            await peerHoldsMore(verified, from: peer)
        }
        let finding = ForkCheck(tip.identity, own: head.signed).judge(answer, suite) { (size: LogSize) in
            store.tree(of: answer.log).flatMap { proof($0, from: size) }
        }
        switch finding {
        case .fork(let convicted): try? await keepEvidence([convicted.evidence.encode()], from: peer)
        case .relayFault: count("relay-fault", for: peer)
        case .worthlessAnswer: count("worthless-proof", for: peer)
        case .undecided: break
        }
    }
}
