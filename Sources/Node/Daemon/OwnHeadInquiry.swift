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

    /// Asks everybody at once and waits for all, at most so many seconds. Then the engine may write. Consensus waits
    /// longer: until enough voters have answered, whenever that is.
    func perform() async {
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                try? await Task.sleep(for: .seconds(seconds))
                return false
            }
            let asking = routes.partners
            for partner in asking {
                group.addTask {
                    await ask(partner)
                    return true
                }
            }
            var answered = 0
            while answered < asking.count, let isAnswer = await group.next(), isAnswer { answered += 1 }
            group.cancelAll()
        }
        await engine.finishAsking()
        await askVoters()
    }

    /// Asks the voters that have not answered again and again, with growing pauses.
    private func askVoters() async {
        var pause = 1
        while !Task.isCancelled {
            let missing = await engine.read { $0.ownHeadUnasked }
            if !missing.isEmpty {
                for partner in routes.partners where missing.contains(partner.oin) { await ask(partner) }
                pause = min(pause * 2, NodeLimits.ownHeadCapSeconds)
            }
            do { try await Task.sleep(for: .seconds(pause)) } catch { return }
        }
    }

    private func ask(_ partner: PartnerRoutes.Partner) async {
        let body = HeadRequest(log: engine.ownLogID).encode()
        guard case .success(let bytes) = await routes.ask(partner, "/v1/head", body),
              let answer = try? HeadAnswer(decoding: bytes)
        else { return }
        guard let head = answer.head else { return await engine.ownHeadAnswered(by: partner.oin) }
        guard let verified = VerifiedHead(head, of: engine.ownIdentity, engine.suite) else {
            log(.warning, "own-head", partner.oin.digits, result: "head-signature")
            return
        }
        await engine.peerHoldsMore(verified, from: partner.oin)
        await engine.ownHeadAnswered(by: partner.oin)
    }
}
