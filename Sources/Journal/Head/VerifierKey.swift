// SPDX-License-Identifier: EUPL-1.2

/// A name and an Ed25519 key that signs notes under it: `name+hex(key id)+base64(0x01 ‖ key)`.
/// Spec: Protocol/log.md §3 (C2SP signed-note, signature type 0x01).
public struct VerifierKey: Hashable, Sendable, CustomStringConvertible {
    static let signatureType: UInt8 = 0x01

    /// The name, an origin.
    public let name: String
    /// The first four bytes of `H(name ‖ LF ‖ 0x01 ‖ key)`, big endian.
    public let id: UInt32
    /// The key.
    public let key: PublicKey

    /// `nil` unless the name may stand in a note.
    public init?(name: String, key: PublicKey, _ hashing: some Hashing) {
        guard Self.isName(name) else { return nil }
        self.name = name
        self.key = key
        let message = Array(name.utf8) + [0x0A, Self.signatureType] + key.bytes
        id = UInt32(truncatingIfNeeded: hashing.hash(message).leadingWord >> 32)
    }

    /// The key of a log, under its origin.
    public init(_ identity: LogIdentity, _ hashing: some Hashing) {
        guard let key = VerifierKey(name: identity.origin.description, key: identity.key, hashing) else {
            preconditionFailure("an origin is a name")
        }
        self = key
    }

    /// `nil` unless `text` is exactly a verifier key with a true key id.
    public init?(_ text: String, _ hashing: some Hashing) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let id = Hexadecimal.decode(parts[1]), let bytes = Base64.decode(parts[2]),
              bytes.first == Self.signatureType, let key = PublicKey(bytes.dropFirst())
        else { return nil }
        self.init(name: String(parts[0]), key: key, hashing)
        guard id == idBytes else { return nil }
    }

    var idBytes: [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: id >> UInt32(24 - 8 * $0)) } }

    /// The text form.
    public var description: String {
        "\(name)+\(Hexadecimal.encode(idBytes))+\(Base64.encode([Self.signatureType] + key.bytes))"
    }

    /// Whether `name` may stand in a note: no Unicode space, no plus, no control, at most 255 bytes.
    static func isName(_ name: String) -> Bool {
        (1...Limits.noteNameBytes).contains(name.utf8.count) && name.unicodeScalars.allSatisfy {
            !$0.properties.isWhitespace && $0 != "+" && $0.value >= 0x20
        }
    }
}
