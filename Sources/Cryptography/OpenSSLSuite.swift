// SPDX-License-Identifier: EUPL-1.2
import COpenSSL
public import Journal

/// The hashing and verifying that the cores ask for, by OpenSSL. Protocol/log.md §2 and §3.
/// Known limit: SHA-256 goes through the low-level functions, which always use the built-in implementation,
/// not that of another provider.
public struct OpenSSLSuite: CipherSuite {
    /// There is nothing to set up.
    public init() {}

    /// `H(bytes)`.
    public func hash(_ bytes: UnsafeRawBufferPointer) -> Hash {
        Hash.filled { korf_sha256(bytes.baseAddress, bytes.count, nil, 0, $0) }
    }

    /// `H(first ‖ second)`.
    public func hash(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Hash {
        Hash.filled { korf_sha256(first.baseAddress, first.count, second.baseAddress, second.count, $0) }
    }

    /// `H(0x00 ‖ entry)`.
    public func leafHash(_ entry: UnsafeRawBufferPointer) -> Hash {
        Hash.filled { korf_sha256_leaf(entry.baseAddress, entry.count, $0) }
    }

    /// `H(0x01 ‖ left ‖ right)`.
    public func nodeHash(_ left: Hash, _ right: Hash) -> Hash {
        left.withBytes { left in
            right.withBytes { right in
                Hash.filled { korf_sha256_node(left.baseAddress, right.baseAddress, $0) }
            }
        }
    }

    /// The leaf hash of each range.
    public func leafHashes(in bytes: UnsafeRawBufferPointer, at ranges: ArraySlice<Range<Int>>) -> [Hash] {
        ranges.map { leafHash(UnsafeRawBufferPointer(rebasing: bytes[$0])) }
    }

    /// Ed25519 (RFC 8032), EVP_DigestVerify(3).
    public func verifies(_ signature: Signature, of message: [UInt8], by key: PublicKey) -> Bool {
        guard let key = key.withBytes({ bytes in
            EVP_PKEY_new_raw_public_key(
                EVP_PKEY_ED25519, nil, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
        }) else {
            ERR_clear_error()
            return false
        }
        defer { EVP_PKEY_free(key) }
        guard let context = EVP_MD_CTX_new() else { return false }
        defer { EVP_MD_CTX_free(context) }
        let bytes = signature.bytes
        let isValid = EVP_DigestVerifyInit(context, nil, nil, nil, key) == 1
            && EVP_DigestVerify(context, bytes, bytes.count, message, message.count) == 1
        if !isValid { ERR_clear_error() }
        return isValid
    }
}

extension Hash {
    /// The hash that `fill` writes: exactly thirty-two bytes.
    @inline(__always)
    static func filled(_ fill: (UnsafeMutablePointer<UInt8>) -> Void) -> Hash {
        var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)
        withUnsafeMutableBytes(of: &words) { memory in
            guard let base = memory.baseAddress else { return }
            fill(base.assumingMemoryBound(to: UInt8.self))
        }
        return Hash(Bytes32(words))
    }
}
