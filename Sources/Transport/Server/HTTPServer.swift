// SPDX-License-Identifier: EUPL-1.2
import CLinux
import Glibc
import Synchronization

/// What a server needs besides its listeners.
public struct ServerSettings: Sendable {
    /// Bounds and deadlines of every connection.
    public var limits = ServerLimits()
    /// Added to every response, refusals included, where the response has no field of that name.
    public var commonFields: [HTTPField] = []
    /// The largest body that a request may bring, in bytes; `nil`: `limits.bodyBytes`.
    /// Called on the loop, so it must not wait.
    public var bodyBytesLimit: @Sendable (HTTPRequestHead, Caller) -> Int? = { _, _ in nil }
    /// Asked once for each TLS connection whose chain holds, before any request is read.
    /// Called on the loop, so it must not wait.
    public var admit: @Sendable (PeerIdentity) -> PeerAdmission = { _ in
        .refused(reason: "This node admits no peers.")
    }

    /// Default limits, no common fields, and no peer admitted.
    public init() {}
}

/// The server: listeners, one thread per event loop, one connection cap and one set of counters.
/// Spec: Protocol/transport.md.
public final class HTTPServer: Sendable {
    private struct Loop: Sendable {
        let thread: OwnThread
        let mailbox: Mailbox
    }

    /// The TCP port of each listener, in the order given; 0 for a unix socket.
    public let ports: [UInt16]

    private let sockets: [ListeningSocket]
    private let ledger = ServerLedger()
    private let loops: Mutex<[Loop]>
    private let ended = LoopsEnded()

    /// Binds every listener, then serves until `stop`. `handler` runs as a task off the loops; its
    /// response is dropped if the caller has left meanwhile.
    public init(
        listeners: [Listener], settings: ServerSettings,
        handler: @escaping @Sendable (HTTPRequest) async -> HTTPResponse
    ) throws(ServerFailure) {
        OwnThread.ignoreBrokenPipes()
        var sockets: [ListeningSocket] = []
        for listener in listeners { sockets.append(try ListeningSocket(listener)) }
        self.sockets = sockets
        ports = sockets.map(\.port)
        loops = Mutex([])
        for _ in 0..<max(settings.limits.loops, 1) {
            let mailbox = try Mailbox()
            let epoll = korf_epoll_create()
            guard epoll >= 0 else { throw .system(call: "epoll_create1", errno: errno) }
            let configuration = EventLoop.Configuration(
                epoll: epoll, sockets: sockets, settings: settings, ledger: ledger,
                mailbox: mailbox, handler: handler
            )
            ended.begin()
            let thread = try OwnThread { [ended] in
                EventLoop(configuration).run()
                ended.end()
            }
            loops.withLock { $0.append(Loop(thread: thread, mailbox: mailbox)) }
        }
    }

    deinit {
        for socket in sockets { socket.stopListening() }
        for loop in loops.withLock({ $0 }) {
            loop.mailbox.post(.stop(withinMilliseconds: 0))
            loop.thread.detach()
        }
    }

    /// Handshakes that begin after this use `profile`; running connections go on as they are.
    /// Nothing changes if the profile is not usable.
    public func reload(_ profile: TLSProfile) throws(ServerFailure) {
        for socket in sockets {
            if case .tls(let tls) = socket.kind { try tls.replace(profile) }
        }
    }

    /// A snapshot.
    public var counters: ServerCounters { ledger.counters }

    /// Accepts no more, closes idle connections, lets running requests finish within the time, closes
    /// the others, joins the threads. A second call waits for nothing.
    public func stop(withinMilliseconds: Int = 5_000) async {
        for socket in sockets { socket.stopListening() }
        let loops = loops.withLock { loops in
            defer { loops = [] }
            return loops
        }
        for loop in loops { loop.mailbox.post(.stop(withinMilliseconds: withinMilliseconds)) }
        await ended.wait()
        for loop in loops { loop.thread.join() }
    }
}

/// Lets a task wait for the end of all loops without holding a thread.
private final class LoopsEnded: Sendable {
    private struct State {
        var running = 0
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    func begin() { state.withLock { $0.running += 1 } }

    func end() {
        let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            state.running -= 1
            guard state.running == 0 else { return [] }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    func wait() async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.running > 0 { state.waiters.append(continuation) }
                return state.running == 0
            }
            if isOver { continuation.resume() }
        }
    }
}
