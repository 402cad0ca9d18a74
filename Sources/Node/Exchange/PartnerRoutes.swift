// SPDX-License-Identifier: EUPL-1.2
import Cooperative
package import Journal
import Replication
import Storage
package import Transport

/// How other members' nodes are reached: endpoint and keys of card or newest contact, and what the configuration says
/// otherwise.
package struct PartnerRoutes: Sendable {
    /// A member that may be asked.
    package struct Partner: Sendable {
        package let oin: OIN
        package let name: String
        package let log: LogID
    }

    package let partners: [Partner]
    private let engine: NodeEngine
    private let client: HTTPClient
    private let peers: [OIN: Configuration.Peer]

    init(_ engine: NodeEngine, client: HTTPClient, configuration: Configuration) {
        self.init(engine, client: client, peers: configuration.peers)
    }

    /// Routes to partners at these addresses, `host:port`, whatever their cards say.
    package init(_ engine: NodeEngine, client: HTTPClient, endpoints: [OIN: String]) {
        self.init(engine, client: client, peers: endpoints.mapValues { Configuration.Peer(endpoint: $0, dial: true) })
    }

    private init(_ engine: NodeEngine, client: HTTPClient, peers: [OIN: Configuration.Peer]) {
        self.engine = engine
        self.client = client
        self.peers = peers
        partners = engine.genesis.founders.compactMap { card in
            guard card.oin != engine.member.oin, peers[card.oin]?.dial ?? true,
                  peers[card.oin]?.endpoint != nil || !card.endpoints.isEmpty
            else { return nil }
            let identity = LogIdentity(EntryZero(network: engine.genesis.network, card: card), engine.suite)
            return Partner(oin: card.oin, name: card.name, log: identity.log)
        }
    }

    /// Sends one request to a partner and gives the body of its answer, or why there is none, in words.
    func ask(_ partner: Partner, _ path: String, _ body: [UInt8]) async -> Result<[UInt8], AskFailure> {
        let contact = await engine.read { $0.contact(of: partner.oin) }
        let configured = peers[partner.oin]?.endpoint.flatMap(ListenAddress.init)
        let addresses = configured.map { [($0.host, $0.port)] } ?? contact.endpoints.map { ($0.host, $0.port) }
        var failure = AskFailure(sentence: "no address is known", isOutOfReach: true)
        for (host, port) in addresses {
            let expected = ExpectedPeer(oin: partner.oin, pins: contact.pins.map { Hash($0.value) })
            let request = ClientRequest(
                .post, .peer(host: host, port: port, expected), target: path,
                fields: [HTTPField("content-type", ExchangeMedia.type)], body: body,
                responseBytesLimit: ExchangeLimits.bodyBytes)
            do throws(TransportFailure) {
                let response = try await client.send(request)
                guard response.status == 200 else {
                    let detail = String(decoding: response.body.prefix(300), as: UTF8.self)
                    return .failure(AskFailure(sentence: "answered \(response.status): \(detail)", isOutOfReach: false))
                }
                return .success(response.body)
            } catch {
                failure = AskFailure(sentence: error.description, isOutOfReach: true)
            }
        }
        return .failure(failure)
    }
}

/// Why a partner gave no usable answer.
struct AskFailure: Error {
    let sentence: String
    /// Nothing came back at all.
    let isOutOfReach: Bool
}
