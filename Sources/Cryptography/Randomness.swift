// SPDX-License-Identifier: EUPL-1.2
import COpenSSL

/// Bytes that nobody can foretell, RAND_bytes(3).
public enum Randomness {
    /// `count` random bytes.
    public static func bytes(_ count: Int) throws(KeyError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: count)
        guard count == 0 || RAND_bytes(&bytes, Int32(count)) == 1 else { throw .library }
        return bytes
    }
}

/// Comparison whose time does not tell where two secrets differ, CRYPTO_memcmp(3).
public enum ConstantTime {
    /// Whether the bytes are the same. Lengths are not secret.
    public static func equal(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
    }
}
