// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Notation
import Testing

@Suite("Usage events: CSV, Protocol/metering-events.md §5")
struct UsageEventCSVTests {
    private let header = "tijdstip,id,applicatie,aanbieder,afnemer,klasse,aantal,transactie\n"
    private let parties = "00000099000000001000,00000099000000002000"

    private func read(_ text: String, source: String = "urn:meter:1") throws(UsageEventRefusal) -> [UsageEvent] {
        try UsageEventCSV.read(Array(text.utf8), source: source)
    }

    private func refusal(_ text: String, source: String = "urn:meter:1") -> [String] {
        do { _ = try read(text, source: source) } catch {
            return error.violations.map { "\($0.path): \($0.rule.name)" }
        }
        return []
    }

    @Test("rows are events; empty class, quantity and transaction are the defaults")
    func rows() throws {
        let events = try read(
            header + "2026-10-05T10:00:00Z,a,corv,\(parties),,,\n"
                + "2026-10-05T12:00:00+02:00,\"b \"\"q\"\"\",corv,\(parties),groot,3,order-1\r\n")
        #expect(events.map(\.id) == ["a", "b \"q\""])
        #expect(events.map(\.quantity) == [1, 3])
        #expect(events.map(\.tariffClass) == ["standaard", "groot"])
        #expect(events.map(\.transaction) == [nil, "order-1"])
        #expect(events.allSatisfy { $0.source == "urn:meter:1" })
    }

    @Test("a row and the CloudEvent that it is written as are one event")
    func sameAsJSON() throws {
        let event = try #require(try read(header + "2026-10-05T10:00:00Z,a,corv,\(parties),,,\n").first)
        #expect(try UsageEventReader.single(event.cloudEvent.bytes()) == event)
    }

    @Test("every broken rule is named with line and column")
    func places() {
        let text = header + "2026-10-05T10:00:00Z,a,corv,\(parties),,,\n"
            + "gisteren,,CORV,12,\(parties.suffix(20)),A B,0,\n\n" + "2026-10-05T10:00:00Z,b,corv\n"
        #expect(refusal(text) == [
            "line 3, column 1 (tijdstip): time", "line 3, column 2 (id): missing",
            "line 3, column 3 (applicatie): applicatie", "line 3, column 4 (aanbieder): oin",
            "line 3, column 6 (klasse): klasse", "line 3, column 7 (aantal): aantal", "line 5: csv-columns",
        ])
    }

    @Test("a wrong header, source, quote or encoding is refused")
    func shape() {
        #expect(refusal("tijd,id\n") == ["line 1: csv-header"])
        #expect(refusal(header, source: "een bron") == ["source: source"])
        #expect(refusal(header + "\"2026") == ["line 2: csv-quotes"])
        #expect(refusal(header + "\"a\"b,c\n") == ["line 2: csv-quotes"])
        #expect(throws: UsageEventRefusal([.init(path: "", rule: .utf8)])) {
            try UsageEventCSV.read([0xFF], source: "urn:x")
        }
    }

    @Test("quantities are digits only", arguments: ["+1", "01", "1.0", "1e3", "-1", "1000000000001", " 1"])
    func quantities(_ text: String) {
        let row = "2026-10-05T10:00:00Z,a,corv,\(parties),,\(text),\n"
        #expect(refusal(header + row) == ["line 2, column 7 (aantal): aantal"])
    }
}
