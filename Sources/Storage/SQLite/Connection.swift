// SPDX-License-Identifier: EUPL-1.2

import CSQLite

/// Sole owner of one SQLite connection; it is closed exactly once.
struct Connection: ~Copyable {
    enum Mode { case create, write, read }

    let handle: OpaquePointer
    private let mode: Mode

    init(path: String, mode: Mode) throws(StorageFailure) {
        let flags = switch mode {
        case .create: SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE
        case .write: SQLITE_OPEN_READWRITE
        case .read: SQLITE_OPEN_READONLY
        }
        var opened: OpaquePointer?
        // NOMUTEX: one owner, and so one thread at a time.
        let code = sqlite3_open_v2(path, &opened, flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, nil)
        guard let opened else {
            throw .database(code: code, sentence: "\(path) cannot be opened")
        }
        guard code == SQLITE_OK else {
            let failure = Connection.failure(of: opened, code: code)
            sqlite3_close_v2(opened)
            throw failure
        }
        handle = opened
        self.mode = mode
        sqlite3_busy_timeout(handle, Limits.busyMilliseconds)
    }

    deinit {
        if mode != .read {
            // A clean end leaves everything in the database file, also when a reader closes later.
            sqlite3_busy_timeout(handle, 0)
            sqlite3_wal_checkpoint_v2(handle, nil, SQLITE_CHECKPOINT_TRUNCATE, nil, nil)
        }
        sqlite3_close_v2(handle)
    }

    /// Runs statements that return no rows.
    func execute(_ sql: String) throws(StorageFailure) {
        let code = sqlite3_exec(handle, sql, nil, nil, nil)
        guard code == SQLITE_OK else { throw failure(code) }
    }

    func prepare(_ sql: String) throws(StorageFailure) -> Statement {
        var statement: OpaquePointer?
        let code = sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        guard code == SQLITE_OK, let statement else { throw failure(code) }
        return Statement(handle: statement)
    }

    /// The first column of the first row, or `nil` where there is no row or it is NULL.
    func integer(_ sql: String) throws(StorageFailure) -> Int64? {
        let statement = try prepare(sql)
        guard try statement.step(), !statement.isNull(0) else { return nil }
        return statement.integer(0)
    }

    func text(_ sql: String) throws(StorageFailure) -> String? {
        let statement = try prepare(sql)
        guard try statement.step(), !statement.isNull(0) else { return nil }
        return statement.text(0)
    }

    /// Rows changed by the last statement.
    var changeCount: Int { Int(sqlite3_changes64(handle)) }

    var isInTransaction: Bool { sqlite3_get_autocommit(handle) == 0 }

    func failure(_ code: Int32) -> StorageFailure { Connection.failure(of: handle, code: code) }

    static func failure(of handle: OpaquePointer, code: Int32) -> StorageFailure {
        let sentence = String(cString: sqlite3_errmsg(handle))
        switch code & 0xFF {
        case SQLITE_FULL: return .diskFull(sentence: sentence)
        // "an I/O error while reading or writing": what is on the disk is no longer known.
        case SQLITE_IOERR: return .stopped(sentence: "\(sentence) (code \(code))")
        default: return .database(code: code, sentence: sentence)
        }
    }
}
