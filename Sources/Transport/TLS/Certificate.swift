// SPDX-License-Identifier: EUPL-1.2
import COpenSSL
public import Journal

/// What a certificate says about its subject. Spec: Protocol/transport.md §2.
public struct CertificateSummary: Sendable, Equatable {
    /// `subject.serialNumber`.
    public let oin: OIN
    /// `subject.organizationName`, empty where absent.
    public let organization: String
    /// SHA-256 of the SubjectPublicKeyInfo.
    public let pin: Hash
    /// Begin of validity, in seconds since 1970.
    public let notBeforeSeconds: Int64
    /// End of validity, in seconds since 1970.
    public let notAfterSeconds: Int64

    var peerIdentity: PeerIdentity {
        PeerIdentity(oin: oin, pin: pin, organization: organization, notAfterSeconds: notAfterSeconds)
    }
}

/// Sole owner of one reference to an X.509 certificate. Whoever lends `pointer` to a C function keeps
/// the owner alive beyond the call; the compiler knows nothing of that use.
final class Certificate {
    let pointer: OpaquePointer

    /// Takes over the reference.
    init(owning pointer: OpaquePointer) { self.pointer = pointer }

    deinit { X509_free(pointer) }

    /// The OIN, key pin, organisation and validity, or why they are not usable.
    func summary() throws(IdentityFailure) -> CertificateSummary {
        defer { withExtendedLifetime(self) {} }
        return CertificateSummary(
            oin: try oin(), organization: texts(of: NID_organizationName).first ?? "", pin: try pin(),
            notBeforeSeconds: try Self.seconds(X509_get0_notBefore(pointer)),
            notAfterSeconds: try Self.seconds(X509_get0_notAfter(pointer))
        )
    }

    /// The subject's one serialNumber, which is an OIN. Never the common name.
    func oin() throws(IdentityFailure) -> OIN {
        let numbers = texts(of: NID_serialNumber)
        guard let text = numbers.first else { throw .subjectWithoutOIN }
        guard numbers.count == 1 else { throw .subjectWithSeveralOINs }
        guard let oin = OIN(text) else { throw .malformedOIN(String(text.prefix(64))) }
        return oin
    }

    /// SHA-256 over the DER of the SubjectPublicKeyInfo, as RFC 7469 §2.4 defines it.
    func pin() throws(IdentityFailure) -> Hash {
        defer { withExtendedLifetime(self) {} }
        guard let hash = Self.pin(of: X509_get_X509_PUBKEY(pointer)) else { throw .library("no public key") }
        return hash
    }

    static func pin(of publicKey: OpaquePointer?) -> Hash? {
        var encoding: UnsafeMutablePointer<UInt8>?
        let count = i2d_X509_PUBKEY(publicKey, &encoding)
        guard count > 0, let encoding else { return nil }
        defer { CRYPTO_free(encoding, #file, #line) }
        var digest = [UInt8](repeating: 0, count: Hash.byteCount)
        guard EVP_Digest(encoding, Int(count), &digest, nil, EVP_sha256(), nil) == 1 else { return nil }
        return Hash(digest)
    }

    /// The subject's values of one attribute, as UTF-8, in order.
    private func texts(of attribute: CInt) -> [String] {
        defer { withExtendedLifetime(self) {} }
        let name = X509_get_subject_name(pointer)
        var found: [String] = []
        var index = X509_NAME_get_index_by_NID(name, attribute, -1)
        while index >= 0 {
            let data = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index))
            var text: UnsafeMutablePointer<UInt8>?
            let count = ASN1_STRING_to_UTF8(&text, data)
            if count >= 0, let text {
                let bytes = UnsafeBufferPointer(start: text, count: Int(count))
                found.append(String(decoding: bytes, as: UTF8.self))
                CRYPTO_free(text, #file, #line)
            } else {
                found.append("")
            }
            index = X509_NAME_get_index_by_NID(name, attribute, index)
        }
        return found
    }

    static func seconds(_ time: UnsafePointer<ASN1_TIME>?) throws(IdentityFailure) -> Int64 {
        let epoch = ASN1_TIME_set(nil, 0)
        defer { ASN1_STRING_free(epoch) }
        var days: CInt = 0
        var seconds: CInt = 0
        guard ASN1_TIME_diff(&days, &seconds, epoch, time) == 1 else { throw .library("unreadable time") }
        return Int64(days) * 86_400 + Int64(seconds)
    }
}
