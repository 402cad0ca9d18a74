// SPDX-License-Identifier: EUPL-1.2

/// An Ed25519 public key: of a log, of recovery, or of a person's seat. Spec: Protocol/identity.md §2.
@frozen
public struct PublicKey: ThirtyTwoBytes {
    /// The thirty-two bytes of RFC 8032.
    public let value: Bytes32
    /// Reads the bytes as a key; whether they name a point is seen when a signature is verified.
    @inlinable public init(_ value: Bytes32) { self.value = value }
}

/// An X25519 public key, from which two members derive what only they may know. Spec: Protocol/identity.md §2.
@frozen
public struct AgreementKey: ThirtyTwoBytes {
    /// The thirty-two bytes of RFC 7748.
    public let value: Bytes32
    /// Reads the bytes as a key.
    @inlinable public init(_ value: Bytes32) { self.value = value }
}

/// SHA-256 of the SubjectPublicKeyInfo of a TLS key. Spec: Protocol/identity.md §2.
@frozen
public struct TLSPin: ThirtyTwoBytes {
    /// The hash.
    public let value: Bytes32
    /// Reads the bytes as a pin.
    @inlinable public init(_ value: Bytes32) { self.value = value }
}

/// The identity of a network: the hash of its genesis. Spec: Protocol/identity.md §5.
@frozen
public struct NetworkID: ThirtyTwoBytes {
    /// The hash of the genesis.
    public let value: Bytes32
    /// Reads the bytes as an identity.
    @inlinable public init(_ value: Bytes32) { self.value = value }
    /// The network whose genesis has this hash.
    public init(_ genesis: Hash) { value = genesis.value }
}

/// The identity of a log: the hash of its entry 0. Spec: Protocol/identity.md §5.
@frozen
public struct LogID: ThirtyTwoBytes {
    /// The hash of entry 0, without the prefix of a leaf.
    public let value: Bytes32
    /// Reads the bytes as an identity.
    @inlinable public init(_ value: Bytes32) { self.value = value }
    /// The log whose entry 0 has this hash.
    public init(_ entryZero: Hash) { value = entryZero.value }
}
