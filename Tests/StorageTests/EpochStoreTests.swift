// SPDX-License-Identifier: EUPL-1.2

import Journal
import Testing
@testable import Storage

@Suite("Epochs in the store, Protocol/storage.md §4")
struct EpochStoreTests {
    private static func hash(_ byte: UInt8) throws -> Hash { try #require(Hash([UInt8](repeating: byte, count: 32))) }

    private static func commit(_ number: Int, of writer: Writer) throws -> EpochCommit {
        EpochCommit(
            epoch: StoredEpoch(
                number: number, certificate: [1, UInt8(number)], delta: [0x80],
                settledDigest: try hash(UInt8(number)), voters: [writer.log]),
            ownBytes: [2: 5], coveredBytes: [writer.log: 7], cursor: [writer.log: LogSize(known: 1)],
            chunks: [SnapshotChunk(key: [UInt8(number)], bytes: [9])])
    }

    @Test("an epoch stands with its settled state, counts of the own log and covered bytes")
    func applied() async throws {
        let scratch = Scratch()
        let writer = try Writer(1)
        do {
            let store = try scratch.open()
            try await store.journal.declareOwnLog(writer.entryZero)
            _ = try await store.journal.commit(CommitBatch(pages: writer.pages))
            try await store.journal.commit(Self.commit(1, of: writer))
            try await store.journal.commit(Self.commit(2, of: writer))
        }
        let store = try scratch.open()
        #expect(store.journal.epochNumber == 2)
        #expect(store.journal.ownBytes == [2: 5])
        #expect(store.journal.coveredByteCount(of: writer.log) == 7)
        let total = store.journal.byteCount(of: writer.log)
        #expect(store.journal.byteCountAboveEpoch(of: writer.log) == total - 7)
        let epochs = try store.journal.epochs(from: 1, bytesLimit: 1 << 20)
        #expect(epochs.map(\.number) == [1, 2])
        #expect(epochs == [try Self.commit(1, of: writer).epoch, try Self.commit(2, of: writer).epoch])
        #expect(try store.journal.epochs(from: 1, bytesLimit: 1).count == 1)
        #expect(try store.journal.epochs(from: 3, bytesLimit: 1).isEmpty)
        let settled = try #require(try store.journal.loadSnapshot(of: .settled))
        #expect(settled.chunks.map(\.key) == [[1], [2]])
        #expect(settled.cursor == [writer.log: LogSize(known: 1)])
        #expect(try store.journal.loadSnapshot() == nil)
    }

    @Test("an epoch that does not follow the last one, or covers what is not held, is refused")
    func outOfOrder() async throws {
        let scratch = Scratch()
        let writer = try Writer(1)
        let store = try scratch.open()
        _ = try await store.journal.commit(CommitBatch(pages: writer.pages))
        let early = await failure { try await store.journal.commit(Self.commit(2, of: writer)) }
        #expect(early == .refused(.epochOutOfOrder(held: 0, number: 2)))
        var ahead = try Self.commit(1, of: writer)
        ahead.cursor = [writer.log: LogSize(known: 2)]
        let refused = await failure { try await store.journal.commit(ahead) }
        #expect(refused == .refused(.cursorAhead(log: writer.log)))
        #expect(store.journal.epochNumber == 0)
    }

    @Test("a justification is durable with its message, and goes with polkas of numbers before the last epoch's")
    func justified() async throws {
        let scratch = Scratch()
        var writer = try Writer(1)
        let page = try writer.append(1)
        let justification = Justification(number: 2, index: EntryIndex(known: 1), header: [3], polka: [4])
        let polka = StoredPolka(number: 2, round: 3, hash: try Self.hash(4), bytes: [5])
        do {
            let store = try scratch.open()
            try await store.journal.declareOwnLog(writer.entryZero)
            var batch = CommitBatch(pages: [writer.pages[0], page])
            batch.justifications = [justification]
            _ = try await store.journal.commit(batch)
            try await store.journal.keep(polka)
            try await store.journal.commit(Self.commit(1, of: writer))
        }
        let store = try scratch.open()
        #expect(try store.journal.justifications(of: 2) == [justification])
        #expect(try store.journal.polka(2, round: 3, hash: polka.hash) == [5])
        #expect(try store.journal.polkas(of: 2) == [polka])
        try await store.journal.commit(Self.commit(2, of: writer))
        #expect(try store.journal.polkas(of: 2) == [polka])
        try await store.journal.commit(Self.commit(3, of: writer))
        #expect(try store.journal.polkas(of: 2).isEmpty)
        #expect(try store.journal.justifications(of: 2).isEmpty)
    }

    @Test("certificates that contradict each other are kept for ever, also in a backup")
    func disputed() async throws {
        let scratch = Scratch()
        let writer = try Writer(1)
        let two = [(hash: try Self.hash(1), bytes: [UInt8(1)]), (hash: try Self.hash(2), bytes: [UInt8(2)])]
        let store = try scratch.open()
        _ = try await store.journal.commit(CommitBatch(pages: writer.pages))
        try await store.journal.commit(Self.commit(1, of: writer))
        try await store.journal.keepDisputed(1, two)
        let target = scratch.path + "/backup"
        try store.backup(to: target)
        let report = try Backup.verify(target, suite)
        #expect(report.isSound)
        #expect(report.epochCount == 1)
        let copy = scratch.path + "/copy"
        try Backup.restore(from: target, to: copy, suite)
        let restored = try NodeStore(path: copy, headFile: scratch.path + "/other-head", suite: suite)
        #expect(try restored.journal.disputed().map(\.hash) == two.map(\.hash))
        #expect(restored.journal.epochNumber == 1)
    }

    @Test("tables of schema 1 are taken over and know no epoch")
    func older() async throws {
        let scratch = Scratch()
        let writer = try Writer(1)
        do {
            let store = try scratch.open()
            _ = try await store.journal.commit(CommitBatch(pages: writer.pages))
        }
        do {
            let connection = try Connection(path: scratch.data + "/korf.db", mode: .write)
            let tables = [
                "epoch", "covered_bytes", "polka", "dispute", "justification", "settled_cursor", "settled_chunk",
                "dead_branch", "whole_head",
            ]
            for table in tables {
                try connection.execute("DROP TABLE \(table)")
            }
            try connection.execute("PRAGMA user_version = 1")
        }
        #expect(try Fsck.check(scratch.data, suite).isSound)
        let store = try scratch.open()
        #expect(store.journal.epochNumber == 0)
        #expect(store.journal.tip(of: writer.log)?.held == LogSize(known: 1))
        try await store.journal.commit(Self.commit(1, of: writer))
        #expect(store.journal.epochNumber == 1)
    }
}
