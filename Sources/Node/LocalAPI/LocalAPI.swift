// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Storage
public import Transport

/// What `korf`, applications on this host and a dashboard ask the node. Anybody who may open the socket may ask
/// everything. Spec: Protocol/local-api.md.
public struct LocalAPI: Sendable {
    /// The version of the API, in a header of every answer.
    public static let version = "1.0.0"

    let node: RunningNode
    let known = KnownNames()
    /// Proposals and ballots are checked against what is held and appended one at a time.
    let governing = OneAtATime()
    /// What the books ask is checked against what they hold and noted one at a time.
    let bookkeeping = OneAtATime()
    private let router = Router(routes: Routes.all)

    /// Answers for a node that runs.
    public init(_ node: RunningNode) {
        self.node = node
    }

    /// The handler of a node's local socket.
    public static func handler(_ node: RunningNode) -> Daemon.LocalHandler {
        let api = LocalAPI(node)
        return { await api.handle($0) }
    }

    var engine: NodeEngine { node.engine }
    var store: NodeStore { node.store }
    var configuration: Configuration { node.configuration }
    var clock: any WallClock { node.clock }

    /// Answers one request.
    public func handle(_ request: HTTPRequest) async -> HTTPResponse {
        await known.refresh(engine)
        do throws(APIProblem) {
            let (route, found) = try router.find(request)
            return Self.finish(Self.response(try await route.handler(self, found)), path: request.path)
        } catch {
            var response = error.response
            if error.status == 405 { response.fields.append(HTTPField("allow", allowed(at: request))) }
            return Self.finish(response, path: request.path)
        }
    }

    private func allowed(at request: HTTPRequest) -> String {
        let segments = request.path.split(separator: "/").compactMap { PercentEncoding.decode($0) }
        return router.routes.filter { $0.match(segments) != nil }.map(\.method.rawValue).sorted()
            .joined(separator: ", ")
    }

    private static func response(_ answer: APIAnswer) -> HTTPResponse {
        switch answer {
        case .json(let value): HTTPResponse(contentType: MediaType.json, body: value.bytes())
        case .created(let value): HTTPResponse(status: 201, contentType: MediaType.json, body: value.bytes())
        case .file(let mediaType, let bytes): HTTPResponse(contentType: mediaType, body: bytes)
        }
    }

    /// The fields that every answer carries.
    static let commonFields = [
        HTTPField("api-version", version),
        HTTPField("cache-control", "no-store"),
        HTTPField("content-security-policy", "frame-ancestors 'none'"),
        HTTPField("strict-transport-security", "max-age=31536000"),
        HTTPField("x-content-type-options", "nosniff"),
        HTTPField("x-frame-options", "DENY"),
    ]

    private static func finish(_ response: HTTPResponse, path: String) -> HTTPResponse {
        var response = response
        response.fields += commonFields
        if path == "/v1/openapi.json" { response.fields.append(HTTPField("access-control-allow-origin", "*")) }
        return response
    }

    /// The name of a member, its OIN where it is none.
    func name(of oin: OIN) -> String { known.name(of: oin) ?? engine.genesis.founder(oin)?.name ?? oin.digits }

    /// A member as answers name it.
    func party(_ oin: OIN) -> JSON { ["oin": .string(oin.digits), "naam": .string(name(of: oin))] }
}

extension APIProblem {
    init(_ failure: EngineFailure) {
        switch failure {
        case .readsOnly, .notAdmitted, .entry, .full, .fullOfRows: self = .conflict(failure.description)
        case .storage, .stopping: self = .unavailable(failure.description)
        }
    }

    init(_ failure: StorageFailure) { self = .unavailable(failure.description) }
}
