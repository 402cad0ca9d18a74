// SPDX-License-Identifier: EUPL-1.2

import Journal
import Replication

/// Fetches the branch of a log that stands from one partner. Evidence comes first: what is held is given up for
/// another branch only once the log is convicted. Spec: Protocol/exchange.md §5.
struct BranchFetch {
    let engine: NodeEngine
    let route: PartnerRoutes
    let peer: PartnerRoutes.Partner
    let branch: StandingBranch

    /// Whether nothing is missing any more, or it is no longer wanted.
    func perform() async -> Bool {
        guard var from = await engine.read({ $0.nextMissing(of: branch) }) else { return true }
        for _ in 0..<ExchangeLimits.sessionRequests where !Task.isCancelled {
            let request = BranchRequest(log: branch.log, head: branch.head, from: from)
            guard case .success(let body) = await route.ask(peer, "/v1/branch", request.encode()) else { return false }
            let part: BranchAnswer.Part
            do throws(BodyRefusal) {
                guard let held = try BranchAnswer(decoding: body).part else { return false }
                part = held
            } catch {
                await engine.count(error.reason, for: peer.oin)
                return false
            }
            guard await isConvicted() else { return false }
            switch await engine.take(part, of: branch, from: from, by: peer.oin) {
            case .grew(let next): from = next
            case .otherBranch(let trunk):
                // What is held is of the other branch: once more from where the two are one.
                guard trunk < from else { return false }
                from = trunk
            case .done: return true
            case .refused: return false
            }
        }
        return false
    }

    private func isConvicted() async -> Bool {
        if await engine.read({ $0.mayReplace(branch.log) }) { return true }
        guard let request = await engine.read({ $0.proveRequest(about: branch.log) }) else { return false }
        await ForkInquiry(engine: engine, route: route, peer: peer).ask(request, afterRefusal: false)
        return await engine.read { $0.mayReplace(branch.log) }
    }
}
