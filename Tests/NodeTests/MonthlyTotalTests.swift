// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
@testable import Node
import Notation
import Storage
import Testing
import Transport

@Suite("Monthly totals and months that are not complete, Protocol/metering-events.md §10, §11", .serialized)
struct MonthlyTotalTests {
    private static let json = "application/json"
    private static let month = "2026-10"

    private static func body(_ provider: OIN, _ quantity: Int, reason: String? = nil) -> String {
        let total = """
            {"maand":"\(month)","applicatie":"zaaksysteem","aanbieder":"\(provider)","aantal":\(quantity)}
            """
        return "{\"totalen\":[\(total)]\(reason.map { ",\"reden\":\"\($0)\"" } ?? "")}"
    }

    @Test("a total stands in place of events, is stated without any, and is replaced with a reason only")
    func totals() async throws {
        let network = try TestNetwork(["west", "east"], monthlyTotals: [1])
        defer { network.remove() }
        var nodes: [TestNode] = []
        for founder in network.founders { nodes.append(try await TestNode(founder)) }
        let ask = Asked(api: LocalAPI(nodes[1].node))
        let (west, east) = (network.founders[0].oin, network.founders[1].oin)
        let missing = await ask(
            .post, "/v1/overzichten/_vaststellen", Self.json, "{\"maand\":\"\(Self.month)\"}")
        #expect(missing.status == 409)
        #expect(String(decoding: missing.body, as: UTF8.self).contains("usage import --totals"))
        for (quantity, word) in [(1_400, "nieuw"), (1_400, "gelijk")] {
            let kept = try await ask.json(.post, "/v1/verbruik/totalen", Self.json, Self.body(west, quantity))
            #expect(kept["uitkomsten"]?[0]?.text == word)
        }
        let other = await ask(.post, "/v1/verbruik/totalen", Self.json, Self.body(west, 1_300))
        #expect(other.status == 409 && String(decoding: other.body, as: UTF8.self).contains("1400"))
        try await state(nodes[1], nil)
        #expect(try await said(nodes[1], west, east) == [1_400, 0])
        _ = try await ask.json(.post, "/v1/verbruik/totalen", Self.json, Self.body(west, 1_300, reason: "herteld"))
        try await state(nodes[1], "herteld")
        #expect(try await said(nodes[1], west, east) == [1_400, 100])
        _ = try await ask.json(.post, "/v1/verbruik/totalen", Self.json, Self.body(west, 1_350, reason: "weer"))
        try await state(nodes[1], "weer")
        #expect(try await said(nodes[1], west, east) == [1_450, 100])
        let shown = try await ask.json(.get, "/v1/verbruik/totalen?maand=\(Self.month)")
        #expect(shown["totalen"]?[0]?["aantal"]?.wholeNumber == 1_350)
        #expect(shown["ontbreken"]?.elements?.count == 0)
        // Events beside it count nowhere, and keep the month from being stated without a reason.
        let events = try (0..<20).map { try usage($0, west, east) }
        _ = try await nodes[1].node.metering.accept(events).get()
        #expect(try await nodes[1].node.flush() == 0)
        await #expect(throws: MonthStatement.Refusal.self) { try await state(nodes[1], nil) }
        try await state(nodes[1], "meldingen tellen niet")
        #expect(try await said(nodes[1], west, east) == [1_450, 100])
        for node in nodes { try await node.stop() }
    }

    @Test("what is no total of this member is refused, each with its field, and nothing is kept", arguments: [
        ("{\"totalen\":[]}", "1 to 2000"),
        ("{\"totalen\":[{\"maand\":\"2099-01\",\"applicatie\":\"a\",\"aanbieder\":\"1\",\"aantal\":1}]}", "not over"),
        ("{\"totalen\":[{\"maand\":\"2026-10\",\"applicatie\":\"x\",\"aanbieder\":\"1\",\"aantal\":1}]}", "an OIN"),
        ("{\"totalen\":[{\"maand\":\"2026-10\",\"aantal\":-1,\"aanbieder\":\"00000099000000100000\"}]}",
         "whole number"),
        ("{\"totalen\":[7]}", "expected an object"),
        ("{\"totalen\":[{\"maand\":\"2026-10\",\"applicatie\":\"zaaksysteem\",\"aanbieder\":"
            + "\"00000099000000100000\",\"aantal\":1}]}", "those are: none"),
    ])
    func refused(body: String, words: String) async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        let node = try await TestNode(network.founders[1])
        let ask = Asked(api: LocalAPI(node.node))
        let answer = await ask(.post, "/v1/verbruik/totalen", Self.json, body)
        #expect(answer.status == 400)
        #expect(String(decoding: answer.body, as: UTF8.self).contains(words))
        #expect(try node.node.store.inbox.totals().isEmpty)
        try await node.stop()
    }

    @Test("a month in which a feed fell silent is stated with a reason only; the refusal names feed and day")
    func silent() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        let node = try await TestNode(network.founders[0])
        let (west, east) = (network.founders[0].oin, network.founders[1].oin)
        let month = try #require(CivilMonth(Self.month))
        for day in 0..<31 where day != 12 {
            let event = try usage(day, west, east, day: month.firstDay.adding(days: day))
            _ = try await node.node.metering.accept([event]).get()
        }
        let answer = await Asked(api: LocalAPI(node.node))(
            .post, "/v1/overzichten/_vaststellen", Self.json, "{\"maand\":\"\(Self.month)\"}")
        let text = String(decoding: answer.body, as: UTF8.self)
        #expect(answer.status == 409)
        for word in ["urn:test", "2026-10-13", "24 uur", "korf usage import", "reden"] { #expect(text.contains(word)) }
        try await state(node, "storing, niet meer aan te leveren")
        try await node.stop()
    }

    private func state(_ node: TestNode, _ reason: String?) async throws {
        _ = try await node.node.statements.state(try #require(CivilMonth(Self.month)), reason: reason)
    }

    /// What the consumer's log says: quantity counted and retracted.
    private func said(_ node: TestNode, _ west: OIN, _ east: OIN) async throws -> [Int64] {
        let cell = UsageCell(
            application: "zaaksysteem", provider: west, consumer: east, tariffClass: "standaard",
            month: try #require(CivilMonth(Self.month)), side: .consumer)
        return await node.engine.read { engine in
            let counters = engine.state.counters(of: cell, log: engine.ownLogID)
            return [counters.quantityCounted, counters.quantityRetracted]
        }
    }
}
