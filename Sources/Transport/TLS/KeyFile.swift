// SPDX-License-Identifier: EUPL-1.2
import COpenSSL
public import Journal

/// The curves of a TLS key. Both pass the security level of Protocol/transport.md §1.
public enum TLSKeyKind: String, Sendable {
    case p256 = "P-256"
    case p384 = "P-384"
}

/// Making a TLS key and the request for its certificate.
public enum TLSKeyFile {
    /// Makes a key, writes it as PEM with mode 0600 and answers its pin. A file that exists is never
    /// replaced: the pin stands on the member's card.
    public static func create(at path: String, kind: TLSKeyKind = .p256) throws(IdentityFailure) -> Hash {
        let key = try PrivateKey.generate(kind)
        try PrivateFile.create(path, mode: 0o600, try key.pem())
        return try key.pin()
    }

    /// The pin of the key in a file; the file's mode must be 0600 or 0400.
    public static func pin(at path: String) throws(IdentityFailure) -> Hash {
        try PEM.privateKey(PrivateFile.read(path, secret: true), path: path).pin()
    }

    /// A PEM certificate signing request (PKCS #10) for the key in `keyPath`: subject with OIN,
    /// organisation and host name, the host name also as alternative name.
    public static func signingRequest(
        keyPath: String, subject: CertificateSubject
    ) throws(IdentityFailure) -> [UInt8] {
        try subject.check()
        let key = try PEM.privateKey(PrivateFile.read(keyPath, secret: true), path: keyPath)
        defer { withExtendedLifetime(key) {} }
        ERR_clear_error()
        guard let request = X509_REQ_new() else { throw .library("no request") }
        defer { X509_REQ_free(request) }
        try subject.write(into: X509_REQ_get_subject_name(request))
        guard X509_REQ_set_version(request, 0) == 1,
              X509_REQ_set_pubkey(request, key.pointer) == 1,
              korf_request_alternative_name(request, subject.alternativeName) == 1,
              X509_REQ_sign(request, key.pointer, EVP_sha256()) > 0
        else { throw .library("request not signed") }
        return try PEM.text { PEM_write_bio_X509_REQ($0, request) }
    }
}

extension PrivateKey {
    static func generate(_ kind: TLSKeyKind) throws(IdentityFailure) -> PrivateKey {
        guard let key = korf_ec_key(kind.rawValue) else { throw .library("no key made") }
        return PrivateKey(owning: key)
    }

    func pem() throws(IdentityFailure) -> [UInt8] {
        defer { withExtendedLifetime(self) {} }
        return try PEM.text { PEM_write_bio_PKCS8PrivateKey($0, pointer, nil, nil, 0, nil, nil) }
    }

    /// SHA-256 of the SubjectPublicKeyInfo.
    func pin() throws(IdentityFailure) -> Hash {
        defer { withExtendedLifetime(self) {} }
        var publicKey: OpaquePointer?
        guard X509_PUBKEY_set(&publicKey, pointer) == 1 else { throw .library("no public key") }
        defer { X509_PUBKEY_free(publicKey) }
        guard let pin = Certificate.pin(of: publicKey) else { throw .library("no public key") }
        return pin
    }
}
