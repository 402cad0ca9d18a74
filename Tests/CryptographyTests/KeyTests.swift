// SPDX-License-Identifier: EUPL-1.2
import Cryptography
import Foundation
import Journal
import Testing

private func bytes(_ hex: String) throws -> [UInt8] { try #require(Hexadecimal.decode(hex)) }

private let suite = OpenSSLSuite()

@Suite("Hashing and signatures, RFC 6962 and RFC 8032")
struct SuiteTests {
    @Test("SHA-256 of FIPS 180-4, whole or in two parts")
    func sha256() throws {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(suite.hash(Array("abc".utf8)).description == expected)
        #expect(suite.hash(Array("a".utf8), Array("bc".utf8)).description == expected)
        #expect(suite.emptyRoot.description == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }

    @Test("leaf and node have their prefixes")
    func prefixes() {
        let (a, b) = (suite.hash([1]), suite.hash([2]))
        #expect(suite.leafHash([7, 8]) == suite.hash([0, 7, 8]))
        #expect(suite.leafHash([UInt8]()) == suite.hash([0]))
        #expect(suite.nodeHash(a, b) == suite.hash([1] + a.bytes + b.bytes))
        #expect(EntryBatch([[7, 8], []]).leafHashes(suite) == [suite.hash([0, 7, 8]), suite.hash([0])])
    }

    @Test("Ed25519 of RFC 8032, section 7.1")
    func ed25519() throws {
        let key = try SigningKey(seed: bytes("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb"))
        let expected = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"
        #expect(key.publicKey.description == expected)
        let signature = key.sign([0x72])
        #expect(signature.description == "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
            + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")
        #expect(suite.verifies(signature, of: [0x72], by: key.publicKey))
        #expect(!suite.verifies(signature, of: [0x73], by: key.publicKey))
        #expect(!suite.verifies(signature, of: [0x72], by: try SigningKey().publicKey))
        #expect(suite.verifies(key.sign([]), of: [], by: key.publicKey))
    }
}

@Suite("Keys at rest, Protocol/identity.md §2")
struct KeyFileTests {
    private func inDirectory(_ body: (String) throws -> Void) throws {
        let path = NSTemporaryDirectory() + "korf-keys-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    @Test("a key is stored once, for its owner alone, and read back")
    func store() throws {
        try inDirectory { directory in
            let path = directory + "/log.key"
            let key = try SigningKey()
            try key.store(in: path)
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
            #expect(mode == 0o600)
            #expect(try SigningKey(file: path).publicKey == key.publicKey)
            #expect(try SigningKey(pem: key.pem()).publicKey == key.publicKey)
            #expect(try SigningKey(seed: key.seed()).publicKey == key.publicKey)
            #expect(throws: KeyError.file(operation: "open", errno: 17)) { try key.store(in: path) }
            #expect(throws: KeyError.format) { try KeyAgreement(file: path) }
            let agreement = try KeyAgreement()
            try agreement.store(in: directory + "/agreement.key")
            #expect(try KeyAgreement(file: directory + "/agreement.key").publicKey == agreement.publicKey)
        }
    }

    @Test("a key that others may read is refused, and so is what is no key")
    func refusals() throws {
        try inDirectory { directory in
            let path = directory + "/log.key"
            try SigningKey().store(in: path)
            try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
            #expect(throws: KeyError.permissions(mode: 0o640)) { try SigningKey(file: path) }
            #expect(throws: KeyError.file(operation: "open", errno: 2)) { try SigningKey(file: directory + "/none") }
        }
        #expect(throws: KeyError.format) { try SigningKey(seed: [1, 2]) }
        #expect(throws: KeyError.format) { try SigningKey(pem: "geen sleutel") }
    }
}

@Suite("Secrets between two members, RFC 7748, 2104 and 5869")
struct SecretTests {
    @Test("X25519 of RFC 7748, section 6.1")
    func agreement() throws {
        let alice = try KeyAgreement(raw: bytes("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"))
        let bob = try KeyAgreement(raw: bytes("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"))
        let expected = try bytes("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742")
        #expect(try alice.secret(with: bob.publicKey).withBytes { Array($0) } == expected)
        #expect(try bob.secret(with: alice.publicKey).withBytes { Array($0) } == expected)
        let zero = try #require(AgreementKey([UInt8](repeating: 0, count: 32)))
        #expect(throws: KeyError.format) { try alice.secret(with: zero) }
    }

    static let codes = [
        (String(repeating: "0b", count: 20), "4869205468657265",
         "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        ("4a656665", "7768617420646f2079612077616e7420666f72206e6f7468696e673f",
         "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        (String(repeating: "aa", count: 131),
         "54657374205573696e67204c6172676572205468616e20426c6f636b2d53697a65204b6579202d20"
            + "48617368204b6579204669727374",
         "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
    ]

    @Test("HMAC-SHA256 of RFC 4231, with keys short, of text and long", arguments: codes)
    func hmac(key: String, message: String, code: String) throws {
        let hash = KeyedHash(key: try bytes(key)).code(try bytes(message))
        #expect(hash.description == code)
        #expect(KeyedHash(key: Secret(try bytes(key))).code(try bytes(message)) == hash)
        #expect(KeyedHash(key: try bytes(key)).code16(try bytes(message)).0 == hash.leadingWord)
    }

    @Test("HKDF-SHA256 of RFC 5869, with and without salt")
    func hkdf() throws {
        let secret = Secret([UInt8](repeating: 0x0B, count: 22))
        let first = KeyDerivation.derive(
            from: secret, salt: Array(0...12), info: Array(0xF0...0xF9), byteCount: 42)
        #expect(first.withBytes { Hexadecimal.encode(Array($0)) }
            == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db0" + "2d56ecc4c5bf34007208d5b887185865")
        let third = KeyDerivation.derive(from: secret, salt: [], info: [], byteCount: 42)
        #expect(third.withBytes { Hexadecimal.encode(Array($0)) }
            == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec345" + "4e5f3c738d2d9d201395faa4b61a96c8")
    }

    @Test("random bytes differ and comparison sees every byte")
    func randomness() throws {
        let (a, b) = (try Randomness.bytes(32), try Randomness.bytes(32))
        #expect(a != b)
        #expect(try Randomness.bytes(0).isEmpty)
        #expect(ConstantTime.equal(a, a))
        #expect(!ConstantTime.equal(a, b))
        #expect(!ConstantTime.equal(a, Array(a.dropLast())))
    }
}

@Suite("COSE_Sign1 of a person's ballot, RFC 9052 and 9864")
struct CoseTests {
    @Test("the signature that another library made")
    func vector() throws {
        let key = try SigningKey(seed: Array(0..<32))
        let keyID = [UInt8](repeating: 1, count: 8)
        let cose = CoseSign1(signing: Array("ballot".utf8), keyID: keyID, contentType: nil, by: key)
        #expect(cose.signature.description == "2e6ab0cd48e16a90d024a9f30161aafb1a9e173fc2e36b92f300940265b46754"
            + "4eafe53a479a60f5166761881901821005c42c3ffbcd36830bd7d5c3e954370d")
        #expect(try CoseSign1(cose.encode(), key: key.publicKey, suite) == cose)
    }

    @Test("reads back with its content type, and every change is refused")
    func changes() throws {
        let key = try SigningKey(seed: Array(0..<32))
        let cose = CoseSign1(signing: [0x80], keyID: [1, 2], by: key)
        let bytes = cose.encode()
        #expect(try CoseSign1(bytes, key: key.publicKey, suite).contentType == CoseSign1.ballotType)
        #expect(try CoseSign1.keyID(of: bytes) == [1, 2])
        #expect(throws: CoseRefusal.signature) { try CoseSign1(bytes, key: SigningKey().publicKey, suite) }
        for position in bytes.indices {
            var changed = bytes
            changed[position] ^= 1
            #expect(throws: CoseRefusal.self) { try CoseSign1(changed, key: key.publicKey, suite) }
        }
        #expect(throws: CoseRefusal.shape) { try CoseSign1(bytes + [0], key: key.publicKey, suite) }
        #expect(throws: CoseRefusal.shape) { try CoseSign1([], key: key.publicKey, suite) }
    }
}
