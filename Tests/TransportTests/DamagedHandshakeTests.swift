// SPDX-License-Identifier: EUPL-1.2
import COpenSSL
import Glibc
import Testing
@testable import Transport

/// A TLS client over memory, so that a test can damage what it would send.
private final class MemoryClient {
    private let context = SSL_CTX_new(TLS_client_method())!
    private let session: OpaquePointer
    private let incoming = BIO_new(BIO_s_mem())!
    private let outgoing = BIO_new(BIO_s_mem())!

    init(_ leaf: TestAuthority.Leaf) throws {
        let chain = try PEM.certificates(leaf.chainPEM, path: "")
        let key = try PEM.privateKey(leaf.keyPEM, path: "")
        SSL_CTX_use_certificate(context, chain[0].pointer)
        SSL_CTX_use_PrivateKey(context, key.pointer)
        withExtendedLifetime((chain, key)) {}
        session = SSL_new(context)!
        // The session owns both from here on.
        SSL_set_bio(session, incoming, outgoing)
        SSL_set_connect_state(session)
    }

    deinit {
        SSL_free(session)
        SSL_CTX_free(context)
    }

    /// What the client sends next, after it has read `bytes`.
    func flight(after bytes: [UInt8] = []) -> [UInt8] {
        if !bytes.isEmpty { BIO_write(incoming, bytes, CInt(bytes.count)) }
        ERR_clear_error()
        SSL_do_handshake(session)
        ERR_clear_error()
        var buffer = [UInt8](repeating: 0, count: 65_536)
        return Array(buffer[..<Int(max(BIO_read(outgoing, &buffer, CInt(buffer.count)), 0))])
    }
}

@Suite("TLS: damaged handshakes, Protocol/transport.md §1")
struct DamagedHandshakeTests {

    @Test("a handshake that is cut at any byte, or has a bit flipped, is refused and leaves nothing behind")
    func damaged() async throws {
        let authority = try TestAuthority()
        let peer = try Member(authority, 2)
        var settings = ServerSettings()
        settings.admit = { _ in .admitted(.member) }
        settings.limits.connectionsPerPeer = 1000
        let recorder = Recorder()
        let profile = TLSProfile(
            identity: try Member(authority, 1).identity,
            anchors: try TrustAnchors(anchorsPEM: authority.certificatePEM)
        )
        let http = try HTTPServer(
            listeners: [.tls(host: "127.0.0.1", port: 0, profile)], settings: settings, handler: recorder.echo
        )
        var random = SeededGenerator(state: 4)
        let hello = try MemoryClient(peer.leaf).flight()
        var sent = 0
        for cut in 0..<hello.count {
            RawSocket(port: http.ports[0]).send(Array(hello[..<cut]))
            sent += 1
        }
        for _ in 0..<500 {
            var damaged = hello
            damaged[Int.random(in: 0..<hello.count, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
            RawSocket(port: http.ports[0]).send(damaged)
            sent += 1
        }
        for round in 0..<150 {
            let client = try MemoryClient(peer.leaf)
            let socket = RawSocket(port: http.ports[0])
            socket.send(client.flight())
            var second: [UInt8] = []
            while second.count < 500 {
                let received = await socket.readSome()
                guard !received.isEmpty else { break }
                second += client.flight(after: received)
            }
            #expect(second.count >= 500)
            let index = Int.random(in: 6..<second.count, using: &random)
            if round.isMultiple(of: 2) { second.removeSubrange(index...) } else {
                second[index] ^= 1 << UInt8.random(in: 0...7, using: &random)
            }
            socket.send(second)
            sent += 1
        }
        let expected = sent
        #expect(await eventually(within: 30_000) {
            http.counters.accepted == expected && http.counters.openConnections == 0
        })
        #expect(http.counters.handshakes == 0)
        #expect(recorder.count == 0)
        let sound = try RawTLS(port: http.ports[0], leaf: peer.leaf)
        #expect(await sound.request("GET / HTTP/1.1\r\nHost: a\r\n\r\n").hasPrefix("HTTP/1.1 200"))
        await http.stop()
    }
}
