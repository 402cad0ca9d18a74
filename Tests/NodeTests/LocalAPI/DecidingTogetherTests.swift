// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Foundation
import Journal
@testable import Node
import Notation
import Storage
import Testing
import Transport

@Suite("Local API: two nodes decide, Protocol/local-api.md §9", .serialized)
struct DecidingTogetherTests {
    private static let json = "application/json"

    @Test("a decision is closed by an epoch; its text travels, and is destroyed on every node")
    func closing() async throws {
        try await with(["Aalten", "Borne"]) { asks, network in try await decide(asks, network) }
    }

    @Test("a member that ended: the rules say so, nobody asks its zeros, and its OIN does not come back")
    func ended() async throws {
        try await with(["Aalten", "Borne", "Coevorden"]) { asks, network in try await expel(asks, network) }
    }

    private func with(_ names: [String], _ body: ([Asked], TestNetwork) async throws -> Void) async throws {
        let network = try TestNetwork(names)
        defer { network.remove() }
        var nodes: [TestNode] = []
        for founder in network.founders { nodes.append(try await TestNode(founder)) }
        let asks = nodes.map { Asked(api: LocalAPI($0.node)) }
        do {
            try await body(asks, network)
        } catch {
            for node in nodes { try await node.stop() }
            throw error
        }
        for node in nodes { try await node.stop() }
    }

    private func decide(_ asks: [Asked], _ network: TestNetwork) async throws {
        let (aalten, borne) = (asks[0], asks[1])
        let month = try #require(aalten.api.clock.today().month.adding(months: 2))
        let body = """
            {"soort": "tarief", "titel": "Nieuw tarief", "tekst": "Doel: dekkend tarief",
             "inhoud": {"applicatie": "zaaksysteem", "vanafMaand": "\(month)", "treden": [{"prijsMicroEuro": 50000}],
                        "btwCategorie": "S", "btwBasispunten": 2100}}
            """
        let id = try #require(try await aalten.json(.post, "/v1/besluiten", Self.json, body)["id"]?.text)
        func show(_ ask: Asked) async throws -> JSON? {
            let answer = await ask(.get, "/v1/besluiten/" + id)
            return answer.status == 200 ? try JSON(parsing: answer.body) : nil
        }
        try await eventually("the text came") { try await show(borne)?["tekst"]?["stand"] == "aanwezig" }
        #expect(try await show(borne)?["tekst"]?["inhoud"] == "Doel: dekkend tarief")
        for ask in asks {
            try await eventually("may vote") { await ask.api.engine.votingObstacle == nil }
            _ = try await ask.json(.post, "/v1/besluiten/\(id)/stemmen", Self.json, #"{"keuze": "voor"}"#)
        }
        for ask in asks {
            try await eventually("closed") { try await show(ask)?["stand"] == "aangenomen" }
            let closed = try #require(try await show(ask))
            #expect(closed["voorlopig"] == false && closed["sluitTijdperk"] == 1 && closed["wachtOp"] == [])
            let late = await ask(.post, "/v1/besluiten/\(id)/stemmen", Self.json, #"{"keuze": "tegen"}"#)
            #expect(late.status == 409)
            #expect(try JSON(parsing: late.body)["detail"]?.text?.contains("gesloten door tijdperk 1") == true)
            // The tariff holds now: the same one again could have no effect.
            let again = await ask(.post, "/v1/besluiten", Self.json, body)
            #expect(again.status == 409)
            let epoch = try #require(try await ask.json(.get, "/v1/status")["tijdperk"])
            #expect(epoch["nummer"] == 1 && epoch["stemmers"] == 2 && epoch["leugenaarsMogelijk"] == false)
            #expect(epoch["toestandGelijk"] == true && epoch["volgend"]?["nummer"] == 2)
        }
        #expect(await borne(.post, "/v1/teksten/\(id)/_vernietig").status == 403)
        _ = try await aalten.json(.post, "/v1/teksten/\(id)/_vernietig")
        #expect(await aalten(.post, "/v1/teksten/\(id)/_vernietig").status == 409)
        for ask in asks {
            try await eventually("destroyed") { try await show(ask)?["tekst"]?["stand"] == "vernietigd" }
            #expect(try await ask.json(.get, "/v1/status")["ontbrekendeTeksten"] == 0)
            let commitment = await ask.api.engine.read { $0.state.decisions()[0].commitment }
            try await eventually("deleted") { try ask.api.store.journal.text(of: try #require(commitment)) == nil }
        }
    }

    private func expel(_ asks: [Asked], _ network: TestNetwork) async throws {
        let (aalten, gone) = (asks[0], network.founders[2].oin.digits)
        let body = #"{"soort": "ontzetting", "titel": "Ontzetting", "inhoud": {"lid": "\#(gone)"}}"#
        let id = try #require(try await aalten.json(.post, "/v1/besluiten", Self.json, body)["id"]?.text)
        for ask in [aalten, asks[2]] {
            try await eventually("may vote") { await ask.api.engine.votingObstacle == nil }
            try await eventually("the proposal came") { await ask(.get, "/v1/besluiten/" + id).status == 200 }
            _ = try await ask.json(.post, "/v1/besluiten/\(id)/stemmen", Self.json, #"{"keuze": "voor"}"#)
        }
        let borne = asks[1]
        try await eventually("the votes came") {
            let answer = await borne(.get, "/v1/besluiten/" + id)
            return try answer.status == 200 && JSON(parsing: answer.body)["uitslag"]?["zeker"] == true
        }
        // Its vote could change nothing any more, so it is not asked for.
        #expect(try await borne.json(.get, "/v1/taken")["taken"]?.elements?.contains { $0["soort"] == "stem" } == false)
        try await eventually("closed") {
            try await aalten.json(.get, "/v1/besluiten/" + id)["stand"] == "aangenomen"
        }
        let rules = try await aalten.json(.get, "/v1/netwerk")
        #expect(rules["tijdperk"]?["nummer"] != 0)
        let people = rules["applicaties"]?[0]?["deelnemers"]?.elements ?? []
        #expect(people.count == 3 && people.filter { $0["oudLid"] == true }.map { $0["oin"]?.text } == [gone])
        let month = try #require(aalten.api.clock.today().month.adding(months: -1))
        let stated = try await aalten.json(
            .post, "/v1/overzichten/_vaststellen", Self.json, #"{"maand": "\#(month)"}"#)
        let parties = stated["vastgesteld"]?.elements?.map { $0["wederpartij"]?["oin"]?.text }
        #expect(parties == [network.founders[1].oin.digits])
        let cells = try await aalten.json(.get, "/v1/vergelijkingen/\(month)")["cellen"]?.elements ?? []
        #expect(!cells.isEmpty)
        #expect(cells.allSatisfy { $0["aanbieder"]?.text != gone && $0["afnemer"]?.text != gone })
        let card = String(
            decoding: try PlainFile.read(network.founders[2].folder + "/card.korf-card"), as: UTF8.self)
        let again: JSON = ["soort": "toelating", "titel": "T", "inhoud": ["kaart": .string(card)]]
        let refused = await aalten(.post, "/v1/besluiten", Self.json, again.rendered(), language: "nl")
        #expect(refused.status == 409)
        #expect(String(decoding: refused.body, as: UTF8.self).contains("het lidmaatschap van Coevorden is beëindigd"))
    }
}
