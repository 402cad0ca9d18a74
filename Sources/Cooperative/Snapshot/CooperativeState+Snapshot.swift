// SPDX-License-Identifier: EUPL-1.2
public import Journal

extension CooperativeState {
    /// The chunks that changed since this was last asked; of a fresh state all of them. Kept in one transaction
    /// with what was folded, they are the state at its cursors. `whole` asks for all of them: of a state that
    /// is not the one that was last saved here with entries folded into it, such as a new overlay.
    public mutating func snapshotChunks(whole: Bool = false) -> [StateChunk] {
        let digest = digest()
        if whole { markDirty() }
        var chunks = [StateChunk(table: 0, number: 0, bytes: headChunk(digest: digest))]
        takeNames(.parties, \.parties, &chunks)
        takeNames(.applications, \.applications, &chunks)
        takeNames(.classes, \.classes, &chunks)
        takeNames(.fields, \.fields, &chunks)
        takeNames(.elementKeys, \.elementKeys, &chunks)
        Self.takePages(.usage, &usage.rows, &chunks) { $0.write(to: &$1) }
        Self.takePages(.registers, &registers.rows, &chunks) { $0.write(to: &$1) }
        Self.takePages(.elements, &elements.rows, &chunks) { $0.write(to: &$1) }
        Self.takePages(.statements, &statements.rows, &chunks) { $0.write(to: &$1) }
        Self.takePages(.stances, &stances.rows, &chunks) { $0.write(to: &$1) }
        Self.takePages(.cuts, &cuts.rows, &chunks) { $0.write(to: &$1) }
        Self.takePages(.periods, &periods.rows, &chunks) { $0.write(to: &$1) }
        for chunk in pendingBucketChunks.sorted() {
            var writer = ChunkWriter(capacity: Self.bucketsPerChunk * Hash.byteCount)
            for bucket in 0..<Self.bucketsPerChunk {
                writer.hash(index.buckets[chunk * Self.bucketsPerChunk + bucket].hash)
            }
            chunks.append(StateChunk(table: ChunkTable.buckets.rawValue, number: chunk, bytes: writer.bytes))
        }
        pendingBucketChunks = []
        takeDecisions(&chunks)
        return chunks
    }

    private mutating func takeNames(
        _ table: ChunkTable, _ path: WritableKeyPath<CooperativeState, NameTable>, _ chunks: inout [StateChunk]
    ) {
        let names = self[keyPath: path]
        for chunk in names.firstDirtyChunk..<max(names.firstDirtyChunk, names.chunkCount) {
            var writer = ChunkWriter(capacity: 4_096)
            for number in names.numbers(ofChunk: chunk) { writer.string(names.name(number)) }
            chunks.append(StateChunk(table: table.rawValue, number: chunk, bytes: writer.bytes))
        }
        self[keyPath: path].markClean()
    }

    private static func takePages<Row>(
        _ table: ChunkTable, _ rows: inout PagedRows<Row>, _ chunks: inout [StateChunk],
        _ write: (Row, inout ChunkWriter) -> Void
    ) {
        for page in rows.takeDirtyPages() {
            var writer = ChunkWriter(capacity: 8_192)
            for row in rows.pages[page] { write(row, &writer) }
            chunks.append(StateChunk(table: table.rawValue, number: page, bytes: writer.bytes))
        }
    }
}

extension CooperativeState {
    /// The state that was saved, without reading an entry. Chunks may come in any order.
    public init(
        restoring chunks: [StateChunk], genesis: Genesis, hashing: any Hashing
    ) throws(SnapshotRefusal) {
        var restoration = StateRestoration(genesis: genesis, hashing: hashing)
        let sorted = chunks.sorted { ($0.table, $0.number) < ($1.table, $1.number) }
        for chunk in sorted { try restoration.take(chunk) }
        self = try restoration.finish()
    }

    mutating func restore(_ chunk: StateChunk) throws(SnapshotRefusal) {
        let damage = SnapshotRefusal.damaged(table: chunk.table, number: chunk.number)
        guard let table = ChunkTable(rawValue: chunk.table), chunk.number >= 0 else { throw damage }
        var reader = ChunkReader(chunk.bytes)
        switch table {
        case .head: throw damage
        case .parties: Self.restoreNames(&parties, chunk, &reader)
        case .applications: Self.restoreNames(&applications, chunk, &reader)
        case .classes: Self.restoreNames(&classes, chunk, &reader)
        case .fields: Self.restoreNames(&fields, chunk, &reader)
        case .elementKeys: Self.restoreNames(&elementKeys, chunk, &reader)
        case .usage:
            while reader.isSound, !reader.isDone {
                let row = UsageRow(&reader, self)
                guard reader.isSound, usage.number(of: row.key) == nil else { throw damage }
                index.restore(RowReference(.usage, usage.add(row)), at: row.word)
            }
        case .registers:
            while reader.isSound, !reader.isDone {
                let row = CellTable<RegisterCell>.Row(&reader, self, names: fields)
                index.restore(RowReference(.register, registers.add(row)), at: row.word)
            }
        case .elements:
            while reader.isSound, !reader.isDone {
                let row = CellTable<ElementCell>.Row(&reader, self, names: elementKeys)
                index.restore(RowReference(.element, elements.add(row)), at: row.word)
            }
        case .statements:
            while reader.isSound, !reader.isDone {
                let row = StatementTable.Row(&reader, self)
                index.restore(RowReference(.statement, statements.add(row)), at: row.word)
            }
        case .stances:
            while reader.isSound, !reader.isDone {
                let row = StanceTable.Row(&reader, self)
                index.restore(RowReference(.stance, stances.add(row)), at: row.word)
            }
        case .cuts:
            while reader.isSound, !reader.isDone {
                guard let row = CutTable.Row(&reader, &self) else { throw damage }
                index.restore(RowReference(.cut, cuts.add(row)), at: row.word)
            }
        case .periods:
            while reader.isSound, !reader.isDone {
                guard let row = PeriodTable.Row(&reader, &self) else { throw damage }
                index.restore(RowReference(.period, periods.add(row)), at: row.word)
            }
        case .buckets: try restoreBuckets(chunk, &reader)
        case .decisions: restoreDecisions(&reader)
        }
        guard reader.isDone else { throw damage }
    }

    private static func restoreNames(_ names: inout NameTable, _ chunk: StateChunk, _ reader: inout ChunkReader) {
        // Names that every state of the network has are there already, under the same numbers.
        while reader.isSound, !reader.isDone { _ = reader.string().withUnsafeBytes { names.intern($0) } }
    }

    private mutating func restoreBuckets(
        _ chunk: StateChunk, _ reader: inout ChunkReader
    ) throws(SnapshotRefusal) {
        let first = chunk.number * Self.bucketsPerChunk
        guard first + Self.bucketsPerChunk <= RowIndex.bucketCount else {
            throw .damaged(table: chunk.table, number: chunk.number)
        }
        for bucket in 0..<Self.bucketsPerChunk { index.settle(first + bucket, reader.hash()) }
    }

    /// Takes nothing as saved.
    private mutating func markDirty() {
        parties.markDirty()
        applications.markDirty()
        classes.markDirty()
        fields.markDirty()
        elementKeys.markDirty()
        usage.rows.markDirty()
        registers.rows.markDirty()
        elements.rows.markDirty()
        statements.rows.markDirty()
        stances.rows.markDirty()
        cuts.rows.markDirty()
        periods.rows.markDirty()
        proposals.markDirty()
        pendingBucketChunks = Set(0..<RowIndex.bucketCount / Self.bucketsPerChunk)
    }

    /// Takes everything as saved.
    mutating func markClean() {
        for bucket in index.dirtyBuckets { index.settle(bucket, index.buckets[bucket].hash) }
        parties.markClean()
        applications.markClean()
        classes.markClean()
        fields.markClean()
        elementKeys.markClean()
        usage.rows.markClean()
        registers.rows.markClean()
        elements.rows.markClean()
        statements.rows.markClean()
        stances.rows.markClean()
        cuts.rows.markClean()
        periods.rows.markClean()
        proposals.markClean()
        pendingBucketChunks = []
    }
}
