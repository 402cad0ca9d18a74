// SPDX-License-Identifier: EUPL-1.2
import Cryptography
import Journal

/// SplitMix64: the same seed gives the same sequence.
struct Seeded: RandomNumberGenerator {
    private var state: UInt64
    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    mutating func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
    }

    mutating func hash() -> Hash { Hash(bytes(32)) ?? Sample.hash(0) }
}

let suite = OpenSSLSuite()

/// Things to test with; every one follows from its number.
enum Sample {
    static func hash(_ number: UInt8) -> Hash { suite.hash([number]) }

    static func key(_ number: UInt8) throws -> SigningKey {
        try SigningKey(seed: [UInt8](repeating: number, count: 32))
    }

    static let network = NetworkID(hash(200))

    static func oin(_ number: Int) throws -> OIN {
        let digits = String(number)
        let text = "00000099" + String(repeating: "0", count: 12 - digits.count) + digits
        guard let oin = OIN(text) else { throw SampleError.impossible }
        return oin
    }

    /// An entry of kind 7 whose body is a number and some bytes.
    static func entry(_ number: Int, byteCount: Int = 20) -> [UInt8] {
        var body = CBORWriter()
        body.array(count: 2)
        body.integer(number)
        body.bytes([UInt8](repeating: UInt8(truncatingIfNeeded: number), count: byteCount))
        return Entry.encode(kind: 7, body: body.bytes)
    }

    static func entryZero(_ number: UInt8) throws -> EntryZero {
        EntryZero(
            network: network, oin: try oin(Int(number)), logKey: try key(number).publicKey,
            nextKeyHash: suite.hash(try key(number + 100).publicKey))
    }

    static func card(_ number: UInt8) throws -> Card {
        try Card(
            oin: oin(Int(number)), name: "Gemeente Voorbeeld", kind: .municipality,
            logKey: key(number).publicKey, nextKeyHash: suite.hash(key(number + 100).publicKey),
            recoveryKey: key(number + 50).publicKey,
            agreementKey: KeyAgreement(raw: [UInt8](repeating: number, count: 32)).publicKey,
            pins: [TLSPin(hash(number).value)],
            endpoints: [Endpoint("korf.voorbeeld.nl:8443"), Endpoint("[2001:db8::1]:443")].compactMap(\.self),
            municipalities: [Municipality(code: "GM0363", name: "Voorbeeld")].compactMap(\.self),
            invoiceFacts: InvoiceFacts(
                addressLines: ["Dorpsstraat 1"], postalCode: "1234 AB", kvk: "12345678",
                electronicAddress: "0106:12345678"))
    }
}

enum SampleError: Error { case impossible }

/// A log with all its entries at hand, as its owner and an honest relay have it.
struct SampleLog {
    let key: SigningKey
    var own: OwnLog
    var entries: [[UInt8]]
    var heads: [Int: SignedHead] = [:]

    init(_ number: UInt8) throws {
        key = try Sample.key(number)
        let zero = try Sample.entryZero(number)
        own = OwnLog.begin(zero, signer: key, suite).log
        entries = [zero.encode()]
        remember()
    }

    var identity: LogIdentity { own.tip.identity }
    var tree: LeafHashes<OpenSSLSuite> { LeafHashes(entries.map { suite.leafHash($0) }, suite) }

    mutating func append(_ new: [[UInt8]]) throws {
        _ = try own.append(new, signer: key, suite)
        entries += new
        remember()
    }

    private mutating func remember() {
        guard let head = own.head else { return }
        heads[head.size.count] = head.signed
    }

    /// The page that an honest peer sends.
    func page(from: Int, to stop: Int, head: SignedHead? = nil) throws -> Page {
        guard let head = head ?? own.head?.signed else { throw SampleError.impossible }
        let rest = MerkleTree(tree, size: head.size, suite).rightHandHashes(from: LogSize(known: stop))
        return Page(
            log: identity.log, from: EntryIndex(known: from), entries: EntryBatch(Array(entries[from..<stop])),
            headSize: head.size, signature: head.signature, rightHandHashes: rest)
    }
}

extension Page {
    /// The same page with one thing changed.
    func with(
        entries: EntryBatch? = nil, from: EntryIndex? = nil, signature: Signature? = nil, headSize: LogSize? = nil,
        hashes: [Hash]? = nil
    ) -> Page {
        Page(
            log: log, from: from ?? self.from, entries: entries ?? self.entries,
            headSize: headSize ?? self.headSize, signature: signature ?? self.signature,
            rightHandHashes: hashes ?? rightHandHashes)
    }
}
