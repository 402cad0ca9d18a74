// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Replication

/// At start a node asks the others for its own head: whoever holds more of it shows that this store is an old copy.
/// Spec: Protocol/log.md §7, Protocol/exchange.md §5.
struct OwnHeadInquiry: Sendable {
    let engine: NodeEngine
    let routes: PartnerRoutes
    let seconds: Int
    let log: LogWriter

    /// Asks everybody at once and waits for all, at most so many seconds. Then the engine may write.
    func perform() async {
        let body = HeadRequest(log: engine.ownLogID).encode()
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                try? await Task.sleep(for: .seconds(seconds))
                return false
            }
            let asking = routes.partners
            for partner in asking {
                group.addTask {
                    await ask(partner, body)
                    return true
                }
            }
            var answered = 0
            while answered < asking.count, let isAnswer = await group.next(), isAnswer { answered += 1 }
            group.cancelAll()
        }
        await engine.finishAsking()
    }

    private func ask(_ partner: PartnerRoutes.Partner, _ body: [UInt8]) async {
        guard case .success(let answer) = await routes.ask(partner, "/v1/head", body),
              let head = (try? HeadAnswer(decoding: answer))?.head
        else { return }
        guard let verified = VerifiedHead(head, of: engine.ownIdentity, engine.suite) else {
            log(.warning, "own-head", partner.oin.digits, result: "head-signature")
            return
        }
        await engine.peerHoldsMore(verified, from: partner.oin)
    }
}
