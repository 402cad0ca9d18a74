// SPDX-License-Identifier: EUPL-1.2

/// Thirty-two random bytes that hide a text behind its commitment. Spec: Protocol/log.md §1.
public struct Salt: ThirtyTwoBytes {
    /// The bytes.
    public let value: Bytes32
    /// Takes the bytes, which the shell drew at random.
    public init(_ value: Bytes32) { self.value = value }
}

/// What an entry says of a text that travels beside the log: `H(salt ‖ text)`. Spec: Protocol/log.md §1.
public struct TextCommitment: ThirtyTwoBytes {
    /// The hash.
    public let value: Bytes32
    /// Reads the bytes as a commitment.
    public init(_ value: Bytes32) { self.value = value }

    /// The commitment to `text`; `nil` when it is longer than `Limits.textBytes` of UTF-8.
    public init?(salt: Salt, text: String, hashing: some Hashing) {
        self.init(salt: salt, utf8: Array(text.utf8), hashing: hashing)
    }

    /// The commitment to bytes; `nil` when they are too long or not UTF-8.
    public init?(salt: Salt, utf8 text: [UInt8], hashing: some Hashing) {
        guard text.count <= Limits.textBytes, String(validating: text, as: UTF8.self) != nil else { return nil }
        value = salt.withBytes { salt in text.withUnsafeBytes { hashing.hash(salt, $0).value } }
    }
}
