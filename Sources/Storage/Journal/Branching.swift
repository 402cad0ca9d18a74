// SPDX-License-Identifier: EUPL-1.2

public import Journal

// A branch of a log that is dead gives way to the one that stands. Spec: Protocol/storage.md §4.
extension JournalCore {
    /// Sets a log back to `base`, a tip below which everything stands, so that another branch follows. What was held
    /// goes on as a dead branch under its old number, until the next epoch; a dead branch of before goes now. What the
    /// base holds is copied under a new number: whoever reads the old rows meanwhile finds them as they were.
    mutating func branch(at base: LogTip) throws(StorageFailure) {
        guard let held = shelf.logs[base.log] else { throw .refused(.unknownLog(base.log)) }
        try dropDeadBranches(of: base.log)
        try keepDead(held)
        let number = shelf.nextNumber
        shelf.nextNumber += 1
        try execute("UPDATE log SET number = ? WHERE number = ?", number, held.number)
        try copy(base.held.count, from: held.number, to: number, of: base.log)
        let whole = try connection.prepare("DELETE FROM whole_head WHERE log = ? AND size > ?")
        whole.bind(base.log, at: 1)
        whole.bind(base.held.count, at: 2)
        try whole.run()
        // The saved overlay has folded what no longer stands, and own messages that are gone justify nothing.
        try connection.execute("DELETE FROM snapshot_chunk; DELETE FROM snapshot_cursor")
        snapshotCursors[.overlay] = [:]
        if base.log == shelf.ownLog { try connection.execute("DELETE FROM justification") }
        shelf.logs[base.log] = HeldLog(number: number, tip: base, byteCount: shelf.coveredBytes[base.log] ?? 0)
        changed.insert(base.log)
    }

    private mutating func keepDead(_ held: HeldLog) throws(StorageFailure) {
        try execute("""
            INSERT INTO dead_branch SELECT number, id, entry_zero, held, edge, head_size, head_root, head_signature,
            right_hand, bytes FROM log WHERE number = ?
            """, held.number)
        shelf.dead.append(held)
    }

    /// Whole blobs as they are, and what is left of the next one as one row of the tail.
    private func copy(_ count: Int, from old: Int, to new: Int, of log: LogID) throws(StorageFailure) {
        let whole = count / Limits.blobEntries
        try execute(
            "INSERT INTO blob SELECT key + ?, root, entries FROM blob WHERE key >= ? AND key < ?",
            DatabaseFile.key(new - old, 0), DatabaseFile.key(old, 0), DatabaseFile.key(old, whole))
        let rest = count % Limits.blobEntries
        guard rest > 0 else { return }
        var bytes = try stored(old, blob: whole)
        guard let last = EntryBundle.range(of: rest - 1, in: bytes) else {
            throw .damaged(Damage(
                log: log, index: EntryIndex(known: count - 1), sentence: "the entries below a branch are missing"))
        }
        bytes.removeLast(bytes.count - last.upperBound)
        statements.insertTail.bind(DatabaseFile.key(new, whole * Limits.blobEntries), at: 1)
        statements.insertTail.bind(rest, at: 2)
        statements.insertTail.bind(bytes, at: 3)
        try statements.insertTail.run()
    }

    /// The entries of a blob, or of the rows of the tail that stand in its place.
    private func stored(_ number: Int, blob: Int) throws(StorageFailure) -> [UInt8] {
        let row = try connection.prepare("SELECT entries FROM blob WHERE key = ?")
        row.bind(DatabaseFile.key(number, blob), at: 1)
        if try row.step() { return row.bytes(0) }
        let first = DatabaseFile.key(number, blob * Limits.blobEntries)
        statements.readTail.bind(first, at: 1)
        statements.readTail.bind(first + Limits.blobEntries - 1, at: 2)
        var bytes: [UInt8] = []
        while try statements.readTail.step() { statements.readTail.withBytes(1) { bytes.append(contentsOf: $0) } }
        return bytes
    }

    /// Removes dead branches with their entries: of one log, or all.
    mutating func dropDeadBranches(of log: LogID? = nil) throws(StorageFailure) {
        for branch in shelf.dead where log == nil || branch.tip.log == log {
            let keys = (DatabaseFile.key(branch.number, 0), DatabaseFile.key(branch.number + 1, 0))
            for table in ["blob", "tail"] {
                try execute("DELETE FROM \(table) WHERE key >= ? AND key < ?", keys.0, keys.1)
            }
            try execute("DELETE FROM dead_branch WHERE number = ?", branch.number)
        }
        shelf.dead.removeAll { log == nil || $0.tip.log == log }
    }

    /// Remembers a head below which everything was held, before one follows below which it is not.
    func keepWhole(_ tip: LogTip, before next: LogTip) throws(StorageFailure) {
        guard case .whole(let head) = tip.standing, case .part = next.standing else { return }
        let row = try connection.prepare("INSERT OR REPLACE INTO whole_head VALUES (?, ?, ?, ?)")
        row.bind(tip.log, at: 1)
        row.bind(head.size.count, at: 2)
        row.bind(head.root, at: 3)
        row.bind(head.signed.signature.bytes, at: 4)
        try row.run()
    }

    private func execute(_ text: String, _ values: Int...) throws(StorageFailure) {
        let statement = try connection.prepare(text)
        for (position, value) in values.enumerated() { statement.bind(value, at: Int32(position + 1)) }
        try statement.run()
    }
}

extension JournalStore {
    /// The logs of which a dead branch is kept, in order.
    public var deadBranches: [LogID] { shelf.dead.map(\.tip.log).sorted() }

    /// Entries of the dead branch of a log from a position on; none at its end, or where none is kept.
    public func deadEntries(
        of log: LogID, from: EntryIndex, byteLimit: Int
    ) throws(StorageFailure) -> EntryBatch {
        guard let branch = shelf.dead.first(where: { $0.tip.log == log }), from < branch.tip.held.next else {
            return EntryBatch([])
        }
        return try read { reader, reads throws(StorageFailure) in
            try reader.entries(branch, from: from.position, byteLimit: byteLimit, counting: reads)
        }
    }

    /// The newest signed head below which everything is held; `nil` where none is known.
    public func wholeHead(of log: LogID) throws(StorageFailure) -> SignedHead? {
        guard let tip = published.log(log)?.tip else { return nil }
        if case .whole(let head) = tip.standing { return head.signed }
        return try read { reader, _ throws(StorageFailure) in
            let row = try reader.connection.prepare("SELECT size, root, signature FROM whole_head WHERE log = ?")
            row.bind(log, at: 1)
            guard try row.step(), let size = LogSize(Int(row.integer(0))), size <= tip.held,
                  let root: Hash = row.value(1), let signature = Signature(row.bytes(2))
            else { return nil }
            let head = SignedHead(Head(size: size, root: root), signature: signature)
            return VerifiedHead(head, of: tip.identity, reader.suite)?.signed
        }
    }

    /// The root over the first entries of a log, at most as many as are held.
    public func root(of log: LogID, at size: LogSize) throws(StorageFailure) -> Hash {
        let held = try heldLog(log)
        guard size <= held.tip.held else {
            throw .refused(.indexOutOfRange(log: log, index: size.next))
        }
        return try read { reader, reads throws(StorageFailure) in try reader.rootAt(held, size, counting: reads) }
    }
}
