// SPDX-License-Identifier: EUPL-1.2
import Cooperative
package import Journal
import Replication
import Storage
import Synchronization
package import Transport

/// How other members' nodes are reached: endpoints and keys of card or newest contact, of a JOIN file for members that
/// are not known yet, and what the configuration says otherwise. Who is a partner follows the state; `refresh` says
/// when it is looked at again.
package struct PartnerRoutes: Sendable {
    /// A member that may be asked.
    package struct Partner: Sendable, Equatable {
        package let oin: OIN
        package let name: String
        /// By which it stands in the schedule: its log, or where none is known yet a name made of its OIN.
        package let log: LogID
    }

    private let engine: NodeEngine
    private let client: HTTPClient
    private let peers: [OIN: Configuration.Peer]
    private let introduced: [JoinFile.Address]
    private let book = PartnerBook()

    /// `introduced` are the addresses of a JOIN file.
    init(
        _ engine: NodeEngine, client: HTTPClient, configuration: Configuration,
        introduced: [JoinFile.Address] = []
    ) async {
        await self.init(engine, client: client, peers: configuration.peers, introduced: introduced)
    }

    /// Routes to partners at these addresses, `host:port`, whatever their cards say.
    package init(_ engine: NodeEngine, client: HTTPClient, endpoints: [OIN: String]) async {
        let peers = endpoints.mapValues { Configuration.Peer(endpoint: $0, dial: true) }
        await self.init(engine, client: client, peers: peers, introduced: [])
    }

    private init(
        _ engine: NodeEngine, client: HTTPClient, peers: [OIN: Configuration.Peer], introduced: [JoinFile.Address]
    ) async {
        self.engine = engine
        self.client = client
        self.peers = peers
        self.introduced = introduced
        await refresh()
    }

    /// Whom this node may ask, as of the last `refresh`.
    package var partners: [Partner] { book.partners }

    /// Looks again at who is a partner: members, candidates that are adopted, members that leave.
    package func refresh() async {
        let introduced = introduced.map { (oin: $0.oin, hasEndpoint: true) }
        let found = await engine.read { engine in
            var found: [Partner] = []
            for member in engine.possiblePartners where engine.isPartner(member) {
                guard dials(member.oin, hasEndpoint: !member.endpoints.isEmpty), let log = member.logs.first
                else { continue }
                found.append(Partner(oin: member.oin, name: member.card.name, log: log.log))
            }
            for address in introduced where engine.state.member(address.oin) == nil {
                guard address.oin != engine.member.oin, dials(address.oin, hasEndpoint: address.hasEndpoint)
                else { continue }
                let name = LogID(engine.suite.hash(Array(address.oin.digits.utf8)))
                found.append(Partner(oin: address.oin, name: address.oin.digits, log: name))
            }
            return found
        }
        book.replace(by: found)
    }

    private func dials(_ oin: OIN, hasEndpoint: Bool) -> Bool {
        (peers[oin]?.dial ?? true) && (peers[oin]?.endpoint != nil || hasEndpoint)
    }

    /// Sends one request to a partner and gives the body of its answer, or why there is none, in words.
    func ask(_ partner: Partner, _ path: String, _ body: [UInt8]) async -> Result<[UInt8], AskFailure> {
        let contact = await contact(of: partner.oin)
        let configured = peers[partner.oin]?.endpoint.flatMap(ListenAddress.init)
        let addresses = configured.map { [($0.host, $0.port)] } ?? contact.endpoints.map { ($0.host, $0.port) }
        var failure = AskFailure(sentence: "no address is known", kind: .outOfReach)
        for (host, port) in addresses {
            let expected = ExpectedPeer(oin: partner.oin, pins: contact.pins.map { Hash($0.value) })
            let request = ClientRequest(
                .post, .peer(host: host, port: port, expected), target: path,
                fields: [HTTPField("content-type", ExchangeMedia.type)], body: body,
                responseBytesLimit: ExchangeLimits.bodyBytes)
            do throws(TransportFailure) {
                let response = try await client.send(request)
                guard response.status == 200 else { return .failure(AskFailure(response)) }
                return .success(response.body)
            } catch {
                failure = AskFailure(sentence: error.description, kind: .outOfReach)
            }
        }
        return .failure(failure)
    }

    /// Keys and endpoints that hold: those that the state knows, else those of the JOIN file.
    private func contact(of oin: OIN) async -> (pins: [TLSPin], endpoints: [Journal.Endpoint]) {
        let known = await engine.read { $0.contact(of: oin) }
        guard known.pins.isEmpty, let address = introduced.first(where: { $0.oin == oin }) else { return known }
        return (address.pins, address.endpoints)
    }
}

/// The partners of the last look, shared by everybody who asks.
private final class PartnerBook: Sendable {
    private let current = Mutex<[PartnerRoutes.Partner]>([])

    var partners: [PartnerRoutes.Partner] { current.withLock { $0 } }

    func replace(by newest: [PartnerRoutes.Partner]) { current.withLock { $0 = newest } }
}

/// Why a partner gave no usable answer.
struct AskFailure: Error {
    enum Kind {
        /// Nothing came back at all.
        case outOfReach
        /// It answered that this member may not ask this now.
        case notAllowed
        /// It answered something else.
        case refused
    }

    let sentence: String
    let kind: Kind
    /// It answered that it has too much in hand just now.
    let isBusy: Bool

    init(sentence: String, kind: Kind) {
        self.sentence = sentence
        self.kind = kind
        isBusy = false
    }

    init(_ response: HTTPResponse) {
        let detail = ProblemDetail.read(response.body) ?? String(decoding: response.body.prefix(300), as: UTF8.self)
        sentence = "answered \(response.status): \(detail)"
        kind = response.status == 403 ? .notAllowed : .refused
        isBusy = response.status == 429
    }
}
