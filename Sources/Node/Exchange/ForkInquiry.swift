// SPDX-License-Identifier: EUPL-1.2

import Replication

/// Asks one partner whether two heads that do not fit are a fork of the owner: question by question, until the answer
/// convicts or nothing more is to be asked. Spec: Protocol/exchange.md §5.
struct ForkInquiry {
    let engine: NodeEngine
    let route: PartnerRoutes
    let peer: PartnerRoutes.Partner

    func ask(_ first: ProveRequest, afterRefusal: Bool) async {
        var request = first
        for _ in 0..<ExchangeLimits.proofQuestions {
            guard case .success(let body) = await route.ask(peer, "/v1/prove", request.encode()),
                  let answer = try? ProveAnswer(decoding: body),
                  let next = await engine.judge(answer, to: request, from: peer.oin, afterRefusal: afterRefusal)
            else { return }
            request = next
        }
    }
}
