// SPDX-License-Identifier: EUPL-1.2
import Cryptography
import Journal
import Testing

@Suite("Proofs and export, Protocol/log.md §5")
struct ProofTests {
    private func log(_ count: Int) throws -> SampleLog {
        var log = try SampleLog(1)
        try log.append((1..<count).map { Sample.entry($0) })
        return log
    }

    @Test("an inclusion proof reads back and verifies, with and without extra", arguments: [0, 1, 12])
    func inclusion(index: Int) throws {
        let log = try log(13)
        let head = try #require(log.own.head).signed
        let keys = [VerifierKey(log.identity, suite)]
        let hashes = MerkleTree(log.tree, size: head.size, suite).inclusionProof(of: EntryIndex(known: index))
        for extra in [nil, [1, 2, 3]] as [[UInt8]?] {
            let proof = TlogProof(
                index: EntryIndex(known: index), hashes: hashes, checkpoint: head.note(log.identity, suite),
                extra: extra)
            let parsed = try TlogProof.parse(Array(proof.format().utf8))
            #expect(parsed == proof)
            let checkpoint = try parsed.verify(leaf: suite.leafHash(log.entries[index]), keys: keys, suite)
            #expect(checkpoint.head == head.head)
            #expect(throws: ProofRefusal.mismatch) { try parsed.verify(leaf: Sample.hash(1), keys: keys, suite) }
            #expect(throws: ProofRefusal.note(.noteUnsigned)) {
                try parsed.verify(leaf: Sample.hash(1), keys: [], suite)
            }
        }
        for text in ["", "c2sp.org/tlog-proof@v1\n\n", "c2sp.org/tlog-proof@v1\nindex 01\n\n"] {
            #expect(throws: ProofRefusal.shape) { try TlogProof.parse(Array(text.utf8)) }
        }
    }

    @Test("a consistency text reads back and verifies", arguments: 1...12)
    func consistency(old: Int) throws {
        let log = try log(13)
        let head = try #require(log.own.head).signed
        let keys = [VerifierKey(log.identity, suite)]
        let oldRoot = MerkleTree(log.tree, size: LogSize(known: old), suite).root()
        let proof = MerkleTree(log.tree, size: head.size, suite).consistencyProof(from: LogSize(known: old))
        let text = ConsistencyText(proof, checkpoint: head.note(log.identity, suite))
        let parsed = try ConsistencyText.parse(Array(text.format().utf8))
        #expect(parsed == text)
        #expect(try parsed.verify(oldRoot: oldRoot, keys: keys, suite).head == head.head)
        #expect(throws: ProofRefusal.mismatch) { try parsed.verify(oldRoot: Sample.hash(1), keys: keys, suite) }
    }

    @Test("tile paths have one spelling")
    func tiles() {
        let paths: [(TilePath, String)] = [
            (.checkpoint, "checkpoint"),
            (.hashes(level: 0, index: 1_234_067, width: 256), "tile/0/x001/x234/067"),
            (.hashes(level: 3, index: 0, width: 5), "tile/3/000.p/5"),
            (.entries(index: 1_000, width: 256), "tile/entries/x001/000"),
            (.entries(index: 7, width: 1), "tile/entries/007.p/1"),
        ]
        for (path, text) in paths {
            #expect(path.description == text)
            #expect(TilePath(text) == path)
        }
        for bad in ["", "tile/0", "tile/0/1", "tile/0/0001", "tile/0/001.p/256", "tile/0/001.p/0", "tile/8/000",
                    "tile/0/001/000", "tile/0/x001", "tile/00/000", "tile/0/000/", "/tile/0/000", "tile/0/+01"] {
            #expect(TilePath(bad) == nil, "\(bad)")
        }
        #expect(TilePath.all(size: 0).isEmpty)
        #expect(TilePath.all(size: 70_000).count == 274 + 2 + 1 + 274)
    }

    @Test("a bundle holds entries after their lengths, and nothing else is one")
    func bundle() throws {
        let entries = [Sample.entry(1), Sample.entry(2, byteCount: 300)]
        let bytes = EntryBundle.encode(entries.map { $0[...] })
        let batch = try #require(EntryBundle.decode(bytes))
        #expect((0..<batch.count).map { Array(batch[$0]) } == entries)
        #expect(EntryBundle.decode(Array(bytes.dropLast())) == nil)
        #expect(EntryBundle.decode([0]) == nil)
        #expect(EntryBundle.decode([UInt8](repeating: 0, count: 514)) == nil)
    }
}
