// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Foundation
import Journal
@testable import Node
import Notation
@testable import Settlement
import Storage
import Testing
import Transport

@Suite("Two daemons compare a month, Protocol/comparison.md §4 and §5", .serialized)
struct PairComparisonTests {
    private static let path = "/v1/vergelijkingen/2026-10/_verschillen"
    private let october = CivilMonth("2026-10") ?? CivilMonth(containing: SystemClock().today())

    private func with(
        _ body: (_ west: TestNode, _ east: TestNode, TestNetwork) async throws -> Void
    ) async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        let (west, east) = (try await TestNode(network.founders[0]), try await TestNode(network.founders[1]))
        do { try await body(west, east, network) } catch {
            try await west.stop()
            try await east.stop()
            throw error
        }
        try await west.stop()
        try await east.stop()
    }

    private func event(
        _ number: Int, _ network: TestNetwork, day: Int, source: String = "urn:test", quantity: Int = 1,
        tariffClass: String = "standaard"
    ) throws -> UsageEvent {
        let text = """
            {"specversion":"1.0","type":"nl.beware.korf.verbruik.v1","source":"\(source)","id":"\(number)",
            "time":"2026-10-\(day < 10 ? "0" : "")\(day)T12:00:00Z","data":{"applicatie":"zaaksysteem",
            "aanbieder":"\(network.founders[0].oin)","afnemer":"\(network.founders[1].oin)","klasse":"\(tariffClass)",
            "aantal":\(quantity),"transactie":"t-\(number)"}}
            """
        return try UsageEventReader.single(Array(text.utf8))
    }

    private func meter(_ events: [UsageEvent], at node: TestNode) async throws {
        let outcomes = try await node.node.metering.accept(events).get()
        #expect(outcomes.allSatisfy { if case .accepted = $0 { true } else { false } })
    }

    private func state(_ nodes: [TestNode], reason: String? = nil) async throws {
        for node in nodes { _ = try await node.node.statements.state(october, reason: reason) }
        try await eventually("both know both statements") {
            for node in nodes {
                let known = await node.engine.read { $0.state.statementViews().count }
                guard known == nodes.count, await areEqual(nodes) else { return false }
            }
            return true
        }
    }

    private func compare(_ node: TestNode, with other: TestNode) async throws -> PairComparison.Compared {
        try await #require(node.node.comparison).compare(october, with: other.engine.member.oin)
    }

    @Test("unequal statements come down to the transactions, the same on both sides; what came later is left out")
    func stated() async throws {
        try await with { west, east, network in
            let common = try (0..<200).map { try event($0, network, day: 1 + $0 % 28) }
            try await meter(common, at: west)
            try await meter(common, at: east)
            try await meter([
                try event(900, network, day: 4), try event(901, network, day: 5, quantity: 7),
                try event(7, network, day: 8, source: "urn:second"),
            ], at: west)
            try await meter([
                try event(901, network, day: 5, quantity: 5), try event(902, network, day: 6),
            ], at: east)
            // The feed of the test ends on the 28th.
            try await state([west, east], reason: "proef")
            let (mine, theirs) = (try await compare(east, with: west), try await compare(west, with: east))
            #expect(mine.basis == .stated && mine.bytes > 0 && mine.bytes < 20_000)
            guard case .differs(let eastSheet) = mine.outcome, case .differs(let westSheet) = theirs.outcome else {
                Issue.record("\(mine.outcome), \(theirs.outcome)")
                return
            }
            let found = eastSheet.transactions.map { "\($0.key.matchID) \($0.kind) \($0.cause)" }.sorted()
            #expect(found == [
                "t-7 doubled doubleFeed", "t-900 missing unknown", "t-901 different otherQuantity",
                "t-902 missing unknown",
            ])
            #expect(westSheet.transactions.map(\.own) == eastSheet.transactions.map(\.other))
            #expect(westSheet.transactions.map(\.cause) == eastSheet.transactions.map(\.cause))
            // What came after the statement waits for its correction.
            try await meter([try event(950, network, day: 9)], at: west)
            guard case .differs(let again) = try await compare(east, with: west).outcome else {
                Issue.record("no sheet")
                return
            }
            #expect(again == eastSheet)
            let ask = Asked(api: LocalAPI(east.node))
            let answer = try await ask.json(.post, Self.path, "application/json", "{}")
            let pair = try #require(answer["paren"]?.elements?.first)
            #expect(pair["stand"]?.text == "verschil" && pair["transactiesTotaal"]?.wholeNumber == 4)
            let amounts = pair["oorzaken"]?.elements?.map { $0["bedragCent"]?.wholeNumber }
            #expect(amounts?.contains(20) == true)
        }
    }

    @Test("months that are not stated are compared on what is held; equal days leave quarantine")
    func quarantine() async throws {
        try await with { west, east, network in
            let events = try (0..<40).map { try event($0, network, day: 10 + $0 % 4) }
            try await west.node.store.inbox.markForgotten(
                after: 0, through: try #require(CivilDate("2026-10-31")))
            try await meter(events, at: west)
            try await meter(events, at: east)
            try await meter([try event(77, network, day: 12)], at: east)
            let days = { try west.node.store.inbox.quarantinedDays().filter { !$0.isReleased }.map(\.day.day) }
            #expect(try days() == [10, 11, 12, 13])
            let ask = Asked(api: LocalAPI(west.node))
            let answer = try await ask.json(
                .post, Self.path, "application/json", #"{"wederpartij": "\#(network.founders[1].oin)"}"#)
            let pair = try #require(answer["paren"]?.elements?.first)
            #expect(pair["grondslag"]?.text == "aanwezig" && pair["stand"]?.text == "verschil")
            #expect(answer["vrijgegeven"]?.elements?.count == 3)
            #expect(try days() == [12])
            try await meter([try event(77, network, day: 12)], at: west)
            let second = try await ask.json(.post, Self.path, "application/json", "{}")
            #expect(second["vrijgegeven"]?.elements?.compactMap(\.text) == ["2026-10-12"])
            #expect(try days().isEmpty)
        }
    }

    @Test("a counterparty that cannot be reached hinders, and releases nothing")
    func unreachable() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        let west = try await TestNode(network.founders[0])
        try await west.node.store.inbox.markForgotten(after: 0, through: try #require(CivilDate("2026-10-31")))
        try await meter([try event(1, network, day: 3)], at: west)
        let ask = Asked(api: LocalAPI(west.node))
        let answer = try await ask.json(
            .post, Self.path, "application/json", #"{"wederpartij": "\#(network.founders[1].oin)"}"#)
        #expect(answer["paren"]?[0]?["reden"]?["code"]?.text == "onbereikbaar")
        #expect(answer["vrijgegeven"]?.elements?.isEmpty == true)
        #expect(answer["nietVrijgegevenOm"]?.elements?.count == 1)
        let wrong = await ask(.post, Self.path, "application/json", #"{"wederpartij": "1", "grondslag": "x"}"#)
        #expect(wrong.status == 400)
        try await west.stop()
    }

    @Test("§7: the desk refuses garbage, what was not stated, another root and questions of equals, each by name")
    func refusals() async throws {
        try await with { west, east, network in
            let month = try #require(west.node.comparison).month
            let desk = ComparisonDesk(month)
            let asker = east.engine.member.oin
            let parties = ComparisonParties(asker: asker, answerer: west.engine.member.oin)
            func name(_ body: [UInt8]) async -> String {
                guard case .refused(let refusal) = await desk.answer(body, from: asker) else { return "answered" }
                return refusal.name
            }
            let root = RecordRoot(CodedRecords(), west.engine.suite)
            func body(
                _ basis: ComparisonBasis, _ own: Hash, _ other: Hash?, _ question: ComparisonRequest.Question
            ) -> [UInt8] {
                ComparisonRequest(
                    scope: ComparisonScope(october, basis), own: RecordRoot(own, records: 0), other: other,
                    question: question
                ).encode(parties)
            }
            let strange = Hash(Bytes32((1, 2, 3, 4)))
            let codes = ComparisonRequest.Question.codes(RangeList(level: 8, prefixes: [1]))
            #expect(await name([1, 2, 3]) == "body-not-canonical")
            #expect(await name(body(.stated, strange, nil, .open)) == "not-stated")
            #expect(await name(body(.held, strange, nil, codes)) == "changed")
            #expect(await name(body(.held, strange, strange, .open)) == "changed")
            // After a preparation the desk rests four times as long as that took.
            try await eventually("it has rested") { await name(body(.held, root.root, nil, .open)) == "answered" }
            #expect(await name(body(.held, root.root, nil, codes)) == "equal")
        }
    }
}
