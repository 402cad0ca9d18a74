// SPDX-License-Identifier: EUPL-1.2
import Synchronization

/// What a client presents to peers, whom it believes and how it gets out.
public struct ClientSettings: Sendable {
    /// Bounds of each request and of the client as a whole.
    public var limits = ClientLimits()
    /// Needed for `Endpoint.peer` only.
    public var identity: TLSIdentity?
    /// Needed for `Endpoint.peer` only.
    public var anchors: TrustAnchors?
    /// An outbound HTTP proxy for `Endpoint.peer`, such as `http://proxy.gemeente.example:3128`.
    public var proxy: String?

    /// A client of local endpoints: no identity, no anchors, no proxy.
    public init() {}
}

/// The client: kept connections and resumed sessions per endpoint, requests on its own threads.
/// Spec: Protocol/transport.md §1 and §2.
public final class HTTPClient: Sendable {
    private struct State {
        var settings: ClientSettings
        var generation = 0
        /// The one that is idle longest first.
        var idle: [ClientSession] = []
    }

    private let state: Mutex<State>
    private let queue: WorkQueue
    private let closed = CancellationFlag()

    /// Starts the client's threads; nothing is dialled before the first request.
    public init(_ settings: ClientSettings) {
        OwnThread.ignoreBrokenPipes()
        state = Mutex(State(settings: settings))
        queue = WorkQueue(workers: settings.limits.workers, waitingLimit: settings.limits.waitingRequests)
    }

    deinit {
        // A job holds the client, so none runs now; the threads wait for nothing.
        queue.close()
    }

    /// Sends on a thread of the client; waiting takes no thread of Swift's pool. Cancellation of the
    /// task ends the transfer within about a second.
    public func send(_ request: ClientRequest) async throws(TransportFailure) -> HTTPResponse {
        let cancelled = CancellationFlag()
        let result = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isTaken = queue.submit { [self] in
                    continuation.resume(returning: perform(request, cancelled))
                }
                if !isTaken { continuation.resume(returning: .failure(refusal)) }
            }
        } onCancel: {
            cancelled.set()
        }
        return try result.get()
    }

    /// Sends on the calling thread, for command lines.
    public func sendBlocking(_ request: ClientRequest) throws(TransportFailure) -> HTTPResponse {
        try perform(request, CancellationFlag()).get()
    }

    /// New connections use the new identity and anchors; idle ones are closed.
    public func reload(identity: TLSIdentity, anchors: TrustAnchors) {
        state.withLock { state in
            state.settings.identity = identity
            state.settings.anchors = anchors
            state.generation += 1
            state.idle = []
        }
    }

    /// Ends running transfers with `.cancelled`, closes connections, joins the threads. Blocks for
    /// about a second at most; afterwards every request is refused with `.cancelled`.
    public func close() {
        closed.set()
        queue.close()
        state.withLock { $0.idle = [] }
    }

    private var refusal: TransportFailure {
        closed.value ? .cancelled : .queueFull(limit: state.withLock { $0.settings.limits.waitingRequests })
    }

    private func perform(
        _ request: ClientRequest, _ cancelled: CancellationFlag
    ) -> Result<HTTPResponse, TransportFailure> {
        let (settings, found, generation) = state.withLock { state in
            let index = state.idle.lastIndex { $0.endpoint == request.endpoint }
            return (state.settings, index.map { state.idle.remove(at: $0) }, state.generation)
        }
        guard let session = found ?? ClientSession(request.endpoint, generation: generation) else {
            return .failure(.other(code: 0, "libcurl did not start"))
        }
        let result = session.perform(request, settings, cancellation: [closed, cancelled])
        state.withLock { state in
            guard session.generation == state.generation, !closed.value else { return }
            state.idle.append(session)
            if state.idle.count > state.settings.limits.idleSessions { state.idle.removeFirst() }
        }
        return result
    }
}
