// SPDX-License-Identifier: EUPL-1.2

/// All identities that the inbox ever accepted: the newest in memory, the rest in sorted runs behind filters.
/// Tiers of runs, four of one merged into one of the next, so ten million ids lie in some ten runs and
/// memory holds only filters and fences. Spec: Protocol/storage.md §5.
struct SeenIdentities {
    private(set) var recent: [EventIdentity: (content: UInt64, position: UInt64)] = [:]
    private(set) var runs: [Run] = []
    private var merges: [RunMerge] = []
    private var dropping: [Int] = []
    private var nextNumber = 1

    /// Loads filters and fences; what a crash left half merged is dropped and merged again.
    static func load(_ connection: borrowing Connection) throws(StorageFailure) -> SeenIdentities {
        var seen = SeenIdentities()
        let rows = try connection.prepare("SELECT number, tier, state, count, blocks, fences FROM run ORDER BY number")
        while try rows.step() {
            let number = Int(rows.integer(0))
            seen.nextNumber = max(seen.nextNumber, number + 1)
            guard Int(rows.integer(2)) == Run.State.live.rawValue else {
                seen.dropping.append(number)
                continue
            }
            let fences = rows.withBytes(5) { words($0) }
            guard let filter = RunFilter(
                blockCount: Int(rows.integer(4)), words: try filterWords(number, Int(rows.integer(4)), connection))
            else { throw .notOurs(path: DatabaseFile.inbox.name, sentence: "run \(number) has no whole filter") }
            seen.runs.append(Run(
                number: number, tier: Int(rows.integer(1)), count: Int(rows.integer(3)), filter: filter,
                fences: fences))
        }
        return seen
    }

    var count: Int { recent.count + runs.reduce(0) { $0 + $1.count } }

    mutating func remember(_ identity: EventIdentity, content: UInt64, position: UInt64) {
        recent[identity] = (content, position)
    }

    func find(
        _ identity: EventIdentity, _ statements: borrowing InboxStatements
    ) throws(StorageFailure) -> (content: UInt64, position: UInt64)? {
        if let known = recent[identity] { return known }
        for run in runs where run.filter.mayContain(identity) {
            var page = run.page(for: identity)
            while let number = page {
                let records = try statements.page(run.number, number)
                if let record = records.record(of: identity) { return (record.content, record.position) }
                // Equal fences: the identity may stand on the page before.
                page = number > 0 && run.fences[number] == identity.high ? number - 1 : nil
            }
        }
        return nil
    }

    /// Writes the recent ones as a run of tier 0.
    mutating func seal(
        _ connection: borrowing Connection, _ statements: borrowing InboxStatements
    ) throws(StorageFailure) {
        guard !recent.isEmpty else { return }
        var records = recent.map { item in
            RunRecord(identity: item.key, content: item.value.content, position: item.value.position)
        }
        records.sort()
        var builder = try RunBuilder(number: nextNumber, tier: 0, expecting: records.count, connection)
        nextNumber += 1
        for record in records { try builder.append(record, statements) }
        runs.append(try builder.finish(connection, statements))
        recent = [:]
    }

    /// The share of merging and dropping that this transaction owes for the events that it accepted.
    mutating func tidy(
        accepted: Int, _ connection: borrowing Connection, _ statements: borrowing InboxStatements
    ) throws(StorageFailure) {
        try startMerges(connection, statements)
        let budget = max(Limits.mergeRecordsLeast, accepted * Limits.mergeRecordsPerEvent)
        for index in merges.indices.reversed() {
            guard let merged = try merges[index].step(budget, connection, statements) else { continue }
            let old = Set(merges[index].inputs.map(\.number))
            merges.remove(at: index)
            runs.removeAll { old.contains($0.number) }
            runs.append(merged)
            for number in old.sorted() {
                try connection.execute(
                    "UPDATE run SET state = \(Run.State.dropping.rawValue) WHERE number = \(number)")
                dropping.append(number)
            }
        }
        try drop(connection)
    }

    private mutating func startMerges(
        _ connection: borrowing Connection, _ statements: borrowing InboxStatements
    ) throws(StorageFailure) {
        let busy = Set(merges.flatMap { $0.inputs.map(\.number) })
        let busyTiers = Set(merges.map { $0.inputs[0].tier })
        for tier in Set(runs.map(\.tier)).subtracting(busyTiers).sorted() {
            let ready = runs.filter { $0.tier == tier && !busy.contains($0.number) }
            guard ready.count >= Limits.runFanOut else { continue }
            merges.append(try RunMerge(
                Array(ready.prefix(Limits.runFanOut)), number: nextNumber, connection, statements))
            nextNumber += 1
        }
    }

    private mutating func drop(_ connection: borrowing Connection) throws(StorageFailure) {
        guard let number = dropping.first else { return }
        let keys = "BETWEEN \(Run.pageKey(number, 0)) AND \(Run.pageKey(number + 1, 0) - 1)"
        for table in ["run_page", "run_filter"] {
            let last = try connection.integer(
                "SELECT key FROM \(table) WHERE key \(keys) ORDER BY key LIMIT 1 OFFSET \(Limits.droppedPages)")
            guard let last else {
                try connection.execute("DELETE FROM \(table) WHERE key \(keys)")
                continue
            }
            return try connection.execute("DELETE FROM \(table) WHERE key \(keys) AND key < \(last)")
        }
        try connection.execute("DELETE FROM run WHERE number = \(number)")
        dropping.removeFirst()
    }

    private static func filterWords(
        _ run: Int, _ blockCount: Int, _ connection: borrowing Connection
    ) throws(StorageFailure) -> [UInt64] {
        let rows = try connection.prepare("SELECT words FROM run_filter WHERE key BETWEEN ? AND ? ORDER BY key")
        rows.bind(Run.pageKey(run, 0), at: 1)
        rows.bind(Run.pageKey(run + 1, 0) - 1, at: 2)
        var found: [UInt64] = []
        found.reserveCapacity(blockCount * RunFilter.blockWords)
        while try rows.step() { rows.withBytes(0) { found.append(contentsOf: words($0)) } }
        return found
    }

    private static func words(_ bytes: UnsafeRawBufferPointer) -> [UInt64] {
        (0..<bytes.count / 8).map { bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self) }
    }
}
