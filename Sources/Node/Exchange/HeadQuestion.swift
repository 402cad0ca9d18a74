// SPDX-License-Identifier: EUPL-1.2
import Cooperative
public import Journal
import Replication

/// Asks the other members which head of a log they hold. Spec: Protocol/exchange.md §5.
public struct HeadQuestion: Sendable {
    private let engine: NodeEngine
    private let routes: PartnerRoutes

    init(_ engine: NodeEngine, _ routes: PartnerRoutes) {
        self.engine = engine
        self.routes = routes
    }

    /// What each member that answered holds of a log, 0 for nothing; who did not answer is absent. What is not signed
    /// by the log's key counts as no answer.
    public func sizes(of identity: LogIdentity) async -> [OIN: LogSize] {
        let body = HeadRequest(log: identity.log).encode()
        return await withTaskGroup(of: (OIN, LogSize)?.self) { group in
            for partner in routes.partners {
                group.addTask {
                    guard case .success(let bytes) = await routes.ask(partner, "/v1/head", body),
                          let answer = try? HeadAnswer(decoding: bytes)
                    else { return nil }
                    guard let head = answer.head else { return (partner.oin, .empty) }
                    return VerifiedHead(head, of: identity, engine.suite).map { (partner.oin, $0.size) }
                }
            }
            var sizes: [OIN: LogSize] = [:]
            for await answer in group { if let (oin, size) = answer { sizes[oin] = size } }
            return sizes
        }
    }
}
