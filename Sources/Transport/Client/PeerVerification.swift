// SPDX-License-Identifier: EUPL-1.2
import COpenSSL
import Journal

/// Is the server the member that was dialled? Spec: Protocol/transport.md §2.
enum PeerVerification {
    /// The OIN and the key decide. The host name does not: a member is named by its OIN, and an
    /// address is only where it can be found today.
    static func failure(of certificate: Certificate, expecting peer: ExpectedPeer) -> TransportFailure? {
        do throws(IdentityFailure) {
            let oin = try certificate.oin()
            guard oin == peer.oin else { return .wrongOIN(expected: peer.oin, found: oin.digits) }
            return peer.pins.contains(try certificate.pin()) ? nil : .wrongPin
        } catch {
            return .wrongOIN(expected: peer.oin, found: nil)
        }
    }

    /// A chain that OpenSSL refused.
    static func failure(code: CInt) -> TransportFailure {
        switch HandshakeRefusal(verification: Int(code)) {
        case .expired: .certificateExpired
        case .notYetValid: .certificateNotYetValid
        case .revoked: .certificateRevoked
        case .revocationListUnusable: .revocationListUnusable
        case .unknownAuthority: .unknownAuthority
        default: .certificateUnusable(String(cString: X509_verify_cert_error_string(Int(code))))
        }
    }

    /// The form of `CURLOPT_PINNEDPUBLICKEY`.
    static func pinList(_ pins: [Hash]) -> String {
        pins.map { "sha256//" + base64($0.bytes) }.joined(separator: ";")
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        var text = [UInt8](repeating: 0, count: (bytes.count + 2) / 3 * 4 + 1)
        let count = EVP_EncodeBlock(&text, bytes, CInt(bytes.count))
        return String(decoding: text[..<Int(count)], as: UTF8.self)
    }
}
