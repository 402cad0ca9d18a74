// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Takes up a saved state chunk by chunk, so that chunks and state never stand in memory together.
public struct StateRestoration: Sendable {
    private var state: CooperativeState
    private let settled: CooperativeState?
    private var expected: (digest: Hash, names: [Int], rows: [Int])?

    /// Begins with the genesis that the state was saved under. An overlay is taken up on the settled state on which it
    /// was made: only what differs was saved, and the rest is shared.
    public init(genesis: Genesis, hashing: any Hashing, on settled: CooperativeState? = nil) {
        state = CooperativeState(genesis: genesis, hashing: hashing)
        self.settled = settled
    }

    /// Takes the next chunk: by table, then by number. The first one is the head.
    public mutating func take(_ chunk: StateChunk) throws(SnapshotRefusal) {
        if expected != nil { return try state.restore(chunk) }
        guard chunk.table == 0, chunk.number == 0 else { throw .damaged(table: 0, number: 0) }
        var reader = ChunkReader(chunk.bytes)
        guard reader.number() == ChunkTable.version else { throw .version }
        guard reader.hash() == state.genesis.network else { throw .network }
        expected = state.restoreHead(&reader)
        guard reader.isDone else { throw .damaged(table: 0, number: 0) }
        guard state.restsOnSaved else { return }
        guard let settled, settled.isSaved, settled.epoch == state.epoch else { throw .settledState }
        state.share(settled)
    }

    /// The state, once every chunk was taken; refused where the chunks are not those that were saved together.
    public consuming func finish() throws(SnapshotRefusal) -> CooperativeState {
        guard let expected else { throw .damaged(table: 0, number: 0) }
        let names = [
            state.parties, state.applications, state.classes, state.fields, state.elementKeys,
        ].map(\.count)
        let rows = [
            state.usage.rows.count, state.registers.rows.count, state.elements.rows.count,
            state.statements.rows.count,
        ]
        try Self.check(expected.names, names, from: 1)
        try Self.check(expected.rows, rows, from: ChunkTable.usage.rawValue)
        let settling = [
            state.stances.rows.count, state.cuts.rows.count, state.periods.rows.count, state.billings.rows.count,
            state.decidedCounts.rows.count,
        ]
        try Self.check(Array(expected.rows.dropFirst(4)), settling, from: ChunkTable.stances.rawValue)
        let governing = [state.proposals.rows.count, state.ballots.rows.count]
        for (found, wanted) in zip(governing, expected.rows.suffix(2)) where found != wanted {
            throw .damaged(table: ChunkTable.decisions.rawValue, number: 0)
        }
        state.placeRows()
        state.markClean()
        guard state.index.root == expected.digest else {
            throw .damaged(table: ChunkTable.buckets.rawValue, number: 0)
        }
        return state
    }

    private static func check(_ expected: [Int], _ found: [Int], from table: Int) throws(SnapshotRefusal) {
        for (offset, (expected, found)) in zip(expected, found).enumerated() where expected != found {
            throw .damaged(table: table + offset, number: 0)
        }
    }
}

extension CooperativeState {
    /// Begins with the tables of a settled state that are saved in pages, and with the hashes of its buckets.
    fileprivate mutating func share(_ settled: CooperativeState) {
        (parties, applications, classes) = (settled.parties, settled.applications, settled.classes)
        (fields, elementKeys) = (settled.fields, settled.elementKeys)
        (usage, registers, elements) = (settled.usage, settled.registers, settled.elements)
        (statements, stances) = (settled.statements, settled.stances)
        (cuts, periods) = (settled.cuts, settled.periods)
        (billings, decidedCounts) = (settled.billings, settled.decidedCounts)
        (proposals, ballots) = (settled.proposals, settled.ballots)
        // With other buckets all their hashes were saved.
        guard index.bits == settled.index.bits else { return }
        for bucket in index.buckets.indices { index.settle(bucket, settled.index.hash(of: bucket)) }
    }

    /// Puts the rows of the large tables into their buckets, whose hashes are known, and joins these.
    fileprivate mutating func placeRows() {
        var placed = index
        index = RowIndex()
        placeLargeTables(in: &placed)
        for bucket in placed.buckets.indices { placed.settle(bucket, placed.hash(of: bucket)) }
        placed.join(placed.buckets.indices, hashing)
        index = placed
    }
}
