// SPDX-License-Identifier: EUPL-1.2
import COpenSSL

/// A certificate chain and its private key, as read from disk and found to belong together.
/// Spec: Protocol/transport.md §2. It is a value: a new certificate is a new identity.
public struct TLSIdentity: Sendable {
    /// What the first certificate says.
    public let summary: CertificateSummary
    let chainPEM: [UInt8]
    let keyPEM: [UInt8]

    /// Reads a PEM chain (leaf first) and a PEM key. Refused: a key file whose mode is not 0600 or
    /// 0400, a key that does not fit, a subject without exactly one serialNumber that is an OIN.
    public init(chainPath: String, keyPath: String) throws(IdentityFailure) {
        try self.init(
            chain: PrivateFile.read(chainPath), chainPath: chainPath,
            key: PrivateFile.read(keyPath, secret: true), keyPath: keyPath
        )
    }

    /// The same, from memory.
    public init(chainPEM: [UInt8], keyPEM: [UInt8]) throws(IdentityFailure) {
        try self.init(chain: chainPEM, chainPath: "chain", key: keyPEM, keyPath: "key")
    }

    private init(
        chain: [UInt8], chainPath: String, key: [UInt8], keyPath: String
    ) throws(IdentityFailure) {
        let certificates = try PEM.certificates(chain, path: chainPath)
        let privateKey = try PEM.privateKey(key, path: keyPath)
        defer { withExtendedLifetime((certificates, privateKey)) {} }
        guard X509_check_private_key(certificates[0].pointer, privateKey.pointer) == 1 else {
            ERR_clear_error()
            throw .keyDoesNotFitCertificate
        }
        summary = try certificates[0].summary()
        chainPEM = chain
        keyPEM = key
    }

    /// Puts chain and key into `context`, whose security level judges them.
    func present(in context: OpaquePointer) throws(IdentityFailure) {
        let chain = try PEM.certificates(chainPEM, path: "chain")
        let key = try PEM.privateKey(keyPEM, path: "key")
        defer { withExtendedLifetime((chain, key)) {} }
        ERR_clear_error()
        guard SSL_CTX_use_certificate(context, chain[0].pointer) == 1 else {
            ERR_clear_error()
            throw .library("the certificate's key or signature is too weak")
        }
        for certificate in chain.dropFirst() {
            guard korf_ctx_add_chain(context, certificate.pointer) == 1 else {
                throw .library("chain not taken")
            }
        }
        guard SSL_CTX_use_PrivateKey(context, key.pointer) == 1 else { throw .keyDoesNotFitCertificate }
    }
}

/// Whom this node believes: explicit anchors, never the system's store.
/// Spec: Protocol/transport.md §1.
public struct TrustAnchors: Sendable {
    let anchorsPEM: [UInt8]
    let revocationPEM: [UInt8]?

    /// The earliest `nextUpdate` of the revocation lists, in seconds since 1970; `nil` without lists.
    /// From that moment on every chain is refused.
    public let revocationExpirySeconds: Int64?

    /// Reads a PEM bundle of anchors, and of revocation lists if a path is given: then every
    /// certificate of a chain needs a current list, and a file that cannot be read is an error.
    public init(anchorsPath: String, revocationPath: String? = nil) throws(IdentityFailure) {
        var revocation: [UInt8]?
        if let revocationPath { revocation = try PrivateFile.read(revocationPath) }
        try self.init(
            anchors: PrivateFile.read(anchorsPath), anchorsPath: anchorsPath,
            revocation: revocation, revocationPath: revocationPath ?? ""
        )
    }

    /// The same, from memory.
    public init(anchorsPEM: [UInt8], revocationPEM: [UInt8]? = nil) throws(IdentityFailure) {
        try self.init(
            anchors: anchorsPEM, anchorsPath: "anchors",
            revocation: revocationPEM, revocationPath: "revocation"
        )
    }

    private init(
        anchors: [UInt8], anchorsPath: String, revocation: [UInt8]?, revocationPath: String
    ) throws(IdentityFailure) {
        _ = try PEM.certificates(anchors, path: anchorsPath)
        var expiry: Int64?
        if let revocation {
            for list in try PEM.revocationLists(revocation, path: revocationPath) {
            defer { withExtendedLifetime(list) {} }
                // A list without nextUpdate never becomes stale, so it proves nothing.
                guard let next = X509_CRL_get0_nextUpdate(list.pointer) else {
                    throw .malformed(path: revocationPath)
                }
                expiry = min(expiry ?? .max, try Certificate.seconds(next))
            }
        }
        anchorsPEM = anchors
        revocationPEM = revocation
        revocationExpirySeconds = expiry
    }

    /// Puts anchors, lists and the rules of verification into `context`.
    func install(in context: OpaquePointer) throws(IdentityFailure) {
        let store = SSL_CTX_get_cert_store(context)
        for anchor in try PEM.certificates(anchorsPEM, path: "anchors") {
            defer { withExtendedLifetime(anchor) {} }
            guard X509_STORE_add_cert(store, anchor.pointer) == 1 else { throw .library("anchor not taken") }
        }
        guard let revocationPEM else { return }
        for list in try PEM.revocationLists(revocationPEM, path: "revocation") {
            defer { withExtendedLifetime(list) {} }
            guard X509_STORE_add_crl(store, list.pointer) == 1 else { throw .library("list not taken") }
        }
        X509_STORE_set_flags(store, UInt(X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL))
    }
}
