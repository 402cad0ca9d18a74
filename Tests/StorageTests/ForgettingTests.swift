// SPDX-License-Identifier: EUPL-1.2

import Cryptography
import Journal
@testable import Storage
import Testing

@Suite("Forgotten receipts and baselines: Protocol/storage.md §5")
struct ForgettingTests {
    @Test("what is received after the mark of days up to the restart waits until its day is released, late events too")
    func quarantine() async throws {
        let scratch = Scratch()
        let inbox = try scratch.open().inbox
        _ = try await inbox.accept((1...5).map { event($0, day: 20_000 + Int32($0 % 2)) })
        try await inbox.markForgotten(after: try inbox.lastPosition(), through: day(20_003))
        _ = try await inbox.accept([event(6, day: 19_999), event(7, day: 20_001), event(8, day: 20_003, quantity: 4)])
        _ = try await inbox.accept([event(9, day: 20_004)])
        // Event 6 may be one that was received after the backup, flushed and forgotten, though it is of an older day.
        #expect(try inbox.quarantined().values.map(\.eventsCounted).reduce(0, +) == 3)
        #expect(try inbox.quarantinedDays().map(\.day) == [day(19_999), day(20_001), day(20_003)])
        try await inbox.release([day(20_003), day(19_999)], reason: "totals compared", atSeconds: 1)
        #expect(try inbox.quarantined().values.map(\.quantityCounted) == [1])
        #expect(try inbox.quarantinedDays().map(\.isReleased) == [true, false, true])
    }

    @Test("the mark stays where it is until a successor counts from it")
    func mark() async throws {
        let scratch = Scratch()
        let inbox = try scratch.open().inbox
        _ = try await inbox.accept([event(1)])
        try await inbox.markForgotten(after: 1, through: day(20_010))
        _ = try await inbox.accept([event(2)])
        try await inbox.markForgotten(after: 2, through: day(20_011))
        #expect(try inbox.quarantines().map(\.position) == [1])
        let log = try Writer(1).log
        #expect(try inbox.baseline(of: log) == nil)
        let cell = try await inbox.cells()[0]
        let held = cell.less(try inbox.received(after: 1)[cell.cell] ?? InboxCounters())
        #expect(held.current.eventsCounted == 1)
        try await inbox.setBaseline(of: log, [(cell.cell, held.current)])
        #expect(try inbox.baseline(of: log)?[cell.cell] == held.current)
        try await inbox.markForgotten(after: 2, through: day(20_011))
        #expect(try inbox.quarantines().map(\.isSucceeded) == [true, false])
    }

    @Test("in an inbox that kept nothing every day up to the restart waits")
    func empty() async throws {
        let scratch = Scratch()
        let inbox = try scratch.open().inbox
        try await inbox.markForgotten(after: 0, through: day(20_000))
        _ = try await inbox.accept([event(1, day: 18_000), event(2, day: 20_001)])
        #expect(try inbox.quarantinedDays().map(\.day) == [day(18_000)])
    }

    @Test("what is left after taking away never has more retracted than counted")
    func less() async throws {
        let scratch = Scratch()
        let inbox = try scratch.open().inbox
        _ = try await inbox.accept([event(1, quantity: 5), event(2, quantity: 3)])
        let before = try await inbox.cells()[0]
        _ = try await inbox.retract([event(1).identity])
        let after = try await inbox.cells()[0].less(before.current)
        #expect(after.current.eventsRetracted == 0 && after.current.quantityRetracted == 0)
        _ = try await inbox.accept([event(3, quantity: 9)])
        let later = try await inbox.cells()[0].less(before.current).current
        #expect(later.eventsRetracted == 1 && later.quantityRetracted == 5 && later.quantityCounted == 9)
    }
}

@Suite("Successors in the store: Protocol/log.md §7")
struct SucceedingTests {
    private func successor(
        of writer: Writer, _ number: UInt8
    ) throws -> (zero: EntryZero, begun: (log: OwnLog, page: AdmittedPage)) {
        let signer = try SigningKey(seed: [UInt8](repeating: number, count: 32))
        let head = try #require(writer.own.head)
        let end = try #require(PredecessorEnd(log: writer.log, size: head.size, root: head.root))
        let zero = EntryZero(
            network: writer.entryZero.network, oin: writer.entryZero.oin, logKey: signer.publicKey,
            nextKeyHash: suite.hash(signer.publicKey), after: end, authority: .nextKey, signer: signer)
        return (zero, OwnLog.begin(zero, signer: signer, suite))
    }

    @Test("a store that must not sign its log goes on with a successor, also after a restart", arguments: [true, false])
    func succeeds(isForbidden: Bool) async throws {
        let scratch = Scratch()
        var writer = try Writer(1)
        try writer.append(3)
        let successor = try successor(of: writer, 9)
        do {
            let store = try scratch.open()
            try await store.journal.declareOwnLog(writer.entryZero)
            for page in writer.pages { _ = try await store.journal.commit(CommitBatch(pages: [page])) }
            if isForbidden { try await store.journal.forbidSigning() }
            var batch = CommitBatch(pages: [successor.begun.page])
            batch.succession = successor.zero
            _ = try await store.journal.commit(batch)
            #expect(store.journal.headState.allowsSigning)
            #expect(store.journal.ownLog == successor.begun.log.tip.log)
        }
        let store = try scratch.open()
        #expect(store.journal.headState == .inStep)
        #expect(store.journal.ownLog == successor.begun.log.tip.log)
        let identity = successor.begun.log.tip.identity
        #expect(try ExternalHead.parse(scratch.read(scratch.head), of: identity, suite).size == 1)
        // The old log is another's now: what comes back of it does no harm.
        #expect(store.journal.tip(of: writer.log)?.held == 4)
    }

    @Test("a successor is taken once, and a log that is none not at all")
    func refused() async throws {
        let scratch = Scratch()
        let store = try scratch.open()
        let writer = try Writer(1)
        try await store.journal.declareOwnLog(writer.entryZero)
        _ = try await store.journal.commit(CommitBatch(pages: [writer.pages[0]]))
        var batch = CommitBatch()
        batch.succession = writer.entryZero
        let asked = batch
        #expect(await failure { _ = try await store.journal.commit(asked) }?.refusal == .ownLogExists)
        let successor = try successor(of: writer, 9)
        batch = CommitBatch(pages: [successor.begun.page])
        batch.succession = successor.zero
        let good = batch
        _ = try await store.journal.commit(good)
        #expect(await failure { _ = try await store.journal.commit(good) }?.refusal == .ownLogExists)
        #expect(store.journal.ownLog == successor.begun.log.tip.log)
    }
}
