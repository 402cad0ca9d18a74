// SPDX-License-Identifier: EUPL-1.2
import Glibc
import Journal
import Testing
@testable import Transport

/// Why `client` got no response, `nil` if it got one.
private func failure(_ client: HTTPClient, _ request: ClientRequest) async -> TransportFailure? {
    do throws(TransportFailure) {
        _ = try await client.send(request)
        return nil
    } catch {
        return error
    }
}

@Suite("Client: whom it believes and how it fails, Protocol/transport.md §2 and §6")
struct ClientTests {
    let authority: TestAuthority
    let server: Member
    let peer: Member

    init() throws {
        authority = try TestAuthority()
        server = try Member(authority, 1)
        peer = try Member(authority, 2)
    }

    func serve(
        _ identity: TLSIdentity? = nil, limits: ServerLimits = ServerLimits(),
        handler: @escaping @Sendable (HTTPRequest) async -> HTTPResponse = { _ in HTTPResponse(status: 204) }
    ) throws -> HTTPServer {
        var settings = ServerSettings()
        settings.admit = { _ in .admitted(.member) }
        settings.limits = limits
        let profile = TLSProfile(
            identity: identity ?? server.identity, anchors: try TrustAnchors(anchorsPEM: authority.certificatePEM)
        )
        return try HTTPServer(
            listeners: [.tls(host: "127.0.0.1", port: 0, profile)], settings: settings, handler: handler
        )
    }

    func client(_ change: (inout ClientSettings) -> Void = { _ in }) throws -> HTTPClient {
        var settings = ClientSettings()
        settings.identity = peer.identity
        settings.anchors = try TrustAnchors(anchorsPEM: authority.certificatePEM)
        change(&settings)
        return HTTPClient(settings)
    }

    func get(_ http: HTTPServer, _ expected: ExpectedPeer? = nil) -> ClientRequest {
        ClientRequest(.get, .peer(host: "127.0.0.1", port: http.ports[0], expected ?? server.expected), target: "/")
    }

    @Test("a server with another key than the card's is refused before any request")
    func wrongPin() async throws {
        let http = try serve()
        let expected = ExpectedPeer(oin: server.oin, pins: [peer.leaf.pin])
        #expect(await failure(try client(), get(http, expected)) == .wrongPin)
        #expect(await failure(try client(), get(http, ExpectedPeer(oin: server.oin, pins: []))) == .wrongPin)
        #expect(http.counters.requests == 0)
        await http.stop()
    }

    @Test("any of the pins of a card will do")
    func severalPins() async throws {
        let http = try serve()
        let expected = ExpectedPeer(oin: server.oin, pins: [peer.leaf.pin, server.leaf.pin])
        #expect(await failure(try client(), get(http, expected)) == nil)
        await http.stop()
    }

    @Test("a server with the right key and another OIN is refused before any request")
    func wrongOIN() async throws {
        let http = try serve()
        let expected = ExpectedPeer(oin: peer.oin, pins: [server.leaf.pin])
        let found = await failure(try client(), get(http, expected))
        #expect(found == .wrongOIN(expected: peer.oin, found: server.oin.digits))
        #expect(http.counters.requests == 0)
        await http.stop()
    }

    @Test("a connection that was checked for one member is not used for another")
    func noSharing() async throws {
        let http = try serve()
        let client = try client()
        #expect(await failure(client, get(http)) == nil)
        let other = ExpectedPeer(oin: peer.oin, pins: [server.leaf.pin])
        #expect(await failure(client, get(http, other)) == .wrongOIN(expected: peer.oin, found: server.oin.digits))
        #expect(http.counters.requests == 1)
        await http.stop()
    }

    @Test("a server certificate that is expired, early, for clients only, weak or unknown is refused by name")
    func badServers() async throws {
        let cases: [(TestAuthority.Leaf, TransportFailure?)] = [
            (try BadClient.sign(authority, until: -60), .certificateExpired),
            (try BadClient.sign(authority, from: 3600), .certificateNotYetValid),
            (try BadClient.sign(TestAuthority(name: "Another")), .unknownAuthority),
            (try BadClient.sign(authority, purpose: .client), nil),
        ]
        for (leaf, expected) in cases {
            let http = try serve(TLSIdentity(chainPEM: leaf.chainPEM, keyPEM: leaf.keyPEM))
            let found = await failure(try client(), get(http, ExpectedPeer(oin: Member.oin(7), pins: [leaf.pin])))
            if let expected { #expect(found == expected) } else {
                guard case .certificateUnusable = found else { Issue.record("\(String(describing: found))"); return }
            }
            #expect(http.counters.requests == 0)
            await http.stop()
        }
    }

    @Test("a revoked server is refused, and so is any server once the list has expired")
    func revokedServer() async throws {
        authority.revoke(server.leaf)
        let http = try serve()
        for (next, expected) in [(86_400, TransportFailure.certificateRevoked), (-60, .revocationListUnusable)] {
            let list = try authority.revocationList(nextUpdateSeconds: next)
            let client = try client {
                $0.anchors = try? TrustAnchors(anchorsPEM: authority.certificatePEM, revocationPEM: list)
            }
            #expect(await failure(client, get(http)) == expected)
        }
        await http.stop()
    }

    @Test("a client that the server refuses learns that its handshake was refused")
    func refusedClient() async throws {
        let http = try serve()
        let stranger = try Member(TestAuthority(name: "Another"), 2)
        let found = await failure(try client { $0.identity = stranger.identity }, get(http))
        switch found {
        case .handshakeRefusedByPeer, .closedWithoutAnswer: break
        default: Issue.record("\(String(describing: found))")
        }
        #expect(http.counters.requests == 0)
        await http.stop()
    }

    @Test("nobody listening, an unknown name, no identity and a malformed target are told apart")
    func plainFailures() async throws {
        let http = try serve()
        let port = http.ports[0]
        await http.stop()
        let client = try client()
        #expect(await failure(client, get(http)) == .connectionRefused)
        let unknown = Endpoint.peer(host: "nobody.invalid", port: 443, server.expected)
        let found = await failure(client, ClientRequest(.get, unknown, target: "/"))
        #expect(found == .nameNotResolved(host: "nobody.invalid"))
        for target in ["", "x", "/ x", "/x\r\nX: y", "/../x"] {
            let request = ClientRequest(.get, .loopback(port: port), target: target)
            guard case .invalidRequest = await failure(client, request) else {
                Issue.record("\(target) was sent")
                return
            }
        }
        let field = ClientRequest(.get, .loopback(port: port), target: "/", fields: [HTTPField("x", "a\r\nb: c")])
        #expect(await failure(client, field) == .invalidRequest("a field is malformed"))
    }

    @Test("an answer over the limit, one that does not come, and one that is no HTTP end the transfer")
    func badAnswers() async throws {
        let http = try serve { request in
            if request.path == "/never" { try? await Task.sleep(for: .seconds(3600)) }
            return HTTPResponse(status: 200, body: [UInt8](repeating: 1, count: 100_000))
        }
        let client = try client()
        var request = get(http)
        request.responseBytesLimit = 99_999
        #expect(await failure(client, request) == .responseTooLarge(limit: 99_999))
        request.responseBytesLimit = 100_000
        #expect(await failure(client, request) == nil)
        request.target = "/never"
        request.totalMilliseconds = 200
        #expect(await failure(client, request) == .timedOut)
        await http.stop(withinMilliseconds: 0)
    }

    @Test("cancelling the task ends the transfer, and so does closing the client")
    func cancellation() async throws {
        let http = try serve { _ in
            try? await Task.sleep(for: .seconds(3600))
            return HTTPResponse(status: 200)
        }
        let client = try client()
        let request = get(http)
        let first = Task { await failure(client, request) }
        #expect(await eventually { http.counters.requests == 1 })
        first.cancel()
        #expect(await first.value == .cancelled)
        let second = Task { await failure(client, request) }
        #expect(await eventually { http.counters.requests == 2 })
        await offPool { client.close() }
        #expect(await second.value == .cancelled)
        #expect(await failure(client, request) == .cancelled)
        await http.stop(withinMilliseconds: 0)
    }

    @Test("a session is resumed on a new connection, with the same identity")
    func resumption() async throws {
        let http = try serve { request in
            guard case .peer(let identity, _) = request.caller else { return HTTPResponse(status: 500) }
            return HTTPResponse(status: 200, body: Array(identity.oin.digits.utf8))
        }
        let client = try client()
        for _ in 0..<3 {
            var request = get(http)
            request.fields = [HTTPField("connection", "close")]
            #expect(try await client.send(request).body == Array(peer.oin.digits.utf8))
        }
        #expect(http.counters.handshakes == 3)
        #expect(http.counters.resumedHandshakes == 2)
        await http.stop()
    }

    @Test("certificates change under load without a failed request")
    func reloadUnderLoad() async throws {
        var roomy = ServerLimits()
        roomy.connectionsPerPeer = 64
        let http = try serve(limits: roomy)
        let client = try client()
        let anchors = try TrustAnchors(anchorsPEM: authority.certificatePEM)
        var identities: [TLSIdentity] = []
        for _ in 0..<4 { identities.append(try Member(authority, 1, keyPEM: server.leaf.keyPEM).identity) }
        let request = get(http)
        let failures = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    var failed = 0
                    for round in 0..<50 {
                        var request = request
                        if round.isMultiple(of: 3) { request.fields = [HTTPField("connection", "close")] }
                        if await failure(client, request) != nil { failed += 1 }
                    }
                    return failed
                }
            }
            for round in 0..<100 {
                try? http.reload(TLSProfile(identity: identities[round % 4], anchors: anchors))
                if round.isMultiple(of: 10) { client.reload(identity: peer.identity, anchors: anchors) }
                try? await Task.sleep(for: .milliseconds(2))
            }
            return await group.reduce(0, +)
        }
        #expect(failures == 0)
        #expect(http.counters.requests == 200)
        await http.stop()
    }

    @Test("a profile that cannot be used changes nothing")
    func badReload() async throws {
        let http = try serve()
        let weak = try BadClient.sign(authority, key: .rsa2048)
        let profile = TLSProfile(
            identity: try TLSIdentity(chainPEM: weak.chainPEM, keyPEM: weak.keyPEM),
            anchors: try TrustAnchors(anchorsPEM: authority.certificatePEM)
        )
        #expect(throws: ServerFailure.self) { try http.reload(profile) }
        #expect(await failure(try client(), get(http)) == nil)
        await http.stop()
    }
}

@Suite("Local listeners, Protocol/transport.md §1")
struct LocalListenerTests {
    @Test("the unix socket has mode 0660 and tells who calls")
    func peerCredentials() async throws {
        let directory = Directory()
        let path = directory.path + "/korf.sock"
        let recorder = Recorder()
        let http = try HTTPServer(listeners: [.unix(path: path)], settings: ServerSettings(), handler: recorder.echo)
        var status = stat()
        #expect(stat(path, &status) == 0)
        #expect(status.st_mode & 0o7777 == 0o660)
        let client = HTTPClient(ClientSettings())
        let response = try await offPool { () -> Result<HTTPResponse, TransportFailure> in
            do throws(TransportFailure) {
                return .success(try client.sendBlocking(
                    ClientRequest(.post, .unix(path: path), target: "/v1/x", body: Array("hi".utf8))
                ))
            } catch { return .failure(error) }
        }.get()
        #expect(response.body == Array("hi".utf8))
        #expect(recorder.all.first?.caller == .local(uid: getuid(), gid: getgid(), pid: getpid()))
        await http.stop()
        #expect(stat(path, &status) != 0, "the file goes with the server")
    }

    @Test("a socket that is answered is not taken over; a stale one and only a socket is replaced")
    func takeOver() async throws {
        let directory = Directory()
        let path = directory.path + "/korf.sock"
        let handler: @Sendable (HTTPRequest) async -> HTTPResponse = { _ in HTTPResponse(status: 204) }
        let first = try HTTPServer(listeners: [.unix(path: path)], settings: ServerSettings(), handler: handler)
        #expect(throws: ServerFailure.addressInUse(path)) {
            try HTTPServer(listeners: [.unix(path: path)], settings: ServerSettings(), handler: handler)
        }
        await first.stop()
        // A killed process leaves its socket file behind.
        let (descriptor, _) = try UnixSocket.bind(path)
        close(descriptor)
        let second = try HTTPServer(listeners: [.unix(path: path)], settings: ServerSettings(), handler: handler)
        await second.stop()
        try PrivateFile.create(path, mode: 0o600, [1])
        #expect(throws: ServerFailure.notASocket(path)) {
            try HTTPServer(listeners: [.unix(path: path)], settings: ServerSettings(), handler: handler)
        }
    }

    @Test("every method and a body of a megabyte pass over loopback, on two loops")
    func methods() async throws {
        var settings = ServerSettings()
        settings.limits.loops = 2
        settings.commonFields = [HTTPField("api-version", "1.0.0")]
        let recorder = Recorder()
        let http = try HTTPServer(listeners: [.loopback(port: 0)], settings: settings, handler: recorder.echo)
        let client = HTTPClient(ClientSettings())
        let body = (0..<1_048_576).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        for method in HTTPMethod.allCases {
            let sent = method.mayCarryBody ? body : []
            let response = try await client.send(
                ClientRequest(method, .loopback(port: http.ports[0]), target: "/v1/x", body: sent)
            )
            #expect(response.status == 200)
            #expect(response.body == (method == .head ? [] : sent))
            #expect(response.field("api-version") == "1.0.0")
        }
        #expect(recorder.all.map(\.method) == HTTPMethod.allCases)
        #expect(recorder.all.allSatisfy { $0.caller == .loopback })
        await http.stop()
    }
}
