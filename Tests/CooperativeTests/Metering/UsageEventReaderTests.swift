// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Testing

@Suite("Usage events: CloudEvents in JSON, Protocol/metering-events.md §1-§4 and §6")
struct UsageEventReaderTests {
    private func read(_ vector: JSON) throws(UsageEventRefusal) -> [UsageEvent] {
        let text = Array((vector["text"]?.text ?? "").utf8)
        return vector["form"]?.text == "batch"
            ? try UsageEventReader.batch(text) : [try UsageEventReader.single(text)]
    }

    @Test("every vector is read or refused as it says")
    func vectors() throws {
        let vectors = try MeteringVectors.load("metering-events.json")
        #expect(vectors.count { $0["violations"] != nil } * 10 >= vectors.count * 3)
        for vector in vectors {
            let name = Comment(rawValue: vector["name"]?.text ?? "")
            do {
                let events = try read(vector)
                let expected = try #require(vector["events"]?.elements, name)
                #expect(events.map(Self.json) == expected, name)
            } catch let refusal as UsageEventRefusal {
                let written = refusal.violations.map { JSON.array([.string($0.path), .string($0.rule.name)]) }
                #expect(written == vector["violations"]?.elements, name)
            }
        }
    }

    @Test("what an event is written as is read back as the same event")
    func roundTrip() throws {
        for vector in try MeteringVectors.load("metering-events.json") where vector["events"] != nil {
            let events = try read(vector)
            let text = JSON.array(events.map(\.cloudEvent)).bytes()
            #expect(try UsageEventReader.batch(text) == events)
        }
    }

    @Test("a batch of 1,001 events is refused as a whole, 1,000 are read")
    func batchLimit() throws {
        let event = try UsageEventReader.single(Self.event()).cloudEvent
        let full = JSON.array(Array(repeating: event, count: MeteringLimits.batchEvents))
        #expect(try UsageEventReader.batch(full.bytes()).count == MeteringLimits.batchEvents)
        let over = JSON.array(Array(repeating: event, count: MeteringLimits.batchEvents + 1))
        #expect(throws: UsageEventRefusal([.init(path: "", rule: .batchSize)])) {
            try UsageEventReader.batch(over.bytes())
        }
    }

    @Test("a request one byte too long is refused before it is read")
    func bytesLimit() {
        let padding = [UInt8](repeating: 0x20, count: MeteringLimits.requestBytes + 1 - Self.event().count)
        #expect(throws: UsageEventRefusal.self) { try UsageEventReader.single(Self.event() + padding) }
        #expect(throws: Never.self) { try UsageEventReader.single(Self.event() + padding.dropLast()) }
    }

    @Test("a refusal lists the first hundred broken rules and counts them all")
    func violationsLimit() {
        let broken = JSON.array(Array(repeating: .integer(1), count: MeteringLimits.violations + 1))
        do {
            _ = try UsageEventReader.batch(broken.bytes())
            Issue.record("read what is no event")
        } catch {
            #expect(error.violations.count == MeteringLimits.violations)
            #expect(error.total == MeteringLimits.violations + 1)
        }
    }

    @Test("neighbours with other parties keep their own")
    func neighbours() throws {
        let one = Self.event(provider: "00000099000000001000"), two = Self.event(provider: "00000099000000003000")
        let text = "[" + [one, two, one].map { String(decoding: $0, as: UTF8.self) }.joined(separator: ",") + "]"
        let providers = try UsageEventReader.batch(Array(text.utf8)).map(\.provider.digits)
        #expect(providers == ["00000099000000001000", "00000099000000003000", "00000099000000001000"])
    }

    @Test("a typed event keeps the same rules")
    func typed() throws {
        let event = try UsageEvent.checked(
            source: "urn:x", id: "a", time: "2026-10-05T12:00:00+02:00", application: "corv",
            provider: "00000099000000001000", consumer: "00000099000000002000")
        #expect(try event == UsageEventReader.single(Self.event()))
        #expect(throws: UsageEventRefusal([
            .init(path: "time", rule: .time), .init(path: "data.applicatie", rule: .application),
        ])) {
            try UsageEvent.checked(
                source: "urn:x", id: "a", time: "gisteren", application: "CORV",
                provider: "00000099000000001000", consumer: "00000099000000002000")
        }
    }

    static func event(provider: String = "00000099000000001000") -> [UInt8] {
        let event: JSON = [
            "specversion": "1.0", "id": "a", "source": "urn:x", "type": "nl.beware.korf.verbruik.v1",
            "time": "2026-10-05T10:00:00Z",
            "data": ["applicatie": "corv", "aanbieder": .string(provider), "afnemer": "00000099000000002000"],
        ]
        return event.bytes()
    }

    private static func json(_ event: UsageEvent) -> JSON {
        [
            "source": .string(event.source), "id": .string(event.id), "applicatie": .string(event.application),
            "aanbieder": .string(event.provider.digits), "afnemer": .string(event.consumer.digits),
            "klasse": .string(event.tariffClass), "aantal": .integer(event.quantity),
            "transactie": event.transaction.map { .string($0) } ?? .null,
            "timeMilliseconds": .integer(event.timeMilliseconds), "day": .string("\(event.day)"),
            "matchId": .string(event.matchID),
            "content": .string(Hexadecimal.encode(event.canonicalContent)),
        ]
    }
}
