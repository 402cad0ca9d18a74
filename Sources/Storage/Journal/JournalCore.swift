// SPDX-License-Identifier: EUPL-1.2

import Journal
import Synchronization

/// The writer of `korf.db` and the working copy of what it publishes.
struct JournalCore: TransactionCore, ~Copyable {
    let connection: Connection
    let statements: JournalStatements
    let directory: String
    let headFile: HeadFile
    let suite: any CipherSuite
    /// What readers see; replaced after each commit.
    let published: PublishedShelf
    /// The shelf as the open transaction makes it.
    var shelf: Shelf
    var changed: Set<LogID> = []
    var publishedSize: LogSize
    var ownLogGrew = false
    /// Whether the open transaction makes another log the own one.
    var isSucceeding = false
    /// The own log, when the open transaction declares it.
    var declared: LogIdentity?
    var historyRows: Int
    var snapshotCursors: [SnapshotSpace: [LogID: LogSize]]

    /// Bytes beyond the callers' that a transaction may write: rows, indexes and pages half filled.
    private static let overheadBytes = 4 << 20

    init(
        connection: consuming Connection, loaded: JournalLoading.Loaded, directory: String, headFile: HeadFile,
        suite: any CipherSuite, published: PublishedShelf
    ) throws(StorageFailure) {
        let statements = try JournalStatements(connection)
        let rows = Int(try connection.integer("SELECT count(*) FROM head_change") ?? 0)
        let cursors = try Self.cursors(connection)
        self.connection = connection
        self.statements = statements
        self.directory = directory
        self.headFile = headFile
        self.suite = suite
        self.published = published
        shelf = loaded.shelf
        publishedSize = loaded.publishedSize
        historyRows = rows
        snapshotCursors = cursors
    }

    private static func cursors(
        _ connection: borrowing Connection
    ) throws(StorageFailure) -> [SnapshotSpace: [LogID: LogSize]] {
        [
            .overlay: try JournalLoading.snapshotCursor(connection, of: .overlay),
            .settled: try JournalLoading.snapshotCursor(connection, of: .settled),
        ]
    }

    mutating func begin(bytes: Int) throws(StorageFailure) {
        try FreeSpace.demand(bytes + Self.overheadBytes, at: directory)
        try connection.execute("BEGIN IMMEDIATE")
    }

    mutating func commit() throws(StorageFailure) {
        if !changed.isEmpty || shelf.sequence != published.sequence { try writeSequence() }
        try connection.execute("COMMIT")
    }

    mutating func rollBack() throws(StorageFailure) {
        if connection.isInTransaction { try connection.execute("ROLLBACK") }
        published.undo(changed, in: &shelf)
        changed = []
        ownLogGrew = false
        isSucceeding = false
        declared = nil
        historyRows = Int(try connection.integer("SELECT count(*) FROM head_change") ?? 0)
        snapshotCursors = try Self.cursors(connection)
    }

    /// The order of Protocol/log.md §7: the transaction is durable, now the file, then everybody may see it.
    mutating func publish() throws(StorageFailure) {
        if let declared {
            try headFile.write(LogTip(authorised: declared), suite)
            self.declared = nil
        }
        if ownLogGrew, let own = shelf.ownLog, let log = shelf.logs[own] {
            try headFile.write(log.tip, suite)
            publishedSize = log.tip.held
        }
        ownLogGrew = false
        isSucceeding = false
        published.publish(changed, of: shelf)
        changed = []
    }

    private mutating func writeSequence() throws(StorageFailure) {
        try dropOldHistory()
        let statement = try connection.prepare("""
            UPDATE store SET instance = ?, sequence = ?, dropped_through = ?, own_log = ?, published = ?
            """)
        statement.bind(shelf.instance, at: 1)
        statement.bind(shelf.sequence, at: 2)
        statement.bind(shelf.droppedThrough, at: 3)
        if let own = shelf.ownLog { statement.bind(own, at: 4) } else { statement.bindNull(at: 4) }
        statement.bind(isSucceeding ? 0 : publishedSize.count, at: 5)
        try statement.run()
    }

    mutating func declareOwnLog(_ entryZero: EntryZero) throws(StorageFailure) {
        guard shelf.ownLog == nil, shelf.headState == .fresh else { throw .refused(.ownLogExists) }
        let identity = LogIdentity(entryZero, suite)
        if let file = try headFile.read(), file != Array(ExternalHead.empty.format(identity, suite).utf8) {
            throw .refused(.ownLogExists)
        }
        let statement = try connection.prepare("UPDATE store SET own_log = ?, own_entry_zero = ?")
        statement.bind(identity.log, at: 1)
        statement.bind(entryZero.encode(), at: 2)
        try statement.run()
        shelf.ownLog = identity.log
        shelf.headState = .inStep
        declared = identity
    }

    private mutating func dropOldHistory() throws(StorageFailure) {
        guard historyRows > Limits.headChanges + Limits.headChangesSlack else { return }
        let excess = historyRows - Limits.headChanges
        guard let last = try connection.integer(
            "SELECT sequence FROM head_change ORDER BY sequence LIMIT 1 OFFSET \(excess - 1)")
        else { return }
        try connection.execute("DELETE FROM head_change WHERE sequence <= \(last)")
        historyRows -= connection.changeCount
        shelf.droppedThrough = UInt64(last)
    }
}

/// The statements that every commit uses.
struct JournalStatements: ~Copyable {
    let insertLog: Statement
    let updateLog: Statement
    let insertBlob: Statement
    let insertTail: Statement
    let readTail: Statement
    let deleteTail: Statement
    let insertChange: Statement
}

extension JournalStatements {
    init(_ connection: borrowing Connection) throws(StorageFailure) {
        self.init(
            insertLog: try connection.prepare("""
                INSERT INTO log(number, id, entry_zero, held, edge, head_size, right_hand, bytes)
                VALUES (?, ?, ?, 0, x'', 0, x'', 0)
                """),
            updateLog: try connection.prepare("""
                UPDATE log SET held = ?, edge = ?, head_size = ?, head_root = ?, head_signature = ?, right_hand = ?,
                bytes = ? WHERE number = ?
                """),
            insertBlob: try connection.prepare("INSERT INTO blob VALUES (?, ?, ?)"),
            insertTail: try connection.prepare("INSERT INTO tail VALUES (?, ?, ?)"),
            readTail: try connection.prepare("SELECT count, entries FROM tail WHERE key BETWEEN ? AND ? ORDER BY key"),
            deleteTail: try connection.prepare("DELETE FROM tail WHERE key BETWEEN ? AND ?"),
            insertChange: try connection.prepare("""
                INSERT INTO head_change VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET after = excluded.after
                """))
    }
}
