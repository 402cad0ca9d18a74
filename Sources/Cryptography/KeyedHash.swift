// SPDX-License-Identifier: EUPL-1.2
import COpenSSL
public import Journal

/// HMAC-SHA256 (RFC 2104) under one key. The two padded blocks are absorbed once, so a short message costs
/// two blocks of SHA-256.
public struct KeyedHash: KeyedHashing {
    private let state: HMACState

    /// Takes a key of any length; longer than 64 bytes it is hashed first, as RFC 2104 says.
    public init(key: [UInt8]) {
        var state = HMACState()
        korf_hmac_init(&state, key, key.count)
        self.state = state
    }

    /// Takes a secret as key.
    public init(key: Secret) {
        var state = HMACState()
        key.withBytes { korf_hmac_init(&state, $0.baseAddress, $0.count) }
        self.state = state
    }

    /// The thirty-two bytes for a message.
    public func code(_ message: UnsafeRawBufferPointer) -> Hash {
        withUnsafePointer(to: state) { state in
            Hash.filled { korf_hmac(state, message.baseAddress, message.count, $0) }
        }
    }

    /// The thirty-two bytes for a message.
    public func code(_ message: [UInt8]) -> Hash { message.withUnsafeBytes { code($0) } }

    /// The first sixteen bytes, for the ids that an inbox remembers.
    public func code16(_ message: UnsafeRawBufferPointer) -> (UInt64, UInt64) {
        let hash = code(message)
        return hash.withBytes { bytes in
            (UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)),
             UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)))
        }
    }

    /// The first sixteen bytes, for the ids that an inbox remembers.
    public func code16(_ message: [UInt8]) -> (UInt64, UInt64) { message.withUnsafeBytes { code16($0) } }
}

private typealias HMACState = korf_hmac_state

/// HKDF-SHA256 (RFC 5869), built on `KeyedHash`.
public enum KeyDerivation {
    /// Derives `count` bytes, at most 8,160, from a secret.
    public static func derive(
        from secret: Secret, salt: [UInt8], info: [UInt8], byteCount count: Int = 32
    ) -> Secret {
        precondition((1...255 * 32).contains(count))
        let saltKey = salt.isEmpty ? [UInt8](repeating: 0, count: 32) : salt
        let pseudorandom = secret.withBytes { KeyedHash(key: saltKey).code($0) }
        let expander = KeyedHash(key: pseudorandom.bytes)
        var output: [UInt8] = []
        var block: [UInt8] = []
        var counter: UInt8 = 0
        while output.count < count {
            counter += 1
            block = expander.code(block + info + [counter]).bytes
            output += block
        }
        defer { OPENSSL_cleanse(&output, output.count) }
        return Secret(output.prefix(count))
    }
}
