// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Why a request got no response. Each reads as a sentence (`description`, English, for logs).
public enum TransportFailure: Error, Equatable, Sendable, CustomStringConvertible {
    case nameNotResolved(host: String)
    case connectionRefused
    case connectTimedOut
    case timedOut
    case tooSlow
    /// The other side ended the handshake; in TLS 1.3 also after it seemed to succeed.
    case handshakeRefusedByPeer(alert: String)
    /// The connection ended before any byte of an answer.
    case closedWithoutAnswer
    case connectionLost
    case certificateExpired
    case certificateNotYetValid
    case certificateRevoked
    case revocationListUnusable
    case unknownAuthority
    case certificateUnusable(String)
    case wrongPin
    case wrongOIN(expected: OIN, found: String?)
    case ownIdentityUnusable(String)
    case handshakeFailed(String)
    case proxyRefused(String)
    case responseTooLarge(limit: Int)
    case responseMalformed(String)
    case invalidRequest(String)
    /// Too many requests wait already.
    case queueFull(limit: Int)
    case cancelled
    case other(code: Int, String)

    public var description: String {
        switch self {
        case .nameNotResolved(let host): "The name \(host) was not resolved."
        case .connectionRefused: "The connection was refused."
        case .connectTimedOut: "No connection within the time allowed."
        case .timedOut: "No complete answer within the time allowed."
        case .tooSlow: "The transfer fell below the minimum rate."
        case .handshakeRefusedByPeer(let alert): "The peer refused our handshake: \(alert)."
        case .closedWithoutAnswer:
            "The peer closed the connection without an answer; it may have refused our certificate."
        case .connectionLost: "The connection was lost during the answer."
        case .certificateExpired: "The peer's certificate has expired."
        case .certificateNotYetValid: "The peer's certificate is not valid yet."
        case .certificateRevoked: "The peer's certificate was revoked."
        case .revocationListUnusable: "No current revocation list covers the peer's certificate."
        case .unknownAuthority: "The peer's certificate leads to none of our trust anchors."
        case .certificateUnusable(let reason): "The peer's certificate is not usable: \(reason)."
        case .wrongPin: "The peer's key is none of the keys on its card."
        case .wrongOIN(let expected, let found):
            "The peer's certificate names OIN \(found ?? "none") where \(expected) was expected."
        case .ownIdentityUnusable(let reason): "Our own certificate or key is not usable: \(reason)."
        case .handshakeFailed(let reason): "The TLS handshake failed: \(reason)."
        case .proxyRefused(let reason): "The proxy refused: \(reason)."
        case .responseTooLarge(let limit): "The answer is larger than \(limit) bytes."
        case .responseMalformed(let reason): "The answer is not HTTP/1.1: \(reason)."
        case .invalidRequest(let reason): "The request cannot be sent: \(reason)."
        case .queueFull(let limit): "There are \(limit) requests waiting already."
        case .cancelled: "The request was cancelled."
        case .other(let code, let reason): "The transfer failed (\(code)): \(reason)."
        }
    }
}
