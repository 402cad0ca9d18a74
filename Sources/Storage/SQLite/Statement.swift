// SPDX-License-Identifier: EUPL-1.2

import CSQLite
import Journal

/// Sole owner of one prepared statement. Parameters count from 1, columns from 0, as in SQLite.
struct Statement: ~Copyable {
    private let handle: OpaquePointer

    init(handle: OpaquePointer) { self.handle = handle }

    deinit { sqlite3_finalize(handle) }

    func bind(_ value: Int64, at index: Int32) { check(sqlite3_bind_int64(handle, index, value)) }
    func bind(_ value: Int, at index: Int32) { bind(Int64(value), at: index) }
    func bind(_ value: UInt64, at index: Int32) { bind(Int64(bitPattern: value), at: index) }
    func bindNull(at index: Int32) { check(sqlite3_bind_null(handle, index)) }

    func bind(_ text: String, at index: Int32) {
        check(korf_sqlite_bind_text(handle, index, text, UInt64(text.utf8.count)))
    }

    func bind(_ bytes: [UInt8], at index: Int32) {
        bytes.withUnsafeBytes { bind($0, at: index) }
    }

    func bind(_ hash: some ThirtyTwoBytes, at index: Int32) {
        hash.withBytes { bind($0, at: index) }
    }

    func bind(_ bytes: UnsafeRawBufferPointer, at index: Int32) {
        // A nil pointer would bind NULL; no bytes is a blob of length 0.
        guard let start = bytes.baseAddress, !bytes.isEmpty else {
            return check(sqlite3_bind_zeroblob(handle, index, 0))
        }
        check(korf_sqlite_bind_blob(handle, index, start, UInt64(bytes.count)))
    }

    /// True while there is a row to read. After `false` the statement is ready for its next use.
    func step() throws(StorageFailure) -> Bool {
        let code = sqlite3_step(handle)
        switch code {
        case SQLITE_ROW: return true
        case SQLITE_DONE:
            sqlite3_reset(handle)
            return false
        default:
            let failure = Connection.failure(of: sqlite3_db_handle(handle), code: code)
            sqlite3_reset(handle)
            throw failure
        }
    }

    /// Runs a statement from which no row is wanted.
    func run() throws(StorageFailure) {
        _ = try step()
        sqlite3_reset(handle)
    }

    func reset() { sqlite3_reset(handle) }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(handle, column) == SQLITE_NULL }
    func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(handle, column) }
    func size(_ column: Int32) -> UInt64 { UInt64(bitPattern: integer(column)) }

    func text(_ column: Int32) -> String {
        guard let text = sqlite3_column_text(handle, column) else { return "" }
        let count = Int(sqlite3_column_bytes(handle, column))
        return String(decoding: UnsafeBufferPointer(start: text, count: count), as: UTF8.self)
    }

    func bytes(_ column: Int32) -> [UInt8] { withBytes(column) { Array($0) } }

    func value<Value: ThirtyTwoBytes>(_ column: Int32) -> Value? {
        withBytes(column) { $0.count == Value.byteCount ? Value(unsafe: $0) : nil }
    }

    /// Lends the blob until the next step or reset.
    func withBytes<Result>(_ column: Int32, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let start = sqlite3_column_blob(handle, column)
        return body(UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(handle, column))))
    }

    /// Binding fails only for a wrong index or a value beyond SQLite's limits: a mistake of this module.
    private func check(_ code: Int32) {
        precondition(code == SQLITE_OK, "a parameter could not be bound (code \(code))")
    }
}
