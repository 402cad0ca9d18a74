// SPDX-License-Identifier: EUPL-1.2
public import Journal

extension CooperativeState {
    static let bucketsPerChunk = 256

    /// The state digest: equal on every node that holds the same entries and evidence. Only what changed since it
    /// was last asked is hashed again. Spec: Protocol/state.md §3.
    public mutating func digest() -> Hash {
        spread(over: index.fittingBits)
        let changed = index.takeDirty()
        var writer = RowWriter()
        for bucket in changed {
            index.settle(bucket, bucketHash(bucket, &writer))
            pendingBucketChunks.insert(bucket / Self.bucketsPerChunk)
        }
        index.join(changed, hashing)
        return index.root
    }

    /// Makes so many buckets of the first bits of positions, all of them dirty.
    mutating func spread(over bits: Int) {
        guard bits != index.bits else { return }
        var spread = RowIndex(bits: bits)
        for bucket in index.buckets {
            for row in bucket where !row.table.isLarge { spread.restore(row, at: storedWord(row)) }
        }
        placeLargeTables(in: &spread)
        spread.touchAll()
        index = spread
    }

    /// Puts every row of the large tables into its bucket, table by table.
    func placeLargeTables(in index: inout RowIndex) {
        index.reserve(for: usage.rows.pages.lazy.joined().map(\.word))
        Self.place(.usage, usage.rows.pages.lazy.joined().map(\.word), in: &index)
        Self.place(.register, registers.rows.pages.lazy.joined().map(\.word), in: &index)
        Self.place(.element, elements.rows.pages.lazy.joined().map(\.word), in: &index)
        Self.place(.statement, statements.rows.pages.lazy.joined().map(\.word), in: &index)
        Self.place(.stance, stances.rows.pages.lazy.joined().map(\.word), in: &index)
        Self.place(.cut, cuts.rows.pages.lazy.joined().map(\.word), in: &index)
        Self.place(.period, periods.rows.pages.lazy.joined().map(\.word), in: &index)
        Self.place(.billing, billings.rows.pages.lazy.joined().map(\.word), in: &index)
        Self.place(.decidedCount, decidedCounts.rows.pages.lazy.joined().map(\.word), in: &index)
        Self.place(.decision, proposals.rows.lazy.map(\.word), in: &index)
        Self.place(.ballot, ballots.rows.lazy.map(\.word), in: &index)
    }

    private static func place(_ table: RowTable, _ words: some Sequence<UInt64>, in index: inout RowIndex) {
        for (number, word) in words.enumerated() { index.restore(RowReference(table, UInt32(number)), at: word) }
    }

    /// The digest with every row hashed again: what a restored state is held against when it is checked.
    public mutating func rehash() -> Hash {
        index.touchAll()
        return digest()
    }

    private func bucketHash(_ bucket: Int, _ writer: inout RowWriter) -> Hash {
        var leaves = index.buckets[bucket].map { DigestLeaf(word: UInt32(storedWord($0) >> 32), row: $0) }
        leaves.sort { $0.word < $1.word }
        return DigestTree(hashing: hashing).node(
            leaves[...], depth: index.bits,
            rowHash: { row in
                writer.reset()
                write(row, to: &writer)
                return writer.bytes.withUnsafeBytes { hashing.leafHash($0) }
            },
            position: { position($0) })
    }

    /// The first bits of a row's position, without hashing where they are kept.
    func storedWord(_ row: RowReference) -> UInt64 {
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
        case .billing: billings.rows[row.number].word
        case .decidedCount: decidedCounts.rows[row.number].word
        case .waiting: waiting.slots[Int(row.number)]?.word ?? 0
        case .decision: proposals.rows[Int(row.number)].word
        case .ballot: ballots.rows[Int(row.number)].word
        case .network, .heartbeat, .suspended, .destroyed, .log, .rules, .supports: word(row)
        }
    }
}
