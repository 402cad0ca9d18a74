// SPDX-License-Identifier: EUPL-1.2
import CLinux
import Glibc
import Journal

/// One accepted connection: it carries out what its machine says. Confined to the thread of its loop.
final class Connection {
    /// What the loop must do after a turn.
    enum Progress {
        case waiting(events: UInt32)
        case dispatch(HTTPRequest)
        case gone
    }

    private enum Stage {
        case handshaking(until: MonotonicMilliseconds)
        case open
        case lingering(until: MonotonicMilliseconds, bytesLeft: Int)
    }

    static let readable = UInt32(korf_readable)
    static let writable = UInt32(korf_writable)

    let identifier: UInt64
    let channel: Channel
    /// The place in the ledger that this connection holds.
    private(set) var countedPeer: OIN?
    /// What epoll was last told.
    var registeredEvents: UInt32 = 0

    private let settings: ServerSettings
    private let ledger: ServerLedger
    private var stage: Stage
    private var caller: Caller
    private var machine: ConnectionMachine
    private var outbound = Outbound()
    private var responds = false

    /// `caller` is `nil` over TLS, where the handshake must tell it.
    init(
        identifier: UInt64, channel: Channel, caller: Caller?, settings: ServerSettings,
        ledger: ServerLedger, at now: MonotonicMilliseconds
    ) {
        self.identifier = identifier
        self.channel = channel
        self.settings = settings
        self.ledger = ledger
        self.caller = caller ?? .loopback
        stage = caller == nil
            ? .handshaking(until: now + UInt64(settings.limits.handshakeMilliseconds)) : .open
        machine = Self.machine(for: self.caller, refusal: nil, settings, at: now)
    }

    var deadline: MonotonicMilliseconds {
        switch stage {
        case .handshaking(let until), .lingering(let until, _): until
        case .open: machine.deadline
        }
    }

    var isHandshaking: Bool { if case .handshaking = stage { true } else { false } }

    /// Since when this connection is kept without a request; `nil` while it is in use.
    var idleSince: MonotonicMilliseconds? {
        if case .open = stage, machine.isIdle { machine.idleSince } else { nil }
    }

    /// The socket is ready, or may be.
    func ready(at now: MonotonicMilliseconds, scratch: UnsafeMutableRawBufferPointer) -> Progress {
        switch stage {
        case .handshaking: handshake(at: now, scratch: scratch)
        case .open: responds ? finishResponse(at: now, scratch: scratch)
            : advance(.read, at: now, scratch: scratch)
        case .lingering(let until, let bytesLeft): linger(until: until, bytesLeft, scratch: scratch)
        }
    }

    func respond(
        _ response: HTTPResponse, at now: MonotonicMilliseconds, scratch: UnsafeMutableRawBufferPointer
    ) -> Progress {
        guard case .open = stage, !responds else { return .waiting(events: registeredEvents) }
        return advance(machine.responseReady(response, at: now), at: now, scratch: scratch)
    }

    func deadlinePassed(
        at now: MonotonicMilliseconds, scratch: UnsafeMutableRawBufferPointer
    ) -> Progress {
        ledger.count { $0.deadlines += 1 }
        switch stage {
        case .handshaking:
            ledger.count { $0.refusedHandshakes[.timedOut, default: 0] += 1 }
            return .gone
        case .lingering: return .gone
        case .open: return advance(machine.deadlinePassed(at: now), at: now, scratch: scratch)
        }
    }

    /// The server stops. An idle connection ends at once, any other after its response.
    func drain(at now: MonotonicMilliseconds, scratch: UnsafeMutableRawBufferPointer) -> Progress {
        guard case .open = stage else { return isHandshaking ? .gone : .waiting(events: registeredEvents) }
        let step = machine.drain()
        if case .close = step { return advance(step, at: now, scratch: scratch) }
        return .waiting(events: registeredEvents)
    }

    // MARK: - Handshake and admission

    private func handshake(
        at now: MonotonicMilliseconds, scratch: UnsafeMutableRawBufferPointer
    ) -> Progress {
        switch channel.handshake() {
        case .wantsRead: return .waiting(events: Self.readable)
        case .wantsWrite: return .waiting(events: Self.writable)
        case .refused(let reason):
            ledger.count { $0.refusedHandshakes[reason, default: 0] += 1 }
            return startLingering(at: now, scratch: scratch)
        case .done: break
        }
        let resumed = channel.isResumed
        ledger.count {
            $0.handshakes += 1
            if resumed { $0.resumedHandshakes += 1 }
        }
        stage = .open
        let refusal = admit()
        machine = Self.machine(for: caller, refusal: refusal, settings, at: now)
        if case .tooManyConnections? = refusal {
            return advance(machine.refuse(refusal!, at: now), at: now, scratch: scratch)
        }
        return advance(.read, at: now, scratch: scratch)
    }

    /// Sets the caller, or tells why this peer may not ask anything.
    private func admit() -> RequestRefusal? {
        guard let certificate = channel.peerCertificate() else {
            return refusePeer(reason: "There is no certificate.")
        }
        let identity: PeerIdentity
        do throws(IdentityFailure) { identity = try certificate.summary().peerIdentity } catch {
            return refusePeer(reason: error.description)
        }
        // A resumed session carries the certificate of its first handshake, which may have expired since.
        guard identity.notAfterSeconds > Int64(time(nil)) else {
            return refusePeer(reason: "The certificate has expired.")
        }
        let limit = settings.limits.connectionsPerPeer
        guard ledger.openConnection(of: identity.oin, limit: limit) else {
            return .tooManyConnections(limit: limit)
        }
        countedPeer = identity.oin
        switch settings.admit(identity) {
        case .admitted(let lane): caller = .peer(identity, lane)
        case .refused(let reason): return refusePeer(reason: reason)
        }
        return nil
    }

    private func refusePeer(reason: String) -> RequestRefusal {
        ledger.count { $0.refusedPeers += 1 }
        return .peerRefused(reason: reason)
    }

    private static func machine(
        for caller: Caller, refusal: RequestRefusal?, _ settings: ServerSettings,
        at now: MonotonicMilliseconds
    ) -> ConnectionMachine {
        ConnectionMachine(
            limits: settings.limits, commonFields: settings.commonFields, refusal: refusal, at: now
        ) { head in settings.bodyBytesLimit(head, caller) ?? settings.limits.bodyBytes }
    }

    // MARK: - Requests and responses

    /// Carries out `step` and those that follow from it until the socket or the handler is awaited.
    private func advance(
        _ first: ConnectionMachine.Step, at now: MonotonicMilliseconds,
        scratch: UnsafeMutableRawBufferPointer
    ) -> Progress {
        var step = first
        while true {
            switch step {
            case .sendContinueThenRead:
                outbound.append(ResponseEncoder.continueBytes)
                step = .read
            case .read:
                guard let next = read(at: now, scratch: scratch) else { return awaitSocket() }
                step = next
            case .handle(let head, let body):
                ledger.count { $0.requests += 1 }
                return .dispatch(HTTPRequest(head: head, body: body, caller: caller))
            case .write(let encoded):
                if machine.lastRefusal != nil { ledger.count { $0.refusedRequests += 1 } }
                outbound.append(encoded.head)
                outbound.append(encoded.body)
                responds = true
                return finishResponse(at: now, scratch: scratch)
            case .close(.slowReader):
                channel.abort()
                return .gone
            case .close(.answered), .close(.refused):
                return startLingering(at: now, scratch: scratch)
            case .close(.idle), .close(.drained), .close(.endOfInput):
                channel.endWriting()
                return .gone
            }
        }
    }

    /// The machine's next step after one read, or `nil` while the socket or the handler is awaited.
    private func read(
        at now: MonotonicMilliseconds, scratch: UnsafeMutableRawBufferPointer
    ) -> ConnectionMachine.Step? {
        if let outcome = flush() {
            guard outcome == .failed || outcome == .ended else { return nil }
            return .close(.slowReader)
        }
        guard machine.wantsBytes else { return nil }
        switch channel.read(into: scratch) {
        case .bytes(let count):
            ledger.count { $0.bytesIn += count }
            let bytes = UnsafeRawBufferPointer(start: scratch.baseAddress, count: count)
            return bytes.withMemoryRebound(to: UInt8.self) { machine.received($0.span, at: now) }
        case .wantsRead, .wantsWrite: return nil
        case .ended: return machine.inputEnded()
        case .failed: return .close(.slowReader)
        }
    }

    private func finishResponse(
        at now: MonotonicMilliseconds, scratch: UnsafeMutableRawBufferPointer
    ) -> Progress {
        switch flush() {
        case nil:
            responds = false
            return advance(machine.written(at: now), at: now, scratch: scratch)
        case .failed, .ended: return .gone
        case .wantsRead: return .waiting(events: Self.readable)
        default: return .waiting(events: Self.writable)
        }
    }

    private func flush() -> Channel.Outcome? {
        var written = 0
        let outcome = outbound.flush(to: channel) { written += $0 }
        guard written > 0 else { return outcome }
        if responds { machine.progressed(bytes: written) }
        ledger.count { [written] in $0.bytesOut += written }
        return outcome
    }

    private func awaitSocket() -> Progress {
        if !outbound.isEmpty { return .waiting(events: Self.writable) }
        return .waiting(events: machine.wantsBytes ? Self.readable : 0)
    }

    // MARK: - The end

    /// Closing at once while bytes are unread would reset the connection and could destroy the answer
    /// on its way; so what still arrives is read and dropped for a bounded time.
    private func startLingering(
        at now: MonotonicMilliseconds, scratch: UnsafeMutableRawBufferPointer
    ) -> Progress {
        channel.endWriting()
        let until = now + UInt64(settings.limits.lingerMilliseconds)
        stage = .lingering(until: until, bytesLeft: settings.limits.lingerBytes)
        return linger(until: until, settings.limits.lingerBytes, scratch: scratch)
    }

    private func linger(
        until: MonotonicMilliseconds, _ bytesLeft: Int, scratch: UnsafeMutableRawBufferPointer
    ) -> Progress {
        var bytesLeft = bytesLeft
        while bytesLeft > 0 {
            guard let count = channel.discard(into: scratch) else { return .gone }
            if count == 0 {
                stage = .lingering(until: until, bytesLeft: bytesLeft)
                return .waiting(events: Self.readable)
            }
            bytesLeft -= count
        }
        return .gone
    }
}
