// SPDX-License-Identifier: EUPL-1.2
import Glibc
import Synchronization

/// Sole owner of a bound, listening socket and of its file if it has one.
final class ListeningSocket: Sendable {
    enum Kind: Sendable { case tls(ServerTLS), unix, loopback }

    let descriptor: CInt
    let kind: Kind
    /// The TCP port; 0 for a unix socket.
    let port: UInt16
    private let file: (path: String, inode: ino_t)?

    init(_ listener: Listener) throws(ServerFailure) {
        switch listener {
        case .tls(let host, let port, let profile):
            kind = .tls(try ServerTLS(profile))
            (descriptor, self.port) = try Self.bindTCP(host: host, port: port)
            file = nil
        case .loopback(let port):
            kind = .loopback
            (descriptor, self.port) = try Self.bindTCP(host: "127.0.0.1", port: port)
            file = nil
        case .unix(let path):
            kind = .unix
            port = 0
            let (descriptor, inode) = try UnixSocket.bind(path)
            self.descriptor = descriptor
            file = (path, inode)
        }
        guard listen(descriptor, Limit.listenBacklog) == 0 else {
            throw .system(call: "listen", errno: errno)
        }
    }

    deinit { close(descriptor) }

    /// New connections are refused from now on; a socket file that is still ours goes away.
    func stopListening() {
        if let file, UnixSocket.inode(of: file.path) == file.inode { unlink(file.path) }
        shutdown(descriptor, CInt(SHUT_RDWR))
    }

    private static func bindTCP(host: String, port: UInt16) throws(ServerFailure) -> (CInt, UInt16) {
        var hints = addrinfo()
        hints.ai_flags = AI_NUMERICHOST | AI_PASSIVE
        hints.ai_socktype = CInt(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, String(port), &hints, &list) == 0, let address = list?.pointee
        else { throw .addressNotNumeric(host) }
        defer { freeaddrinfo(list) }
        let type = CInt(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)
        let descriptor = socket(address.ai_family, type, 0)
        guard descriptor >= 0 else { throw .system(call: "socket", errno: errno) }
        var on: CInt = 1
        var off: CInt = 0
        let size = socklen_t(MemoryLayout<CInt>.size)
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &on, size)
        if address.ai_family == AF_INET6 {
            setsockopt(descriptor, CInt(IPPROTO_IPV6), IPV6_V6ONLY, &off, size)
        }
        guard bind(descriptor, address.ai_addr, address.ai_addrlen) == 0 else {
            let code = errno
            close(descriptor)
            throw code == EADDRINUSE
                ? .addressInUse("\(host):\(port)") : .system(call: "bind", errno: code)
        }
        return (descriptor, boundPort(of: descriptor))
    }

    private static func boundPort(of descriptor: CInt) -> UInt16 {
        var storage = sockaddr_storage()
        var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
        return withUnsafeMutableBytes(of: &storage) { bytes in
            getsockname(descriptor, bytes.baseAddress?.assumingMemoryBound(to: sockaddr.self), &size)
            // In IPv4 and IPv6 alike the port is the second field.
            return UInt16(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt16.self))
        }
    }
}

/// The context of a TLS listener, replaceable while it serves.
final class ServerTLS: Sendable {
    private let context: Mutex<TLSContext>

    init(_ profile: TLSProfile) throws(ServerFailure) {
        context = Mutex(try Self.make(profile))
    }

    /// Sessions that exist keep their reference to the old context until they end.
    func replace(_ profile: TLSProfile) throws(ServerFailure) {
        try context.withLock { (context: inout sending TLSContext) throws(ServerFailure) in
            context = try Self.make(profile)
        }
    }

    func newSession(over descriptor: CInt) -> UInt? {
        context.withLock { $0.newSession(over: descriptor).map { UInt(bitPattern: $0) } }
    }

    private static func make(_ profile: TLSProfile) throws(ServerFailure) -> TLSContext {
        do throws(IdentityFailure) { return try TLSContext.make(profile) } catch {
            throw .tlsUnusable(error.description)
        }
    }
}
