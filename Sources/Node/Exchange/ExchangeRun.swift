// SPDX-License-Identifier: EUPL-1.2
import Journal
import Replication
import Storage

/// One exchange with one partner: carries out the effects of an `ExchangeSession` in their order.
/// Spec: Protocol/exchange.md §2.
package struct ExchangeRun {
    private let engine: NodeEngine
    private let peer: PartnerRoutes.Partner
    private let route: PartnerRoutes
    private let log: LogWriter

    package init(_ engine: NodeEngine, peer: PartnerRoutes.Partner, route: PartnerRoutes, log: LogWriter) {
        self.engine = engine
        self.peer = peer
        self.route = route
        self.log = log
    }

    /// A batch on its way to the disk.
    private struct Settling {
        let batch: Int
        let pending: PendingAdmission
    }

    /// Runs to the end; whether the partner was reached and behaved. While pages become durable the next ones are
    /// asked for: the session says how far it may run ahead. A partner that says that this member may not ask yet
    /// behaves well: it is asked again at the next round.
    package func perform() async -> Bool {
        await engine.settleTexts()
        var session = await engine.beginSession(with: peer.oin)
        var effects: [ExchangeEffect] = [.ask]
        var settling: [Settling] = []
        var isKeptOut = false
        while !effects.isEmpty || !settling.isEmpty {
            guard !effects.isEmpty else {
                let oldest = settling.removeFirst()
                do throws(EngineFailure) {
                    let refused = try await refusals(oldest.pending)
                    effects = await engine.settled(&session, oldest.batch, refused: refused)
                } catch { effects = notKept(&session, error) }
                continue
            }
            switch effects.removeFirst() {
            case .ask:
                effects += await ask(&session, &isKeptOut)
            case .admit(let batch):
                settling.append(Settling(batch: batch.number, pending: await engine.enqueue(batch.pages)))
            case .keepEvidence(let items):
                do throws(EngineFailure) { try await engine.keepEvidence(items, from: peer.oin) } catch {
                    effects = notKept(&session, error)
                }
            case .keepTexts(let items):
                do throws(EngineFailure) { try await engine.keepTexts(items, from: peer.oin) } catch {
                    effects = notKept(&session, error)
                }
            case .prove(let request, let afterRefusal):
                // Two heads do not fit: the relay lied, or the owner signed two histories.
                await ForkInquiry(engine: engine, route: route, peer: peer).ask(request, afterRefusal: afterRefusal)
            case .remember(let memory):
                await engine.remember(memory, of: peer.oin)
            case .finished(let summary):
                for rest in settling { _ = try? await refusals(rest.pending) }
                return await finish(summary) || isKeptOut
            }
        }
        return true
    }

    private func finish(_ summary: ExchangeSummary) async -> Bool {
        await engine.ended(summary, with: peer.oin)
        if case .failed(let reason) = summary.outcome {
            log(.warning, "exchange", peer.oin.digits, result: "failed", ["reason": reason])
            return false
        }
        log(.debug, "exchange", peer.oin.digits, ["entries": String(summary.entriesReceived)])
        return true
    }

    private func ask(_ session: inout ExchangeSession, _ isKeptOut: inout Bool) async -> [ExchangeEffect] {
        guard !Task.isCancelled, let body = await engine.compose(&session) else {
            return session.failed("the node is stopping")
        }
        switch await route.ask(peer, "/v1/exchange", body) {
        case .success(let answer): return await engine.received(&session, answer)
        case .failure(let failure):
            isKeptOut = failure.kind == .notAllowed
            return session.failed(failure.sentence)
        }
    }

    /// What admission refused of a batch; the failure where it could not be kept.
    private func refusals(_ pending: PendingAdmission) async throws(EngineFailure) -> [RefusedPage] {
        try await pending.outcome().refused.map { RefusedPage(log: $0.log, refusal: $0.refusal) }
    }

    /// What came is not durable: the exchange ends, and no token is kept that would say otherwise.
    private func notKept(_ session: inout ExchangeSession, _ failure: EngineFailure) -> [ExchangeEffect] {
        log(.error, "admit", peer.oin.digits, result: "failed", ["reason": failure.description])
        return session.failed("what came could not be kept: \(failure.description)")
    }
}
