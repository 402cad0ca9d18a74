// SPDX-License-Identifier: EUPL-1.2
import COpenSSL
public import Journal

/// Sole owner of a private X25519 key. Protocol/identity.md §2.
public final class KeyAgreement: Sendable {
    /// The public half, as the card shows it.
    public let publicKey: AgreementKey
    private let key: PrivateKey

    /// Draws a new key.
    public convenience init() throws(KeyError) {
        try self.init(PrivateKey(generating: EVP_PKEY_X25519))
    }

    /// The key of thirty-two bytes (RFC 7748).
    public convenience init(raw: [UInt8]) throws(KeyError) {
        try self.init(PrivateKey(EVP_PKEY_X25519, raw: raw))
    }

    /// Reads a PEM file of PKCS #8 that its owner alone may read.
    public convenience init(file path: String) throws(KeyError) {
        try self.init(PrivateKey(EVP_PKEY_X25519, pem: KeyFile.read(path)))
    }

    private init(_ key: PrivateKey) throws(KeyError) {
        guard let value = AgreementKey(try key.rawPublic()) else { throw .library }
        publicKey = value
        self.key = key
    }

    /// Creates a file, mode 0600, that does not exist yet, and syncs it.
    public func store(in path: String) throws(KeyError) { try KeyFile.create(path, try key.pem()) }

    /// What this key and the other side's share (RFC 7748). A public key of small order is refused as
    /// `.format`: it would share zeros with everybody. EVP_PKEY_derive(3).
    public func secret(with other: AgreementKey) throws(KeyError) -> Secret {
        guard let peer = other.withBytes({ bytes in
            EVP_PKEY_new_raw_public_key(
                EVP_PKEY_X25519, nil, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
        }) else { throw .library }
        defer { EVP_PKEY_free(peer) }
        guard let context = EVP_PKEY_CTX_new(key.pointer, nil) else { throw .library }
        defer { EVP_PKEY_CTX_free(context) }
        var bytes = [UInt8](repeating: 0, count: 32)
        defer { OPENSSL_cleanse(&bytes, bytes.count) }
        var count = bytes.count
        guard EVP_PKEY_derive_init(context) == 1, EVP_PKEY_derive_set_peer(context, peer) == 1,
              EVP_PKEY_derive(context, &bytes, &count) == 1, count == 32
        else {
            ERR_clear_error()
            throw .format
        }
        return Secret(bytes)
    }
}
