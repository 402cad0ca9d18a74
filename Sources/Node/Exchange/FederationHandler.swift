// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Replication
import Settlement
public import Transport

/// What others reach over mutual TLS: members everything, who is invited its own part, anybody with a certificate
/// genesis and epochs. Spec: Protocol/exchange.md §2 to §8, Protocol/membership.md §1.
public struct FederationHandler: Sendable {
    /// Who is known; whoever runs the server keeps it up to date.
    public let peers = PeerBook()
    private let engine: NodeEngine
    private let clock: any WallClock
    private let inHand: RequestsInHand
    private let headQuestion: HeadQuestion?
    private let comparison: ComparisonDesk?

    /// Serves an engine. With a head question it asks other members in a partner's place; with a desk it compares
    /// months with those that ask.
    public init(
        _ engine: NodeEngine, clock: any WallClock, limits: NodeLimits = NodeLimits(),
        headQuestion: HeadQuestion? = nil, comparison: ComparisonDesk? = nil
    ) {
        self.engine = engine
        self.headQuestion = headQuestion
        self.comparison = comparison
        self.clock = clock
        inHand = RequestsInHand(limit: limits.requestsPerPeer)
    }

    /// With what a connection begins. Each request is judged anew, for a candidate becomes a member.
    public func admission(of peer: PeerIdentity) -> PeerAdmission {
        switch peers.lane(of: peer) {
        case .member: .admitted(.member)
        case .adopted, .candidate: .admitted(.candidate)
        case .visitor: .admitted(.visitor)
        }
    }

    /// How long a body of a peer may be, by path and by the lane of its connection. Spec: Protocol/exchange.md.
    public static func bodyBytesLimit(_ path: String, lane: PeerLane) -> Int {
        guard lane != .visitor else { return ExchangeLimits.smallBodyBytes }
        return switch path {
        case FederationPath.exchange.rawValue: ExchangeLimits.bodyBytes
        case FederationPath.compare.rawValue: Settlement.Limits.comparisonBodyBytes
        default: ExchangeLimits.smallBodyBytes
        }
    }

    /// Answers one request of a peer.
    public func handle(_ request: HTTPRequest) async -> HTTPResponse {
        guard case .peer(let identity, _) = request.caller else {
            return .problem(status: 403, title: "Forbidden", detail: "Members only.")
        }
        let lane = peers.lane(of: identity)
        if let path = FederationPath(rawValue: request.path), path.isOfEpochs, path.method == request.method {
            return await answer(path, request, of: identity.oin, in: lane)
        }
        guard inHand.begin(identity.oin, isVisitor: lane.isVisitor) else {
            if !lane.isVisitor { await engine.count("too-many-requests", for: identity.oin) }
            return .problem(
                status: 429, title: "Too many requests",
                detail: "This node works on \(lane.isVisitor ? 1 : inHand.limit) requests of one peer at a time.")
        }
        defer { inHand.end(identity.oin) }
        guard let path = FederationPath(rawValue: request.path) else {
            return .problem(status: 404, title: "Not found", detail: "There is nothing at this path.")
        }
        guard path.method == request.method else {
            return .problem(status: 405, title: "Method not allowed", detail: "This path takes another method.")
        }
        return await answer(path, request, of: identity.oin, in: lane)
    }

    private func answer(
        _ path: FederationPath, _ request: HTTPRequest, of oin: OIN, in lane: FederationLane
    ) async -> HTTPResponse {
        if path == .genesis { return HTTPResponse(contentType: ExchangeMedia.type, body: engine.genesis.bytes) }
        switch lane {
        case .visitor(let reason) where !path.isForAnybody: return Self.forbidden(reason)
        case .candidate(let sentence) where !path.isForCandidates: return Self.forbidden(sentence)
        case .candidate(let sentence) where path == .exchange:
            guard let reply = await engine.takeCandidateLog(request.body, from: oin) else {
                return Self.forbidden(sentence)
            }
            return response(reply)
        default: break
        }
        switch path {
        case .exchange:
            return response(await engine.answerExchange(request.body, from: oin, at: clock.milliseconds()))
        case .prove: return response(await engine.answerProve(request.body, from: oin))
        case .head: return response(await answerHead(request.body, from: oin))
        case .branch: return response(await engine.answerBranch(request.body, from: oin))
        case .epochs: return response(await engine.answerEpochs(request.body, from: oin))
        case .polka: return response(await engine.answerPolka(request.body, from: oin))
        case .certificate: return response(await engine.answerCertificate(request.body, from: oin))
        case .vector: return response(await engine.answerVector(request.body, from: oin))
        case .compare: return await answerComparison(request.body, from: oin)
        case .genesis: preconditionFailure("answered above")
        }
    }

    private func answerHead(_ body: [UInt8], from oin: OIN) async -> ExchangeReply {
        guard let question = try? HeadRequest(decoding: body), let member = question.member else {
            return await engine.answerHead(body, from: oin)
        }
        guard let answer = await headQuestion?.answer(of: member, to: question.log) else { return .failed }
        return .answered(answer)
    }

    private func answerComparison(_ body: [UInt8], from oin: OIN) async -> HTTPResponse {
        guard let comparison else { return response(.failed) }
        switch await comparison.answer(body, from: oin) {
        case .answered(let body): return HTTPResponse(contentType: ExchangeMedia.type, body: body)
        case .refused(let refusal):
            if refusal.status == 400 { await engine.count("compare-" + refusal.name, for: oin) }
            return .problem(status: refusal.status, title: "Refused", detail: "\(refusal.name): \(refusal)")
        case .failed: return response(.failed)
        }
    }

    private static func forbidden(_ reason: String) -> HTTPResponse {
        .problem(status: 403, title: "Forbidden", detail: reason)
    }

    private func response(_ reply: ExchangeReply) -> HTTPResponse {
        switch reply {
        case .answered(let body): HTTPResponse(contentType: ExchangeMedia.type, body: body)
        case .refused(let reason): .problem(status: 400, title: "Refused", detail: reason)
        case .failed: .problem(status: 503, title: "Not now", detail: "This node cannot answer now.")
        }
    }
}

extension FederationLane {
    var isVisitor: Bool { if case .visitor = self { true } else { false } }
}
