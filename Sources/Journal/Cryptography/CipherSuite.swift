// SPDX-License-Identifier: EUPL-1.2

/// SHA-256, which arrives from the shell. Spec: Protocol/log.md §2.
public protocol Hashing: Sendable {
    /// `H(bytes)`.
    func hash(_ bytes: UnsafeRawBufferPointer) -> Hash

    /// `H(first ‖ second)`.
    func hash(_ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer) -> Hash

    /// `H(0x00 ‖ entry)`.
    func leafHash(_ entry: UnsafeRawBufferPointer) -> Hash

    /// `H(0x01 ‖ left ‖ right)`.
    func nodeHash(_ left: Hash, _ right: Hash) -> Hash

    /// The leaf hash of each range of `bytes`, in order. Every range lies within `bytes`.
    func leafHashes(in bytes: UnsafeRawBufferPointer, at ranges: ArraySlice<Range<Int>>) -> [Hash]
}

extension Hashing {
    /// `H(bytes)`.
    public func hash(_ bytes: [UInt8]) -> Hash { bytes.withUnsafeBytes { hash($0) } }

    /// `H(bytes)`.
    public func hash(_ bytes: ArraySlice<UInt8>) -> Hash { bytes.withUnsafeBytes { hash($0) } }

    /// `H(first ‖ second)`.
    public func hash(_ first: [UInt8], _ second: [UInt8]) -> Hash {
        first.withUnsafeBytes { first in second.withUnsafeBytes { hash(first, $0) } }
    }

    /// `H(bytes of the value)`, such as the hash of a next key.
    public func hash(_ value: some ThirtyTwoBytes) -> Hash { value.withBytes { hash($0) } }

    /// `H(0x00 ‖ entry)`.
    public func leafHash(_ entry: [UInt8]) -> Hash { entry.withUnsafeBytes { leafHash($0) } }

    /// `H(0x00 ‖ entry)`.
    public func leafHash(_ entry: ArraySlice<UInt8>) -> Hash { entry.withUnsafeBytes { leafHash($0) } }

    /// The root of the empty tree, `H("")`.
    public var emptyRoot: Hash { hash([UInt8]()) }
}

/// HMAC-SHA256 (RFC 2104) under one key, cut to its first sixteen bytes; arrives from the shell.
public protocol KeyedHashing: Sendable {
    /// The first and second eight bytes of the code of a message, each read big-endian.
    func code16(_ message: UnsafeRawBufferPointer) -> (UInt64, UInt64)
}

/// Verification of Ed25519 signatures, which arrives from the shell.
public protocol SignatureVerifying: Sendable {
    /// Whether `signature` is that of `key` over exactly `message`.
    func verifies(_ signature: Signature, of message: [UInt8], by key: PublicKey) -> Bool
}

/// All that the cores ask of cryptography to check what others wrote.
public protocol CipherSuite: Hashing, SignatureVerifying {}

/// The holder of one private Ed25519 key.
public protocol Signing: Sendable {
    /// The public half.
    var publicKey: PublicKey { get }

    /// The signature over exactly `message`. The same message gives the same signature (RFC 8032).
    func sign(_ message: [UInt8]) -> Signature
}
