// SPDX-License-Identifier: EUPL-1.2
import COpenSSL

/// Sole owner of an OpenSSL private key of one of the raw algorithms (Ed25519, X25519).
final class PrivateKey: Sendable {
    // Made in `init` and never changed; OpenSSL counts references atomically and reads keys from any thread.
    nonisolated(unsafe) let pointer: OpaquePointer

    private init(owning pointer: OpaquePointer?) throws(KeyError) {
        guard let pointer else {
            ERR_clear_error()
            throw .library
        }
        self.pointer = pointer
    }

    deinit { EVP_PKEY_free(pointer) }

    convenience init(generating algorithm: Int32) throws(KeyError) {
        guard let context = EVP_PKEY_CTX_new_id(algorithm, nil) else { throw .library }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_keygen(context, &key) == 1 else { throw .library }
        try self.init(owning: key)
    }

    convenience init(_ algorithm: Int32, raw: [UInt8]) throws(KeyError) {
        guard raw.count == 32 else { throw .format }
        try self.init(owning: EVP_PKEY_new_raw_private_key(algorithm, nil, raw, raw.count))
    }

    convenience init(_ algorithm: Int32, pem: [UInt8]) throws(KeyError) {
        // The memory BIO reads the bytes where they lie, BIO_new_mem_buf(3), so they have to outlive it.
        let key = try pem.withUnsafeBufferPointer { bytes throws(KeyError) -> OpaquePointer? in
            guard let source = BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count)) else { throw .library }
            defer { BIO_free(source) }
            // An empty passphrase instead of a prompt on the terminal, PEM_read_bio_PrivateKey(3).
            var passphrase: [CChar] = [0]
            return PEM_read_bio_PrivateKey(source, nil, nil, &passphrase)
        }
        guard let key else {
            ERR_clear_error()
            throw .format
        }
        guard EVP_PKEY_get_id(key) == algorithm else {
            EVP_PKEY_free(key)
            throw .format
        }
        try self.init(owning: key)
    }

    func rawPublic() throws(KeyError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 32)
        var count = bytes.count
        guard EVP_PKEY_get_raw_public_key(pointer, &bytes, &count) == 1, count == 32 else { throw .library }
        return bytes
    }

    func rawPrivate() throws(KeyError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: 32)
        var count = bytes.count
        guard EVP_PKEY_get_raw_private_key(pointer, &bytes, &count) == 1, count == 32 else { throw .library }
        return bytes
    }

    func pem() throws(KeyError) -> [UInt8] {
        guard let sink = BIO_new(BIO_s_secmem()) else { throw .library }
        defer { BIO_free(sink) }
        guard PEM_write_bio_PKCS8PrivateKey(sink, pointer, nil, nil, 0, nil, nil) == 1 else { throw .library }
        var text = [UInt8](repeating: 0, count: 1_024)
        let count = BIO_read(sink, &text, Int32(text.count))
        guard count > 0 else { throw .library }
        return Array(text.prefix(Int(count)))
    }
}
