// SPDX-License-Identifier: EUPL-1.2

/// Writes one sorted run from left to right: pages, and the filter as it becomes final.
struct RunBuilder {
    let number: Int
    let tier: Int
    private(set) var count = 0
    private var filter: RunFilter
    private var fences: [UInt64] = []
    private var page: [UInt64] = []
    private var writtenFilterWords = 0

    /// Notes the run as unfinished, so that a restart drops what a crash leaves.
    init(
        number: Int, tier: Int, expecting recordCount: Int, _ connection: borrowing Connection
    ) throws(StorageFailure) {
        self.number = number
        self.tier = tier
        filter = RunFilter(recordCount: recordCount)
        page.reserveCapacity(Limits.runPageRecords * 4)
        let insert = try connection.prepare("INSERT INTO run VALUES (?, ?, ?, 0, 0, ?, x'')")
        insert.bind(number, at: 1)
        insert.bind(tier, at: 2)
        insert.bind(Run.State.building.rawValue, at: 3)
        insert.bind(filter.blockCount, at: 4)
        try insert.run()
    }

    /// Appends the next record; identities ascend.
    mutating func append(
        _ record: RunRecord, _ statements: borrowing InboxStatements
    ) throws(StorageFailure) {
        if page.isEmpty { fences.append(record.identity.high) }
        page.append(record.identity.high.littleEndian)
        page.append(record.identity.low.littleEndian)
        page.append(record.content.littleEndian)
        page.append(record.position.littleEndian)
        count += 1
        filter.insert(record.identity)
        if page.count == Limits.runPageRecords * 4 { try writePage(statements) }
        let final = filter.firstWord(record.identity)
        while final - writtenFilterWords >= RunFilter.chunkWords { try writeFilterChunk(statements) }
    }

    /// Ends the run; it is live when the transaction commits.
    mutating func finish(
        _ connection: borrowing Connection, _ statements: borrowing InboxStatements
    ) throws(StorageFailure) -> Run {
        if !page.isEmpty { try writePage(statements) }
        while writtenFilterWords < filter.words.count { try writeFilterChunk(statements) }
        let update = try connection.prepare("""
            UPDATE run SET state = ?, count = ?, pages = ?, fences = ? WHERE number = ?
            """)
        update.bind(Run.State.live.rawValue, at: 1)
        update.bind(count, at: 2)
        update.bind(fences.count, at: 3)
        fences.withUnsafeBytes { update.bind($0, at: 4) }
        update.bind(number, at: 5)
        try update.run()
        return Run(number: number, tier: tier, count: count, filter: filter, fences: fences)
    }

    private mutating func writePage(_ statements: borrowing InboxStatements) throws(StorageFailure) {
        statements.insertPage.bind(Run.pageKey(number, fences.count - 1), at: 1)
        page.withUnsafeBytes { statements.insertPage.bind($0, at: 2) }
        try statements.insertPage.run()
        page.removeAll(keepingCapacity: true)
    }

    private mutating func writeFilterChunk(_ statements: borrowing InboxStatements) throws(StorageFailure) {
        let end = min(filter.words.count, writtenFilterWords + RunFilter.chunkWords)
        statements.insertFilter.bind(Run.pageKey(number, writtenFilterWords / RunFilter.chunkWords), at: 1)
        filter.words[writtenFilterWords..<end].withUnsafeBytes { statements.insertFilter.bind($0, at: 2) }
        try statements.insertFilter.run()
        writtenFilterWords = end
    }
}
