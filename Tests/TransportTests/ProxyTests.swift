// SPDX-License-Identifier: EUPL-1.2
import Glibc
import Synchronization
import Testing
@testable import Transport

/// An HTTP proxy for CONNECT, as small as one can be: it tunnels to the port that is asked for, or refuses.
final class TunnelProxy: Sendable {
    let port: UInt16
    private let listening: ListeningSocket
    private let heads = Mutex<[String]>([])

    /// The heads of the requests so far.
    var requests: [String] { heads.withLock { $0 } }

    init(refuses: Bool = false) throws {
        let listening = try ListeningSocket(.loopback(port: 0))
        self.listening = listening
        port = listening.port
        // A listening socket of a server does not block; here one thread waits for each connection.
        _ = fcntl(listening.descriptor, F_SETFL, 0)
        try OwnThread { [self] in
            while true {
                let inside = accept(listening.descriptor, nil, nil)
                guard inside >= 0 else { return }
                serve(inside, refuses: refuses)
            }
        }.detach()
    }

    func stop() { listening.stopListening() }

    private func serve(_ inside: CInt, refuses: Bool) {
        defer { close(inside) }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        var head = ""
        while !head.hasSuffix("\r\n\r\n") {
            let count = recv(inside, &buffer, buffer.count, 0)
            guard count > 0 else { return }
            head += String(decoding: buffer[..<count], as: UTF8.self)
        }
        heads.withLock { $0.append(head) }
        let target = head.split(separator: " ")[1].split(separator: ":")
        guard !refuses, let port = UInt16(target[target.count - 1]) else {
            let answer = Array("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n".utf8)
            send(inside, answer, answer.count, CInt(MSG_NOSIGNAL))
            return
        }
        let outside = RawSocket(port: port)
        let answer = Array("HTTP/1.1 200 Connection established\r\n\r\n".utf8)
        send(inside, answer, answer.count, CInt(MSG_NOSIGNAL))
        var both = [
            pollfd(fd: inside, events: Int16(POLLIN), revents: 0),
            pollfd(fd: outside.descriptor, events: Int16(POLLIN), revents: 0),
        ]
        while poll(&both, 2, 10_000) > 0 {
            for (source, sink) in [(0, 1), (1, 0)] where both[source].revents != 0 {
                let count = recv(both[source].fd, &buffer, buffer.count, 0)
                guard count > 0 else { return }
                send(both[sink].fd, buffer, count, CInt(MSG_NOSIGNAL))
            }
        }
        withExtendedLifetime(outside) {}
    }
}

@Suite("Client: outbound proxy, Protocol/transport.md §2")
struct ProxyTests {
    @Test("a peer is reached and verified through a proxy, and a proxy that refuses is told apart")
    func proxy() async throws {
        let authority = try TestAuthority()
        let (server, peer) = (try Member(authority, 1), try Member(authority, 2))
        let anchors = try TrustAnchors(anchorsPEM: authority.certificatePEM)
        var serverSettings = ServerSettings()
        serverSettings.admit = { _ in .admitted(.member) }
        let recorder = Recorder()
        let http = try HTTPServer(
            listeners: [.tls(host: "127.0.0.1", port: 0, TLSProfile(identity: server.identity, anchors: anchors))],
            settings: serverSettings, handler: recorder.echo
        )
        for refuses in [false, true] {
            let proxy = try TunnelProxy(refuses: refuses)
            var settings = ClientSettings()
            settings.identity = peer.identity
            settings.anchors = anchors
            settings.proxy = "http://127.0.0.1:\(proxy.port)"
            let client = HTTPClient(settings)
            let endpoint = Endpoint.peer(host: "127.0.0.1", port: http.ports[0], server.expected)
            do throws(TransportFailure) {
                let request = ClientRequest(.post, endpoint, target: "/", body: [1, 2, 3])
                let response = try await client.send(request)
                #expect(!refuses)
                #expect(response.body == [1, 2, 3])
            } catch {
                guard refuses, case .proxyRefused = error else { Issue.record("\(error)"); return }
            }
            #expect(proxy.requests.count == 1)
            #expect(proxy.requests.first?.hasPrefix("CONNECT 127.0.0.1:\(http.ports[0]) ") == true)
            await offPool { client.close() }
            proxy.stop()
        }
        #expect(recorder.count == 1)
        await http.stop()
    }
}
