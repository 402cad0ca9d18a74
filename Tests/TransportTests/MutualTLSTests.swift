// SPDX-License-Identifier: EUPL-1.2
import Journal
import Testing
@testable import Transport

@Suite("Mutual TLS, Protocol/transport.md §1 and §2")
struct MutualTLSTests {
    let authority: TestAuthority
    let server: Member
    let peer: Member

    init() throws {
        authority = try TestAuthority()
        server = try Member(authority, 1)
        peer = try Member(authority, 2)
    }

    func start(
        _ recorder: Recorder, settings change: (inout ServerSettings) -> Void = { _ in }
    ) throws -> HTTPServer {
        var settings = ServerSettings()
        settings.admit = { _ in .admitted(.member) }
        change(&settings)
        let profile = TLSProfile(
            identity: server.identity, anchors: try TrustAnchors(anchorsPEM: authority.certificatePEM)
        )
        return try HTTPServer(
            listeners: [.tls(host: "127.0.0.1", port: 0, profile)], settings: settings, handler: recorder.echo
        )
    }

    func client(_ identity: TLSIdentity?) throws -> HTTPClient {
        var settings = ClientSettings()
        settings.identity = identity
        settings.anchors = try TrustAnchors(anchorsPEM: authority.certificatePEM)
        return HTTPClient(settings)
    }

    @Test("a request between two members comes with the caller's OIN and pin, on one kept connection")
    func happyPath() async throws {
        let recorder = Recorder()
        let http = try start(recorder)
        let client = try client(peer.identity)
        for round in 0..<3 {
            let endpoint = Endpoint.peer(host: "127.0.0.1", port: http.ports[0], server.expected)
            let response = try await client.send(
                ClientRequest(.post, endpoint, target: "/v1/x?a=1", body: Array("hello \(round)".utf8))
            )
            #expect(response.status == 200)
            #expect(response.body == Array("hello \(round)".utf8))
        }
        guard case .peer(let identity, .member) = recorder.all[0].caller else {
            Issue.record("no peer")
            return
        }
        #expect(identity.oin == peer.oin)
        #expect(identity.pin == peer.leaf.pin)
        #expect(identity.organization == "Gemeente Test 2")
        #expect(http.counters.handshakes == 1)
        #expect(http.counters.requests == 3)
        client.close()
        await http.stop()
        #expect(http.counters.openConnections == 0)
    }
}
