// SPDX-License-Identifier: EUPL-1.2

import Cryptography
import Journal
import Testing

let suite = OpenSSLSuite()

/// A log with its key: an owner that can also sign a second history.
struct TestLog: Sendable {
    let identity: LogIdentity
    let key: SigningKey
    var own: OwnLog
    var entries: [[UInt8]] = []
    var leaves: [Hash] = []

    init(number: Int) throws {
        var seed = [UInt8](repeating: 7, count: 32)
        seed[0] = UInt8(number & 0xFF)
        seed[1] = UInt8(number >> 8 & 0xFF)
        key = try SigningKey(seed: seed)
        let digits = String(number)
        let oin = OIN("00000099" + String(repeating: "0", count: 12 - digits.count) + digits)!
        let zero = EntryZero(
            network: NetworkID(suite.hash([1])), oin: oin, logKey: key.publicKey, nextKeyHash: suite.hash(seed))
        identity = LogIdentity(zero, suite)
        let (log, page) = OwnLog.begin(zero, signer: key, suite)
        own = log
        entries = [zero.encode()]
        leaves = page.leafHashes
    }

    var log: LogID { identity.log }
    var head: SignedHead { own.tip.head!.signed }

    /// Appends `count` entries of about `bytes` bytes whose content follows from `salt`.
    mutating func append(_ count: Int, bytes: Int = 60, salt: Int = 0) throws {
        guard count > 0 else { return }
        let first = entries.count
        let new = (0..<count).map { offset in
            var body = CBORWriter()
            body.array(count: 3)
            body.integer(first + offset)
            body.integer(salt)
            body.bytes([UInt8](repeating: UInt8(truncatingIfNeeded: offset), count: max(0, bytes - 20)))
            return Entry.encode(kind: 999, body: body.bytes)
        }
        let page = try own.append(new, signer: key, suite)
        entries += new
        leaves += page.leafHashes
    }

    /// All entries under a head of a larger size that the key signed and whose other entries nobody ever sees.
    func withholding(_ size: LogSize) throws -> Page {
        let hidden = Subtree.cover(LogSize(known: entries.count), to: size)
        let hashes = hidden.indices.map { suite.hash([UInt8(truncatingIfNeeded: $0)]) }
        let root = try #require(own.tip.edge.root(at: size, rightHand: hashes, suite))
        let head = SignedHead(Head(size: size, root: root), of: identity.origin, signer: key)
        return Page(
            log: log, from: .zero, entries: EntryBatch(entries), headSize: size, signature: head.signature,
            rightHandHashes: hashes)
    }

    /// The whole of it as one page, from `first` on.
    func page(from first: Int = 0, to end: Int? = nil) -> Page {
        let end = end ?? entries.count
        let tree = MerkleTree(LeafHashes(leaves, suite), size: head.size, suite)
        return Page(
            log: log, from: EntryIndex(known: first), entries: EntryBatch(Array(entries[first..<end])),
            headSize: head.size, signature: head.signature,
            rightHandHashes: tree.rightHandHashes(from: LogSize(known: end)))
    }
}
