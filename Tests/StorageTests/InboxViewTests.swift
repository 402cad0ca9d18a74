// SPDX-License-Identifier: EUPL-1.2

import Journal
@testable import Storage
import Testing

@Suite("Metering inbox: a reader sees one moment, Protocol/storage.md §3")
struct InboxViewTests {
    @Test("events whose names are new are read whole or not at all while others come in")
    func namesAndRows() async throws {
        let scratch = Scratch()
        let store = try scratch.open()
        let writing = Task {
            for number in 1...600 {
                let plain = event(number)
                _ = try await store.inbox.accept([InboxEvent(
                    identity: plain.identity, content: plain.content, source: "source-\(number)", id: plain.id,
                    transaction: nil, application: "application-\(number)", provider: plain.provider,
                    consumer: plain.consumer, usageClass: plain.usageClass, side: plain.side, day: plain.day,
                    quantity: plain.quantity)])
            }
        }
        var seen = 0
        while seen < 600 {
            let events = try store.inbox.events(days: day(0)...day(40_000))
            #expect(events.count >= seen)
            #expect(events.map(\.position) == (0..<events.count).map { UInt64($0) + 1 })
            seen = events.count
            await Task.yield()
        }
        try await writing.value
    }
}
