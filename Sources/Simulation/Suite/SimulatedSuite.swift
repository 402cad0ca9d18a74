// SPDX-License-Identifier: EUPL-1.2
import Cryptography
import Journal

/// How a seed signs: most by a cheap keyed hash, one in a hundred by real Ed25519. Hashing is real in all.
enum SignatureScheme: Hashable, Sendable {
    case keyedHash
    case ed25519
}

/// The suite that a simulated node is given.
struct SimulatedSuite: CipherSuite {
    let scheme: SignatureScheme
    /// A planted bug: every signature is taken for a good one.
    var acceptsAll = false

    private var real: OpenSSLSuite { OpenSSLSuite() }

    init(_ scheme: SignatureScheme, acceptsAll: Bool = false) {
        self.scheme = scheme
        self.acceptsAll = acceptsAll
    }

    func hash(_ bytes: UnsafeRawBufferPointer) -> Hash { real.hash(bytes) }

    func hash(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Hash {
        real.hash(first, second)
    }

    func leafHash(_ entry: UnsafeRawBufferPointer) -> Hash { real.leafHash(entry) }

    func nodeHash(_ left: Hash, _ right: Hash) -> Hash { real.nodeHash(left, right) }

    func leafHashes(in bytes: UnsafeRawBufferPointer, at ranges: ArraySlice<Range<Int>>) -> [Hash] {
        real.leafHashes(in: bytes, at: ranges)
    }

    func verifies(_ signature: Signature, of message: [UInt8], by key: PublicKey) -> Bool {
        if acceptsAll { return true }
        return switch scheme {
        case .keyedHash: signature == Self.keyed(message, key)
        case .ed25519: real.verifies(signature, of: message, by: key)
        }
    }

    /// No secret stands behind it: in a simulation nobody forges who was not told to.
    static func keyed(_ message: [UInt8], _ key: PublicKey) -> Signature {
        let first = OpenSSLSuite().hash(key.bytes, message)
        return Signature(first: first.value, second: OpenSSLSuite().hash(first).value)
    }
}

/// The key of one simulated log.
enum SimulatedSigner: Signing {
    case keyedHash(PublicKey)
    case ed25519(SigningKey)

    /// The key that follows from `seed`, thirty-two bytes.
    init(_ scheme: SignatureScheme, seed: [UInt8]) {
        if scheme == .ed25519, let key = try? SigningKey(seed: seed) {
            self = .ed25519(key)
        } else {
            self = .keyedHash(PublicKey(OpenSSLSuite().hash(seed).value))
        }
    }

    var publicKey: PublicKey {
        switch self {
        case .keyedHash(let key): key
        case .ed25519(let key): key.publicKey
        }
    }

    func sign(_ message: [UInt8]) -> Signature {
        switch self {
        case .keyedHash(let key): SimulatedSuite.keyed(message, key)
        case .ed25519(let key): key.sign(message)
        }
    }
}
