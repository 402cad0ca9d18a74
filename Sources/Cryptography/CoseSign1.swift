// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// A signed object of a person's key: COSE_Sign1 (RFC 9052) with Ed25519, algorithm -19 (RFC 9864).
/// It is the one place where a CBOR tag (18) is written, so it travels as a byte string inside entries.
public struct CoseSign1: Hashable, Sendable {
    /// The content type of a ballot.
    public static let ballotType = "application/korf-ballot+cbor"

    /// The id of the key, as the protected header names it.
    public let keyID: [UInt8]
    /// What the payload is; `nil` where the header does not say.
    public let contentType: String?
    /// What is signed.
    public let payload: [UInt8]
    /// The signature, verified or just made.
    public let signature: Signature

    private static let tag: UInt8 = 0xD2
    private static let algorithm = -19

    /// Signs a payload.
    public init(
        signing payload: [UInt8], keyID: [UInt8], contentType: String? = ballotType, by signer: some Signing
    ) {
        self.keyID = keyID
        self.contentType = contentType
        self.payload = payload
        let protected = Self.protected(keyID, contentType)
        signature = signer.sign(Self.signedBytes(protected, payload))
    }

    /// Reads exactly one object and verifies it by `key`.
    public init(
        _ bytes: [UInt8], key: PublicKey, _ verifier: some SignatureVerifying
    ) throws(CoseRefusal) {
        guard bytes.first == Self.tag else { throw .shape }
        let parts: (protected: [UInt8], payload: [UInt8], signature: Signature)
        do throws(CBORRefusal) {
            var reader = CBORReader(bytes, in: 1..<bytes.count)
            try reader.array(count: 4)
            let protected = Array(try reader.bytes())
            guard try reader.map().remaining == 0 else { throw .unexpectedItem }
            parts = (protected, Array(try reader.bytes()), try reader.signature())
            try reader.end()
            (keyID, contentType) = try Self.header(protected)
        } catch { throw .shape }
        payload = parts.payload
        signature = parts.signature
        let message = Self.signedBytes(parts.protected, parts.payload)
        guard verifier.verifies(parts.signature, of: message, by: key) else { throw .signature }
    }

    /// The id of the key that an object names, before anything is verified.
    public static func keyID(of bytes: [UInt8]) throws(CoseRefusal) -> [UInt8] {
        guard bytes.first == tag else { throw .shape }
        do throws(CBORRefusal) {
            var reader = CBORReader(bytes, in: 1..<bytes.count)
            try reader.array(count: 4)
            return try header(Array(try reader.bytes())).keyID
        } catch { throw .shape }
    }

    /// The tagged bytes.
    public func encode() -> [UInt8] {
        var writer = CBORWriter(capacity: payload.count + 160)
        writer.array(count: 4)
        writer.bytes(Self.protected(keyID, contentType))
        writer.map(count: 0)
        writer.bytes(payload)
        writer.bytes(signature)
        return [Self.tag] + writer.bytes
    }

    private static func protected(_ keyID: [UInt8], _ contentType: String?) -> [UInt8] {
        var writer = CBORWriter()
        writer.map(count: contentType == nil ? 2 : 3)
        writer.integer(1); writer.integer(algorithm)
        writer.integer(4); writer.bytes(keyID)
        if let contentType {
            writer.integer(16)
            writer.text(contentType)
        }
        return writer.bytes
    }

    private static func header(
        _ bytes: [UInt8]
    ) throws(CBORRefusal) -> (keyID: [UInt8], contentType: String?) {
        var reader = CBORReader(bytes)
        var map = try reader.map()
        guard try reader.nextKey(of: &map) == .integer(1), try reader.integer() == Int64(algorithm),
              try reader.nextKey(of: &map) == .integer(4)
        else { throw .unexpectedItem }
        let keyID = Array(try reader.bytes())
        var contentType: String?
        if let key = try reader.nextKey(of: &map) {
            guard key == .integer(16) else { throw .unexpectedItem }
            contentType = try reader.text()
            guard try reader.nextKey(of: &map) == nil else { throw .unexpectedItem }
        }
        try reader.end()
        return (keyID, contentType)
    }

    private static func signedBytes(_ protected: [UInt8], _ payload: [UInt8]) -> [UInt8] {
        var writer = CBORWriter(capacity: protected.count + payload.count + 32)
        writer.array(count: 4)
        writer.text("Signature1")
        writer.bytes(protected)
        writer.bytes([UInt8]())
        writer.bytes(payload)
        return writer.bytes
    }
}

/// Why bytes are not an object signed by the key that is asked for.
public enum CoseRefusal: String, Error, Equatable, Sendable {
    /// Not a COSE_Sign1 of the one form that is accepted.
    case shape = "cose-shape"
    /// The signature does not verify.
    case signature = "cose-signature"
}
