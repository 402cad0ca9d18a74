// SPDX-License-Identifier: EUPL-1.2

import Cryptography
import Journal
@testable import Storage
import Testing

@Suite("What was held when, and whose it is: Protocol/storage.md §3 and §4")
struct HeldHistoryTests {
    @Test("the history says how much was held, also of a log that is held in part only")
    func partlyHeld() async throws {
        let scratch = Scratch()
        var writer = try Writer(1)
        try writer.append(40)
        do {
            let store = try scratch.open()
            let first = try writer.received(upTo: 10)
            _ = try await store.journal.commit(CommitBatch(pages: [first.page]))
            _ = try await store.journal.commit(CommitBatch(pages: [writer.received(by: first.tip).page]))
        }
        let store = try scratch.open()
        #expect(try store.journal.headChanges(since: 1)?.sizesThen == [writer.log: 10])
        #expect(try store.journal.keptChanges() == [
            KeptChange(sequence: 1, log: writer.log, heldBefore: 0, isEvidence: false),
            KeptChange(sequence: 2, log: writer.log, heldBefore: 10, isEvidence: false),
        ])
    }

    @Test("bytes held of a log, and signed here by class, come back after reopening")
    func bytes() async throws {
        let scratch = Scratch()
        var writer = try Writer(1)
        try writer.append(300, bytes: 30)
        do {
            let store = try scratch.open()
            try await store.journal.declareOwnLog(writer.entryZero)
            for page in writer.pages {
                var batch = CommitBatch(pages: [page])
                batch.ownBytes = [1: page.entries.byteCount]
                _ = try await store.journal.commit(batch)
            }
        }
        let store = try scratch.open()
        let all = writer.entries.reduce(0) { $0 + $1.count }
        #expect(store.journal.byteCount(of: writer.log) == all)
        #expect(store.journal.ownBytes == [1: all])
    }

    @Test("own entries that others give back are kept, and the log is never signed again")
    func givenBack() async throws {
        let scratch = Scratch()
        var writer = try Writer(1)
        do {
            let store = try scratch.open()
            try await store.journal.declareOwnLog(writer.entryZero)
            _ = try await store.journal.commit(CommitBatch(pages: [writer.pages[0]]))
            let tip = writer.own.tip
            try writer.append(5)
            _ = try await store.journal.commit(CommitBatch(pages: [writer.received(by: tip).page]))
            #expect(store.journal.headState == .restored)
            try writer.append(1)
            await #expect(throws: StorageFailure.refused(.ownLogReadsOnly)) {
                _ = try await store.journal.commit(CommitBatch(pages: [writer.pages[2]]))
            }
        }
        let store = try scratch.open()
        #expect(store.journal.headState == .restored && !store.journal.headState.allowsSigning)
        #expect(store.journal.tip(of: writer.log)?.held == 6)
    }

    @Test("a refusal that came many times is counted at once, with the token up to where the peer was told")
    func countedTogether() async throws {
        let scratch = Scratch()
        let oin = try #require(OIN("00000099000000000001"))
        do {
            let store = try scratch.open()
            _ = try await store.journal.commit(
                CommitBatch(tokens: [PeerToken(peer: oin, token: [1], toldUpTo: 9)]))
            try await store.journal.record([
                .refusal(oin, reason: "page-gap", times: 7), .refusal(oin, reason: "page-gap"),
            ])
        }
        let peer = try #require(try scratch.open().journal.peers().first)
        #expect(peer.toldUpTo == 9 && peer.refusals == ["page-gap": 8])
    }
}
