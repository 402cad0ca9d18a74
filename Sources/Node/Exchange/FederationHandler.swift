// SPDX-License-Identifier: EUPL-1.2
import Cooperative
public import Journal
import Replication
public import Transport

/// What members reach over mutual TLS. Spec: Protocol/exchange.md §2 to §5.
public struct FederationHandler: Sendable {
    private let engine: NodeEngine
    private let clock: any WallClock
    private let inHand: RequestsInHand

    /// Serves an engine.
    public init(_ engine: NodeEngine, clock: any WallClock, limits: NodeLimits = NodeLimits()) {
        self.engine = engine
        self.clock = clock
        inHand = RequestsInHand(limit: limits.requestsPerPeer)
    }

    /// Whether a connection may speak: a member of the network with a key that its card or newest contact names.
    public func admission(of peer: PeerIdentity, pins: [OIN: [TLSPin]]) -> PeerAdmission {
        guard let known = pins[peer.oin] else { return .refused(reason: "\(peer.oin) is no member of this network.") }
        guard known.contains(TLSPin(peer.pin.value)) else {
            return .refused(reason: "The key of this certificate is not one that \(peer.oin) has named.")
        }
        return .admitted(.member)
    }

    /// How long a body of a member may be, by path. Spec: Protocol/exchange.md.
    public static func bodyBytesLimit(_ path: String) -> Int {
        path == "/v1/exchange" ? ExchangeLimits.bodyBytes : ExchangeLimits.smallBodyBytes
    }

    /// Answers one request of a member.
    public func handle(_ request: HTTPRequest) async -> HTTPResponse {
        guard case .peer(let identity, _) = request.caller else {
            return .problem(status: 403, title: "Forbidden", detail: "Members only.")
        }
        guard inHand.begin(identity.oin) else {
            await engine.count("too-many-requests", for: identity.oin)
            return .problem(
                status: 429, title: "Too many requests",
                detail: "This node works on \(inHand.limit) requests of one member at a time.")
        }
        defer { inHand.end(identity.oin) }
        switch (request.method, request.path) {
        case (.post, "/v1/exchange"):
            return response(
                await engine.answerExchange(request.body, from: identity.oin, at: clock.milliseconds()))
        case (.post, "/v1/prove"):
            return response(await engine.answerProve(request.body, from: identity.oin))
        case (.post, "/v1/head"):
            return response(await engine.answerHead(request.body, from: identity.oin))
        case (.get, "/v1/genesis"):
            return HTTPResponse(contentType: ExchangeMedia.type, body: engine.genesis.bytes)
        case (_, "/v1/exchange"), (_, "/v1/prove"), (_, "/v1/head"), (_, "/v1/genesis"):
            return .problem(status: 405, title: "Method not allowed", detail: "This path takes another method.")
        default:
            return .problem(status: 404, title: "Not found", detail: "There is nothing at this path for members.")
        }
    }

    private func response(_ reply: ExchangeReply) -> HTTPResponse {
        switch reply {
        case .answered(let body): HTTPResponse(contentType: ExchangeMedia.type, body: body)
        case .refused(let reason): .problem(status: 400, title: "Refused", detail: reason)
        case .failed: .problem(status: 503, title: "Not now", detail: "This node cannot answer now.")
        }
    }
}
