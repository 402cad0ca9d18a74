// SPDX-License-Identifier: EUPL-1.2

import Cryptography
import Glibc
import Journal
@testable import Storage
import Testing

@Suite("Data directory: rights, lock, schema, Protocol/storage.md §1-3")
struct DataDirectoryTests {
    @Test("directory and files are for the node alone")
    func rights() throws {
        let scratch = Scratch()
        let store = try scratch.open()
        #expect(scratch.mode(scratch.data) == 0o700)
        for name in ["korf.db", "inbox.db", "books.db", "lock", "korf.db-wal"] {
            #expect(scratch.mode(scratch.data + "/" + name) == 0o600)
        }
        #expect(store.directory.byteCount > 0)
    }

    @Test("a second holder is refused within a second; after the first is gone the directory is free")
    func secondHolder() throws {
        let scratch = Scratch()
        do {
            let first = try scratch.open()
            let clock = ContinuousClock()
            let took = clock.measure {
                // flock belongs to the open file, so a second open in this process is refused as in another one.
                #expect(throws: StorageFailure.inUse(path: scratch.data)) { _ = try scratch.open() }
            }
            #expect(took < .seconds(1))
            #expect(throws: StorageFailure.inUse(path: scratch.data)) { _ = try Fsck.check(scratch.data, suite) }
            _ = first.directory.path
        }
        _ = try scratch.open()
    }

    @Test("a second process is refused")
    func secondProcess() async throws {
        let scratch = Scratch()
        do { _ = try scratch.open() }
        // flock(1) of util-linux holds the lock in a process of its own.
        var process: pid_t = 0
        let words = ["flock", scratch.data + "/lock", "sleep", "20"]
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        arguments.append(nil)
        defer { for argument in arguments { free(argument) } }
        try #require(posix_spawnp(&process, "flock", nil, nil, arguments, environ) == 0)
        var refused = false
        for _ in 0..<40 where !refused {
            try await Task.sleep(for: .milliseconds(50))
            refused = await failure { _ = try scratch.open() } == .inUse(path: scratch.data)
        }
        kill(process, SIGKILL)
        waitpid(process, nil, 0)
        #expect(refused)
    }

    @Test("a newer schema is refused and the directory stays byte for byte",
          arguments: ["korf.db", "inbox.db", "books.db"])
    func newerSchema(name: String) throws {
        let scratch = Scratch()
        do { _ = try scratch.open() }
        do {
            let connection = try Connection(path: scratch.data + "/" + name, mode: .write)
            try connection.execute("PRAGMA user_version = 99; PRAGMA wal_checkpoint(TRUNCATE)")
        }
        let before = try scratch.everything()
        let known = ["korf.db": 3, "inbox.db": 3][name] ?? 1
        #expect(throws: StorageFailure.newerSchema(path: scratch.data + "/" + name, found: 99, known: known)) {
            _ = try scratch.open()
        }
        #expect(try scratch.everything() == before)
    }

    @Test("a file of another program is refused untouched")
    func foreignFile() throws {
        let scratch = Scratch()
        do { _ = try scratch.open() }
        try scratch.write([UInt8](repeating: 65, count: 5_000), scratch.data + "/korf.db")
        let before = try scratch.everything()
        do {
            _ = try scratch.open()
            Issue.record("it was opened")
        } catch { guard case .notOurs = error as? StorageFailure else {
            Issue.record("\(error)")
            return
        } }
        #expect(try scratch.everything() == before)
    }

    @Test("a full database fails cleanly: nothing is half-applied and the next commit works")
    func full() async throws {
        let scratch = Scratch()
        var writer = try Writer(1)
        do {
            let store = try scratch.open()
            _ = try await store.journal.commit(CommitBatch(pages: writer.pages))
            let pages = try await store.journal.write { core throws(StorageFailure) in
                let count = try core.connection.integer("PRAGMA page_count") ?? 0
                return try core.connection.integer("PRAGMA max_page_count = \(count + 4)") ?? 0
            }
            #expect(pages > 0)
            let before = store.journal.tips
            let page = try writer.append(400, bytes: 300)
            let full = await failure { _ = try await store.journal.commit(CommitBatch(pages: [page])) }
            guard case .diskFull = full else {
                Issue.record("\(String(describing: full))")
                return
            }
            #expect(store.stopped == nil && store.journal.tips == before && store.journal.sequence == 1)
            try await store.journal.write { core throws(StorageFailure) in
                _ = try core.connection.integer("PRAGMA max_page_count = 100000")
            }
            _ = try await store.journal.commit(CommitBatch(pages: [page]))
            #expect(store.journal.tip(of: writer.log) == writer.own.tip)
        }
        #expect(try Fsck.check(scratch.data, suite).findings == [])
    }
}
