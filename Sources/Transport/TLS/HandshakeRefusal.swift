// SPDX-License-Identifier: EUPL-1.2
import COpenSSL

/// Why a handshake failed, as far as the server can know.
public enum HandshakeRefusal: String, Sendable, Hashable, CaseIterable, Comparable {
    case noCertificate
    case unknownAuthority
    case expired
    case notYetValid
    case revoked
    case revocationListUnusable
    case wrongPurpose
    /// A key or signature below 128 bits of strength.
    case weak
    case chainTooLong
    case badSignature
    case protocolVersion
    case nothingShared
    case notTLS
    case timedOut
    case closedEarly
    case other

    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// From `SSL_get_verify_result`; `nil` where the chain was not the reason.
    init?(verification code: Int) {
        switch CInt(truncatingIfNeeded: code) {
        case X509_V_OK: return nil
        case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY,
             X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT,
             X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE, X509_V_ERR_CERT_UNTRUSTED,
             X509_V_ERR_INVALID_CA: self = .unknownAuthority
        case X509_V_ERR_CERT_HAS_EXPIRED: self = .expired
        case X509_V_ERR_CERT_NOT_YET_VALID: self = .notYetValid
        case X509_V_ERR_CERT_REVOKED: self = .revoked
        case X509_V_ERR_UNABLE_TO_GET_CRL, X509_V_ERR_CRL_HAS_EXPIRED, X509_V_ERR_CRL_NOT_YET_VALID,
             X509_V_ERR_CRL_SIGNATURE_FAILURE, X509_V_ERR_UNABLE_TO_GET_CRL_ISSUER,
             X509_V_ERR_ERROR_IN_CRL_NEXT_UPDATE_FIELD: self = .revocationListUnusable
        case X509_V_ERR_INVALID_PURPOSE, X509_V_ERR_CERT_REJECTED: self = .wrongPurpose
        case X509_V_ERR_EE_KEY_TOO_SMALL, X509_V_ERR_CA_KEY_TOO_SMALL, X509_V_ERR_CA_MD_TOO_WEAK: self = .weak
        case X509_V_ERR_CERT_CHAIN_TOO_LONG, X509_V_ERR_PATH_LENGTH_EXCEEDED: self = .chainTooLong
        case X509_V_ERR_CERT_SIGNATURE_FAILURE: self = .badSignature
        default: self = .other
        }
    }

    /// From the thread's error queue, after a handshake that failed for another reason than the chain.
    static func fromErrorQueue() -> HandshakeRefusal {
        let code = ERR_peek_error()
        guard code != 0 else { return .closedEarly }
        switch korf_error_reason(code) {
        case SSL_R_PEER_DID_NOT_RETURN_A_CERTIFICATE: return .noCertificate
        case SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_VERSION_TOO_LOW: return .protocolVersion
        case SSL_R_NO_SHARED_CIPHER, SSL_R_NO_SUITABLE_KEY_SHARE, SSL_R_NO_SHARED_GROUPS,
             SSL_R_NO_SUITABLE_SIGNATURE_ALGORITHM: return .nothingShared
        case SSL_R_WRONG_VERSION_NUMBER, SSL_R_HTTP_REQUEST, SSL_R_HTTPS_PROXY_REQUEST,
             SSL_R_BAD_RECORD_TYPE, SSL_R_RECORD_LENGTH_MISMATCH: return .notTLS
        case SSL_R_UNEXPECTED_EOF_WHILE_READING: return .closedEarly
        case SSL_R_EE_KEY_TOO_SMALL, SSL_R_CA_KEY_TOO_SMALL, SSL_R_CA_MD_TOO_WEAK: return .weak
        case SSL_R_BAD_SIGNATURE: return .badSignature
        default: return .other
        }
    }
}
