// SPDX-License-Identifier: EUPL-1.2
import Journal
@testable import Node
import Storage
import Testing

@Suite("Silent feeds, Protocol/metering-events.md §11")
struct FeedWatchTests {
    private static func silences(
        named: [String: Int] = [:], _ events: [(source: String, day: String, transaction: String?)]
    ) throws -> [String] {
        var watch = FeedWatch(try #require(CivilMonth("2026-11")), named: named, workingDays: WorkingDays())
        for (number, event) in events.enumerated() {
            let (west, east) = try (#require(OIN("00000099000000100000")), #require(OIN("00000099000000101000")))
            watch.see(InboxEvent(
                identity: EventIdentity(high: 0, low: UInt64(number)), content: 0, source: event.source,
                id: "\(number)", transaction: event.transaction, application: "corv", provider: west, consumer: east,
                usageClass: "standaard", side: .provider, day: try #require(CivilDate(event.day)), quantity: 1))
        }
        return watch.silences.map {
            "\($0.source) \($0.first.day)T\($0.first.hour) \($0.last.day)T\($0.last.hour) \($0.hours)"
        }
    }

    private static func days(
        _ source: String, _ days: some Sequence<Int>
    ) -> [(source: String, day: String, transaction: String?)] {
        days.map { (source, "2026-11-" + ($0 < 10 ? "0\($0)" : "\($0)"), nil) }
    }

    @Test("a feed of every working day that misses one is silent, over the weekend beside it too")
    func regular() throws {
        #expect(try Self.silences(Self.days("urn:a", 1...30)) == [])
        #expect(try Self.silences(Self.days("urn:a", (1...30).filter { $0 != 11 })) == [
            "urn:a 2026-11-11T0 2026-11-11T23 24",
        ])
        // 6 November is a Friday.
        #expect(try Self.silences(Self.days("urn:a", (1...30).filter { !(6...8).contains($0) })) == [
            "urn:a 2026-11-06T0 2026-11-08T23 72",
        ])
        #expect(try Self.silences(Self.days("urn:a", (1...30).filter { !(7...8).contains($0) })) == [])
    }

    @Test("a feed of a few days is not watched; one that had gone on before the month and stopped is")
    func irregular() throws {
        #expect(try Self.silences(Self.days("urn:a", [2, 9, 16, 23])) == [])
        let before = (26...30).map { (source: "urn:b", day: "2026-10-\($0)", transaction: String?.none) }
        #expect(try Self.silences(before) == ["urn:b 2026-11-01T0 2026-11-30T23 720"])
        #expect(try Self.silences(Array(before.dropLast())) == [])
    }

    @Test("a named feed is watched by the hours of its transactions; without any it was silent all month")
    func named() throws {
        #expect(try Self.silences(named: ["urn:a": 700], []) == ["urn:a 2026-11-01T0 2026-11-30T23 720"])
        // 2026-11-12T07:30Z and 19:30Z: hours 8 and 20 in Amsterdam.
        let moments = ["2026-11-12T07:30:00Z", "2026-11-12T19:30:00Z"].map { text -> String in
            let milliseconds = text.contains("07") ? 1_794_468_600_000 : 1_794_511_800_000
            let digits = String(milliseconds, radix: 16)
            let padded = String(repeating: "0", count: 12 - digits.count) + digits
            return "\(padded.prefix(8))-\(padded.suffix(4))-7000-8000-000000000000"
        }
        let rest = Self.days("urn:a", (1...30).filter { $0 != 12 })
        let outage = moments.map { (source: "urn:a", day: "2026-11-12", transaction: String?.some($0)) }
        #expect(try Self.silences(named: ["urn:a": 10], rest + outage) == ["urn:a 2026-11-12T9 2026-11-12T19 11"])
        #expect(try Self.silences(named: ["urn:a": 11], rest + outage) == [])
    }
}
