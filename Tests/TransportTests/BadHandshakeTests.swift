// SPDX-License-Identifier: EUPL-1.2
import COpenSSL
import Glibc
import Journal
import Testing
@testable import Transport

/// One way in which a client may present itself wrongly.
struct BadClient: Sendable, CustomTestStringConvertible {
    enum Outcome: Sendable { case handshake(HandshakeRefusal), answer(Int, String) }

    let testDescription: String
    let outcome: Outcome
    /// Makes the client's leaf, `nil` for none, and may revoke it.
    let leaf: @Sendable (TestAuthority) throws -> TestAuthority.Leaf?
    var allowsTLS12Only = false
    /// Changes what the server presents and believes.
    var revocation: @Sendable (TestAuthority) throws -> [UInt8]? = { _ in nil }

    static let digits = Member.oin(7).digits

    static func sign(
        _ authority: TestAuthority, numbers: [String] = [digits], from: Int = -3600, until: Int = 86_400,
        purpose: TestAuthority.Purpose = .both, key: TestAuthority.LeafKey = .p256
    ) throws -> TestAuthority.Leaf {
        try authority.leaf(
            serialNumbers: numbers, organization: "Gemeente", notBeforeSeconds: from, notAfterSeconds: until,
            purpose: purpose, leafKey: key
        )
    }

    static let all: [BadClient] = [
        BadClient(testDescription: "no certificate", outcome: .handshake(.noCertificate)) { _ in nil },
        BadClient(testDescription: "another authority of the same name", outcome: .handshake(.unknownAuthority)) { _ in
            try sign(TestAuthority())
        },
        BadClient(testDescription: "an unknown authority", outcome: .handshake(.unknownAuthority)) { _ in
            try sign(TestAuthority(name: "Another authority"))
        },
        BadClient(testDescription: "expired", outcome: .handshake(.expired)) { try sign($0, until: -60) },
        BadClient(testDescription: "not yet valid", outcome: .handshake(.notYetValid)) { try sign($0, from: 3600) },
        BadClient(testDescription: "purpose is server only", outcome: .handshake(.wrongPurpose)) {
            try sign($0, purpose: .server)
        },
        BadClient(testDescription: "purpose is code signing", outcome: .handshake(.wrongPurpose)) {
            try sign($0, purpose: .codeSigning)
        },
        BadClient(testDescription: "RSA key of 2048 bits", outcome: .handshake(.weak)) { try sign($0, key: .rsa2048) },
        BadClient(testDescription: "TLS 1.2", outcome: .handshake(.protocolVersion), leaf: { try sign($0) },
                  allowsTLS12Only: true),
        BadClient(testDescription: "revoked", outcome: .handshake(.revoked), leaf: { authority in
            let leaf = try sign(authority)
            authority.revoke(leaf)
            return leaf
        }, revocation: { try $0.revocationList() }),
        BadClient(testDescription: "the revocation list has expired", outcome: .handshake(.revocationListUnusable),
                  leaf: { try sign($0) },
                  revocation: { try $0.revocationList(lastUpdateSeconds: -7200, nextUpdateSeconds: -3600) }),
        BadClient(testDescription: "the revocation list is not valid yet",
                  outcome: .handshake(.revocationListUnusable), leaf: { try sign($0) },
                  revocation: { try $0.revocationList(lastUpdateSeconds: 3600, nextUpdateSeconds: 7200) }),
        BadClient(testDescription: "the revocation list is of another authority",
                  outcome: .handshake(.revocationListUnusable), leaf: { try sign($0) },
                  revocation: { _ in try TestAuthority(name: "Another authority").revocationList() }),
        BadClient(testDescription: "no OIN", outcome: .answer(403, "no serialNumber")) { try sign($0, numbers: []) },
        BadClient(testDescription: "OIN of 19 digits", outcome: .answer(403, "is no OIN")) {
            try sign($0, numbers: [String(digits.dropLast())])
        },
        BadClient(testDescription: "OIN of 21 digits", outcome: .answer(403, "is no OIN")) {
            try sign($0, numbers: [digits + "0"])
        },
        BadClient(testDescription: "OIN with letters", outcome: .answer(403, "is no OIN")) {
            try sign($0, numbers: ["0000009900000000000x"])
        },
        BadClient(testDescription: "OIN with a blank", outcome: .answer(403, "is no OIN")) {
            try sign($0, numbers: [String(digits.dropLast()) + " "])
        },
        BadClient(testDescription: "two OINs", outcome: .answer(403, "more than one")) {
            try sign($0, numbers: [digits, Member.oin(8).digits])
        },
        BadClient(testDescription: "a member that is not admitted", outcome: .answer(403, "Not a member.")) {
            try sign($0, numbers: [Member.oin(9).digits])
        },
        BadClient(testDescription: "a member's OIN with another key", outcome: .answer(403, "Unknown key.")) {
            try sign($0)
        },
    ]
}

@Suite("TLS: clients that are refused, Protocol/transport.md §1 to §3")
struct BadHandshakeTests {
    @Test("is refused with its reason, and no request of it reaches the handler", arguments: BadClient.all)
    func isRefused(bad: BadClient) async throws {
        let authority = try TestAuthority()
        let server = try Member(authority, 1)
        let member = try Member(authority, 7)
        let leaf = try bad.leaf(authority)
        let anchors = try TrustAnchors(
            anchorsPEM: authority.certificatePEM, revocationPEM: bad.revocation(authority)
        )
        let recorder = Recorder()
        var settings = ServerSettings()
        settings.admit = { peer in
            guard peer.oin == member.oin else { return .refused(reason: "Not a member.") }
            return peer.pin == member.leaf.pin ? .admitted(.member) : .refused(reason: "Unknown key.")
        }
        let http = try HTTPServer(
            listeners: [.tls(host: "127.0.0.1", port: 0, TLSProfile(identity: server.identity, anchors: anchors))],
            settings: settings, handler: recorder.echo
        )
        let client = try RawTLS(port: http.ports[0], leaf: leaf, onlyTLS12: bad.allowsTLS12Only)
        let answer = await client.request("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        switch bad.outcome {
        case .handshake(let reason):
            #expect(await eventually { http.counters.refusedHandshakeCount == 1 })
            #expect(http.counters.refusedHandshakes == [reason: 1])
            #expect(answer.isEmpty)
        case .answer(let status, let text):
            #expect(answer.hasPrefix("HTTP/1.1 \(status) "))
            #expect(answer.contains("application/problem+json") && answer.contains(text))
            #expect(http.counters.refusedPeers == 1)
        }
        #expect(recorder.count == 0)
        #expect(await eventually { http.counters.openConnections == 0 })
        await http.stop()
    }

    @Test("there are at least twenty such clients")
    func enough() { #expect(BadClient.all.count >= 20) }

    @Test("garbage, half a handshake and clear-text HTTP leave the server as it was")
    func garbage() async throws {
        let authority = try TestAuthority()
        let server = try Member(authority, 1)
        let peer = try Member(authority, 2)
        var settings = ServerSettings()
        settings.admit = { _ in .admitted(.member) }
        let recorder = Recorder()
        let anchors = try TrustAnchors(anchorsPEM: authority.certificatePEM)
        let http = try HTTPServer(
            listeners: [.tls(host: "127.0.0.1", port: 0, TLSProfile(identity: server.identity, anchors: anchors))],
            settings: settings, handler: recorder.echo
        )
        var random = SeededGenerator(state: 1)
        for round in 0..<60 {
            let socket = RawSocket(port: http.ports[0])
            switch round % 3 {
            case 0: socket.send((0..<200).map { _ in UInt8.random(in: 0...255, using: &random) })
            case 1: socket.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            default: socket.send([0x16, 0x03, 0x01, 0x01, 0x00, 0x01, 0x00, 0x00, 0xFC, 0x03, 0x03])
            }
        }
        #expect(await eventually { http.counters.refusedHandshakeCount == 60 })
        #expect(await eventually { http.counters.openConnections == 0 })
        let client = try RawTLS(port: http.ports[0], leaf: peer.leaf)
        let answer = await client.request("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(answer.hasPrefix("HTTP/1.1 200"))
        #expect(recorder.count == 1)
        await http.stop()
    }
}

/// A TLS client without any manners: it believes every server and presents what it is given.
final class RawTLS: Sendable {
    let socket: RawSocket
    // Addresses of the context and the session, which this object owns.
    private let context: UInt
    private let session: UInt

    init(port: UInt16, leaf: TestAuthority.Leaf?, onlyTLS12: Bool = false, receiveBuffer: CInt? = nil) throws {
        OwnThread.ignoreBrokenPipes()
        socket = RawSocket(port: port, receiveBuffer: receiveBuffer)
        let context = SSL_CTX_new(TLS_client_method())!
        SSL_CTX_set_security_level(context, 0)
        if onlyTLS12 { _ = korf_ctx_versions(context, TLS1_2_VERSION, TLS1_2_VERSION) }
        if let leaf {
            let chain = try PEM.certificates(leaf.chainPEM, path: "")
            let key = try PEM.privateKey(leaf.keyPEM, path: "")
            SSL_CTX_use_certificate(context, chain[0].pointer)
            SSL_CTX_use_PrivateKey(context, key.pointer)
            withExtendedLifetime((chain, key)) {}
        }
        let session = SSL_new(context)!
        SSL_set_fd(session, socket.descriptor)
        ERR_clear_error()
        SSL_connect(session)
        ERR_clear_error()
        self.context = UInt(bitPattern: context)
        self.session = UInt(bitPattern: session)
    }

    deinit {
        SSL_free(OpaquePointer(bitPattern: session))
        SSL_CTX_free(OpaquePointer(bitPattern: context))
    }

    /// Sends and reads one read's worth: every answer in these tests is one record.
    func request(_ text: String) async -> String {
        await offPool { [self] in
            let bytes = Array(text.utf8)
            var buffer = [UInt8](repeating: 0, count: 65_536)
            ERR_clear_error()
            SSL_write(OpaquePointer(bitPattern: session), bytes, CInt(bytes.count))
            ERR_clear_error()
            let count = SSL_read(OpaquePointer(bitPattern: session), &buffer, CInt(buffer.count))
            ERR_clear_error()
            return String(decoding: buffer[..<max(Int(count), 0)], as: UTF8.self)
        }
    }
}
