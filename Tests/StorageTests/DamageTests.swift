// SPDX-License-Identifier: EUPL-1.2

import Cryptography
import Journal
@testable import Storage
import Testing

@Suite("Damage: nothing is served without its hash, Protocol/storage.md §4 and §7")
struct DamageTests {
    private func prepared(_ scratch: Scratch) async throws -> Writer {
        let store = try scratch.open()
        var writer = try Writer(1)
        try writer.append(599)
        for page in writer.pages { _ = try await store.journal.commit(CommitBatch(pages: [page])) }
        return writer
    }

    private func spoil(_ scratch: Scratch, _ sql: String) throws {
        let connection = try Connection(path: scratch.data + "/korf.db", mode: .write)
        try connection.execute(sql)
        #expect(connection.changeCount > 0)
    }

    /// Turns one bit of a blob column.
    private static func flip(_ column: String, _ byte: Int, _ table: String, _ row: String) -> String {
        """
        UPDATE \(table) SET \(column) = CAST(substr(\(column), 1, \(byte)) || CASE
          WHEN substr(\(column), \(byte + 1), 1) = x'00' THEN x'01' ELSE x'00' END
          || substr(\(column), \(byte + 2)) AS BLOB) WHERE \(row)
        """
    }

    @Test("a flipped byte in a blob is found before anything of it is served", arguments: [2, 100, 3_000, 7_000])
    func blob(byte: Int) async throws {
        let scratch = Scratch()
        let writer = try await prepared(scratch)
        try spoil(scratch, Self.flip("entries", byte, "blob", "key & 255 = 1"))
        let store = try scratch.open()
        let found = await failure { _ = try store.journal.entries(of: writer.log, from: 300, byteLimit: 100) }
        guard case .damaged(let damage) = found else {
            Issue.record("\(String(describing: found))")
            return
        }
        #expect(damage.log == writer.log && damage.index == 256)
        // What is whole goes on being served.
        #expect(try store.journal.entry(of: writer.log, at: 10) == writer.entries[10])
        #expect(try store.journal.entry(of: writer.log, at: 550) == writer.entries[550])
    }

    @Test("a flipped byte in the tail is found")
    func tail() async throws {
        let scratch = Scratch()
        let writer = try await prepared(scratch)
        try spoil(scratch, Self.flip("entries", 40, "tail", "1"))
        let store = try scratch.open()
        let found = await failure { _ = try store.journal.entry(of: writer.log, at: 530) }
        guard case .damaged(let damage) = found else {
            Issue.record("\(String(describing: found))")
            return
        }
        #expect(damage.index == 512)
    }

    @Test("a flipped byte in the root of a blob is found, also where only hashes are asked for")
    func root() async throws {
        let scratch = Scratch()
        let writer = try await prepared(scratch)
        try spoil(scratch, Self.flip("root", 5, "blob", "key & 255 = 0"))
        let store = try scratch.open()
        let tree = try #require(store.journal.tree(of: writer.log))
        let found = await failure { _ = try tree.root(of: Subtree(level: 8, index: 1)) }
        guard case .damaged = found else {
            Issue.record("\(String(describing: found))")
            return
        }
    }

    @Test("a flipped byte in edge or head is found at start", arguments: ["edge", "head_root", "head_signature"])
    func head(column: String) async throws {
        let scratch = Scratch()
        let writer = try await prepared(scratch)
        try spoil(scratch, Self.flip(column, 3, "log", "1"))
        let found = await failure { _ = try scratch.open() }
        guard case .damaged(let damage) = found else {
            Issue.record("\(String(describing: found))")
            return
        }
        #expect(damage.log == writer.log)
    }

    @Test("the offline check names log and entry of every damage", arguments: [
        (flip("entries", 99, "blob", "key & 255 = 1"), 256), (flip("entries", 40, "tail", "1"), nil),
        (flip("root", 9, "blob", "key & 255 = 0"), 0), ("DELETE FROM blob WHERE key & 255 = 0", 0),
        ("DELETE FROM tail", nil), (flip("head_signature", 9, "log", "1"), 0),
    ] as [(String, Int?)])
    func fsck(sql: String, index: Int?) async throws {
        let scratch = Scratch()
        let writer = try await prepared(scratch)
        #expect(try Fsck.check(scratch.data, suite).isSound)
        try spoil(scratch, sql)
        let report = try Fsck.check(scratch.data, suite)
        #expect(report.findings.contains { $0.log == writer.log && $0.index?.position == index }, "\(report.findings)")
    }

    @Test("the offline check sees a history, a snapshot or a stray row that does not fit", arguments: [
        "UPDATE head_change SET after = 7 WHERE sequence = 2", "UPDATE store SET sequence = 1",
        "INSERT INTO blob SELECT key + (5 << 40), root, entries FROM blob",
        "INSERT INTO snapshot_cursor SELECT id, 900 FROM log",
    ])
    func fsckBeside(sql: String) async throws {
        let scratch = Scratch()
        _ = try await prepared(scratch)
        try spoil(scratch, sql)
        #expect(try !Fsck.check(scratch.data, suite).isSound)
    }
}
