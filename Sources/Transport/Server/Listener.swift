// SPDX-License-Identifier: EUPL-1.2

/// Where a server accepts connections. Spec: Protocol/transport.md §1.
public enum Listener: Sendable {
    /// Mutual TLS. `host` is a numeric address; `::` accepts IPv4 too. Port 0 takes a free port.
    case tls(host: String, port: UInt16, TLSProfile)
    /// A socket file of mode 0660, without TLS.
    case unix(path: String)
    /// 127.0.0.1 without TLS. Port 0 takes a free port.
    case loopback(port: UInt16)
}

/// What a TLS listener presents and whom it believes.
public struct TLSProfile: Sendable {
    /// Certificate chain and key that the server presents.
    public var identity: TLSIdentity
    /// Whose certificates a caller's chain has to end in, and what is revoked.
    public var anchors: TrustAnchors
    /// Also TLS 1.2 with forward secrecy and AEAD, for outside readers. Off between nodes.
    public var allowsTLS12: Bool

    /// A profile of TLS 1.3 only, unless TLS 1.2 is allowed.
    public init(identity: TLSIdentity, anchors: TrustAnchors, allowsTLS12: Bool = false) {
        self.identity = identity
        self.anchors = anchors
        self.allowsTLS12 = allowsTLS12
    }
}

/// Why a server did not start or did not take a new identity.
public enum ServerFailure: Error, Equatable, Sendable, CustomStringConvertible {
    case addressNotNumeric(String)
    /// Another process listens at this address or socket.
    case addressInUse(String)
    case socketPathTooLong(String)
    /// A file that is no socket stands at the path.
    case notASocket(String)
    case system(call: String, errno: Int32)
    case tlsUnusable(String)

    public var description: String {
        switch self {
        case .addressNotNumeric(let host): "\(host) is not a numeric address."
        case .addressInUse(let address): "Another process already listens on \(address)."
        case .socketPathTooLong(let path): "The socket path \(path) is too long."
        case .notASocket(let path): "\(path) exists and is not a socket."
        case .system(let call, let errno): "\(call) failed with errno \(errno)."
        case .tlsUnusable(let reason): "TLS cannot be set up: \(reason)."
        }
    }
}
