// SPDX-License-Identifier: EUPL-1.2
import Glibc

/// What a client presents to peers, whom it believes and how it gets out.
public struct ClientSettings: Sendable {
    public var limits = ClientLimits()
    /// Needed for `Endpoint.peer` only.
    public var identity: TLSIdentity?
    public var anchors: TrustAnchors?
    /// An outbound HTTP proxy for `Endpoint.peer`, such as `http://proxy.gemeente.example:3128`.
    public var proxy: String?

    public init() {}
}

/// The client: kept connections and resumed sessions per endpoint, requests on its own threads.
public final class HTTPClient: Sendable {
    public init(_ settings: ClientSettings) {}

    /// Sends on a thread of the client; waiting takes no thread of Swift's pool. Cancellation of the
    /// task ends the transfer.
    public func send(_ request: ClientRequest) async throws(TransportFailure) -> HTTPResponse {
        throw .other(code: Int(ENOSYS), "not built")
    }

    /// Sends on the calling thread, for command lines.
    public func sendBlocking(_ request: ClientRequest) throws(TransportFailure) -> HTTPResponse {
        throw .other(code: Int(ENOSYS), "not built")
    }

    /// New connections use the new identity and anchors; idle ones are closed.
    public func reload(identity: TLSIdentity, anchors: TrustAnchors) {}

    /// Ends running transfers with `.cancelled`, closes connections, joins the threads.
    public func close() {}
}
