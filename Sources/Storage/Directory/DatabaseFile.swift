// SPDX-License-Identifier: EUPL-1.2

import Glibc

/// One of the three databases of a data directory: its name, and the numbers in its header by which a program
/// knows that it may open it. Spec: Protocol/storage.md §2.
struct DatabaseFile: Sendable {
    let name: String
    /// Four bytes of text at offset 68 of the file.
    let applicationID: Int
    let pageBytes: Int
    /// The tables of schema version 1.
    let schema: String
    /// Each makes the next version of the tables. The next person adds one here and never changes one that is out.
    var steps: [String] = []

    /// The newest version of the tables.
    var schemaVersion: Int { 1 + steps.count }

    static let all = [journal, inbox, books]
    /// Directories and backups from before a member had books in its node lack these; they are then made empty.
    static let added = [books.name]

    func path(in directory: String) -> String { directory + "/" + name }

    /// Reads the header without SQLite, which would leave files beside even when it only reads.
    /// A database ends each change of its schema with a checkpoint, so the header is never behind.
    func checkHeader(in directory: String) throws(StorageFailure) {
        let path = path(in: directory)
        let descriptor = Glibc.open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return }
            throw DurableFile.failure("open", path)
        }
        defer { close(descriptor) }
        var header = [UInt8](repeating: 0, count: 100)
        let count = header.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        if count == 0 { return }
        guard count == header.count, header.starts(with: Array("SQLite format 3\0".utf8)) else {
            throw .notOurs(path: path, sentence: "this is no SQLite database")
        }
        func number(at offset: Int) -> Int {
            header[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
        }
        try check(applicationID: number(at: 68), schemaVersion: number(at: 60), path: path)
    }

    private func check(applicationID: Int, schemaVersion: Int, path: String) throws(StorageFailure) {
        guard applicationID == self.applicationID else {
            throw .notOurs(path: path, sentence: "this database belongs to another program")
        }
        guard schemaVersion <= self.schemaVersion else {
            throw .newerSchema(path: path, found: schemaVersion, known: self.schemaVersion)
        }
    }

    /// Opens for writing, making the tables where the file is new. Older tables are changed step by step from the
    /// version found, in one transaction each, and a checkpoint ends it.
    func openWriter(in directory: String) throws(StorageFailure) -> Connection {
        let path = path(in: directory)
        // Made here, so that it is never readable for others; SQLite gives its other files the same rights.
        let descriptor = Glibc.open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw DurableFile.failure("open", path) }
        close(descriptor)
        let connection = try Connection(path: path, mode: .write)
        let version = Int(try connection.integer("PRAGMA user_version") ?? 0)
        if version == 0, try connection.integer("SELECT count(*) FROM sqlite_schema") == 0 {
            try connection.execute("PRAGMA page_size = \(pageBytes)")
            try configureWriter(connection)
            try connection.execute("""
                BEGIN IMMEDIATE; PRAGMA application_id = \(applicationID); PRAGMA user_version = \(schemaVersion);
                \(([schema] + steps).joined(separator: ";\n")); COMMIT; PRAGMA wal_checkpoint(TRUNCATE)
                """)
            try DurableFile.syncDirectory(of: path)
        } else {
            let found = Int(try connection.integer("PRAGMA application_id") ?? 0)
            try check(applicationID: found, schemaVersion: version, path: path)
            try configureWriter(connection)
            for (position, step) in steps.enumerated().dropFirst(version - 1) {
                try connection.execute("""
                    BEGIN IMMEDIATE; PRAGMA user_version = \(position + 2); \(step); COMMIT;
                    PRAGMA wal_checkpoint(TRUNCATE)
                    """)
            }
        }
        return connection
    }

    func openReader(in directory: String) throws(StorageFailure) -> Connection {
        let connection = try Connection(path: path(in: directory), mode: .read)
        try connection.execute("PRAGMA cache_size = -\(Limits.readerCacheKibibytes); PRAGMA query_only = 1")
        return connection
    }

    private func configureWriter(_ connection: borrowing Connection) throws(StorageFailure) {
        guard try connection.text("PRAGMA journal_mode = WAL") == "wal" else {
            throw .notOurs(path: name, sentence: "the write-ahead log cannot be used on this disk")
        }
        // FULL: a commit syncs the write-ahead log, so what was acknowledged survives a loss of power.
        try connection.execute("""
            PRAGMA synchronous = FULL; PRAGMA secure_delete = OFF; PRAGMA temp_store = MEMORY;
            PRAGMA wal_autocheckpoint = \(Limits.checkpointPages);
            PRAGMA journal_size_limit = 33554432; PRAGMA cache_size = -\(Limits.writerCacheKibibytes)
            """)
    }
}
