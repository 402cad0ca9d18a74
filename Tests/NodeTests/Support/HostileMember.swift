// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
@testable import Node
import Synchronization
import Testing
import Transport

/// A founder's key and certificate in the hands of a program that says what the test wants.
final class HostileMember: Sendable {
    /// Answers the body of a request to a path of Protocol/exchange.md.
    typealias Answer = @Sendable (_ path: String, _ body: [UInt8], _ from: OIN) async -> [UInt8]

    let founder: TestNetwork.Founder
    private let client: HTTPClient
    private let server: HTTPServer?

    /// With `answer` it also serves at the founder's address.
    init(_ founder: TestNetwork.Founder, answer: Answer? = nil) throws {
        self.founder = founder
        let tls = founder.folder + "/tls"
        let identity = try TLSIdentity(chainPath: tls + "/certificate.pem", keyPath: tls + "/tls.key")
        let anchors = try TrustAnchors(anchorsPath: tls + "/anchors.pem")
        var settings = ClientSettings()
        settings.identity = identity
        settings.anchors = anchors
        client = HTTPClient(settings)
        guard let answer else {
            server = nil
            return
        }
        var serving = ServerSettings()
        serving.admit = { _ in .admitted(.member) }
        serving.bodyBytesLimit = { _, _ in 4 << 20 }
        server = try HTTPServer(
            listeners: [.tls(host: "127.0.0.1", port: founder.port, TLSProfile(identity: identity, anchors: anchors))],
            settings: serving
        ) { request in
            guard case .peer(let peer, _) = request.caller else { return HTTPResponse(status: 403) }
            let body = await answer(request.path, request.body, peer.oin)
            return HTTPResponse(contentType: "application/cbor", body: body)
        }
    }

    /// Sends a body to a member's node; the status of the answer and its body, or nothing.
    func send(
        _ body: [UInt8]?, to other: TestNetwork.Founder, _ path: String = "/v1/exchange"
    ) async -> HTTPResponse? {
        guard let keyPin = try? TLSIdentity(
            chainPath: other.folder + "/tls/certificate.pem", keyPath: other.folder + "/tls/tls.key").summary.pin
        else { return nil }
        return try? await client.send(ClientRequest(
            body == nil ? .get : .post,
            .peer(host: "127.0.0.1", port: other.port, ExpectedPeer(oin: other.oin, pins: [keyPin])),
            target: path, fields: [HTTPField("content-type", "application/cbor")], body: body ?? [],
            responseBytesLimit: 4 << 20))
    }

    /// The answer to a GET.
    func get(_ other: TestNetwork.Founder, _ path: String) async -> HTTPResponse? {
        await send(nil, to: other, path)
    }

    func stop() async {
        await server?.stop(withinMilliseconds: 200)
        client.close()
    }
}

/// Two histories that one key signed, or one: what a founder without a daemon hands out.
struct ForgedLog {
    let identity: LogIdentity
    private let signer: SigningKey
    private(set) var own: OwnLog
    private(set) var entries: [[UInt8]]
    private let suite: OpenSSLSuite

    init(_ founder: TestNetwork.Founder, _ engine: NodeEngine) throws {
        try self.init(founder, engine.genesis)
    }

    init(_ founder: TestNetwork.Founder, _ genesis: Genesis) throws {
        let card = try #require(genesis.founder(founder.oin))
        try self.init(EntryZero(network: genesis.network, card: card), founder)
    }

    /// The same of anybody with an entry 0.
    init(_ zero: EntryZero, _ founder: TestNetwork.Founder) throws {
        suite = OpenSSLSuite()
        signer = try founder.signer()
        own = OwnLog.begin(zero, signer: signer, suite).log
        identity = own.tip.identity
        entries = [zero.encode()]
    }

    var log: LogID { identity.log }

    mutating func append(_ new: [[UInt8]]) throws {
        _ = try own.append(new, signer: signer, suite)
        entries += new
    }

    /// Writes a value to the catalogue, as this founder.
    mutating func write(_ hosting: String, _ engine: NodeEngine) async throws {
        let log = log
        try append(try await engine.read { engine in
            var draft = EditDraft(try #require(engine.state.application("zaaksysteem")), author: log)
            draft.set(.hosting, .text(hosting))
            return try draft.entries()
        })
    }

    /// Everything under a head of a larger size that the key signed, of which nobody ever sees the other entries.
    func withholding(_ size: LogSize) throws -> Page {
        let hidden = Subtree.cover(LogSize(known: entries.count), to: size)
        let hashes = hidden.indices.map { suite.hash([UInt8(truncatingIfNeeded: $0)]) }
        let root = try #require(own.tip.edge.root(at: size, rightHand: hashes, suite))
        let head = SignedHead(Head(size: size, root: root), of: identity.origin, signer: signer)
        return Page(
            log: log, from: .zero, entries: EntryBatch(entries), headSize: size, signature: head.signature,
            rightHandHashes: hashes)
    }

    /// Everything from a position on, in one page.
    func page(from: Int = 0) throws -> Page {
        let head = try #require(own.head)
        return Page(
            log: log, from: EntryIndex(known: from), entries: EntryBatch(Array(entries[from...])),
            headSize: head.size, signature: head.signed.signature, rightHandHashes: [])
    }
}
