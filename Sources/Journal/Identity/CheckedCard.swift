// SPDX-License-Identifier: EUPL-1.2

/// A card together with the proof that its sender holds the log key; only the check can make one.
/// Spec: Protocol/identity.md §3.
public struct CheckedCard: Hashable, Sendable {
    /// The card.
    public let card: Card
    /// The signature by the card's log key.
    public let signature: Signature

    private static let armour = Armour("KORF CARD")

    /// Signs a card with its own log key; a signer of another key is a bug.
    public init(signing card: Card, by signer: some Signing) {
        precondition(signer.publicKey == card.logKey, "a card is signed by its own log key")
        self.card = card
        signature = signer.sign(Self.message(card.encode()))
    }

    /// Accepts the canonical bytes of a card with its signature.
    public init(
        bytes: [UInt8], signature: Signature, _ verifier: some SignatureVerifying
    ) throws(CardRefusal) {
        let card = try Card.parse(bytes)
        guard verifier.verifies(signature, of: Self.message(bytes), by: card.logKey) else { throw .signature }
        self.card = card
        self.signature = signature
    }

    /// Reads the text of a card file.
    public init(file text: String, _ verifier: some SignatureVerifying) throws(CardRefusal) {
        guard text.utf8.count <= 2 * Limits.cardBytes else { throw .fileShape }
        guard let bytes = Self.armour.bytes(text) else { throw .fileShape }
        var reader = CBORReader(bytes)
        let parts: (card: [UInt8], signature: Signature)
        do throws(CBORRefusal) {
            try reader.array(count: 2)
            parts = (Array(try reader.bytes()), try reader.signature())
            try reader.end()
        } catch { throw .fileShape }
        try self.init(bytes: parts.card, signature: parts.signature, verifier)
    }

    /// The text of the card file, LF after each line.
    public var file: String {
        var writer = CBORWriter()
        writer.array(count: 2)
        writer.bytes(card.encode())
        writer.bytes(signature)
        return Self.armour.text(writer.bytes)
    }

    private static func message(_ card: [UInt8]) -> [UInt8] { Array("korf-card/v1\n".utf8) + card }
}
