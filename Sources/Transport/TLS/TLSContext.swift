// SPDX-License-Identifier: EUPL-1.2
import COpenSSL
import Glibc

/// The TLS profile of this house. Spec: Protocol/transport.md §1, after NCSC-NL's guidelines of 2025.
enum TLSParameters {
    static let suites = "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256"
    static let suitesTLS12 = "ECDHE+AESGCM:ECDHE+CHACHA20"
    static let groups = "X25519:P-256:P-384"
    /// 128 bits: RSA from 3072, curves from 256 bits, no SHA-1 in any signature.
    static let securityLevel: CInt = 3
    static let sessionIdentifier = Array("korf/federation".utf8)

    /// What servers and clients share.
    static func apply(to context: OpaquePointer, allowsTLS12: Bool) throws(IdentityFailure) {
        SSL_CTX_set_security_level(context, securityLevel)
        SSL_CTX_set_verify_depth(context, Limit.chainDepth)
        let lowest = allowsTLS12 ? TLS1_2_VERSION : TLS1_3_VERSION
        guard korf_ctx_versions(context, lowest, TLS1_3_VERSION) == 1,
              SSL_CTX_set_ciphersuites(context, suites) == 1,
              SSL_CTX_set_cipher_list(context, suitesTLS12) == 1,
              korf_ctx_groups(context, groups) == 1
        else { throw .library("profile not taken") }
    }
}

/// Sole owner of one `SSL_CTX` for a server.
struct TLSContext: ~Copyable {
    private let context: OpaquePointer

    /// Takes over `context`.
    private init(owning context: OpaquePointer) { self.context = context }

    static func make(_ profile: TLSProfile) throws(IdentityFailure) -> TLSContext {
        ERR_clear_error()
        guard let context = SSL_CTX_new(TLS_server_method()) else { throw .library("no context") }
        let made = TLSContext(owning: context)
        try made.configure(profile)
        return made
    }

    private func configure(_ profile: TLSProfile) throws(IdentityFailure) {
        try TLSParameters.apply(to: context, allowsTLS12: profile.allowsTLS12)
        guard SSL_CTX_set_purpose(context, X509_PURPOSE_SSL_CLIENT) == 1 else { throw .library("no purpose") }
        korf_ctx_modes(context)
        korf_ctx_options(context)
        // Early data could be replayed; this house never accepts any.
        SSL_CTX_set_max_early_data(context, 0)
        SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nil)
        // SSL_CTX_set_session_id_context(3): without it, resumption with client certificates fails.
        let name = TLSParameters.sessionIdentifier
        guard SSL_CTX_set_session_id_context(context, name, CUnsignedInt(name.count)) == 1
        else { throw .library("session context not taken") }
        korf_ctx_server_sessions(context, Limit.sessionSeconds)
        try profile.anchors.install(in: context)
        try profile.identity.present(in: context)
    }

    deinit { SSL_CTX_free(context) }

    /// A server session over `descriptor`; it keeps its own reference to the context.
    func newSession(over descriptor: CInt) -> OpaquePointer? {
        ERR_clear_error()
        guard let session = SSL_new(context) else { return nil }
        guard SSL_set_fd(session, descriptor) == 1 else {
            SSL_free(session)
            return nil
        }
        SSL_set_accept_state(session)
        return session
    }
}
