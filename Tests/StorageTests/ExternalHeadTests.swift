// SPDX-License-Identifier: EUPL-1.2

import Cryptography
import Journal
@testable import Storage
import Testing

@Suite("External head: order of durability, Protocol/log.md §7")
struct ExternalHeadTests {
    private func begin(_ scratch: Scratch, appending steps: [Int]) async throws -> Writer {
        let store = try scratch.open()
        var writer = try Writer(1)
        #expect(store.journal.headState == .fresh)
        try await store.journal.declareOwnLog(writer.entryZero)
        for step in steps { try writer.append(step) }
        for page in writer.pages { _ = try await store.journal.commit(CommitBatch(pages: [page])) }
        return writer
    }

    @Test("after every own commit the file names the head")
    func inStep() async throws {
        let scratch = Scratch()
        let writer = try await begin(scratch, appending: [3, 300])
        let file = try ExternalHead.parse(scratch.read(scratch.head), of: writer.identity, suite)
        #expect(file.size == 304)
        let store = try scratch.open()
        #expect(store.journal.headState == .inStep && store.journal.ownLog == writer.log)
    }

    @Test("a declared log without entries is in step with the file of size 0")
    func declared() async throws {
        let scratch = Scratch()
        let writer = try Writer(1)
        do { try await scratch.open().journal.declareOwnLog(writer.entryZero) }
        let store = try scratch.open()
        #expect(store.journal.headState == .inStep && store.journal.ownLog == writer.log)
        let again = await failure { try await store.journal.declareOwnLog(writer.entryZero) }
        #expect(again?.refusal == .ownLogExists)
    }

    @Test("a crash between commit and file is repaired at start, also one at the first commit",
          arguments: [[], [2], [2, 400]])
    func crashBeforeFile(steps: [Int]) async throws {
        let scratch = Scratch()
        var writer = try Writer(1)
        var before: [UInt8] = []
        do {
            let store = try scratch.open()
            try await store.journal.declareOwnLog(writer.entryZero)
            for step in steps { try writer.append(step) }
            for page in writer.pages {
                before = try scratch.read(scratch.head)
                _ = try await store.journal.commit(CommitBatch(pages: [page]))
            }
        }
        try scratch.write(before, scratch.head)
        let size = try ExternalHead.parse(before, of: writer.identity, suite).size
        do {
            let store = try scratch.open()
            #expect(store.journal.headState == .databaseAhead(external: size, held: writer.own.tip.held))
            let page = try writer.append(1)
            _ = try await store.journal.commit(CommitBatch(pages: [page]))
        }
        #expect(try scratch.open().journal.headState == .inStep)
    }

    @Test("an old copy of the database is seen, and its log is not signed again")
    func oldCopy() async throws {
        let scratch = Scratch()
        var writer = try await begin(scratch, appending: [2])
        let old = try scratch.read(scratch.data + "/korf.db")
        let page = try writer.append(5)
        do { _ = try await scratch.open().journal.commit(CommitBatch(pages: [page])) }
        try scratch.write(old, scratch.data + "/korf.db")
        let store = try scratch.open()
        #expect(store.journal.headState == .externalAhead(external: 8, held: 3))
        let refused = await failure { _ = try await store.journal.commit(CommitBatch(pages: [page])) }
        #expect(refused?.refusal == .ownLogReadsOnly)
    }

    @Test("a missing, unreadable or older file is never taken for a crash", arguments: ["", "rubbish", "older"])
    func missing(kind: String) async throws {
        let scratch = Scratch()
        var writer = try await begin(scratch, appending: [])
        let oldest = try scratch.read(scratch.head)
        do {
            let store = try scratch.open()
            for _ in 0..<3 { _ = try await store.journal.commit(CommitBatch(pages: [try writer.append(1)])) }
        }
        switch kind {
        case "": try scratch.remove(scratch.head)
        case "older": try scratch.write(oldest, scratch.head)
        default: try scratch.write(Array(kind.utf8), scratch.head)
        }
        let store = try scratch.open()
        guard case .externalMissing = store.journal.headState else {
            Issue.record("\(store.journal.headState)")
            return
        }
        #expect(!store.journal.headState.allowsSigning)
    }

    @Test("a new database beside a file that knows a head does not sign")
    func newDatabase() async throws {
        let scratch = Scratch()
        _ = try await begin(scratch, appending: [2])
        try scratch.remove(scratch.data + "/korf.db")
        let store = try scratch.open()
        #expect(store.journal.headState == .externalAhead(external: 3, held: 0))
        let other = try Writer(2)
        let refused = await failure { try await store.journal.declareOwnLog(other.entryZero) }
        #expect(refused?.refusal == .ownLogExists)
    }

    @Test("when the file cannot be written the store stops and nothing was acknowledged")
    func failingFile() async throws {
        let scratch = Scratch()
        var writer = try await begin(scratch, appending: [2])
        let store = try scratch.open()
        try scratch.makeDirectory(scratch.head + ".new")
        let page = try writer.append(1)
        let stopped = await failure { _ = try await store.journal.commit(CommitBatch(pages: [page])) }
        guard case .stopped = stopped else {
            Issue.record("\(String(describing: stopped))")
            return
        }
        #expect(store.stopped != nil)
        // What was not published is not served either.
        #expect(store.journal.tip(of: writer.log)?.held == 3)
        let foreign = try Writer(2)
        let next = await failure { _ = try await store.journal.commit(CommitBatch(pages: foreign.pages)) }
        #expect(next == stopped)
    }
}
