// SPDX-License-Identifier: EUPL-1.2
import Cryptography
import Journal
import Testing

@Suite("Limits, Protocol/limits.md: one over each is refused")
struct LimitsTests {
    @Test("a card of more than 8 KiB is refused before it is read, and cannot be made")
    func card() throws {
        let bytes = [UInt8](repeating: 0xFF, count: Limits.cardBytes + 1)
        #expect(throws: CardRefusal.oversize(bytes: bytes.count)) { try Card.parse(bytes) }
        let card = try Sample.card(1)
        let many = (0..<200).compactMap {
            Municipality(code: "GM\(1_000 + $0)", name: String(repeating: "a", count: 60))
        }
        #expect(throws: CardRefusal.self) {
            try Card(
                oin: card.oin, name: card.name, kind: card.kind, logKey: card.logKey, nextKeyHash: card.nextKeyHash,
                recoveryKey: card.recoveryKey, agreementKey: card.agreementKey, pins: card.pins,
                endpoints: card.endpoints, municipalities: many)
        }
    }

    @Test("evidence over 5,120 bytes and a name over 255 bytes are refused")
    func evidenceAndNames() throws {
        let bytes = [UInt8](repeating: 0, count: Limits.evidenceBytes + 1)
        #expect(throws: EvidenceRefusal.shape) { try ForkEvidence.parse(bytes) }
        let key = try Sample.key(1).publicKey
        let name = String(repeating: "a", count: Limits.noteNameBytes)
        #expect(VerifierKey(name: name, key: key, suite) != nil)
        #expect(VerifierKey(name: name + "a", key: key, suite) == nil)
    }

    @Test("a page with more than sixty-three right-hand hashes is refused")
    func rightHandHashes() throws {
        var log = try SampleLog(1)
        try log.append([Sample.entry(1)])
        var tip = LogTip(authorised: log.identity)
        let hashes = [Hash](repeating: Sample.hash(1), count: Limits.rightHandHashes + 1)
        let page = try log.page(from: 0, to: 1).with(headSize: LogSize(known: .max), hashes: hashes)
        #expect(throws: PageRefusal.hashes) { try tip.admit(page, suite) }
    }

    @Test("sizes up to 2^63-1 are computed without overflow")
    func largest() throws {
        let largest = LogSize(known: .max)
        let edge = try #require(RightEdge(size: largest, hashes: [Hash](repeating: Sample.hash(1), count: 63)))
        #expect(edge.root(at: largest, rightHand: [], suite) == edge.root(suite))
        for start in [1, 2, 3, 1 << 61, 1 << 62, Int.max - 1] {
            let cover = Subtree.cover(LogSize(known: start), to: largest)
            #expect(cover.reduce(0) { $0 + $1.leafCount } == Int.max - start)
        }
        let log = try SampleLog(1)
        var tip = LogTip(authorised: log.identity)
        let page = try log.page(from: 0, to: 1).with(from: EntryIndex(known: .max))
        #expect(throws: PageRefusal.gap(held: 0, from: EntryIndex(known: .max))) { try tip.admit(page, suite) }
        let proof = ConsistencyProof(old: 1, new: largest, hashes: [Hash](repeating: Sample.hash(1), count: 63))
        #expect(proof.roots(suite) == nil)
        #expect(InclusionProof(index: 0, size: largest, hashes: []).root(leaf: Sample.hash(1), suite) == nil)
    }
}
