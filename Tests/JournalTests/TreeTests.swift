// SPDX-License-Identifier: EUPL-1.2
import Cryptography
import Journal
import Testing

/// The definitions of RFC 6962, section 2.1, word for word.
enum Naive {
    static func root(_ leaves: ArraySlice<Hash>) -> Hash {
        if leaves.isEmpty { return suite.hash([UInt8]()) }
        if leaves.count == 1 { return leaves[leaves.startIndex] }
        let (left, right) = split(leaves)
        return suite.nodeHash(root(left), root(right))
    }

    static func path(_ index: Int, _ leaves: ArraySlice<Hash>) -> [Hash] {
        if leaves.count <= 1 { return [] }
        let (left, right) = split(leaves)
        return index < left.count
            ? path(index, left) + [root(right)] : path(index - left.count, right) + [root(left)]
    }

    static func proof(_ old: Int, _ leaves: ArraySlice<Hash>, _ isComplete: Bool = true) -> [Hash] {
        if old == leaves.count { return isComplete ? [] : [root(leaves)] }
        let (left, right) = split(leaves)
        return old <= left.count
            ? proof(old, left, isComplete) + [root(right)]
            : proof(old - left.count, right, false) + [root(left)]
    }

    private static func split(_ leaves: ArraySlice<Hash>) -> (ArraySlice<Hash>, ArraySlice<Hash>) {
        var half = 1
        while half * 2 < leaves.count { half *= 2 }
        return (leaves.prefix(half), leaves.dropFirst(half))
    }
}

@Suite("Merkle tree, Protocol/log.md §2, §4 and §5")
struct TreeTests {
    static let leaves = (0..<70).map { suite.leafHash(Sample.entry($0)) }
    static let sizes = 1...70

    private func tree(_ size: Int) -> MerkleTree<LeafHashes<some Hashing>, some Hashing> {
        MerkleTree(LeafHashes(Self.leaves, suite), size: LogSize(known: size), suite)
    }

    @Test("§2 the right edge grows to the root of RFC 6962", arguments: 0...70)
    func roots(size: Int) throws {
        var edge = RightEdge()
        edge.append(leaves: Self.leaves[..<size], suite)
        #expect(edge.root(suite) == Naive.root(Self.leaves[..<size]))
        #expect(tree(size).root() == edge.root(suite))
        #expect(tree(size).edge() == edge)
        #expect(RightEdge(size: edge.size, hashes: edge.hashes) == edge)
        #expect(RightEdge(size: edge.size, hashes: edge.hashes + [Sample.hash(1)]) == nil)
    }

    @Test("§5 every leaf of every size has the path of RFC 6962, and no other leaf fits it", arguments: sizes)
    func inclusion(size: Int) throws {
        let root = Naive.root(Self.leaves[..<size])
        for index in 0..<size {
            let hashes = tree(size).inclusionProof(of: EntryIndex(known: index))
            #expect(hashes == Naive.path(index, Self.leaves[..<size]))
            let proof = InclusionProof(index: EntryIndex(known: index), size: LogSize(known: size), hashes: hashes)
            #expect(proof.verifies(leaf: Self.leaves[index], root: root, suite))
            #expect(!proof.verifies(leaf: Sample.hash(9), root: root, suite))
            let longer = InclusionProof(index: proof.index, size: proof.size, hashes: hashes + [root])
            #expect(longer.root(leaf: Self.leaves[index], suite) == nil)
            if !hashes.isEmpty {
                let shorter = InclusionProof(index: proof.index, size: proof.size, hashes: hashes.dropLast())
                #expect(!shorter.verifies(leaf: Self.leaves[index], root: root, suite))
            }
        }
    }

    @Test("§6 every pair of sizes has the proof of RFC 6962 with the old root explicit", arguments: 2...70)
    func consistency(new: Int) throws {
        let newRoot = Naive.root(Self.leaves[..<new])
        for old in 1..<new {
            let proof = tree(new).consistencyProof(from: LogSize(known: old))
            let oldRoot = Naive.root(Self.leaves[..<old])
            #expect(proof.rfcHashes == Naive.proof(old, Self.leaves[..<new]))
            #expect(proof.verifies(oldRoot: oldRoot, newRoot: newRoot, suite))
            #expect(!proof.verifies(oldRoot: Sample.hash(1), newRoot: newRoot, suite))
            let again = ConsistencyProof(
                old: proof.old, new: proof.new, oldRoot: oldRoot, rfcHashes: proof.rfcHashes)
            #expect(again == proof)
            for hashes in [proof.hashes + [oldRoot], Array(proof.hashes.dropLast())] {
                let wrong = ConsistencyProof(old: proof.old, new: proof.new, hashes: hashes)
                #expect(!wrong.verifies(oldRoot: oldRoot, newRoot: newRoot, suite))
            }
        }
    }

    @Test("§4.5 right edge and right-hand hashes give the root of every larger size", arguments: sizes)
    func rightHand(size: Int) throws {
        let root = Naive.root(Self.leaves[..<size])
        for stop in 0...size {
            var edge = RightEdge()
            edge.append(leaves: Self.leaves[..<stop], suite)
            let rest = tree(size).rightHandHashes(from: LogSize(known: stop))
            #expect(rest.count == Subtree.coverCount(LogSize(known: stop), to: LogSize(known: size)))
            #expect(edge.root(at: LogSize(known: size), rightHand: rest, suite) == root)
            #expect(edge.root(at: LogSize(known: size), rightHand: rest + [root], suite) == nil)
        }
    }

    @Test("§4 the cover takes the largest aligned power of two at each step")
    func cover() {
        let subtrees = Subtree.cover(5, to: 21)
        #expect(subtrees.map(\.start) == [5, 6, 8, 16, 20])
        #expect(subtrees.map(\.leafCount) == [1, 2, 8, 4, 1])
        #expect(Subtree.cover(0, to: 13).map(\.leafCount) == [8, 4, 1])
        #expect(Subtree.cover(4, to: 4).isEmpty)
        #expect(Subtree.coverCount(0, to: LogSize(known: .max)) == 63)
    }
}
