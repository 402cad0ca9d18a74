// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Node
import Storage
import Synchronization
import Transport

/// Bodies that passed a federation listener.
final class Traffic: Sendable {
    struct Count: Sendable {
        var requests = 0
        var bytes = 0
    }

    private let count = Mutex(Count())

    var current: Count { count.withLock { $0 } }

    func note(_ request: HTTPRequest, _ response: HTTPResponse) {
        count.withLock {
            $0.requests += 1
            $0.bytes += request.body.count + response.body.count
        }
    }
}

/// A founder's node in this process: engine, store on disk, federation listener over mutual TLS, client.
final class BenchNode: Sendable {
    let engine: NodeEngine
    let store: NodeStore
    let traffic = Traffic()
    /// The port of its listener.
    let port: UInt16
    private let network: BenchNetwork
    private let server: HTTPServer
    private let client: HTTPClient
    private let log = LogWriter(least: .warning, clock: SystemClock())

    /// Opens or makes the store in `directory` and serves on a free port of loopback.
    init(_ network: BenchNetwork, founder: Int, directory: String) async throws {
        self.network = network
        let engine: NodeEngine
        (store, engine) = try await Self.open(network, founder: founder, directory: directory, log)
        self.engine = engine
        var settings = ServerSettings()
        let federation = FederationHandler(engine, clock: SystemClock())
        federation.peers.update(await engine.knownPeers)
        settings.admit = { federation.admission(of: $0) }
        settings.bodyBytesLimit = { _, _ in 2 << 20 }
        let profile = TLSProfile(identity: network.identities[founder], anchors: network.anchors)
        let traffic = traffic
        server = try HTTPServer(listeners: [.tls(host: "127.0.0.1", port: 0, profile)], settings: settings) { request in
            let response = await federation.handle(request)
            traffic.note(request, response)
            return response
        }
        port = server.ports[0]
        var clientSettings = ClientSettings()
        clientSettings.identity = network.identities[founder]
        clientSettings.anchors = network.anchors
        client = HTTPClient(clientSettings)
    }

    /// Opens a store and its engine, ready to write.
    static func open(
        _ network: BenchNetwork, founder: Int, directory: String,
        _ log: LogWriter = LogWriter(least: .warning, clock: SystemClock())
    ) async throws -> (store: NodeStore, engine: NodeEngine) {
        let store = try NodeStore(
            path: directory, headFile: try headFile(of: directory), suite: network.suite)
        let engine = try await NodeEngine(
            genesis: network.genesis, member: network.genesis.founders[founder].oin,
            signer: BenchNetwork.signer(founder), store: store.journal, suite: network.suite, log: log,
            clock: SystemClock())
        await engine.finishAsking()
        return (store, engine)
    }

    /// Beside the data directory, as the protocol wants it.
    static func headFile(of directory: String) throws -> String {
        "\(Workspace(path: directory + "-head").made())/external-head"
    }

    /// The way to another founder's node. A daemon keeps it.
    func route(to founder: Int, at port: UInt16) async throws -> Route {
        let card = network.genesis.founders[founder]
        let routes = await PartnerRoutes(engine, client: client, endpoints: [card.oin: "127.0.0.1:\(port)"])
        guard let partner = routes.partners.first(where: { $0.oin == card.oin }) else {
            throw BenchFailure("founder \(founder) has no address")
        }
        return Route(routes: routes, partner: partner)
    }

    struct Route: Sendable {
        fileprivate let routes: PartnerRoutes
        fileprivate let partner: PartnerRoutes.Partner
    }

    /// One exchange; whether it went well.
    func exchange(over route: Route) async -> Bool {
        await ExchangeRun(engine, peer: route.partner, route: route.routes, log: log).perform()
    }

    /// One exchange with another founder's node; whether it went well.
    func exchange(with founder: Int, at port: UInt16) async throws -> Bool {
        await exchange(over: try await route(to: founder, at: port))
    }

    /// Exchanges both ways until both hold the same and have told each other so.
    static func equalise(_ left: BenchNode, _ right: BenchNode) async throws {
        for _ in 0..<4 {
            try demand(try await right.exchange(with: 0, at: left.port), "the exchange with node 0 failed")
            try demand(try await left.exchange(with: 1, at: right.port), "the exchange with node 1 failed")
        }
        let digests = await (left.engine.headTableDigest(), right.engine.headTableDigest())
        try demand(digests.0 == digests.1, "the nodes do not hold the same after the exchanges")
    }

    func stop() async {
        client.close()
        await server.stop()
    }
}
