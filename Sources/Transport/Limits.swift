// SPDX-License-Identifier: EUPL-1.2

/// The slowest transfer that is still served. Spec: Protocol/transport.md §6.
public struct MinimumRate: Sendable, Equatable {
    /// The average, from the transfer's begin, that it has to keep.
    public var bytesPerSecond: Int
    /// Time before the rate is judged, in milliseconds.
    public var graceMilliseconds: Int

    /// A rate that is judged once the grace has passed; a rate of zero is taken as one byte a second.
    public init(bytesPerSecond: Int, graceMilliseconds: Int) {
        self.bytesPerSecond = bytesPerSecond
        self.graceMilliseconds = graceMilliseconds
    }

    /// The moment at which a transfer that began at `start` and moved `bytes` so far falls below the rate.
    func deadline(start: MonotonicMilliseconds, bytes: Int) -> MonotonicMilliseconds {
        start + UInt64(graceMilliseconds) + UInt64(bytes) * 1000 / UInt64(max(bytesPerSecond, 1))
    }
}

/// Milliseconds of the monotonic clock, from an arbitrary start.
typealias MonotonicMilliseconds = UInt64

/// Every bound of the server; the defaults are those of Protocol/transport.md §6.
public struct ServerLimits: Sendable {
    /// Request line and fields together, in bytes.
    public var headBytes = 16 * 1024
    /// Fields of one request; one more is refused with 431.
    public var fieldCount = 64
    /// The request target, in bytes.
    public var targetBytes = 2 * 1024
    /// A body, where the caller names no other limit for the route.
    public var bodyBytes = 1024 * 1024

    /// From the accepted connection to the end of the TLS handshake.
    public var handshakeMilliseconds = 10_000
    /// From the first chance to send a request to the end of its head.
    public var headMilliseconds = 10_000
    /// From the end of the head to the end of the body.
    public var bodyMilliseconds = 60_000
    /// The slowest that a body may arrive.
    public var bodyRate = MinimumRate(bytesPerSecond: 1024, graceMilliseconds: 5_000)
    /// The slowest that a response may be taken.
    public var writeRate = MinimumRate(bytesPerSecond: 16 * 1024, graceMilliseconds: 10_000)
    /// From the complete request to its response.
    public var handlerMilliseconds = 120_000
    /// A kept connection without a request.
    public var idleMilliseconds = 120_000
    /// After the last answer: the time in which what the other side still sends is read and dropped.
    public var lingerMilliseconds = 1_000
    /// The most that is read and dropped in that time: more than the largest body, so that whoever sends one that is a
    /// little too large can read why it is refused.
    public var lingerBytes = 2 * 1024 * 1024

    /// All connections of the server. When it is full, the connection that is idle longest makes room.
    public var connections = 256
    /// Connections of one member (OIN); requests on one more are refused with 429.
    public var connectionsPerPeer = 8
    /// Connections whose handshake is not done. One more closes the oldest of them.
    public var handshakes = 64
    /// Threads that each run one event loop.
    public var loops = 1

    /// The defaults of the specification.
    public init() {}
}

/// Every bound of the client; the defaults are those of Protocol/transport.md §6.
public struct ClientLimits: Sendable {
    /// Name look-up, connection and TLS handshake together.
    public var connectMilliseconds = 10_000
    /// One request from begin to end, where the request names no other.
    public var totalMilliseconds = 60_000
    /// Below this rate for `slowSeconds` the transfer ends.
    public var minimumBytesPerSecond = 1024
    /// How long a transfer may stay below the minimum rate.
    public var slowSeconds = 15
    /// A response body, where the request names no other limit.
    public var responseBytes = 16 * 1024 * 1024
    /// All response fields together, in bytes.
    public var responseHeadBytes = 64 * 1024
    /// Requests that run at the same time; further ones wait.
    public var workers = 8
    /// Requests that wait for a worker; one more fails with `.queueFull`.
    public var waitingRequests = 1024
    /// Kept connections without a request, over all peers. The one that is idle longest goes first.
    public var idleSessions = 64

    /// The defaults of the specification.
    public init() {}
}

/// Bounds that are not for configuration.
enum Limit {
    /// Bytes read from a socket at a time.
    static let readBytes = 32 * 1024
    /// Connections accepted before other events get their turn.
    static let acceptsPerTurn = 64
    /// Pause of a listener when the process has no descriptor left.
    static let acceptPauseMilliseconds: UInt64 = 100
    /// Bytes that the kernel may hold unsent for one connection.
    static let unsentBytes: CInt = 256 * 1024
    static let listenBacklog: CInt = 256
    /// Certificates between a leaf and an anchor.
    static let chainDepth: CInt = 4
    /// A PEM file of ours: chain, key, anchors or revocation list.
    static let pemFileBytes = 8 * 1024 * 1024
    /// How long a session may be resumed, in seconds.
    static let sessionSeconds = 3600
    static let hostBytes = 255
    static let socketPathBytes = 107
    static let eventsPerTurn = 128
}
