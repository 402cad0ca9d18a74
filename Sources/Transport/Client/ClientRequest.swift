// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Whom a client must find at the other end. Spec: Protocol/transport.md §2.
public struct ExpectedPeer: Sendable, Hashable {
    /// What `subject.serialNumber` of the server's certificate has to be.
    public var oin: OIN
    /// SHA-256 of the SubjectPublicKeyInfo of each key that the member's card allows.
    /// Without any pin no server is accepted.
    public var pins: [Hash]

    /// A server that has to show both: this OIN and a key under one of the pins.
    public init(oin: OIN, pins: [Hash]) {
        self.oin = oin
        self.pins = pins
    }
}

/// Where a request goes.
public enum Endpoint: Sendable, Hashable {
    /// A member's node over mutual TLS. `host` is a name or an address (IPv6 without brackets).
    case peer(host: String, port: UInt16, ExpectedPeer)
    /// A node on this host, over its socket.
    case unix(path: String)
    /// A node on this host, over 127.0.0.1 without TLS.
    case loopback(port: UInt16)
}

/// One request of the client.
public struct ClientRequest: Sendable {
    /// The method. GET, HEAD and DELETE take no body.
    public var method: HTTPMethod
    /// To whom.
    public var endpoint: Endpoint
    /// Origin form, as the server will see it.
    public var target: String
    /// Fields besides those that the transport writes itself (host, length, connection). One that could
    /// break out of its line makes the request fail with `.invalidRequest`.
    public var fields: [HTTPField]
    /// The body, empty for none.
    public var body: [UInt8]
    /// `nil`: the client's own limit.
    public var responseBytesLimit: Int?
    /// From begin to end; `nil`: the client's own limit.
    public var totalMilliseconds: Int?

    /// A request. Nothing is checked before it is sent.
    public init(
        _ method: HTTPMethod, _ endpoint: Endpoint, target: String, fields: [HTTPField] = [],
        body: [UInt8] = [], responseBytesLimit: Int? = nil, totalMilliseconds: Int? = nil
    ) {
        self.method = method
        self.endpoint = endpoint
        self.target = target
        self.fields = fields
        self.body = body
        self.responseBytesLimit = responseBytesLimit
        self.totalMilliseconds = totalMilliseconds
    }
}
