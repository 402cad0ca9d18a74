// SPDX-License-Identifier: EUPL-1.2
import Cryptography
import Journal
import Testing

@Suite("Fork evidence, Protocol/log.md §6")
struct EvidenceTests {
    /// Two branches of one log that share their first `common` entries.
    private func branches(common: Int, left: Int, right: Int) throws -> (SampleLog, SampleLog) {
        var base = try SampleLog(1)
        if common > 1 { try base.append((1..<common).map { Sample.entry($0) }) }
        var (first, second) = (base, base)
        try first.append((common..<left).map { Sample.entry($0) })
        try second.append((common..<right).map { Sample.entry($0 + 1_000) })
        return (first, second)
    }

    private func head(_ log: SampleLog) throws -> SignedHead { try #require(log.own.head).signed }

    @Test("two roots at one size convict, whichever head comes first", arguments: [2, 3, 8, 17])
    func sameSize(size: Int) throws {
        let (left, right) = try branches(common: 1, left: size, right: size)
        let (a, b) = (try head(left), try head(right))
        let evidence = try #require(ForkEvidence(log: left.identity.log, sameSize: a, b))
        #expect(evidence == ForkEvidence(log: left.identity.log, sameSize: b, a))
        #expect(try evidence.check(left.identity, suite).log == left.identity.log)
        #expect(try ForkEvidence.parse(evidence.encode()) == evidence)
        #expect(ForkEvidence(log: left.identity.log, sameSize: a, a) == nil)
    }

    private func evidence(_ older: SampleLog, _ newer: SampleLog) throws -> ForkEvidence? {
        let tree = MerkleTree(newer.tree, size: try head(newer).size, suite)
        return ForkEvidence(
            log: older.identity.log, older: try head(older), newer: try head(newer),
            proof: tree.consistencyProof(from: try head(older).size))
    }

    @Test("heads of two sizes convict when the larger tree held something else", arguments: 2...20)
    func twoSizes(older: Int) throws {
        for newer in older + 1...older + 9 {
            let (left, right) = try branches(common: 1, left: older, right: newer)
            let evidence = try #require(try evidence(left, right))
            #expect(try evidence.check(left.identity, suite).evidence == evidence)
            #expect(try ForkEvidence.parse(evidence.encode()) == evidence)
            #expect(evidence.encode().count <= Limits.evidenceBytes)
        }
    }

    private func leaf(_ log: SampleLog, at index: Int) throws -> ProvenLeaf {
        let head = try head(log)
        let index = EntryIndex(known: index)
        return ProvenLeaf(
            head: head, index: index, leaf: suite.leafHash(log.entries[index.position]),
            hashes: MerkleTree(log.tree, size: head.size, suite).inclusionProof(of: index))
    }

    @Test("two leaves at one index convict, in whichever order they are given", arguments: 2...17)
    func twoLeaves(size: Int) throws {
        for other in size + 1...size + 5 {
            let (left, right) = try branches(common: 1, left: size, right: other)
            let log = left.identity.log
            for index in 1..<size {
                let (a, b) = (try leaf(left, at: index), try leaf(right, at: index))
                let evidence = try #require(ForkEvidence(log: log, leaves: b, a))
                #expect(evidence == ForkEvidence(log: log, leaves: a, b))
                #expect(try evidence.check(left.identity, suite).log == log)
                #expect(try ForkEvidence.parse(evidence.encode()) == evidence)
            }
            let same = try #require(ForkEvidence(log: log, leaves: try leaf(left, at: 0), try leaf(right, at: 0)))
            #expect(throws: EvidenceRefusal.consistent) { try same.check(left.identity, suite) }
        }
    }

    @Test("leaves that their proofs do not lead from, or at two indices, convict nobody")
    func falseLeaves() throws {
        let (left, right) = try branches(common: 1, left: 5, right: 12)
        let (a, b) = (try leaf(left, at: 3), try leaf(right, at: 3))
        let log = left.identity.log
        #expect(ForkEvidence(log: log, leaves: a, try leaf(right, at: 2)) == nil)
        #expect(ForkEvidence(log: log, leaves: a, a) == nil)
        #expect(ForkEvidence(log: log, leaves: try leaf(right, at: 7), try leaf(right, at: 7)) == nil)
        for wrong in [
            ProvenLeaf(head: b.head, index: b.index, leaf: Sample.hash(1), hashes: b.hashes),
            ProvenLeaf(head: b.head, index: b.index, leaf: b.leaf, hashes: b.hashes.dropLast()),
            ProvenLeaf(head: b.head, index: b.index, leaf: b.leaf, hashes: b.hashes + [Sample.hash(1)]),
        ] {
            let evidence = try #require(ForkEvidence(log: log, leaves: a, wrong))
            #expect(throws: EvidenceRefusal.provesNothing) { try evidence.check(left.identity, suite) }
        }
    }

    @Test("the longest evidence of two leaves fits its bound")
    func longestLeaves() throws {
        let (left, _) = try branches(common: 1, left: 5, right: 6)
        let hashes = [Hash](repeating: Sample.hash(1), count: Limits.proofHashes)
        let leaves = [Int.max - 1, Int.max].map { size in
            let head = Head(size: LogSize(known: size), root: Sample.hash(2))
            return ProvenLeaf(
                head: SignedHead(head, of: left.identity.origin, signer: left.key),
                index: EntryIndex(known: Int.max - 2), leaf: Sample.hash(3), hashes: hashes)
        }
        let evidence = try #require(ForkEvidence(log: left.identity.log, leaves: leaves[0], leaves[1]))
        #expect(evidence.encode().count <= Limits.evidenceBytes)
        #expect(try ForkEvidence.parse(evidence.encode()) == evidence)
    }

    @Test("consistent heads convict nobody", arguments: 1...20)
    func consistent(older: Int) throws {
        var log = try SampleLog(1)
        if older > 1 { try log.append((1..<older).map { Sample.entry($0) }) }
        let before = log
        try log.append((older..<older + 7).map { Sample.entry($0) })
        let evidence = try #require(try evidence(before, log))
        #expect(throws: EvidenceRefusal.consistent) { try evidence.check(log.identity, suite) }
    }

    @Test("hashes that rebuild nothing prove nothing")
    func provesNothing() throws {
        let (left, right) = try branches(common: 1, left: 5, right: 12)
        let good = try #require(try evidence(left, right))
        let lists = [
            Array(good.hashes.dropLast()), good.hashes + [Sample.hash(1)],
            [Sample.hash(2)] + good.hashes.dropFirst(),
        ]
        for hashes in lists {
            let proof = ConsistencyProof(old: 5, new: 12, hashes: hashes)
            let bad = try #require(ForkEvidence(
                log: left.identity.log, older: head(left), newer: head(right), proof: proof))
            #expect(throws: EvidenceRefusal.provesNothing) { try bad.check(left.identity, suite) }
        }
    }

    @Test("a head that the log did not sign convicts nobody, nor does another log's evidence")
    func signature() throws {
        let (left, right) = try branches(common: 1, left: 5, right: 5)
        let stranger = try SampleLog(2)
        let forged = SignedHead(try head(right).head, signature: try head(stranger).signature)
        let evidence = try #require(ForkEvidence(log: left.identity.log, sameSize: head(left), forged))
        #expect(throws: EvidenceRefusal.signature) { try evidence.check(left.identity, suite) }
        #expect(throws: EvidenceRefusal.logUnknown) { try evidence.check(stranger.identity, suite) }
    }

    @Test("the order of the heads and the shape of the map are demanded")
    func order() throws {
        let (left, right) = try branches(common: 1, left: 5, right: 5)
        let good = try #require(ForkEvidence(log: left.identity.log, sameSize: head(left), head(right)))
        guard case .map(let pairs) = try CBOR.decode(good.encode()) else { throw SampleError.impossible }
        let swapped = CBOR.map([
            pairs[0], .init(.integer(2), pairs[2].value), .init(.integer(3), pairs[1].value), pairs[3],
        ]).encode()
        #expect(throws: EvidenceRefusal.order) { try ForkEvidence.parse(swapped).check(left.identity, suite) }
        let hashes = CBOR.array([.bytes(Sample.hash(1).bytes)])
        let filled = CBOR.map(pairs[..<3] + [.init(.integer(4), hashes)]).encode()
        #expect(throws: EvidenceRefusal.shape) { try ForkEvidence.parse(filled).check(left.identity, suite) }
        let many = CBOR.array([CBOR](repeating: .bytes(Sample.hash(1).bytes), count: 64))
        for bytes in [
            CBOR.map(Array(pairs[..<3])).encode(), CBOR.map(pairs + [.init(.integer(5), .null)]).encode(),
            CBOR.map(pairs[..<3] + [.init(.integer(4), many)]).encode(), good.encode() + [0], [],
        ] {
            #expect(throws: EvidenceRefusal.shape) { try ForkEvidence.parse(bytes) }
        }
    }
}
