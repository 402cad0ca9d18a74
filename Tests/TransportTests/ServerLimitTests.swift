// SPDX-License-Identifier: EUPL-1.2
import Glibc
import Journal
import Testing
@testable import Transport

@Suite("Server: limits, deadlines and orderly stop, Protocol/transport.md §6")
struct ServerLimitTests {
    /// Deadlines that a test can wait for.
    static var short: ServerLimits {
        var limits = ServerLimits()
        limits.handshakeMilliseconds = 200
        limits.headMilliseconds = 200
        limits.bodyMilliseconds = 400
        limits.bodyRate = MinimumRate(bytesPerSecond: 1000, graceMilliseconds: 200)
        limits.writeRate = MinimumRate(bytesPerSecond: 100_000_000, graceMilliseconds: 300)
        limits.idleMilliseconds = 300
        limits.lingerMilliseconds = 200
        return limits
    }

    func loopback(
        _ limits: ServerLimits = ServerLimits(),
        handler: @escaping @Sendable (HTTPRequest) async -> HTTPResponse
    ) throws -> HTTPServer {
        var settings = ServerSettings()
        settings.limits = limits
        return try HTTPServer(listeners: [.loopback(port: 0)], settings: settings, handler: handler)
    }

    @Test("each malformed shape is answered with its status and a close, over a real socket")
    func shapesOverSocket() async throws {
        let recorder = Recorder()
        let http = try loopback(Self.short, handler: recorder.echo)
        for shape in MalformedShape.all {
            let socket = RawSocket(port: http.ports[0])
            socket.send(shape.bytes)
            let answer = await socket.textToEnd()
            #expect(answer.hasPrefix("HTTP/1.1 \(shape.refusal.status) "), "\(shape.name)")
            #expect(answer.contains(shape.refusal.detail), "\(shape.name)")
        }
        #expect(recorder.count == 0)
        #expect(http.counters.refusedRequests == MalformedShape.all.count)
        await http.stop()
    }

    @Test("a head that drips is cut off at its deadline, however many drip")
    func slowHeads() async throws {
        let recorder = Recorder()
        let http = try loopback(Self.short, handler: recorder.echo)
        let sockets = (0..<100).map { _ in RawSocket(port: http.ports[0]) }
        for socket in sockets { socket.send("GET / HTTP/1.1\r\n") }
        for socket in sockets {
            #expect(await socket.textToEnd().hasPrefix("HTTP/1.1 408 "))
        }
        #expect(http.counters.deadlines >= 100)
        #expect(recorder.count == 0)
        await http.stop()
    }

    @Test("a body below the minimum rate is cut off")
    func slowBody() async throws {
        let recorder = Recorder()
        let http = try loopback(Self.short, handler: recorder.echo)
        let socket = RawSocket(port: http.ports[0])
        socket.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nabc")
        #expect(await socket.textToEnd().hasPrefix("HTTP/1.1 408 "))
        #expect(recorder.count == 0)
        await http.stop()
    }

    @Test("a connection that says nothing, and one that is idle after a request, are closed")
    func silent() async throws {
        let recorder = Recorder()
        let http = try loopback(Self.short, handler: recorder.echo)
        let silent = RawSocket(port: http.ports[0])
        #expect(await silent.readToEnd() == [])
        let idle = RawSocket(port: http.ports[0])
        idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(await idle.textToEnd().hasPrefix("HTTP/1.1 200 "))
        #expect(http.counters.deadlines >= 2)
        await http.stop()
    }

    @Test("a handshake that does not come is cut off and counted")
    func slowHandshake() async throws {
        let authority = try TestAuthority()
        var settings = ServerSettings()
        settings.limits = Self.short
        let profile = TLSProfile(
            identity: try Member(authority).identity, anchors: try TrustAnchors(anchorsPEM: authority.certificatePEM)
        )
        let http = try HTTPServer(
            listeners: [.tls(host: "127.0.0.1", port: 0, profile)], settings: settings
        ) { _ in HTTPResponse(status: 204) }
        let socket = RawSocket(port: http.ports[0])
        #expect(await socket.readToEnd() == [])
        #expect(http.counters.refusedHandshakes == [.timedOut: 1])
        await http.stop()
    }

    @Test("a large response reaches a reader that pauses, and a reader that stalls is cut off")
    func readers() async throws {
        let size = 8 * 1024 * 1024
        var patient = ServerLimits()
        patient.writeRate = MinimumRate(bytesPerSecond: 1, graceMilliseconds: 60_000)
        let request = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
        let large: @Sendable (HTTPRequest) async -> HTTPResponse = { _ in
            HTTPResponse(status: 200, body: (0..<size).map { UInt8(truncatingIfNeeded: $0) })
        }
        let slow = try loopback(patient, handler: large)
        let reader = RawSocket(port: slow.ports[0], receiveBuffer: 4096)
        reader.send(request)
        let first = await reader.readSome(1000)
        #expect(await eventually { slow.counters.bytesOut > 0 })
        #expect(slow.counters.bytesOut < size, "the server must not hold the response in kernel memory")
        let all = first + (await reader.readToEnd() ?? [])
        #expect(all.suffix(size).elementsEqual((0..<size).lazy.map { UInt8(truncatingIfNeeded: $0) }))
        await slow.stop()

        let strict = try loopback(Self.short, handler: large)
        let stalled = RawSocket(port: strict.ports[0], receiveBuffer: 4096)
        stalled.send(request)
        #expect(await eventually { strict.counters.deadlines == 1 })
        #expect(await eventually { strict.counters.openConnections == 0 })
        withExtendedLifetime(stalled) {}
        await strict.stop()
    }

    @Test("a peer has no more than its share of connections, and others are not harmed")
    func peerCap() async throws {
        let authority = try TestAuthority()
        let (server, greedy, other) = (try Member(authority, 1), try Member(authority, 2), try Member(authority, 3))
        var settings = ServerSettings()
        settings.admit = { _ in .admitted(.member) }
        let profile = TLSProfile(
            identity: server.identity, anchors: try TrustAnchors(anchorsPEM: authority.certificatePEM)
        )
        let http = try HTTPServer(
            listeners: [.tls(host: "127.0.0.1", port: 0, profile)], settings: settings
        ) { _ in HTTPResponse(status: 204) }
        let request = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
        var held = try (0..<8).map { _ in try RawTLS(port: http.ports[0], leaf: greedy.leaf) }
        for connection in held { #expect(await connection.request(request).hasPrefix("HTTP/1.1 204")) }
        #expect(try await RawTLS(port: http.ports[0], leaf: greedy.leaf).request(request).hasPrefix("HTTP/1.1 429"))
        #expect(try await RawTLS(port: http.ports[0], leaf: other.leaf).request(request).hasPrefix("HTTP/1.1 204"))
        #expect(http.counters.refusedOverPeerCap == 1)
        held.removeAll()
        #expect(await eventually { http.counters.openConnections == 0 })
        #expect(try await RawTLS(port: http.ports[0], leaf: greedy.leaf).request(request).hasPrefix("HTTP/1.1 204"))
        await http.stop()
    }

    @Test("when all places are taken the connection that is idle longest makes room")
    func totalCap() async throws {
        var limits = ServerLimits()
        limits.connections = 3
        let http = try loopback(limits) { _ in HTTPResponse(status: 204) }
        let sockets = (0..<3).map { _ in RawSocket(port: http.ports[0]) }
        for socket in sockets {
            socket.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(await socket.readSome().isEmpty == false)
        }
        let newcomer = RawSocket(port: http.ports[0])
        newcomer.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(await newcomer.readSome().isEmpty == false)
        #expect(http.counters.refusedAtCapacity == 1)
        #expect(http.counters.openConnections == 3)
        withExtendedLifetime((sockets, newcomer)) {}
        await http.stop()
    }

    @Test("stop lets a running request finish, refuses new connections and ends idle ones")
    func stopDrains() async throws {
        let http = try loopback { request in
            if request.path == "/slow" { try? await Task.sleep(for: .milliseconds(300)) }
            return HTTPResponse(status: 200, body: Array("done".utf8))
        }
        let idle = RawSocket(port: http.ports[0])
        idle.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(await idle.readSome().isEmpty == false)
        let busy = RawSocket(port: http.ports[0])
        busy.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(await eventually { http.counters.requests == 2 })
        await http.stop()
        #expect(await busy.textToEnd().hasSuffix("done"))
        #expect(await idle.readToEnd() == [])
        let late = RawSocket(port: http.ports[0])
        late.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(await late.readSome().isEmpty)
        #expect(http.counters.openConnections == 0)
    }

    @Test("stop does not wait for a handler longer than it is told")
    func stopHasDeadline() async throws {
        let http = try loopback { _ in
            try? await Task.sleep(for: .seconds(3600))
            return HTTPResponse(status: 200)
        }
        let socket = RawSocket(port: http.ports[0])
        socket.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(await eventually { http.counters.requests == 1 })
        await http.stop(withinMilliseconds: 100)
        #expect(http.counters.openConnections == 0)
        withExtendedLifetime(socket) {}
    }

    @Test("limits of bodies are the route's own")
    func routeLimit() async throws {
        var settings = ServerSettings()
        settings.bodyBytesLimit = { head, _ in head.path == "/large" ? 100 : 10 }
        let recorder = Recorder()
        let http = try HTTPServer(listeners: [.loopback(port: 0)], settings: settings, handler: recorder.echo)
        for (path, size, status) in [("/large", 100, 200), ("/large", 101, 413), ("/", 10, 200), ("/", 11, 413)] {
            let socket = RawSocket(port: http.ports[0])
            socket.send("POST \(path) HTTP/1.1\r\nHost: a\r\nContent-Length: \(size)\r\n\r\n")
            socket.send([UInt8](repeating: 65, count: size))
            #expect(String(decoding: await socket.readSome(), as: UTF8.self).hasPrefix("HTTP/1.1 \(status) "))
        }
        await http.stop()
    }
}
