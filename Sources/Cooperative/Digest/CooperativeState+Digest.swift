// SPDX-License-Identifier: EUPL-1.2
public import Journal

extension CooperativeState {
    static let bucketsPerChunk = 256

    /// The state digest: equal on every node that holds the same entries and evidence. Only what changed since it
    /// was last asked is hashed again. Spec: Protocol/state.md §3.
    public mutating func digest() -> Hash {
        for bucket in index.dirtyBuckets {
            index.settle(bucket, bucketHash(bucket))
            pendingBucketChunks.insert(bucket / Self.bucketsPerChunk)
        }
        return root()
    }

    /// The digest with every row hashed again: what a restored state is held against when it is checked.
    public mutating func rehash() -> Hash {
        index.touchAll()
        return digest()
    }

    func root() -> Hash { DigestTree(hashing: hashing).root(index.buckets) }

    private func bucketHash(_ bucket: Int) -> Hash {
        var leaves = index.buckets[bucket].rows.map { DigestLeaf(word: storedWord($0), row: $0) }
        leaves.sort { $0.word < $1.word }
        var writer = RowWriter()
        return DigestTree(hashing: hashing).node(
            leaves[...], depth: RowIndex.bucketBits,
            rowHash: { row in
                writer.reset()
                write(row, to: &writer)
                return writer.bytes.withUnsafeBytes { hashing.leafHash($0) }
            },
            position: { position($0) })
    }

    /// The first bits of a row's position, without hashing where they are kept.
    private func storedWord(_ row: RowReference) -> UInt64 {
        switch row.table {
        case .member: folk[Int(row.number)].word
        case .founded: foundings.rows[Int(row.number)].word
        case .register: registers.rows[row.number].word
        case .element: elements.rows[row.number].word
        case .usage: usage.rows[row.number].word
        case .statement: statements.rows[row.number].word
        case .stance: stances.rows[row.number].word
        case .cut: cuts.rows[row.number].word
        case .period: periods.rows[row.number].word
        case .waiting: waiting.slots[Int(row.number)]?.word ?? 0
        case .decision: proposals.rows[Int(row.number)].word
        case .ballot: ballots.rows[Int(row.number)].word
        case .network, .heartbeat, .suspended, .destroyed, .log, .rules, .supports: word(row)
        }
    }
}
