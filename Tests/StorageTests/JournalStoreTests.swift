// SPDX-License-Identifier: EUPL-1.2

import Cryptography
import Journal
@testable import Storage
import Testing

@Suite("Journal store: blobs, tail, serving, Protocol/storage.md §4")
struct JournalStoreTests {
    @Test("hands out exactly what was committed, across the bounds of blobs and after reopening",
          arguments: [[1], [255], [256], [1, 254, 1, 300], [3, 700, 5, 5], [1, 1, 1, 1, 1]])
    func roundTrip(steps: [Int]) async throws {
        let scratch = Scratch()
        var writer = try Writer(1)
        do {
            let store = try scratch.open()
            for step in steps { try writer.append(step) }
            for page in writer.pages { _ = try await store.journal.commit(CommitBatch(pages: [page])) }
            try check(store, writer)
        }
        try check(scratch.open(), writer)
        #expect(try Fsck.check(scratch.data, suite).findings == [])
    }

    private func check(_ store: NodeStore, _ writer: Writer) throws {
        #expect(store.journal.tip(of: writer.log) == writer.own.tip)
        var served: [[UInt8]] = []
        while served.count < writer.entries.count {
            let batch = try store.journal.entries(of: writer.log, from: EntryIndex(known: served.count), byteLimit: 900)
            #expect(!batch.isEmpty)
            for position in 0..<batch.count { served.append(Array(batch[position])) }
        }
        #expect(served == writer.entries)
        let last = EntryIndex(known: writer.entries.count - 1)
        #expect(try store.journal.entry(of: writer.log, at: last) == writer.entries.last)
        #expect(try store.journal.leafHash(of: writer.log, at: last) == suite.leafHash(writer.entries[last.position]))
        for (position, entry) in writer.entries.enumerated() {
            let index = EntryIndex(known: position)
            let leaf = suite.leafHash(entry)
            #expect(try store.journal.entry(of: writer.log, at: index, leaf: leaf) == entry)
            #expect(try store.journal.entry(of: writer.log, at: index, leaf: suite.leafHash(leaf.bytes)) == nil)
        }
    }

    @Test("an entry that is named by its hash is found however its tail grew since the last one")
    func growingTail() async throws {
        let scratch = Scratch()
        let store = try scratch.open()
        var writer = try Writer(1)
        var committed = 0
        for count in [3, 1, 250, 5, 300] {
            try writer.append(count)
            for page in writer.pages[committed...] { _ = try await store.journal.commit(CommitBatch(pages: [page])) }
            committed = writer.pages.count
            for _ in 0..<2 {
                for position in [0, writer.entries.count - count, writer.entries.count - 1] {
                    let (index, leaf) = (EntryIndex(known: position), suite.leafHash(writer.entries[position]))
                    #expect(try store.journal.entry(of: writer.log, at: index, leaf: leaf) == writer.entries[position])
                    #expect(try store.journal.entry(of: writer.log, at: index, leaf: suite.emptyRoot) == nil)
                }
            }
        }
    }

    @Test("a page that it serves is admitted by a receiver, wherever it begins", arguments: [0, 1, 200, 256, 511, 640])
    func servedPages(from: Int) async throws {
        let scratch = Scratch()
        let store = try scratch.open()
        var writer = try Writer(1)
        try writer.append(699)
        for page in writer.pages { _ = try await store.journal.commit(CommitBatch(pages: [page])) }
        var tip = LogTip(authorised: writer.identity)
        if from > 0 { tip = try writer.received(upTo: from).tip }
        while tip.held.count < 700 {
            let page = try #require(try store.journal.page(of: writer.log, from: tip.held.next, byteLimit: 2_000))
            _ = try tip.admit(page, suite)
        }
        #expect(tip == writer.own.tip)
    }

    @Test("a log that is held in part serves pages under the head that lies beyond", arguments: [1, 100, 300, 512, 650])
    func partlyHeld(held: Int) async throws {
        let scratch = Scratch()
        var writer = try Writer(1)
        try writer.append(699)
        let received = try writer.received(upTo: held)
        do {
            let store = try scratch.open()
            _ = try await store.journal.commit(CommitBatch(pages: [received.page]))
        }
        let store = try scratch.open()
        #expect(store.journal.tip(of: writer.log) == received.tip)
        var tip = LogTip(authorised: writer.identity)
        while tip.held.count < held {
            let page = try #require(try store.journal.page(of: writer.log, from: tip.held.next, byteLimit: 1_000))
            _ = try tip.admit(page, suite)
        }
        #expect(tip == received.tip)
    }

    @Test("proofs from the store verify", arguments: [1, 2, 255, 256, 257, 512, 600])
    func proofs(old: Int) async throws {
        let scratch = Scratch()
        let store = try scratch.open()
        var writer = try Writer(1)
        try writer.append(old - 1 > 0 ? old - 1 : 1)
        let oldHead = try #require(writer.own.head)
        try writer.append(77)
        for page in writer.pages { _ = try await store.journal.commit(CommitBatch(pages: [page])) }
        let stored = try #require(store.journal.tree(of: writer.log))
        let tree = MerkleTree(stored, size: stored.size, suite)
        #expect(try tree.root() == writer.own.head?.root)
        let proof = try tree.consistencyProof(from: oldHead.size)
        #expect(try proof.verifies(oldRoot: oldHead.root, newRoot: tree.root(), suite))
    }

    @Test("a start reads no blob of entries, only the snapshot")
    func startReadsNoBlobs() async throws {
        let scratch = Scratch()
        var writer = try Writer(1)
        try writer.append(2_000)
        do {
            let store = try scratch.open()
            for page in writer.pages { _ = try await store.journal.commit(CommitBatch(pages: [page])) }
            try await store.journal.saveSnapshot(
                cursor: [writer.log: 2_001],
                chunks: [SnapshotChunk(key: [1], bytes: [1, 2]), SnapshotChunk(key: [2], bytes: [])])
            try await store.journal.saveSnapshot(
                cursor: [writer.log: 2_001],
                chunks: [SnapshotChunk(key: [2], bytes: nil), SnapshotChunk(key: [3], bytes: [9])])
        }
        let store = try scratch.open()
        let snapshot = try #require(try store.journal.loadSnapshot())
        #expect(snapshot.cursor == [writer.log: 2_001])
        #expect(snapshot.chunks == [SnapshotChunk(key: [1], bytes: [1, 2]), SnapshotChunk(key: [3], bytes: [9])])
        #expect(store.journal.blobReadCount == 0)
    }

    @Test("a snapshot ahead of its logs is refused")
    func snapshotAhead() async throws {
        let scratch = Scratch()
        let store = try scratch.open()
        let writer = try Writer(1)
        let refused = await failure { try await store.journal.saveSnapshot(cursor: [writer.log: 1], chunks: []) }
        #expect(refused?.refusal == .cursorAhead(log: writer.log))
    }

    @Test("entries that do not follow are refused, and nothing of their batch is kept")
    func gap() async throws {
        let scratch = Scratch()
        let store = try scratch.open()
        var (left, right) = (try Writer(1), try Writer(2))
        try left.append(3)
        let refused = await failure {
            _ = try await store.journal.commit(CommitBatch(pages: [right.pages[0], left.pages[1]]))
        }
        #expect(refused?.refusal == .unknownLog(left.log) || refused?.refusal == .gap(log: left.log, held: 0, from: 1))
        #expect(store.journal.tips.isEmpty)
        try right.append(1)
        _ = try await store.journal.commit(CommitBatch(pages: right.pages))
        let twice = await failure { _ = try await store.journal.commit(CommitBatch(pages: [right.pages[1]])) }
        #expect(twice?.refusal == .gap(log: right.log, held: 2, from: 1))
    }

    @Test("a page that was admitted on another branch is refused")
    func otherBranch() async throws {
        let scratch = Scratch()
        let store = try scratch.open()
        var writer = try Writer(1)
        var branch = writer
        try writer.append(2, bytes: 8)
        try branch.append(2, bytes: 9)
        try branch.append(1)
        _ = try await store.journal.commit(CommitBatch(pages: writer.pages))
        let refused = await failure { _ = try await store.journal.commit(CommitBatch(pages: [branch.pages[2]])) }
        #expect(refused?.refusal == .notOnTop(writer.log))
    }

    @Test("entries under an older, smaller head are kept: no signed size that nobody can fill stops a log")
    func smallerHead() async throws {
        let scratch = Scratch()
        var writer = try Writer(1)
        try writer.append(4)
        let older = writer
        try writer.append(5)
        let beyond = try writer.received(upTo: 2)
        let caught = try older.received(by: beyond.tip)
        do {
            let store = try scratch.open()
            _ = try await store.journal.commit(CommitBatch(pages: [beyond.page]))
            _ = try await store.journal.commit(CommitBatch(pages: [caught.page]))
        }
        #expect(caught.tip.head?.size == 5 && caught.tip.held == 5)
        do {
            let store = try scratch.open()
            #expect(store.journal.tip(of: writer.log) == caught.tip)
            let rest = try writer.received(by: caught.tip)
            _ = try await store.journal.commit(CommitBatch(pages: [rest.page]))
            #expect(store.journal.tip(of: writer.log) == writer.own.tip)
        }
        #expect(try Fsck.check(scratch.data, suite).findings == [])
    }

    @Test("eight callers commit at once: every one is answered after its entries are durable")
    func groupCommit() async throws {
        let scratch = Scratch()
        do {
            let store = try scratch.open()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...8 {
                    group.addTask {
                        var writer = try Writer(UInt8(number))
                        _ = try await store.journal.commit(CommitBatch(pages: writer.pages))
                        for step in 1...20 {
                            let page = try writer.append(step)
                            _ = try await store.journal.commit(CommitBatch(pages: [page]))
                            #expect(store.journal.tip(of: writer.log) == writer.own.tip)
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(store.journal.sequence == 168)
        }
        let report = try Fsck.check(scratch.data, suite)
        #expect(report.findings == [] && report.logCount == 8 && report.entryCount == 8 * 211)
    }

    @Test("answers what was held at an earlier sequence, also after reopening")
    func headChanges() async throws {
        let scratch = Scratch()
        var (left, right) = (try Writer(1), try Writer(2))
        var instance: [UInt8] = []
        do {
            let store = try scratch.open()
            instance = store.journal.instance
            let first = try await store.journal.commit(CommitBatch(pages: left.pages))
            #expect(first.sequence == 1)
            try left.append(4)
            _ = try await store.journal.commit(CommitBatch(pages: [left.pages[1]] + right.pages))
        }
        let store = try scratch.open()
        #expect(store.journal.instance == instance && store.journal.sequence == 2)
        let changes = HeadChanges(sizesThen: [left.log: 1, right.log: 0], convicted: [])
        #expect(try store.journal.headChanges(since: 1) == changes)
        #expect(try store.journal.headChanges(since: 2) == HeadChanges(sizesThen: [:], convicted: []))
        #expect(try store.journal.headChanges(since: 3) == nil)
        #expect(try store.journal.size(of: left.log, at: 0) == 0 && store.journal.size(of: left.log, at: 2) == 5)
    }

    @Test("the history of heads is bounded; tokens from before are void")
    func boundedHistory() async throws {
        let scratch = Scratch()
        let writer = try Writer(1)
        let rows = Limits.headChanges + Limits.headChangesSlack
        do {
            let store = try scratch.open()
            try await store.journal.write { core throws(StorageFailure) in
                try core.connection.execute("""
                    WITH RECURSIVE step(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM step WHERE n < \(rows))
                    INSERT INTO head_change SELECT n, 1, x'00', 0, 0 FROM step
                    """)
                core.historyRows += rows
                core.shelf.sequence = UInt64(rows)
            }
            #expect(store.journal.oldestSequenceKept == 0)
            _ = try await store.journal.commit(CommitBatch(pages: writer.pages))
        }
        let store = try scratch.open()
        let oldest = store.journal.oldestSequenceKept
        #expect(oldest == UInt64(Limits.headChangesSlack + 1) && store.journal.sequence == UInt64(rows + 1))
        #expect(try store.journal.headChanges(since: oldest - 1) == nil)
        #expect(try store.journal.headChanges(since: oldest)?.sizesThen == [writer.log: 0])
    }

    @Test("evidence, texts, tokens and notes of peers come back after reopening")
    func beside() async throws {
        let scratch = Scratch()
        let oin = try #require(OIN("00000099000000000001"))
        var writer = try Writer(1)
        var branch = writer
        try writer.append(1, bytes: 8)
        try branch.append(1, bytes: 9)
        let heads = (try #require(writer.own.head), try #require(branch.own.head))
        let fork = try #require(ForkEvidence(log: writer.log, sameSize: heads.0.signed, heads.1.signed))
        let salt = Salt(Bytes32((1, 2, 3, 4)))
        let commitment = try #require(TextCommitment(salt: salt, text: "waarom", hashing: suite))
        let other = try #require(TextCommitment(salt: salt, text: "anders", hashing: suite))
        let text = HeldText(commitment: commitment, salt: salt, text: Array("waarom".utf8))
        do {
            let store = try scratch.open()
            _ = try await store.journal.commit(CommitBatch(pages: writer.pages, wantedTexts: [commitment, other]))
            #expect(try store.journal.wantedTextCount() == 2)
            let convicted = try fork.check(writer.identity, suite)
            let receipt = try await store.journal.commit(CommitBatch(
                evidence: [convicted], tokens: [PeerToken(peer: oin, token: [4, 2])], texts: [text]))
            #expect(receipt.sequence == 2)
            _ = try await store.journal.commit(CommitBatch(evidence: [convicted]))
            #expect(store.journal.sequence == 2)
            try await store.journal.record([
                .success(oin, atSeconds: 5), .failure(oin, sentence: "no route", atSeconds: 6),
                .refusal(oin, reason: "page-gap"), .refusal(oin, reason: "page-gap"),
                .heads(oin, [writer.log: 9]), .heads(oin, [writer.log: 4]),
            ])
        }
        let store = try scratch.open()
        #expect(store.journal.convicted == [writer.log])
        #expect(try store.journal.evidence(against: writer.log) == fork.encode())
        #expect(try store.journal.headChanges(since: 1)?.convicted == [writer.log])
        #expect(try store.journal.text(of: commitment) == text)
        #expect(try store.journal.wantedTexts(limit: 64) == [other])
        let peer = try #require(try store.journal.peers().first)
        #expect(peer.token == [4, 2] && peer.lastSuccessSeconds == 5 && peer.lastError == "no route")
        #expect(try store.journal.token(for: oin) == [4, 2])
        #expect(peer.refusals == ["page-gap": 2] && peer.heads == [writer.log: 9])
        try await store.journal.destroyTexts([commitment, other])
        #expect(try store.journal.text(of: commitment) == nil && store.journal.wantedTextCount() == 0)
    }
}
