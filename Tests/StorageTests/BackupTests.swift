// SPDX-License-Identifier: EUPL-1.2

import Cryptography
import Journal
@testable import Storage
import Testing

@Suite("Backup and restore, Protocol/storage.md §6")
struct BackupTests {
    @Test("a backup made while the node goes on verifies and restores, as a store that does not sign")
    func restore() async throws {
        let scratch = Scratch()
        var writer = try Writer(1)
        let instance: [UInt8]
        do {
            let store = try scratch.open()
            instance = store.journal.instance
            try await store.journal.declareOwnLog(writer.entryZero)
            try writer.append(300)
            for page in writer.pages { _ = try await store.journal.commit(CommitBatch(pages: [page])) }
            _ = try await store.inbox.accept([event(1), event(2)])
            _ = try await store.books.number(
                [proposal("P-1", 1)], prefix: "AAL1", issuer: "a", log: writer.log, first: 1, by: "Jansen", at: 5)
            try store.backup(to: scratch.path + "/backup")
            #expect(scratch.mode(scratch.path + "/backup/korf.db") == 0o600)
        }
        #expect(try Backup.verify(scratch.path + "/backup", suite).isSound)
        let restored = scratch.path + "/restored"
        try Backup.restore(from: scratch.path + "/backup", to: restored, suite)
        let store = try NodeStore(path: restored, headFile: scratch.head, suite: suite)
        #expect(store.journal.headState == .restored && store.journal.instance != instance)
        #expect(store.journal.tip(of: writer.log) == writer.own.tip)
        #expect(try store.books.documents().map(\.proposal) == ["P-1"])
        #expect(try await store.inbox.accept([event(2)]) == [.duplicate(position: 2)])
        let page = try writer.append(1)
        let refused = await failure { _ = try await store.journal.commit(CommitBatch(pages: [page])) }
        #expect(refused?.refusal == .ownLogReadsOnly)
    }

    @Test("a backup with one other byte, a missing file or no manifest is refused",
          arguments: ["byte", "file", "manifest"])
    func spoiled(kind: String) async throws {
        let scratch = Scratch()
        let backup = scratch.path + "/backup"
        do { try scratch.open().backup(to: backup) }
        switch kind {
        case "byte":
            var bytes = try scratch.read(backup + "/korf.db")
            bytes[bytes.count / 2] ^= 1
            try scratch.write(bytes, backup + "/korf.db")
        case "file": try scratch.remove(backup + "/inbox.db")
        default: try scratch.remove(backup + "/manifest")
        }
        let verified = await failure { _ = try Backup.verify(backup, suite) }
        let restored = await failure { try Backup.restore(from: backup, to: scratch.path + "/new", suite) }
        guard case .notOurs = verified, case .notOurs = restored else {
            Issue.record("\(String(describing: verified)), \(String(describing: restored))")
            return
        }
        #expect(!DurableFile.exists(scratch.path + "/new"))
    }

    @Test("neither a backup nor a restore overwrites anything")
    func notEmpty() async throws {
        let scratch = Scratch()
        let store = try scratch.open()
        try store.backup(to: scratch.path + "/backup")
        let again = await failure { try store.backup(to: scratch.path + "/backup") }
        #expect(again?.refusal == .notEmpty(path: scratch.path + "/backup"))
        let over = await failure { try Backup.restore(from: scratch.path + "/backup", to: scratch.data, suite) }
        #expect(over?.refusal == .notEmpty(path: scratch.data))
    }
}
