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
                await askThroughOthers()
                pause = min(pause * 2, NodeLimits.ownHeadCapSeconds)
            }
            do { try await Task.sleep(for: .seconds(pause)) } catch { return }
        }
    }

    /// Whom this node cannot reach others ask in its place, where the network has so few voters that it tolerates no
    /// liar anyway. Spec: Protocol/exchange.md §5.
    private func askThroughOthers() async {
        let missing = await engine.read { $0.chain.voters.faults == 0 ? $0.ownHeadUnasked : [] }
        for member in missing {
            for partner in routes.partners where partner.oin != member {
                if await ask(partner, heldBy: member) { break }
            }
        }
    }

    @discardableResult
    private func ask(_ partner: PartnerRoutes.Partner, heldBy member: OIN? = nil) async -> Bool {
        let body = HeadRequest(log: engine.ownLogID, heldBy: member).encode()
        guard case .success(let bytes) = await routes.ask(partner, "/v1/head", body),
              let answer = try? HeadAnswer(decoding: bytes)
        else { return false }
        let holder = member ?? partner.oin
        guard let head = answer.head else {
            await engine.ownHeadAnswered(by: holder)
            return true
        }
        guard let verified = VerifiedHead(head, of: engine.ownIdentity, engine.suite) else {
            log(.warning, "own-head", partner.oin.digits, result: "head-signature")
            return false
        }
        await engine.peerHoldsMore(verified, from: holder)
        await engine.ownHeadAnswered(by: holder)
        return true
    }
}
