// SPDX-License-Identifier: EUPL-1.2
import COpenSSL
import Glibc
public import Journal

/// A certification authority for tests and the demonstration, never for production: its key is in
/// memory and it signs what it is asked to sign, wrong things included.
public final class TestAuthority {
    /// The certificate of the authority, a trust anchor.
    public let certificatePEM: [UInt8]
    private let certificate: Certificate
    private let key: PrivateKey
    private var revoked: [Int] = []
    private var nextSerialNumber = 1

    /// What a leaf may do.
    public enum Purpose: String, Sendable {
        case both = "serverAuth,clientAuth"
        case server = "serverAuth"
        case client = "clientAuth"
        case codeSigning = "codeSigning"
    }

    /// What a leaf is signed with: the last two are weaker than the profile allows.
    public enum LeafKey: Sendable { case p256, p384, rsa2048 }

    /// A signed leaf with its key.
    public struct Leaf: Sendable {
        /// The leaf's certificate in PEM; the authority's own is not in it.
        public let chainPEM: [UInt8]
        /// Its private key in PEM, unencrypted.
        public let keyPEM: [UInt8]
        /// SHA-256 of its SubjectPublicKeyInfo, as a card names it.
        public let pin: Hash
        /// For `revoke`.
        public let serialNumber: Int
    }

    /// A new authority with a P-256 key, valid for ten years. `name` becomes its common name.
    public init(name: String = "Korf test authority") throws(IdentityFailure) {
        key = try PrivateKey.generate(.p256)
        let made = try Self.blank(serialNumber: 0, key: key, notBefore: -86_400, notAfter: 3650 * 86_400)
        certificate = made
        defer { withExtendedLifetime(made) {} }
        let subject = X509_get_subject_name(made.pointer)
        try DistinguishedName.add(name, "CN", to: subject)
        guard X509_set_issuer_name(made.pointer, subject) == 1 else { throw .library("no issuer") }
        try Self.extend(made, made, [
            (NID_basic_constraints, "critical,CA:TRUE"), (NID_key_usage, "critical,keyCertSign,cRLSign"),
            (NID_subject_key_identifier, "hash"),
        ])
        guard X509_sign(made.pointer, key.pointer, EVP_sha256()) > 0 else { throw .library("not signed") }
        certificatePEM = try PEM.text { PEM_write_bio_X509($0, made.pointer) }
    }

    /// Signs a leaf. `serialNumbers` are the subject's serialNumber attributes, which a proper leaf has
    /// once and with an OIN; validity is in seconds from now.
    public func leaf(
        serialNumbers: [String], organization: String, hostName: String = "localhost",
        notBeforeSeconds: Int = -3600, notAfterSeconds: Int = 90 * 86_400, purpose: Purpose = .both,
        leafKey: LeafKey = .p256, keyPEM: [UInt8]? = nil
    ) throws(IdentityFailure) -> Leaf {
        let leafPrivateKey: PrivateKey
        if let keyPEM { leafPrivateKey = try PEM.privateKey(keyPEM, path: "key") } else {
            leafPrivateKey = try Self.key(leafKey)
        }
        defer { withExtendedLifetime((self, leafPrivateKey)) {} }
        let serialNumber = nextSerialNumber
        nextSerialNumber += 1
        let made = try Self.blank(
            serialNumber: serialNumber, key: leafPrivateKey, notBefore: notBeforeSeconds,
            notAfter: notAfterSeconds
        )
        defer { withExtendedLifetime(made) {} }
        let subject = X509_get_subject_name(made.pointer)
        try DistinguishedName.add(organization, "O", to: subject)
        for number in serialNumbers { try DistinguishedName.add(number, "serialNumber", to: subject) }
        try DistinguishedName.add(hostName, "CN", to: subject)
        guard X509_set_issuer_name(made.pointer, X509_get_subject_name(certificate.pointer)) == 1 else {
            throw .library("no issuer")
        }
        let isAddress = hostName.contains(":") || hostName.allSatisfy { $0.isNumber || $0 == "." }
        try Self.extend(made, certificate, [
            (NID_basic_constraints, "critical,CA:FALSE"), (NID_key_usage, "critical,digitalSignature"),
            (NID_ext_key_usage, purpose.rawValue),
            (NID_subject_alt_name, (isAddress ? "IP:" : "DNS:") + hostName),
            (NID_authority_key_identifier, "keyid"),
        ])
        guard X509_sign(made.pointer, key.pointer, EVP_sha256()) > 0 else { throw .library("not signed") }
        return Leaf(
            chainPEM: try PEM.text { PEM_write_bio_X509($0, made.pointer) },
            keyPEM: try leafPrivateKey.pem(), pin: try leafPrivateKey.pin(), serialNumber: serialNumber
        )
    }

    /// Signs a proper leaf for `subject`, with an existing key if one is given.
    public func leaf(
        for subject: CertificateSubject, keyPEM: [UInt8]? = nil
    ) throws(IdentityFailure) -> Leaf {
        try subject.check()
        return try leaf(
            serialNumbers: [subject.oin.digits], organization: subject.organization,
            hostName: subject.hostName, keyPEM: keyPEM
        )
    }

    /// From now on `revocationList` names this leaf.
    public func revoke(_ leaf: Leaf) { revoked.append(leaf.serialNumber) }

    /// A signed list of what is revoked, as PEM; validity in seconds from now.
    public func revocationList(
        lastUpdateSeconds: Int = -3600, nextUpdateSeconds: Int = 86_400
    ) throws(IdentityFailure) -> [UInt8] {
        guard let list = X509_CRL_new() else { throw .library("no list") }
        defer { X509_CRL_free(list) }
        let last = Self.time(lastUpdateSeconds)
        let next = Self.time(nextUpdateSeconds)
        defer { ASN1_STRING_free(last); ASN1_STRING_free(next) }
        guard X509_CRL_set_version(list, 1) == 1,
              X509_CRL_set_issuer_name(list, X509_get_subject_name(certificate.pointer)) == 1,
              X509_CRL_set1_lastUpdate(list, last) == 1, X509_CRL_set1_nextUpdate(list, next) == 1
        else { throw .library("list not made") }
        for serialNumber in revoked {
            let number = ASN1_INTEGER_new()
            defer { ASN1_INTEGER_free(number) }
            let entry = X509_REVOKED_new()
            guard ASN1_INTEGER_set(number, serialNumber) == 1,
                  X509_REVOKED_set_serialNumber(entry, number) == 1,
                  X509_REVOKED_set_revocationDate(entry, last) == 1, X509_CRL_add0_revoked(list, entry) == 1
            else { throw .library("list not made") }
        }
        guard X509_CRL_sort(list) == 1, X509_CRL_sign(list, key.pointer, EVP_sha256()) > 0 else {
            throw .library("list not signed")
        }
        return try PEM.text { PEM_write_bio_X509_CRL($0, list) }
    }

    private static func key(_ kind: LeafKey) throws(IdentityFailure) -> PrivateKey {
        switch kind {
        case .p256: return try .generate(.p256)
        case .p384: return try .generate(.p384)
        case .rsa2048:
            guard let key = korf_rsa_key(2048) else { throw .library("no key made") }
            return PrivateKey(owning: key)
        }
    }

    private static func blank(
        serialNumber: Int, key: PrivateKey, notBefore: Int, notAfter: Int
    ) throws(IdentityFailure) -> Certificate {
        guard let pointer = X509_new() else { throw .library("no certificate") }
        let made = Certificate(owning: pointer)
        defer { withExtendedLifetime(key) {} }
        let (from, until) = (time(notBefore), time(notAfter))
        defer { ASN1_STRING_free(from); ASN1_STRING_free(until) }
        guard X509_set_version(pointer, 2) == 1,
              ASN1_INTEGER_set(X509_get_serialNumber(pointer), serialNumber) == 1,
              X509_set_pubkey(pointer, key.pointer) == 1,
              X509_set1_notBefore(pointer, from) == 1, X509_set1_notAfter(pointer, until) == 1
        else { throw .library("certificate not made") }
        return made
    }

    private static func extend(
        _ certificate: Certificate, _ issuer: Certificate, _ extensions: [(CInt, String)]
    ) throws(IdentityFailure) {
        for (identifier, value) in extensions {
            guard korf_x509_extend(certificate.pointer, issuer.pointer, identifier, value) == 1 else {
                throw .library("extension \(value) not taken")
            }
        }
    }

    private static func time(_ secondsFromNow: Int) -> UnsafeMutablePointer<ASN1_TIME>? {
        ASN1_TIME_set(nil, Glibc.time(nil) + secondsFromNow)
    }
}
