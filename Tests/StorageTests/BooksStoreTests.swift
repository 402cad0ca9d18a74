// SPDX-License-Identifier: EUPL-1.2

import Journal
@testable import Storage
import Testing

func proposal(_ name: String, _ inputs: UInt8) throws -> BooksProposal {
    let digest = try #require(Hash([UInt8](repeating: inputs, count: 32)))
    return BooksProposal(name: name, inputs: digest, body: Array("{\"\(name)\"}".utf8))
}

@Suite("Own books, Protocol/storage.md §5a")
struct BooksStoreTests {
    private let scratch = Scratch()

    private func log(_ number: UInt8) throws -> LogID {
        LogID(try #require(Hash([UInt8](repeating: number, count: 32))))
    }

    private func number(
        _ store: NodeStore, _ proposals: [BooksProposal], _ prefix: String = "EHV1", log: UInt8 = 1, first: Int = 1
    ) async throws -> [NumberingOutcome] {
        try await store.books.number(
            proposals, prefix: prefix, issuer: "eindhoven", log: try self.log(log), first: first, by: "Jansen", at: 7)
    }

    @Test("numbers follow without a gap, also over a restart; a proposal keeps its number; changed inputs are told")
    func numbersOnce() async throws {
        do {
            let store = try scratch.open()
            #expect(try await number(store, [proposal("P-1", 1), proposal("P-2", 2)], first: 41)
                == [.given(41), .given(42)])
        }
        let store = try scratch.open()
        #expect(try await number(store, [proposal("P-2", 2), proposal("P-1", 9), proposal("P-3", 3)])
            == [.had("EHV1", 42), .changed("EHV1", 41), .given(43)])
        #expect(try await number(store, [proposal("P-3", 3)], "EHV2") == [.had("EHV1", 43)])
        #expect(try store.books.series().map(\.last) == [43])
        #expect(try store.books.documents().map(\.sequence) == [41, 42, 43])
    }

    @Test("a series of another log or issuer gives no number: the next prefix begins")
    func incarnations() async throws {
        let store = try scratch.open()
        _ = try await number(store, [proposal("P-1", 1)])
        let refused = await failure { _ = try await number(store, [proposal("P-2", 2)], log: 2) }
        #expect(refused?.refusal == .seriesOfAnother(prefix: "EHV1"))
        #expect(try store.books.documents().count == 1)
        #expect(try await number(store, [proposal("P-2", 2)], "EHV2", log: 2) == [.given(1)])
    }

    @Test("a rejected document keeps its number and its proposal gets the next one; acts stay in order")
    func rejects() async throws {
        let store = try scratch.open()
        _ = try await number(store, [proposal("P-1", 1)])
        let act = (kind: "rejected", subject: "EHV1-000001", body: Array("{}".utf8))
        try await store.books.reject(prefix: "EHV1", sequence: 1, noting: act, by: "Bakker", at: 8)
        #expect(try await number(store, [proposal("P-1", 9)]) == [.given(2)])
        #expect(try store.books.documents().map(\.isRejected) == [true, false])
        let acts = try store.books.acts()
        #expect(acts.map(\.person) == ["Bakker"] && acts.map(\.sequence) == [1])
    }

    @Test("the offline check finds a gap, another body and a missing act", arguments: [
        ("DELETE FROM document WHERE sequence = 1", "each number"),
        ("UPDATE document SET body = x'00' WHERE sequence = 2", "is not what was written"),
        ("DELETE FROM act WHERE sequence = 1", "act of the audit trail"),
    ])
    func checks(change: String, finding: String) async throws {
        do {
            let store = try scratch.open()
            _ = try await number(store, [proposal("P-1", 1), proposal("P-2", 2)])
            let acts = (1...2).map { (kind: "order", subject: "\($0)", body: [UInt8]()) }
            try await store.books.note(acts, by: "Jansen", at: 9)
        }
        #expect(try Fsck.check(scratch.data, suite).isSound)
        do {
            let connection = try Connection(path: scratch.data + "/books.db", mode: .write)
            try connection.execute(change)
        }
        let report = try Fsck.check(scratch.data, suite)
        #expect(report.findings.contains { $0.sentence.contains(finding) })
    }

    @Test("a backup from before there were books is taken, and the books are then empty")
    func oldBackup() throws {
        let backup = scratch.path + "/backup"
        do { try scratch.open().backup(to: backup) }
        try scratch.remove(backup + "/books.db")
        let manifest = String(decoding: try scratch.read(backup + "/manifest"), as: UTF8.self)
        let old = manifest.split(separator: "\n").filter { !$0.hasSuffix("books.db") }.joined(separator: "\n") + "\n"
        try scratch.remove(backup + "/manifest")
        try scratch.write(Array(old.utf8), backup + "/manifest")
        #expect(try Backup.verify(backup, suite).isSound)
        try Backup.restore(from: backup, to: scratch.path + "/new", suite)
        let store = try NodeStore(path: scratch.path + "/new", headFile: scratch.head, suite: suite)
        #expect(try store.books.documents().isEmpty)
    }
}
