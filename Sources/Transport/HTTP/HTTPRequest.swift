// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// A request line and its fields, checked against Protocol/transport.md §4.
public struct HTTPRequestHead: Sendable, Equatable {
    /// One of the methods that this server knows; others never get this far.
    public let method: HTTPMethod
    /// Origin form: a path that begins with `/`, and a query after `?` if there is one. ASCII.
    public let target: String
    /// In the order received, names in lower case.
    public let fields: [HTTPField]

    /// For callers that make requests without a wire (tests, local calls).
    public init(method: HTTPMethod, target: String, fields: [HTTPField] = []) {
        self.method = method
        self.target = target
        self.fields = fields
    }

    /// The target up to the first `?`, still percent-encoded.
    public var path: String { String(target.prefix { $0 != "?" }) }

    /// What follows the first `?`, still percent-encoded; `nil` without one.
    public var query: String? {
        target.firstIndex(of: "?").map { String(target[target.index(after: $0)...]) }
    }

    /// The first value of the field `name`, given in lower case.
    public func field(_ name: String) -> String? { fields.first(named: name) }
}

/// A complete request: its head, its bounded body and who sent it.
public struct HTTPRequest: Sendable {
    /// Request line and fields.
    public let head: HTTPRequestHead
    /// The whole body, at most the limit of its route in bytes.
    public let body: [UInt8]
    /// Who sent it. Rights are judged by this, never by a field.
    public let caller: Caller

    /// For callers that make requests without a wire (tests, local calls).
    public init(head: HTTPRequestHead, body: [UInt8] = [], caller: Caller) {
        self.head = head
        self.body = body
        self.caller = caller
    }

    /// The head's method.
    public var method: HTTPMethod { head.method }
    /// The head's path, still percent-encoded.
    public var path: String { head.path }
    /// The head's query, still percent-encoded; `nil` without one.
    public var query: String? { head.query }
    /// The head's first value of the field `name`, given in lower case.
    public func field(_ name: String) -> String? { head.field(name) }
}

/// Who stands at the other end, as the listener established it.
public enum Caller: Sendable, Hashable {
    /// A member's node, by its certificate.
    case peer(PeerIdentity, PeerLane)
    /// A process on this host, by the kernel's word (`SO_PEERCRED`).
    case local(uid: UInt32, gid: UInt32, pid: Int32)
    /// Anybody on this host, over 127.0.0.1.
    case loopback
}

/// What an admitted peer may do. Spec: Protocol/transport.md §3.
public enum PeerLane: Sendable, Hashable {
    case member
    /// Invited, not yet covered by an epoch.
    case candidate
    /// Right chain and OIN, unknown key: may only hand in a log-signed change of pins.
    case pinChange
    /// Right chain, no member and not invited: may only read what anybody with a certificate may read.
    case visitor
}

/// The answer of the node to a peer's identity, asked once per connection.
public enum PeerAdmission: Sendable, Hashable {
    case admitted(PeerLane)
    /// The reason is a sentence that the peer is told.
    case refused(reason: String)
}

/// What a peer's certificate says. Spec: Protocol/transport.md §2.
public struct PeerIdentity: Sendable, Hashable {
    /// `subject.serialNumber`.
    public let oin: OIN
    /// SHA-256 of the certificate's SubjectPublicKeyInfo.
    public let pin: Hash
    /// `subject.organizationName`, empty where absent. For people only; never compare it.
    public let organization: String
    /// End of validity, in seconds since 1970.
    public let notAfterSeconds: Int64

    /// For tests and for identities that another proof established.
    public init(oin: OIN, pin: Hash, organization: String, notAfterSeconds: Int64) {
        self.oin = oin
        self.pin = pin
        self.organization = organization
        self.notAfterSeconds = notAfterSeconds
    }
}
