// SPDX-License-Identifier: EUPL-1.2

import Cryptography
import Journal
@testable import Storage
import Testing

@Suite("Metering inbox: once and for ever, Protocol/storage.md §5")
struct InboxStoreTests {
    @Test("the same event again is a duplicate, the same id with other content a conflict, also in one call")
    func outcomes() async throws {
        let scratch = Scratch()
        let store = try scratch.open()
        let first = try await store.inbox.accept([event(1), event(1), event(1, content: 9), event(2)])
        #expect(first == [
            .accepted(position: 1), .duplicate(position: 1), .conflict(position: 1), .accepted(position: 2),
        ])
        #expect(try store.inbox.lastPosition() == 2)
        #expect(try await store.inbox.cells().map(\.current.eventsCounted).reduce(0, +) == 2)
    }

    @Test("after raw events expire and the node restarts, duplicates and conflicts are still seen")
    func expiry() async throws {
        let scratch = Scratch()
        do {
            let store = try scratch.open()
            _ = try await store.inbox.accept((1...300).map { event($0, day: 20_000 + Int32($0 % 3)) })
            #expect(try await store.inbox.expire(before: day(20_002)) == 200)
            #expect(try store.inbox.events(days: day(20_000)...day(20_009)).count == 100)
        }
        let store = try scratch.open()
        #expect(try await store.inbox.accept([event(3, day: 20_000)]) == [.duplicate(position: 3)])
        #expect(try await store.inbox.accept([event(3, content: 5, day: 20_000)]) == [.conflict(position: 3)])
        #expect(try await store.inbox.retract([event(3).identity]) == [.expired])
        #expect(try await store.inbox.accept([event(301)]) == [.accepted(position: 301)])
        #expect(try await store.inbox.cells().map(\.current.eventsCounted).reduce(0, +) == 301)
    }

    @Test("expiring everything keeps the positions dense")
    func expireAll() async throws {
        let scratch = Scratch()
        do {
            let store = try scratch.open()
            _ = try await store.inbox.accept((1...10).map { event($0) })
            #expect(try await store.inbox.expire(before: day(30_000)) == 10)
        }
        let store = try scratch.open()
        #expect(try await store.inbox.accept([event(11)]) == [.accepted(position: 11)])
        #expect(try await store.inbox.retract([event(11).identity]) == [.retracted(position: 12)])
    }

    @Test("a retraction counts once, of a known event only")
    func retraction() async throws {
        let scratch = Scratch()
        do {
            let store = try scratch.open()
            _ = try await store.inbox.accept([event(1, quantity: 5), event(2, quantity: 7)])
            let outcomes = try await store.inbox.retract([event(2).identity, event(2).identity, event(9).identity])
            #expect(outcomes == [.retracted(position: 3), .already(position: 3), .unknown])
            #expect(try await store.inbox.accept([event(2, quantity: 7)]) == [.duplicate(position: 2)])
        }
        let store = try scratch.open()
        #expect(try await store.inbox.retract([event(2).identity]) == [.already(position: 3)])
        let cells = try await store.inbox.cells()
        #expect(cells.map(\.current) == [InboxCounters(
            eventsCounted: 2, eventsRetracted: 1, quantityCounted: 12, quantityRetracted: 7, position: 3)])
        #expect(try store.inbox.events(days: day(20_000)...day(20_000)).map(\.isRetracted) == [false, true])
        _ = try await store.inbox.expire(before: day(30_000))
        let late = try await store.inbox.retract([event(2).identity, event(1).identity])
        #expect(late == [.already(position: 3), .expired])
    }

    @Test("a raw event comes back as it was given")
    func rawEvents() async throws {
        let scratch = Scratch()
        let store = try scratch.open()
        let plain = event(1), shared = event(2, transaction: "transactie-é")
        _ = try await store.inbox.accept([plain, shared])
        #expect(try store.inbox.events(days: day(20_000)...day(20_000)).map(\.event) == [plain, shared])
    }

    @Test("flush: cells are named once they grew by the threshold, counted and retracted each for itself")
    func flush() async throws {
        let scratch = Scratch()
        let store = try scratch.open()
        _ = try await store.inbox.accept((1...6).map { event($0) } + [event(7, day: 20_040)])
        #expect(try await store.inbox.cellsToFlush(threshold: 5).map(\.current.eventsCounted) == [6])
        let cells = try await store.inbox.cellsToFlush(threshold: 1)
        #expect(cells.map(\.current.eventsCounted) == [6, 1])
        try await store.inbox.recordFlush(cells.map { ($0.cell, $0.current) })
        #expect(try await store.inbox.cellsToFlush(threshold: 1).isEmpty)
        try await store.inbox.recordFlush([(cells[0].cell, InboxCounters())])
        #expect(try await store.inbox.cells().map(\.flushed) == cells.map(\.current))
        _ = try await store.inbox.retract((1...3).map { event($0).identity })
        #expect(try await store.inbox.cellsToFlush(threshold: 4).isEmpty)
        #expect(try await store.inbox.cellsToFlush(threshold: 3).map(\.current.eventsRetracted) == [3])
    }

    @Test("what is too long or too much is refused whole")
    func limits() async throws {
        let scratch = Scratch()
        let store = try scratch.open()
        let long = event(1, transaction: String(repeating: "x", count: 1_025))
        let refused = await failure { _ = try await store.inbox.accept([event(2), long]) }
        #expect(refused?.refusal == .tooLarge(bytes: 1_025, limit: 1_024))
        let many = await failure { _ = try await store.inbox.accept(Array(repeating: event(1), count: 10_001)) }
        #expect(many?.refusal == .tooLarge(bytes: 10_001, limit: 10_000))
        #expect(try store.inbox.lastPosition() == 0)
    }

    @Test("eight callers at once: dense positions, nothing lost")
    func concurrent() async throws {
        let scratch = Scratch()
        do {
            let store = try scratch.open()
            let positions = try await withThrowingTaskGroup(of: [AcceptOutcome].self) { group in
                for caller in 0..<8 {
                    group.addTask {
                        var all: [AcceptOutcome] = []
                        for step in 0..<50 { all += try await store.inbox.accept([event(1 + caller * 50 + step)]) }
                        return all
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            let dense = (1...400).map { AcceptOutcome.accepted(position: $0) }
            #expect(Set(positions.map { "\($0)" }) == Set(dense.map { "\($0)" }))
        }
        let report = try Fsck.check(scratch.data, suite)
        #expect(report.isSound && report.eventCount == 400 && report.identityCount == 400, "\(report.findings)")
    }

    @Test("runs and merges: every id among many is still known after reopening")
    func manyIdentities() async throws {
        let scratch = Scratch()
        let total = 5 * Limits.recentEvents + 1_000
        do {
            let store = try scratch.open()
            for start in stride(from: 1, through: total, by: 5_000) {
                let events = (start..<min(total + 1, start + 5_000)).map { event($0, day: 20_000 + Int32($0 % 20)) }
                _ = try await store.inbox.accept(events)
            }
        }
        let store = try scratch.open()
        let sample = stride(from: 1, through: total, by: 97).map { $0 }
        let outcomes = try await store.inbox.accept(sample.map { event($0, day: 20_000 + Int32($0 % 20)) })
        #expect(outcomes == sample.map { .duplicate(position: UInt64($0)) })
        #expect(try await store.inbox.accept([event(total + 1)]) == [.accepted(position: UInt64(total + 1))])
    }
}
