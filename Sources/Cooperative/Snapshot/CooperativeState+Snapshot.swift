// SPDX-License-Identifier: EUPL-1.2
public import Journal

extension CooperativeState {
    /// The chunks that changed since this was last asked; of a fresh state all of them, of a new overlay on a settled
    /// state that was saved those in which it differs from that. Kept in one transaction with what was folded, they
    /// are the state at its cursors. `whole` asks for all of them: of a state that is not the one that was last saved
    /// here with entries folded into it.
    public mutating func snapshotChunks(whole: Bool = false) -> [StateChunk] {
        let digest = digest()
        if whole {
            markDirty()
            restsOnSaved = false
        }
        isSaved = true
        var chunks = [StateChunk(table: 0, number: 0, bytes: headChunk(digest: digest))]
        takeNames(.parties, \.parties, &chunks)
        takeNames(.applications, \.applications, &chunks)
        takeNames(.classes, \.classes, &chunks)
        takeNames(.fields, \.fields, &chunks)
        takeNames(.elementKeys, \.elementKeys, &chunks)
        let retractions = usage.retractions
        Self.takePages(.usage, &usage.rows, &chunks) { $0.write(retractions[$1], to: &$2) }
        Self.takePages(.registers, &registers.rows, &chunks) { $0.write(to: &$2) }
        Self.takePages(.elements, &elements.rows, &chunks) { $0.write(to: &$2) }
        Self.takePages(.statements, &statements.rows, &chunks) { $0.write(to: &$2) }
        Self.takePages(.stances, &stances.rows, &chunks) { $0.write(to: &$2) }
        Self.takePages(.cuts, &cuts.rows, &chunks) { $0.write(to: &$2) }
        Self.takePages(.periods, &periods.rows, &chunks) { $0.write(to: &$2) }
        Self.takePages(.billings, &billings.rows, &chunks) { $0.write(to: &$2) }
        Self.takePages(.decidedCounts, &decidedCounts.rows, &chunks) { $0.write(to: &$2) }
        for chunk in pendingBucketChunks.sorted() {
            var writer = ChunkWriter(capacity: Self.bucketsPerChunk * Hash.byteCount)
            for bucket in 0..<Self.bucketsPerChunk {
                writer.hash(index.hash(of: chunk * Self.bucketsPerChunk + bucket))
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
        _ write: (Row, _ number: UInt32, inout ChunkWriter) -> Void
    ) {
        for page in rows.takeDirtyPages() {
            var writer = ChunkWriter(capacity: 8_192)
            let first = rows.firstNumber(ofPage: page)
            for (offset, row) in rows.pages[page].enumerated() { write(row, first + UInt32(offset), &writer) }
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
        let counts = TableCounts(self)
        switch table {
        case .head: throw damage
        case .parties: Self.restoreNames(&parties, chunk, &reader)
        case .applications: Self.restoreNames(&applications, chunk, &reader)
        case .classes: Self.restoreNames(&classes, chunk, &reader)
        case .fields: Self.restoreNames(&fields, chunk, &reader)
        case .elementKeys: Self.restoreNames(&elementKeys, chunk, &reader)
        case .usage:
            try Self.restoreRows(UsageTable.rowsPerPage, chunk, &reader) { number, reader in
                let row = UsageRow(&reader, counts)
                let retraction = UsageRetraction(&reader)
                return reader.isSound && usage.put(row, retraction, at: number)
            }
        case .registers:
            try Self.restoreRows(CellTable<RegisterCell>.rowsPerPage, chunk, &reader) { number, reader in
                let row = CellTable<RegisterCell>.Row(&reader, counts, nameCount: counts.fields)
                return reader.isSound && registers.put(row, at: number)
            }
        case .elements:
            try Self.restoreRows(CellTable<ElementCell>.rowsPerPage, chunk, &reader) { number, reader in
                let row = CellTable<ElementCell>.Row(&reader, counts, nameCount: counts.elementKeys)
                return reader.isSound && elements.put(row, at: number)
            }
        case .statements:
            try Self.restoreRows(StatementTable.rowsPerPage, chunk, &reader) { number, reader in
                let row = StatementTable.Row(&reader, counts)
                return reader.isSound && statements.put(row, at: number)
            }
        case .stances:
            try Self.restoreRows(StanceTable.rowsPerPage, chunk, &reader) { number, reader in
                let row = StanceTable.Row(&reader, counts)
                return reader.isSound && stances.put(row, at: number)
            }
        case .cuts:
            try Self.restoreRows(CutTable.rowsPerPage, chunk, &reader) { number, reader in
                guard let row = CutTable.Row(&reader, &parties, counts) else { return false }
                return reader.isSound && cuts.put(row, at: number)
            }
        case .periods:
            try Self.restoreRows(PeriodTable.rowsPerPage, chunk, &reader) { number, reader in
                guard let row = PeriodTable.Row(&reader, &self) else { return false }
                return reader.isSound && periods.put(row, at: number)
            }
        case .billings:
            try Self.restoreRows(BillingTable.rowsPerPage, chunk, &reader) { number, reader in
                guard let row = BillingTable.Row(&reader, &self) else { return false }
                return reader.isSound && billings.put(row, at: number)
            }
        case .decidedCounts:
            try Self.restoreRows(DecidedCountTable.rowsPerPage, chunk, &reader) { number, reader in
                let row = DecidedCountTable.Row(&reader, counts)
                return reader.isSound && decidedCounts.put(row, at: number)
            }
        case .buckets: try restoreBuckets(chunk, &reader)
        case .decisions: try restoreDecisions(chunk, &reader)
        }
        guard reader.isDone else { throw damage }
    }

    /// Calls `put` for each row of a chunk with its number.
    private static func restoreRows(
        _ rowsPerChunk: Int, _ chunk: StateChunk, _ reader: inout ChunkReader,
        _ put: (Int, inout ChunkReader) -> Bool
    ) throws(SnapshotRefusal) {
        guard var number = chunk.firstNumber(rowsPerChunk) else {
            throw .damaged(table: chunk.table, number: chunk.number)
        }
        while reader.isSound, !reader.isDone {
            guard put(number, &reader) else { throw .damaged(table: chunk.table, number: chunk.number) }
            number += 1
        }
    }

    private static func restoreNames(_ names: inout NameTable, _ chunk: StateChunk, _ reader: inout ChunkReader) {
        // Names that every state of the network has are there already, under the same numbers.
        while reader.isSound, !reader.isDone { _ = reader.string().withUnsafeBytes { names.intern($0) } }
    }

    private mutating func restoreBuckets(
        _ chunk: StateChunk, _ reader: inout ChunkReader
    ) throws(SnapshotRefusal) {
        guard let first = chunk.firstNumber(Self.bucketsPerChunk),
              first + Self.bucketsPerChunk <= index.buckets.count
        else {
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
        billings.rows.markDirty()
        decidedCounts.rows.markDirty()
        proposals.markDirty()
        pendingBucketChunks = Set(0..<index.buckets.count / Self.bucketsPerChunk)
    }

    /// Takes everything as saved.
    mutating func markClean() {
        _ = index.takeDirty()
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
        billings.rows.markClean()
        decidedCounts.rows.markClean()
        proposals.markClean()
        pendingBucketChunks = []
        isSaved = true
    }
}

extension StateChunk {
    /// The number of the first row of a chunk of so many; `nil` for numbers that no table reaches.
    func firstNumber(_ rowsPerChunk: Int) -> Int? {
        let (first, overflows) = number.multipliedReportingOverflow(by: rowsPerChunk)
        return overflows || first < 0 || first > Int(UInt32.max) ? nil : first
    }
}
