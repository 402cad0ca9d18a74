// SPDX-License-Identifier: EUPL-1.2
import COpenSSL
public import Journal

/// Sole owner of a private Ed25519 key. Protocol/identity.md §2.
public final class SigningKey: Signing {
    /// The public half.
    public let publicKey: PublicKey
    private let key: PrivateKey

    /// Draws a new key.
    public convenience init() throws(KeyError) {
        try self.init(PrivateKey(generating: EVP_PKEY_ED25519))
    }

    /// The key of a seed of thirty-two bytes (RFC 8032), such as the one that paper keeps.
    public convenience init(seed: [UInt8]) throws(KeyError) {
        try self.init(PrivateKey(EVP_PKEY_ED25519, raw: seed))
    }

    /// Reads a PEM file of PKCS #8 that its owner alone may read.
    public convenience init(file path: String) throws(KeyError) {
        try self.init(PrivateKey(EVP_PKEY_ED25519, pem: KeyFile.read(path)))
    }

    /// Reads a PEM text of PKCS #8.
    public convenience init(pem: String) throws(KeyError) {
        try self.init(PrivateKey(EVP_PKEY_ED25519, pem: Array(pem.utf8)))
    }

    private init(_ key: PrivateKey) throws(KeyError) {
        guard let value = PublicKey(try key.rawPublic()) else { throw .library }
        publicKey = value
        self.key = key
    }

    /// Creates a file, mode 0600, that does not exist yet, and syncs it.
    public func store(in path: String) throws(KeyError) { try KeyFile.create(path, try key.pem()) }

    /// The seed, thirty-two bytes, for paper.
    public func seed() throws(KeyError) -> [UInt8] { try key.rawPrivate() }

    /// The PEM text of PKCS #8.
    public func pem() throws(KeyError) -> String { String(decoding: try key.pem(), as: UTF8.self) }

    /// Ed25519 (RFC 8032), EVP_DigestSign(3). Fails only for want of memory, which stops the node.
    public func sign(_ message: [UInt8]) -> Signature {
        guard let context = EVP_MD_CTX_new() else { preconditionFailure("no memory to sign") }
        defer { EVP_MD_CTX_free(context) }
        var bytes = [UInt8](repeating: 0, count: Signature.byteCount)
        var count = bytes.count
        guard EVP_DigestSignInit(context, nil, nil, nil, key.pointer) == 1,
              EVP_DigestSign(context, &bytes, &count, message, message.count) == 1,
              let signature = Signature(bytes)
        else { preconditionFailure("a sound Ed25519 key signs every message") }
        return signature
    }
}
