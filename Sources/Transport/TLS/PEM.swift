// SPDX-License-Identifier: EUPL-1.2
import COpenSSL

/// Reading and writing of PEM through OpenSSL's memory BIOs.
enum PEM {
    /// All certificates in `bytes`, in order.
    static func certificates(_ bytes: [UInt8], path: String) throws(IdentityFailure) -> [Certificate] {
        let found = try withReader(of: bytes, path: path) { reader in
            PEM_read_bio_X509(reader, nil, nil, nil).map(Certificate.init(owning:))
        }
        guard !found.isEmpty else { throw .noCertificate(path: path) }
        return found
    }

    /// The one private key in `bytes`. An encrypted key is refused: nobody could type its password.
    static func privateKey(_ bytes: [UInt8], path: String) throws(IdentityFailure) -> PrivateKey {
        ERR_clear_error()
        let key = bytes.withUnsafeBytes { buffer -> OpaquePointer? in
            let reader = BIO_new_mem_buf(buffer.baseAddress, CInt(buffer.count))
            defer { BIO_free(reader) }
            return PEM_read_bio_PrivateKey(reader, nil, { _, _, _, _ in -1 }, nil)
        }
        ERR_clear_error()
        guard let key else { throw .noKey(path: path) }
        return PrivateKey(owning: key)
    }

    /// All revocation lists in `bytes`, in order.
    static func revocationLists(_ bytes: [UInt8], path: String) throws(IdentityFailure) -> [RevocationList] {
        let found = try withReader(of: bytes, path: path) { reader in
            PEM_read_bio_X509_CRL(reader, nil, nil, nil).map(RevocationList.init(owning:))
        }
        guard !found.isEmpty else { throw .noRevocationList(path: path) }
        return found
    }

    /// Reads until the blocks end; a block that does not parse refuses the whole file.
    private static func withReader<Item>(
        of bytes: [UInt8], path: String, _ next: (OpaquePointer) -> Item?
    ) throws(IdentityFailure) -> [Item] {
        ERR_clear_error()
        var items: [Item] = []
        let failure: UInt = bytes.withUnsafeBytes { buffer in
            guard let reader = BIO_new_mem_buf(buffer.baseAddress, CInt(buffer.count)) else { return 0 }
            defer { BIO_free(reader) }
            while let item = next(reader) { items.append(item) }
            return ERR_peek_last_error()
        }
        ERR_clear_error()
        guard korf_error_reason(failure) == PEM_R_NO_START_LINE else { throw .malformed(path: path) }
        return items
    }

    /// What `write` puts into a memory BIO.
    static func text(_ write: (OpaquePointer) -> CInt) throws(IdentityFailure) -> [UInt8] {
        guard let sink = BIO_new(BIO_s_mem()) else { throw .library("no memory BIO") }
        defer { BIO_free(sink) }
        guard write(sink) == 1 else { throw .library("PEM not written") }
        var start: UnsafePointer<CChar>?
        let count = korf_bio_memory(sink, &start)
        return Array(UnsafeRawBufferPointer(start: start, count: count))
    }
}

/// Sole owner of one reference to a private key.
final class PrivateKey {
    let pointer: OpaquePointer
    init(owning pointer: OpaquePointer) { self.pointer = pointer }
    deinit { EVP_PKEY_free(pointer) }
}

/// Sole owner of one reference to a certificate revocation list.
final class RevocationList {
    let pointer: OpaquePointer
    init(owning pointer: OpaquePointer) { self.pointer = pointer }
    deinit { X509_CRL_free(pointer) }
}
