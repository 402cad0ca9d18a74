// SPDX-License-Identifier: EUPL-1.2

import Cryptography
import Journal
@testable import Storage
import Testing

@Suite("Metering inbox against a model, Protocol/storage.md §5")
struct InboxModelTests {
    /// What the inbox must say, kept in the plainest way.
    private struct Model {
        var events: [Int: (event: InboxEvent, position: UInt64)] = [:]
        var retracted: [Int: UInt64] = [:]
        var expiredBefore: Int32 = 0
        var gone: Set<Int> = []
        var next: UInt64 = 1
        var cells: [InboxCell: InboxCounters] = [:]

        mutating func accept(_ id: Int, _ event: InboxEvent) -> AcceptOutcome {
            if let known = events[id] {
                return known.event.content == event.content
                    ? .duplicate(position: known.position) : .conflict(position: known.position)
            }
            events[id] = (event, next)
            add(InboxCounters(eventsCounted: 1, quantityCounted: event.quantity, position: next), event)
            next += 1
            return .accepted(position: next - 1)
        }

        mutating func retract(_ id: Int) -> RetractOutcome {
            guard let known = events[id] else { return .unknown }
            if let position = retracted[id] { return .already(position: position) }
            if gone.contains(id) { return .expired }
            retracted[id] = next
            add(InboxCounters(eventsRetracted: 1, quantityRetracted: known.event.quantity, position: next), known.event)
            next += 1
            return .retracted(position: next - 1)
        }

        mutating func expire(before day: Int32) {
            for (id, known) in events where known.event.day.dayNumber < day { gone.insert(id) }
        }

        private mutating func add(_ counters: InboxCounters, _ event: InboxEvent) {
            let cell = InboxCell(
                application: event.application, provider: event.provider, consumer: event.consumer,
                usageClass: event.usageClass, month: event.day.month, side: event.side)
            cells[cell, default: InboxCounters()].add(counters)
        }
    }

    @Test("outcomes and counters are exact under random operations, restarts and expiry", arguments: 1...12)
    func random(seed: Int) async throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let scratch = Scratch()
        var model = Model()
        var store: NodeStore? = try scratch.open()
        for _ in 0..<60 {
            let inbox = try #require(store).inbox
            switch Int.random(in: 0..<20, using: &random) {
            case 0..<12:
                let count = Int.random(in: 1...40, using: &random)
                let ids = (0..<count).map { _ in Int.random(in: 1...600, using: &random) }
                let events = ids.map { id in randomEvent(id, &random) }
                let expected = zip(ids, events).map { model.accept($0, $1) }
                #expect(try await inbox.accept(events) == expected)
            case 12..<16:
                let ids = (0..<10).map { _ in Int.random(in: 1...700, using: &random) }
                let expected = ids.map { model.retract($0) }
                #expect(try await inbox.retract(ids.map { event($0).identity }) == expected)
            case 16:
                let before = Int32.random(in: 20_000...20_045, using: &random)
                _ = try await inbox.expire(before: day(before))
                model.expire(before: before)
            case 17:
                let cells = try await inbox.cells()
                #expect(cells.map(\.cell) == model.cells.keys.sorted())
                #expect(cells.map(\.current) == model.cells.sorted { $0.key < $1.key }.map(\.value))
            default:
                store = nil
                store = try scratch.open()
            }
        }
        let cells = try await #require(store).inbox.cells()
        #expect(cells.map(\.current) == model.cells.sorted { $0.key < $1.key }.map(\.value))
        store = nil
        #expect(try Fsck.check(scratch.data, suite).findings == [])
    }

    /// Most events of an id are the same each time; some differ, which is a conflict.
    private func randomEvent(_ id: Int, _ random: inout SeededGenerator) -> InboxEvent {
        var own = SeededGenerator(seed: UInt64(id))
        let other = Int.random(in: 0..<10, using: &random) == 0
        return event(
            id, content: UInt64(other ? 1 : 0), day: Int32.random(in: 20_000...20_060, using: &own),
            quantity: UInt64.random(in: 0...9, using: &own),
            application: ["corv", "subsidie", "zaak"].randomElement(using: &own) ?? "corv")
    }
}
