// SPDX-License-Identifier: EUPL-1.2

/// What a server has done since it started, for metrics.
public struct ServerCounters: Sendable, Equatable {
    /// Connections accepted below the total, before anything is known of the other side.
    public var accepted = 0
    /// Connections closed at once or evicted because a total was full.
    public var refusedAtCapacity = 0
    /// TLS handshakes that ended well, resumed ones included, before admission.
    public var handshakes = 0
    /// Those among them that resumed an earlier session.
    public var resumedHandshakes = 0
    /// TLS handshakes that failed, by reason.
    public var refusedHandshakes: [HandshakeRefusal: Int] = [:]
    /// Peers with a sound chain that were not admitted (no OIN, or the node said no).
    public var refusedPeers = 0
    /// Connections refused because their member has too many.
    public var refusedOverPeerCap = 0
    /// Requests handed to the handler.
    public var requests = 0
    /// Requests refused by the parser or a limit.
    public var refusedRequests = 0
    /// Connections ended by a deadline or a minimum rate.
    public var deadlines = 0
    /// Plain bytes received, after TLS.
    public var bytesIn = 0
    /// Plain bytes sent, before TLS.
    public var bytesOut = 0
    /// Connections open now.
    public var openConnections = 0

    /// All zero.
    public init() {}

    /// TLS handshakes that failed, for whatever reason.
    public var refusedHandshakeCount: Int { refusedHandshakes.values.reduce(0, +) }
}
