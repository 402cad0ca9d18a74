// SPDX-License-Identifier: EUPL-1.2

import CSQLite
import Journal

/// Takes the store up again at start: rows of logs only, never a blob.
enum JournalLoading {
    struct Loaded {
        var shelf: Shelf
        var publishedSize: LogSize
        var ownEntryZero: [UInt8]?
        var isReadsOnly: Bool
    }

    static func load(
        _ connection: borrowing Connection, _ suite: any CipherSuite
    ) throws(StorageFailure) -> Loaded {
        var loaded = try storeRow(connection)
        let rows = try connection.prepare("""
            SELECT number, id, entry_zero, held, edge, head_size, head_root, head_signature, right_hand, bytes FROM log
            """)
        while try rows.step() {
            let log = try held(rows, suite)
            loaded.shelf.logs[log.tip.log] = log
            loaded.shelf.nextNumber = max(loaded.shelf.nextNumber, log.number + 1)
        }
        let dead = try connection.prepare("""
            SELECT number, id, entry_zero, held, edge, head_size, head_root, head_signature, right_hand, bytes
            FROM dead_branch ORDER BY number
            """)
        while try dead.step() {
            let branch = try held(dead, suite)
            loaded.shelf.dead.append(branch)
            loaded.shelf.nextNumber = max(loaded.shelf.nextNumber, branch.number + 1)
        }
        let convicted = try connection.prepare("SELECT log FROM evidence")
        while try convicted.step() {
            if let log: LogID = convicted.value(0) { loaded.shelf.convicted.insert(log) }
        }
        let own = try connection.prepare("SELECT class, bytes FROM own_bytes")
        while try own.step() { loaded.shelf.ownBytes[Int(own.integer(0))] = Int(own.integer(1)) }
        loaded.shelf.epochNumber = Int(try connection.integer("SELECT max(number) FROM epoch") ?? 0)
        let covered = try connection.prepare("SELECT log, bytes FROM covered_bytes")
        while try covered.step() {
            if let log: LogID = covered.value(0) { loaded.shelf.coveredBytes[log] = Int(covered.integer(1)) }
        }
        return loaded
    }

    static func snapshotCursor(
        _ connection: borrowing Connection, of space: SnapshotSpace
    ) throws(StorageFailure) -> [LogID: LogSize] {
        var cursor: [LogID: LogSize] = [:]
        let rows = try connection.prepare("SELECT log, size FROM \(space.rawValue)_cursor")
        while try rows.step() {
            if let log: LogID = rows.value(0), let size = LogSize(Int(rows.integer(1))) { cursor[log] = size }
        }
        return cursor
    }

    private static func storeRow(_ connection: borrowing Connection) throws(StorageFailure) -> Loaded {
        let row = try connection.prepare("""
            SELECT instance, sequence, dropped_through, own_log, published, reads_only, own_entry_zero FROM store
            """)
        guard try row.step() else {
            // A store is made with its own instance, so that tokens of another one are never taken for its.
            let insert = try connection.prepare("INSERT INTO store VALUES (1, ?, 0, 0, NULL, NULL, 0, 0)")
            let instance = Randomness.bytes(16)
            insert.bind(instance, at: 1)
            try insert.run()
            var shelf = Shelf()
            shelf.instance = instance
            return Loaded(shelf: shelf, publishedSize: .empty, ownEntryZero: nil, isReadsOnly: false)
        }
        var shelf = Shelf()
        shelf.instance = row.bytes(0)
        shelf.sequence = row.size(1)
        shelf.droppedThrough = row.size(2)
        shelf.ownLog = row.value(3)
        return Loaded(
            shelf: shelf, publishedSize: LogSize(Int(row.integer(4))) ?? .empty,
            ownEntryZero: row.isNull(6) ? nil : row.bytes(6), isReadsOnly: row.integer(5) != 0)
    }

    /// Reads the current row of `log`. Edge, right-hand hashes and signature are checked anew.
    static func held(_ row: borrowing Statement, _ suite: any CipherSuite) throws(StorageFailure) -> HeldLog {
        guard let id: LogID = row.value(1) else {
            throw .notOurs(path: DatabaseFile.journal.name, sentence: "a log has no id")
        }
        func damaged(_ sentence: String) -> StorageFailure {
            .damaged(Damage(log: id, index: .zero, sentence: sentence))
        }
        let identity = try identity(entryZero: row.bytes(2), suite)
        guard identity.log == id else { throw damaged("its entry 0 belongs to another log") }
        guard let size = LogSize(Int(row.integer(3))), let edgeHashes = HashList.decode(row.bytes(4)),
              let edge = RightEdge(size: size, hashes: edgeHashes),
              let headSize = LogSize(Int(row.integer(5))), let root: Hash = row.value(6),
              let signature = Signature(row.bytes(7)), let rightHand = HashList.decode(row.bytes(8))
        else { throw damaged("its sizes and hashes do not fit each other") }
        do throws(PageRefusal) {
            let tip = try LogTip(
                restoring: identity, edge: edge,
                head: SignedHead(Head(size: headSize, root: root), signature: signature),
                rightHandHashes: rightHand, suite)
            return HeldLog(number: Int(row.integer(0)), tip: tip, byteCount: Int(row.integer(9)))
        } catch { throw damaged("its stored head does not verify: \(error.reason)") }
    }

    static func identity(entryZero: [UInt8], _ suite: any CipherSuite) throws(StorageFailure) -> LogIdentity {
        do throws(EntryZeroRefusal) {
            return LogIdentity(try EntryZero.parse(entryZero), suite)
        } catch { throw .notOurs(path: DatabaseFile.journal.name, sentence: "an entry 0 cannot be read") }
    }
}

/// Random bytes of the system, for instances and keys that never leave the store.
enum Randomness {
    static func bytes(_ count: Int) -> [UInt8] {
        var system = SystemRandomNumberGenerator()
        return (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &system) }
    }
}
