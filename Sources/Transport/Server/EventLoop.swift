// SPDX-License-Identifier: EUPL-1.2
import CLinux
import Glibc

/// One epoll loop: accepts, lets connections advance, keeps deadlines. Lives and dies on one thread.
final class EventLoop {
    /// What a loop needs from its server.
    struct Configuration: Sendable {
        /// An epoll instance that the loop closes.
        let epoll: CInt
        let sockets: [ListeningSocket]
        let settings: ServerSettings
        let ledger: ServerLedger
        let mailbox: Mailbox
        let handler: @Sendable (HTTPRequest) async -> HTTPResponse
    }

    private let configuration: Configuration
    private let scratch = UnsafeMutableRawBufferPointer.allocate(byteCount: Limit.readBytes, alignment: 16)
    private var epoll: CInt { configuration.epoll }
    private var connections: [UInt64: Connection] = [:]
    /// Identifiers below the first connection's name the mailbox (0) and the listeners (1...).
    private var nextIdentifier: UInt64
    /// No deadline is earlier; it may be early itself.
    private var nextDeadline = MonotonicMilliseconds.max
    private var acceptsAgainAt: MonotonicMilliseconds?
    private var stopsAt: MonotonicMilliseconds?

    init(_ configuration: Configuration) {
        self.configuration = configuration
        nextIdentifier = UInt64(configuration.sockets.count) + 1
        _ = korf_epoll_add(epoll, configuration.mailbox.descriptor, Connection.readable, 0)
        watchListeners()
    }

    deinit {
        connections = [:]
        close(epoll)
        scratch.deallocate()
    }

    /// Runs until the server stops and the last connection is closed.
    func run() {
        var events = [korf_event](repeating: korf_event(), count: Limit.eventsPerTurn)
        while stopsAt == nil || !connections.isEmpty {
            let count = korf_epoll_wait(epoll, &events, CInt(events.count), timeout())
            let now = Monotonic.now()
            for event in events.prefix(Int(count)) {
                turn(identifier: event.identifier, events: event.events, at: now)
            }
            if let again = acceptsAgainAt, now >= again, stopsAt == nil {
                acceptsAgainAt = nil
                watchListeners()
            }
            if now >= nextDeadline { sweep(at: now) }
            if let stopsAt, now >= stopsAt { connections.keys.sorted().forEach(remove) }
        }
    }

    private func timeout() -> CInt {
        let until = min(nextDeadline, acceptsAgainAt ?? .max, stopsAt ?? .max)
        guard until != .max else { return -1 }
        let now = Monotonic.now()
        return until <= now ? 0 : CInt(clamping: until - now)
    }

    private func turn(identifier: UInt64, events: UInt32, at now: MonotonicMilliseconds) {
        if identifier == 0 { return readMailbox(at: now) }
        if identifier <= UInt64(configuration.sockets.count) {
            return accept(from: configuration.sockets[Int(identifier) - 1], at: now)
        }
        guard let connection = connections[identifier] else { return }
        let isBroken = events & UInt32(korf_broken) != 0
        // While the handler works nobody reads, so only this event tells that the caller has left.
        if isBroken && connection.registeredEvents == 0 { return remove(identifier) }
        settle(connection, connection.ready(at: now, scratch: scratch), at: now)
    }

    /// Does what a connection's turn asks for.
    private func settle(
        _ connection: Connection, _ progress: Connection.Progress, at now: MonotonicMilliseconds
    ) {
        switch progress {
        case .gone: return remove(connection.identifier)
        case .waiting(let events): watch(connection, events)
        case .dispatch(let request):
            watch(connection, 0)
            let (handler, mailbox) = (configuration.handler, configuration.mailbox)
            let identifier = connection.identifier
            Task { mailbox.post(.response(await handler(request), to: identifier)) }
        }
        nextDeadline = min(nextDeadline, connection.deadline)
    }

    private func watch(_ connection: Connection, _ events: UInt32) {
        guard connection.registeredEvents != events else { return }
        connection.registeredEvents = events
        _ = korf_epoll_modify(epoll, connection.channel.descriptor, events, connection.identifier)
    }

    private func remove(_ identifier: UInt64) {
        guard let connection = connections.removeValue(forKey: identifier) else { return }
        _ = korf_epoll_remove(epoll, connection.channel.descriptor)
        configuration.ledger.closeConnection(of: connection.countedPeer)
    }

    private func sweep(at now: MonotonicMilliseconds) {
        for identifier in connections.keys.sorted() {
            guard let connection = connections[identifier], connection.deadline <= now else { continue }
            settle(connection, connection.deadlinePassed(at: now, scratch: scratch), at: now)
        }
        nextDeadline = connections.values.lazy.map(\.deadline).min() ?? .max
    }

    private func readMailbox(at now: MonotonicMilliseconds) {
        for message in configuration.mailbox.take() {
            switch message {
            case .response(let response, let identifier):
                guard let connection = connections[identifier] else { continue }
                settle(connection, connection.respond(response, at: now, scratch: scratch), at: now)
            case .stop(let milliseconds):
                stopsAt = min(stopsAt ?? .max, now + UInt64(max(milliseconds, 0)))
                unwatchListeners()
                for identifier in connections.keys.sorted() {
                    guard let connection = connections[identifier] else { continue }
                    settle(connection, connection.drain(at: now, scratch: scratch), at: now)
                }
            }
        }
    }
}

// MARK: - Accepting

extension EventLoop {
    private func watchListeners() {
        for (index, socket) in configuration.sockets.enumerated() {
            let events = Connection.readable | UInt32(korf_exclusive)
            _ = korf_epoll_add(epoll, socket.descriptor, events, UInt64(index) + 1)
        }
    }

    private func unwatchListeners() {
        for socket in configuration.sockets {
            _ = korf_epoll_remove(epoll, socket.descriptor)
        }
    }

    private func accept(from socket: ListeningSocket, at now: MonotonicMilliseconds) {
        for _ in 0..<Limit.acceptsPerTurn {
            let descriptor = korf_accept(socket.descriptor)
            if descriptor < 0 {
                if errno == EMFILE || errno == ENFILE || errno == ENOMEM || errno == ENOBUFS {
                    // The listener stays readable; asking again at once would only burn time.
                    unwatchListeners()
                    acceptsAgainAt = now + Limit.acceptPauseMilliseconds
                }
                return
            }
            makeRoom(for: socket)
            guard configuration.ledger.openConnection(limit: configuration.settings.limits.connections) else {
                configuration.ledger.count { $0.refusedAtCapacity += 1 }
                close(descriptor)
                continue
            }
            start(descriptor, from: socket, at: now)
        }
    }

    /// A connection that waits longest for its handshake, or is idle longest, gives way: an honest
    /// handshake takes milliseconds, and an honest client opens an idle connection again.
    private func makeRoom(for socket: ListeningSocket) {
        let limits = configuration.settings.limits
        var evicted: UInt64?
        let handshaking = connections.values.filter(\.isHandshaking)
        if case .tls = socket.kind, handshaking.count >= limits.handshakes {
            evicted = handshaking.map(\.identifier).min()
        } else if configuration.ledger.counters.openConnections >= limits.connections {
            let idle = connections.values.compactMap { connection in
                connection.idleSince.map { ($0, connection.identifier) }
            }
            evicted = idle.min { $0 < $1 }?.1 ?? handshaking.map(\.identifier).min()
        }
        guard let evicted else { return }
        configuration.ledger.count { $0.refusedAtCapacity += 1 }
        remove(evicted)
    }

    private func start(_ descriptor: CInt, from socket: ListeningSocket, at now: MonotonicMilliseconds) {
        var session: OpaquePointer?
        var caller: Caller?
        switch socket.kind {
        case .tls(let tls):
            session = tls.newSession(over: descriptor).flatMap { OpaquePointer(bitPattern: $0) }
            korf_tcp_options(descriptor, Limit.unsentBytes)
        case .loopback:
            caller = .loopback
            korf_tcp_options(descriptor, Limit.unsentBytes)
        case .unix: caller = UnixSocket.caller(of: descriptor)
        }
        let channel = Channel(descriptor: descriptor, session: session)
        // Without a session or without the kernel's word there is nobody to talk to.
        guard channel.isEncrypted || caller != nil else {
            return configuration.ledger.closeConnection(of: nil)
        }
        let connection = Connection(
            identifier: nextIdentifier, channel: channel, caller: caller,
            settings: configuration.settings, ledger: configuration.ledger, at: now
        )
        nextIdentifier += 1
        connections[connection.identifier] = connection
        connection.registeredEvents = Connection.readable
        _ = korf_epoll_add(epoll, descriptor, Connection.readable, connection.identifier)
        nextDeadline = min(nextDeadline, connection.deadline)
    }
}
