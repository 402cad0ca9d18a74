// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
@testable import Node
import Notation
import Settlement
import Testing
import Transport

@Suite("Months between two parties, Protocol/settling.md", .serialized)
struct PeriodTests {
    private static let json = "application/json"
    private static let month = "2026-10"

    @Test("a disputed month is agreed on, signed by both and closed; what is said afterwards is refused")
    func closes() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        var nodes: [TestNode] = []
        for founder in network.founders { nodes.append(try await TestNode(founder)) }
        let asked = nodes.map { Asked(api: LocalAPI($0.node)) }
        let (west, east) = (network.founders[0].oin, network.founders[1].oin)
        let month = try #require(CivilMonth(Self.month))
        for (node, count) in zip(nodes, [140, 90]) {
            let events = try (0..<count).map { try Self.event($0, west, east) }
            _ = try await node.node.metering.accept(events).get()
            _ = try await node.node.statements.state(month, reason: nil)
        }
        try await eventually("an epoch covers what both stated, without anybody deciding anything") {
            await both(nodes) { $0.settled.statementViews().count == 2 }
        }
        let shown = try await asked[0].json(.get, "/v1/maanden/\(Self.month)")
        let cell = try #require(shown["wederpartijen"]?[0]?["cellen"]?.elements?.first {
            $0["aantalAanbieder"]?.wholeNumber == 140
        })
        #expect(cell["aantalAfnemer"]?.wholeNumber == 90)
        let name = try #require(cell["klasse"]?.text)
        let body = """
            {"woord":"akkoord","wederpartij":"\(east)","applicatie":"zaaksysteem","klasse":"\(name)","reden":"dubbel"}
            """
        let unsaid = await asked[0](
            .post, "/v1/maanden/\(Self.month)/standpunten", Self.json,
            body.replacing("\"reden\"", with: "\"aantal\":77,\"reden\""))
        #expect(unsaid.status == 400 && String(decoding: unsaid.body, as: UTF8.self).contains("telde 90"))
        let stance = try await asked[0].json(.post, "/v1/maanden/\(Self.month)/standpunten", Self.json, body)
        #expect(stance["aantal"]?.wholeNumber == 90)
        try await eventually("an epoch covers the stance") {
            await both(nodes) { !$0.settled.stanceViews().isEmpty }
        }
        try await eventually("the reason is with the other party") {
            let shown = try? await asked[1].json(.get, "/v1/maanden/\(Self.month)")
            return shown?["wederpartijen"]?[0]?["standpunten"]?[0]?["reden"]?.text == "dubbel"
        }
        let first = try await asked[0].json(
            .post, "/v1/maanden/\(Self.month)/_afsluiten", Self.json, "{\"wederpartij\":\"\(east)\"}")
        #expect(first["beide"]?.truth == false)
        let again = await asked[0](
            .post, "/v1/maanden/\(Self.month)/_afsluiten", Self.json, "{\"wederpartij\":\"\(east)\"}")
        #expect(again.status == 409, "signing the same once more writes nothing")
        try await eventually("the other holds the cut") {
            await nodes[1].engine.read { !$0.state.cutViews().isEmpty }
        }
        let second = try await asked[1].json(
            .post, "/v1/maanden/\(Self.month)/_afsluiten", Self.json, "{\"wederpartij\":\"\(west)\"}")
        #expect(second["beide"]?.truth == true)
        try await eventually("an epoch closes the month") {
            await both(nodes) { !$0.settled.closedPeriods().isEmpty }
        }
        let compared = try await asked[0].json(.get, "/v1/vergelijkingen/\(Self.month)")
        #expect(compared["afgesloten"]?[0]?["wijze"]?.text == "getekend")
        for node in nodes {
            let (closed, statement) = try await node.engine.read { engine in
                (engine.settled.closedPeriods(), try AccountStatements.statement(of: east, in: month, engine.settled))
            }
            #expect(closed.map(\.ending) == [.signed])
            #expect(statement.canonicalText.contains("matched 90 90 90"))
        }
        let late = await asked[1](
            .post, "/v1/maanden/\(Self.month)/standpunten", Self.json,
            body.replacing("\(east)", with: "\(west)").replacing("akkoord", with: "betwist"))
        #expect(late.status == 409)
        for node in nodes { try await node.stop() }
    }

    @Test("signing before both stated, and of a month that goes on, is refused with what would be right")
    func refuses() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        let node = try await TestNode(network.founders[0])
        let ask = Asked(api: LocalAPI(node.node))
        let body = "{\"wederpartij\":\"\(network.founders[1].oin)\"}"
        for (month, words) in [(Self.month, "niet vastgesteld"), ("2099-01", "nog niet worden afgesloten")] {
            let answer = await ask(.post, "/v1/maanden/\(month)/_afsluiten", Self.json, body)
            #expect(answer.status == 409)
            #expect(String(decoding: answer.body, as: UTF8.self).contains(words))
        }
        let own = await ask(
            .post, "/v1/maanden/\(Self.month)/_afsluiten", Self.json,
            "{\"wederpartij\":\"\(network.founders[0].oin)\"}")
        #expect(own.status == 400)
        try await node.stop()
    }

    /// Whether something holds of every node.
    private func both(_ nodes: [TestNode], _ holds: @Sendable (isolated NodeEngine) -> Bool) async -> Bool {
        for node in nodes where await !node.engine.read(holds) { return false }
        return true
    }

    private static func event(_ number: Int, _ provider: OIN, _ consumer: OIN) throws -> UsageEvent {
        let text = """
            {"specversion":"1.0","type":"nl.beware.korf.verbruik.v1","source":"urn:test","id":"\(number)",
            "time":"2026-10-\(10 + number % 10)T12:00:00Z","data":{"applicatie":"zaaksysteem","aanbieder":"\(provider)",
            "afnemer":"\(consumer)","aantal":1,"transactie":"t-\(number)"}}
            """
        return try UsageEventReader.single(Array(text.utf8))
    }
}
