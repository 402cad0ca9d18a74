// SPDX-License-Identifier: EUPL-1.2

import Journal

/// Hashes every entry again, up to the signed head of each log, and compares what is kept beside.
struct JournalCheck {
    let suite: any CipherSuite

    func run(_ connection: borrowing Connection, _ report: inout FsckReport) throws(StorageFailure) {
        var held: [LogID: LogTip] = [:]
        var numbers: Set<Int> = []
        let rows = try connection.prepare("""
            SELECT number, id, entry_zero, held, edge, head_size, head_root, head_signature, right_hand, bytes FROM log
            """)
        while try rows.step() {
            report.logCount += 1
            numbers.insert(Int(rows.integer(0)))
            do throws(StorageFailure) {
                let log = try JournalLoading.held(rows, suite)
                held[log.tip.log] = log.tip
                try entries(of: log, entryZero: rows.bytes(2), connection, &report)
            } catch { report.note(error) }
        }
        try deadBranches(connection, &numbers, &report)
        try strays(connection, numbers, &report)
        try history(connection, held, &report)
        try beside(connection, held, &report)
    }

    /// Branches that others replaced are whole too, for as long as they are kept.
    private func deadBranches(
        _ connection: borrowing Connection, _ numbers: inout Set<Int>, _ report: inout FsckReport
    ) throws(StorageFailure) {
        guard Int(try connection.integer("PRAGMA user_version") ?? 0) >= DatabaseFile.branchSchemaVersion else {
            return
        }
        let rows = try connection.prepare("""
            SELECT number, id, entry_zero, held, edge, head_size, head_root, head_signature, right_hand, bytes
            FROM dead_branch
            """)
        while try rows.step() {
            numbers.insert(Int(rows.integer(0)))
            do throws(StorageFailure) {
                let branch = try JournalLoading.held(rows, suite)
                try entries(of: branch, entryZero: rows.bytes(2), connection, &report)
            } catch { report.note(error) }
        }
    }

    private func entries(
        of log: HeldLog, entryZero: [UInt8], _ connection: borrowing Connection, _ report: inout FsckReport
    ) throws(StorageFailure) {
        var edge = RightEdge()
        let bytesBefore = report.entryBytes
        let keys = (DatabaseFile.key(log.number, 0), DatabaseFile.key(log.number + 1, 0) - 1)
        let blobs = try connection.prepare("""
            SELECT key, root, entries FROM blob WHERE key BETWEEN ? AND ? ORDER BY key
            """)
        blobs.bind(keys.0, at: 1)
        blobs.bind(keys.1, at: 2)
        while try blobs.step() {
            let number = edge.size.count / Limits.blobEntries
            let root: Hash? = blobs.value(1)
            guard Int(blobs.integer(0)) == keys.0 + number else {
                return report.note("a blob of entries is missing", log: log.tip.log, index: edge.size.count)
            }
            let bytes = blobs.bytes(2)
            try append(bytes, to: &edge, log, entryZero, &report)
            guard edge.size.count == (number + 1) * Limits.blobEntries,
                  let leaves = leaves(bytes), subtree(leaves) == root
            else {
                return report.note(
                    "the entries of a blob do not hash to its root", log: log.tip.log,
                    index: number * Limits.blobEntries)
            }
        }
        let tail = try connection.prepare("""
            SELECT key, count, entries FROM tail WHERE key BETWEEN ? AND ? ORDER BY key
            """)
        tail.bind(keys.0, at: 1)
        tail.bind(keys.1, at: 2)
        while try tail.step() {
            let start = edge.size.count
            guard Int(tail.integer(0)) == keys.0 + start else {
                return report.note("a row of the tail is missing or out of place", log: log.tip.log, index: start)
            }
            try append(tail.bytes(2), to: &edge, log, entryZero, &report)
            guard edge.size.count == start + Int(tail.integer(1)) else {
                return report.note("a row of the tail has another number of entries", log: log.tip.log, index: start)
            }
        }
        let byteCount = report.entryBytes - bytesBefore
        if byteCount != log.byteCount {
            report.note("its entries have \(byteCount) bytes, not \(log.byteCount) as its row says", log: log.tip.log)
        }
        guard edge == log.tip.edge else {
            return report.note(
                "\(edge.size) entries are stored and do not give the signed root of \(log.tip.held)", log: log.tip.log)
        }
    }

    private func append(
        _ bytes: [UInt8], to edge: inout RightEdge, _ log: HeldLog, _ entryZero: [UInt8], _ report: inout FsckReport
    ) throws(StorageFailure) {
        guard let ranges = EntryBundle.ranges(bytes) else {
            return report.note("the stored bytes are no entries", log: log.tip.log, index: edge.size.count)
        }
        for range in ranges {
            let index = edge.size.count
            do throws(EntryRefusal) {
                _ = try Entry.parse(bytes[range])
            } catch { report.note("this is no entry: \(error.reason)", log: log.tip.log, index: index) }
            if index == 0, Array(bytes[range]) != entryZero {
                report.note("entry 0 is not the one that names the log", log: log.tip.log, index: 0)
            }
            edge.append(leaf: suite.leafHash(bytes[range]), suite)
            report.entryCount += 1
            report.entryBytes += range.count
        }
    }

    private func leaves(_ bytes: [UInt8]) -> [Hash]? {
        EntryBundle.ranges(bytes).map { ranges in
            bytes.withUnsafeBytes { suite.leafHashes(in: $0, at: ranges[...]) }
        }
    }

    private func subtree(_ leaves: [Hash]) -> Hash {
        var edge = RightEdge()
        edge.append(leaves: leaves, suite)
        return edge.root(suite)
    }

    private func strays(
        _ connection: borrowing Connection, _ numbers: Set<Int>, _ report: inout FsckReport
    ) throws(StorageFailure) {
        for table in ["blob", "tail"] {
            let rows = try connection.prepare(
                "SELECT DISTINCT key >> \(DatabaseFile.positionBits) FROM \(table) ORDER BY 1")
            while try rows.step() {
                if numbers.contains(Int(rows.integer(0))) { continue }
                report.note("table \(table) has rows of log number \(rows.integer(0)), which is not known")
            }
        }
    }

    private func history(
        _ connection: borrowing Connection, _ held: [LogID: LogTip], _ report: inout FsckReport
    ) throws(StorageFailure) {
        let sequence = try connection.integer("SELECT sequence FROM store") ?? 0
        let dropped = try connection.integer("SELECT dropped_through FROM store") ?? 0
        let rows = try connection.prepare("""
            SELECT sequence, kind, log, before, after FROM head_change ORDER BY sequence
            """)
        var sizes: [LogID: Int] = [:]
        while try rows.step() {
            guard (dropped + 1...max(dropped + 1, sequence)).contains(rows.integer(0)), let log: LogID = rows.value(2)
            else {
                report.note("the history of heads has a row at sequence \(rows.integer(0)) outside its bounds")
                continue
            }
            guard rows.integer(1) == HeadChangeKind.head.rawValue else { continue }
            if let size = sizes[log], size != Int(rows.integer(3)) {
                report.note("the history of what was held has a gap at sequence \(rows.integer(0))", log: log)
            }
            sizes[log] = Int(rows.integer(4))
        }
        for (log, size) in sizes.sorted(by: { $0.key < $1.key }) where held[log]?.held.count ?? 0 != size {
            report.note("the history of what was held ends at \(size), not at what is held", log: log)
        }
    }

    private func cursor(
        _ space: SnapshotSpace, _ connection: borrowing Connection, _ held: [LogID: LogTip],
        _ report: inout FsckReport
    ) throws(StorageFailure) {
        let cursor = try JournalLoading.snapshotCursor(connection, of: space).sorted { $0.key < $1.key }
        for (log, size) in cursor where size > held[log]?.held ?? .empty {
            report.note("the snapshot of the state says \(size) entries, more than are held", log: log)
        }
    }

    private func beside(
        _ connection: borrowing Connection, _ held: [LogID: LogTip], _ report: inout FsckReport
    ) throws(StorageFailure) {
        try cursor(.overlay, connection, held, &report)
        if Int(try connection.integer("PRAGMA user_version") ?? 0) >= DatabaseFile.epochSchemaVersion {
            try cursor(.settled, connection, held, &report)
            try EpochCheck().run(connection, held, &report)
        }
        let evidence = try connection.prepare("SELECT log, bytes FROM evidence")
        while try evidence.step() {
            guard let log: LogID = evidence.value(0), let tip = held[log] else { continue }
            do throws(EvidenceRefusal) {
                _ = try ForkEvidence.parse(evidence.bytes(1)).check(tip.identity, suite)
            } catch { report.note("the evidence held against it convicts nobody: \(error)", log: log) }
        }
        let texts = try connection.prepare("SELECT commitment, salt, text FROM text")
        while try texts.step() {
            let hash = suite.hash(texts.bytes(1), texts.bytes(2))
            if let commitment: Hash = texts.value(0), commitment == hash { continue }
            report.note("a text does not fit its commitment \(hash)")
        }
    }
}
