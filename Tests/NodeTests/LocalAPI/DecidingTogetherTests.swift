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
        let network = try TestNetwork(["Aalten", "Borne"])
        defer { network.remove() }
        var nodes: [TestNode] = []
        for founder in network.founders { nodes.append(try await TestNode(founder)) }
        let asks = nodes.map { Asked(api: LocalAPI($0.node)) }
        do {
            try await decide(asks, network)
        } catch {
            for node in nodes { try await node.stop() }
            throw error
        }
        for node in nodes { try await node.stop() }
    }

    private func decide(_ asks: [Asked], _ network: TestNetwork) async throws {
        let (aalten, borne) = (asks[0], asks[1])
        let body = """
            {"soort": "tarief", "titel": "Tarief 2027", "tekst": "Doel: dekkend tarief",
             "inhoud": {"applicatie": "zaaksysteem", "vanafMaand": "2027-01", "treden": [{"prijsMicroEuro": 50000}],
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
}
