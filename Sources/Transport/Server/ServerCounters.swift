// SPDX-License-Identifier: EUPL-1.2

/// What a server has done since it started, for metrics.
public struct ServerCounters: Sendable, Equatable {
    public var accepted = 0
    /// Connections closed at once or evicted because a total was full.
    public var refusedAtCapacity = 0
    public var handshakes = 0
    public var resumedHandshakes = 0
    public var refusedHandshakes: [HandshakeRefusal: Int] = [:]
    /// Peers with a sound chain that were not admitted (no OIN, or the node said no).
    public var refusedPeers = 0
    public var refusedOverPeerCap = 0
    /// Requests handed to the handler.
    public var requests = 0
    /// Requests refused by the parser or a limit.
    public var refusedRequests = 0
    /// Connections ended by a deadline or a minimum rate.
    public var deadlines = 0
    public var bytesIn = 0
    public var bytesOut = 0
    public var openConnections = 0

    public init() {}

    public var refusedHandshakeCount: Int { refusedHandshakes.values.reduce(0, +) }
}
