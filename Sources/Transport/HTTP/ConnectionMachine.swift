// SPDX-License-Identifier: EUPL-1.2

/// One connection as a state machine: inputs are methods, each answers what the shell must do next.
/// It does no I/O and reads no clock. Spec: Protocol/transport.md §4 and §6.
struct ConnectionMachine: ~Copyable {
    enum Step: Equatable {
        /// Give the next bytes to `received`.
        case read
        /// Send the interim answer 100, then read on.
        case sendContinueThenRead
        /// Read no more; hand the request to the handler and its response to `responseReady`.
        case handle(HTTPRequestHead, body: [UInt8])
        /// Write this, telling `progressed`, then call `written`.
        case write(EncodedResponse)
        /// Nothing follows on this connection. What was written before must still reach the other side.
        case close(CloseReason)
    }

    enum CloseReason: Equatable {
        case idle, slowReader, answered, refused, drained, endOfInput
    }

    private enum Phase: Equatable {
        case idle, head, body, handling, writing(then: CloseReason?), closed
    }

    private let limits: ServerLimits
    private let commonFields: [HTTPField]
    /// Set where the peer may not ask anything: its first request gets this answer.
    private let refusal: RequestRefusal?
    private let bodyBytesLimit: (HTTPRequestHead) -> Int

    private var phase = Phase.head
    private var phaseStart: MonotonicMilliseconds
    private var phaseBytes = 0
    private var scanner = HeadScanner()
    /// Received and not yet consumed; at most one head and one read.
    private var inbound: [UInt8] = []
    private var head: HTTPRequestHead?
    private var framing = RequestFraming()
    private var body: [UInt8] = []
    private var drains = false
    /// Requests refused here; for counting.
    private(set) var lastRefusal: RequestRefusal?

    init(
        limits: ServerLimits, commonFields: [HTTPField] = [], refusal: RequestRefusal? = nil,
        at now: MonotonicMilliseconds, bodyBytesLimit: @escaping (HTTPRequestHead) -> Int
    ) {
        self.limits = limits
        self.commonFields = commonFields
        self.refusal = refusal
        self.bodyBytesLimit = bodyBytesLimit
        phaseStart = now
    }

    /// When `deadlinePassed` is due.
    var deadline: MonotonicMilliseconds {
        switch phase {
        case .idle: phaseStart + UInt64(limits.idleMilliseconds)
        case .head: phaseStart + UInt64(limits.headMilliseconds)
        case .body:
            min(phaseStart + UInt64(limits.bodyMilliseconds),
                limits.bodyRate.deadline(start: phaseStart, bytes: phaseBytes))
        case .handling: phaseStart + UInt64(limits.handlerMilliseconds)
        case .writing: limits.writeRate.deadline(start: phaseStart, bytes: phaseBytes)
        case .closed: .max
        }
    }

    /// A kept connection without a request: it may be closed to make room.
    var isIdle: Bool { phase == .idle }
    var wantsBytes: Bool { phase == .idle || phase == .head || phase == .body }
    var idleSince: MonotonicMilliseconds { phaseStart }

    mutating func received(_ bytes: Span<UInt8>, at now: MonotonicMilliseconds) -> Step {
        precondition(wantsBytes, "bytes were read that nobody asked for")
        guard phase != .body else { return receivedBody(bytes, at: now) }
        bytes.withUnsafeBufferPointer { inbound.append(contentsOf: $0) }
        if phase == .idle && !inbound.isEmpty { enter(.head, at: now) }
        return parseHead(at: now)
    }

    mutating func responseReady(_ response: HTTPResponse, at now: MonotonicMilliseconds) -> Step {
        // An answer that comes after its deadline has nowhere to go.
        guard phase == .handling else { return .read }
        return respond(response, then: framing.closes || drains ? .answered : nil, at: now)
    }

    /// `bytes` more of the response were taken by the socket.
    mutating func progressed(bytes: Int) { phaseBytes += bytes }

    /// The response is written. A request that waits in the buffer is parsed only now.
    mutating func written(at now: MonotonicMilliseconds) -> Step {
        guard case .writing(let reason) = phase else { preconditionFailure("nothing was being written") }
        if let reason { return end(reason) }
        if drains && inbound.isEmpty { return end(.drained) }
        enter(inbound.isEmpty ? .idle : .head, at: now)
        return parseHead(at: now)
    }

    mutating func deadlinePassed(at now: MonotonicMilliseconds) -> Step {
        switch phase {
        case .idle: end(.idle)
        case .head where inbound.isEmpty: end(.idle)
        case .head: refuse(.headTimedOut, at: now)
        case .body: refuse(.bodyTimedOut, at: now)
        case .handling: refuse(.handlerTimedOut, at: now)
        case .writing: end(.slowReader)
        case .closed: .close(.refused)
        }
    }

    /// Refuses the connection before any request, with an answer.
    mutating func refuse(_ refusal: RequestRefusal, at now: MonotonicMilliseconds) -> Step {
        lastRefusal = refusal
        return respond(refusal.response, then: .refused, at: now)
    }

    /// The server stops: an idle connection ends, any other after its response.
    mutating func drain() -> Step {
        drains = true
        return phase == .idle || (phase == .head && inbound.isEmpty) ? end(.drained) : .read
    }

    /// The other side sends no more. It may still read an answer that is due.
    mutating func inputEnded() -> Step {
        wantsBytes ? end(.endOfInput) : .read
    }

    private mutating func enter(_ next: Phase, at now: MonotonicMilliseconds) {
        phase = next
        phaseStart = now
        phaseBytes = 0
    }

    private mutating func end(_ reason: CloseReason) -> Step {
        phase = .closed
        inbound = []
        body = []
        return .close(reason)
    }

    private mutating func parseHead(at now: MonotonicMilliseconds) -> Step {
        do throws(RequestRefusal) {
            guard let end = try scanner.scan(inbound, limits: limits) else { return .read }
            let (head, framing) = try RequestHeadParser.parse(inbound[..<end], limits: limits)
            if let refusal { throw refusal }
            let limit = bodyBytesLimit(head)
            guard framing.bodyBytes <= limit else { throw .bodyTooLarge(limit: limit) }
            self.head = head
            self.framing = framing
            scanner = HeadScanner()
            let rest = inbound[end...]
            inbound = []
            enter(.body, at: now)
            let asksToContinue = framing.expectsContinue && framing.bodyBytes > 0 && rest.isEmpty
            let step = rest.withUnsafeBufferPointer { receivedBody($0.span, at: now) }
            return asksToContinue ? .sendContinueThenRead : step
        } catch {
            return refuse(error, at: now)
        }
    }

    private mutating func receivedBody(_ bytes: Span<UInt8>, at now: MonotonicMilliseconds) -> Step {
        let taken = min(bytes.count, framing.bodyBytes - body.count)
        bytes.withUnsafeBufferPointer {
            body.append(contentsOf: $0[..<taken])
            // What follows the body is the next request: kept, and parsed after the response.
            inbound.append(contentsOf: $0[taken...])
        }
        phaseBytes = body.count
        guard body.count == framing.bodyBytes, let head else { return .read }
        let complete = body
        body = []
        enter(.handling, at: now)
        return .handle(head, body: complete)
    }

    private mutating func respond(
        _ response: HTTPResponse, then reason: CloseReason?, at now: MonotonicMilliseconds
    ) -> Step {
        let encoded = ResponseEncoder.encode(
            response, to: head?.method, closes: reason != nil, commonFields: commonFields
        )
        head = nil
        enter(.writing(then: reason), at: now)
        return .write(encoded)
    }
}
