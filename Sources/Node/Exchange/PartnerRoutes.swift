// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Replication
import Storage
import Transport

/// How other members' nodes are reached: endpoint and keys of card or newest contact, and what the configuration says
/// otherwise.
struct PartnerRoutes: Sendable {
    /// A member that may be asked.
    struct Partner: Sendable {
        let oin: OIN
        let name: String
        let log: LogID
    }

    let partners: [Partner]
    private let engine: NodeEngine
    private let client: HTTPClient
    private let configuration: Configuration

    init(_ engine: NodeEngine, client: HTTPClient, configuration: Configuration) {
        self.engine = engine
        self.client = client
        self.configuration = configuration
        partners = engine.genesis.founders.compactMap { card in
            guard card.oin != engine.member.oin, configuration.peers[card.oin]?.dial ?? true,
                  configuration.peers[card.oin]?.endpoint != nil || !card.endpoints.isEmpty
            else { return nil }
            let identity = LogIdentity(EntryZero(network: engine.genesis.network, card: card), engine.suite)
            return Partner(oin: card.oin, name: card.name, log: identity.log)
        }
    }

    /// Sends one request to a partner and gives the body of its answer, or why there is none, in words.
    func ask(_ partner: Partner, _ path: String, _ body: [UInt8]) async -> Result<[UInt8], AskFailure> {
        let contact = await engine.read { $0.contact(of: partner.oin) }
        let configured = configuration.peers[partner.oin]?.endpoint.flatMap(ListenAddress.init)
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
