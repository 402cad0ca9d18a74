// SPDX-License-Identifier: EUPL-1.2

import Journal
@testable import Storage
import Testing

@Suite("Branches in the store, Protocol/storage.md §4")
struct BranchStoreTests {
    /// Two branches of one log that are one up to a size.
    private func branches(
        common: Int, dead: Int, standing: Int
    ) throws -> (trunk: Writer, dead: Writer, standing: Writer) {
        var trunk = try Writer(3)
        if common > 1 { try trunk.append(common - 1) }
        var (left, right) = (trunk, trunk)
        try left.append(dead, bytes: 21)
        try right.append(standing, bytes: 22)
        return (trunk, left, right)
    }

    private func entries(_ store: NodeStore, _ log: LogID, dead: Bool = false) throws -> [[UInt8]] {
        var found: [[UInt8]] = []
        while true {
            let from = EntryIndex(known: found.count)
            let batch = dead
                ? try store.journal.deadEntries(of: log, from: from, byteLimit: 5_000)
                : try store.journal.entries(of: log, from: from, byteLimit: 5_000)
            guard !batch.isEmpty else { return found }
            for position in 0..<batch.count { found.append(Array(batch[position])) }
        }
    }

    @Test("another branch takes the place of what was held above the trunk; the dead one stays until the next epoch",
          arguments: [(1, 2, 3), (5, 700, 300), (256, 300, 1), (300, 10, 600), (600, 700, 20)])
    func replaced(common: Int, dead: Int, standing: Int) async throws {
        let scratch = Scratch()
        let (trunk, left, right) = try branches(common: common, dead: dead, standing: standing)
        let log = left.log
        do {
            let store = try scratch.open()
            let base = try trunk.received()
            _ = try await store.journal.commit(CommitBatch(pages: [base.page]))
            _ = try await store.journal.commit(CommitBatch(pages: [try left.received(by: base.tip).page]))
            #expect(try entries(store, log) == left.entries)
            try await store.journal.saveSnapshot(
                cursor: [log: LogSize(known: common + dead)], chunks: [SnapshotChunk(key: [1], bytes: [1])])
            let part = try right.received(upTo: common + (standing + 1) / 2, by: base.tip)
            var batch = CommitBatch(pages: [part.page])
            batch.branchingAt = base.tip
            let receipt = try await store.journal.commit(batch)
            #expect(receipt.sequence == 3)
            #expect(try store.journal.loadSnapshot() == nil, "a saved overlay has folded what no longer stands")
            if part.tip.held.count < right.entries.count {
                _ = try await store.journal.commit(CommitBatch(pages: [try right.received(by: part.tip).page]))
            }
            #expect(try entries(store, log) == right.entries)
            // What stands below the last epoch's cover is counted by that epoch: here nothing.
            let bytes = { (writer: Writer) in writer.entries.reduce(0) { $0 + $1.count } }
            #expect(store.journal.byteCount(of: log) == bytes(right) - bytes(trunk))
        }
        let store = try scratch.open()
        #expect(try entries(store, log) == right.entries)
        #expect(try entries(store, log, dead: true) == left.entries)
        #expect(store.journal.deadBranches == [log])
        let head = try #require(right.own.head)
        #expect(store.journal.tip(of: log)?.head?.root == head.root)
        #expect(try store.journal.root(of: log, at: LogSize(known: common)) == trunk.own.head?.root)
        try await store.journal.commit(EpochCommit(
            epoch: StoredEpoch(
                number: 1, certificate: [1], delta: [0x80], settledDigest: head.root, voters: [log]),
            ownBytes: [:], coveredBytes: [:], cursor: [:], chunks: []))
        #expect(store.journal.deadBranches.isEmpty)
        #expect(try entries(store, log) == right.entries)
    }

    @Test("a page that does not continue the trunk is refused and changes nothing")
    func notOnTop() async throws {
        let scratch = Scratch()
        let store = try scratch.open()
        let (trunk, left, right) = try branches(common: 3, dead: 4, standing: 5)
        let base = try trunk.received()
        _ = try await store.journal.commit(CommitBatch(pages: [base.page]))
        _ = try await store.journal.commit(CommitBatch(pages: [try left.received(by: base.tip).page]))
        var batch = CommitBatch(pages: [try right.received().page])
        batch.branchingAt = base.tip
        let refused = await failure { [batch] in _ = try await store.journal.commit(batch) }
        #expect(refused == .refused(.notOnTop(left.log)))
        #expect(try entries(store, left.log) == left.entries)
        #expect(store.journal.sequence == 2)
    }

    @Test("the last head below which everything is held is known while a larger one is not filled")
    func wholeHead() async throws {
        let scratch = Scratch()
        let store = try scratch.open()
        var writer = try Writer(4)
        let log = writer.log
        #expect(try store.journal.wholeHead(of: log) == nil)
        let first = try writer.received()
        _ = try await store.journal.commit(CommitBatch(pages: [first.page]))
        let whole = try #require(writer.own.head?.signed)
        try writer.append(9)
        let part = try writer.received(upTo: 4, by: first.tip)
        _ = try await store.journal.commit(CommitBatch(pages: [part.page]))
        #expect(try store.journal.wholeHead(of: log) == whole)
        let more = try writer.received(upTo: 7, by: part.tip)
        _ = try await store.journal.commit(CommitBatch(pages: [more.page]))
        #expect(try store.journal.wholeHead(of: log) == whole)
        _ = try await store.journal.commit(CommitBatch(pages: [try writer.received(by: more.tip).page]))
        #expect(try store.journal.wholeHead(of: log) == writer.own.head?.signed)
    }
}
