// SPDX-License-Identifier: EUPL-1.2
import Glibc

/// What a server needs besides its listeners.
public struct ServerSettings: Sendable {
    public var limits = ServerLimits()
    /// Added to every response, refusals included, where the response has no field of that name.
    public var commonFields: [HTTPField] = []
    /// The largest body that a request may bring, in bytes; `nil`: `limits.bodyBytes`.
    public var bodyBytesLimit: @Sendable (HTTPRequestHead, Caller) -> Int? = { _, _ in nil }
    /// Asked once for each TLS connection whose chain holds, before any request is read.
    public var admit: @Sendable (PeerIdentity) -> PeerAdmission = { _ in .refused(reason: "No peers here.") }

    public init() {}
}

/// The server: listeners, one thread per event loop, one connection cap and one set of counters.
public final class HTTPServer: Sendable {
    /// The TCP port of each listener, in the order given; 0 for a unix socket.
    public let ports: [UInt16]

    /// Binds every listener, then serves until `stop`. `handler` runs as a task off the loops.
    public init(
        listeners: [Listener], settings: ServerSettings,
        handler: @escaping @Sendable (HTTPRequest) async -> HTTPResponse
    ) throws(ServerFailure) {
        throw .system(call: "listen", errno: ENOSYS)
    }

    /// Handshakes that begin after this use `profile`; running connections go on as they are.
    public func reload(_ profile: TLSProfile) throws(ServerFailure) {}

    /// A snapshot.
    public var counters: ServerCounters { ServerCounters() }

    /// Accepts no more, lets running requests finish within the time, closes, joins the threads.
    public func stop(withinMilliseconds: Int = 5_000) async {}
}
