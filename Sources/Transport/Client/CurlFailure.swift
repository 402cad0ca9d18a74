// SPDX-License-Identifier: EUPL-1.2
import CCurl

/// libcurl's codes in our words.
enum CurlFailure {
    /// `text` is what libcurl wrote for people; where one code has several meanings, it decides.
    static func failure(_ code: CURLcode, _ text: String, _ transfer: Transfer) -> TransportFailure {
        if let found = transfer.failure { return found }
        switch code {
        case CURLE_ABORTED_BY_CALLBACK: return .cancelled
        case CURLE_COULDNT_RESOLVE_HOST: return .nameNotResolved(host: host(of: transfer.request.endpoint))
        case CURLE_COULDNT_RESOLVE_PROXY, CURLE_PROXY: return .proxyRefused(text)
        case CURLE_COULDNT_CONNECT: return .connectionRefused
        case CURLE_OPERATION_TIMEDOUT: return timeOut(text)
        case CURLE_SSL_CONNECT_ERROR: return handshake(text)
        case CURLE_SSL_PINNEDPUBKEYNOTMATCH: return .wrongPin
        case CURLE_PEER_FAILED_VERIFICATION: return .certificateUnusable(text)
        case CURLE_SSL_CERTPROBLEM: return .ownIdentityUnusable(text)
        case CURLE_URL_MALFORMAT: return .invalidRequest(text)
        case CURLE_UNSUPPORTED_PROTOCOL, CURLE_WEIRD_SERVER_REPLY: return .responseMalformed(text)
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR: return broken(text, transfer)
        case CURLE_PARTIAL_FILE: return .connectionLost
        default: return .other(code: Int(code.rawValue), text)
        }
    }

    private static func timeOut(_ text: String) -> TransportFailure {
        if text.hasPrefix("Operation too slow") { return .tooSlow }
        let isConnecting = text.hasPrefix("Connection time") || text.hasPrefix("Failed to connect")
            || text.hasPrefix("SSL connection timeout") || text.hasPrefix("Resolving timed out")
        return isConnecting ? .connectTimedOut : .timedOut
    }

    private static func handshake(_ text: String) -> TransportFailure {
        alert(in: text).map { .handshakeRefusedByPeer(alert: $0) } ?? .handshakeFailed(text)
    }

    /// In TLS 1.3 the client is done before the server has judged its certificate, so a refusal comes
    /// as the answer to the first write or read.
    private static func broken(_ text: String, _ transfer: Transfer) -> TransportFailure {
        if let alert = alert(in: text) { return .handshakeRefusedByPeer(alert: alert) }
        if text.contains("CONNECT tunnel failed") || text.contains("from proxy after CONNECT") {
            return .proxyRefused(text)
        }
        return transfer.receivedAnything ? .connectionLost : .closedWithoutAnswer
    }

    /// What OpenSSL calls an alert that was received.
    private static func alert(in text: String) -> String? {
        guard text.contains(" alert ") else { return nil }
        return text.split(separator: "::").last.map(String.init)
    }

    private static func host(of endpoint: Endpoint) -> String {
        if case .peer(let host, _, _) = endpoint { host } else { "localhost" }
    }
}
