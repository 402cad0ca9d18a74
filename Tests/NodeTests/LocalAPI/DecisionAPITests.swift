// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Foundation
import Journal
@testable import Node
import Notation
import Testing
import Transport

@Suite("Local API: decisions and votes, Protocol/local-api.md §9", .serialized)
struct DecisionAPITests {
    private static let json = "application/json"

    private func with(_ body: (Asked, TestNetwork) async throws -> Void) async throws {
        let network = try TestNetwork(["Aalten", "Borne"])
        defer { network.remove() }
        let node = try await TestNode(network.founders[0])
        do {
            try await body(Asked(api: LocalAPI(node.node)), network)
        } catch {
            try await node.stop()
            throw error
        }
        try await node.stop()
    }

    private static func proposal(_ kind: String, _ payload: String, _ rest: String = "") -> String {
        #"{"soort": "\#(kind)", "titel": "Over \#(kind)", "inhoud": \#(payload)\#(rest)}"#
    }

    private static func tariff(from month: String, application: String = "zaaksysteem", rest: String = "") -> String {
        proposal("tarief", """
            {"applicatie": "\(application)", "vanafMaand": "\(month)", "treden": [{"prijsMicroEuro": 50000}],
             "btwCategorie": "S", "btwBasispunten": 2100\(rest)}
            """)
    }

    private func ownLogSize(_ ask: Asked) async -> Int {
        await ask.api.engine.read { $0.tips[$0.ownLogID]?.held.count ?? 0 }
    }

    @Test("a decision is proposed, found by the beginning of its id, voted on once, and waits for what it says")
    func round() async throws {
        try await with { ask, network in
            let made = try await ask.json(
                .post, "/v1/besluiten", Self.json,
                #"{"soort": "vrije tekst", "titel": "Proef", "tekst": "Doel: \u00e9\u00e9n proef"}"#)
            let id = try #require(made["id"]?.text)
            #expect(made["stand"] == "open" && made["voorlopig"] == true)
            #expect(made["orgaan"]?["id"] == "alv" && made["telling"]?["kiesgerechtigd"] == 2)
            #expect(made["tekst"] == ["stand": "aanwezig", "inhoud": "Doel: één proef"])
            #expect(made["wachtOp"]?[0]?["code"] == "stemmen")
            let found = try await ask.json(.get, "/v1/besluiten/" + id.prefix(5))
            #expect(found["id"]?.text == id)
            let voted = try await ask.json(.post, "/v1/besluiten/\(id)/stemmen", Self.json, #"{"keuze": "voor"}"#)
            #expect(voted["telling"]?["voor"] == 1 && voted["eigenStem"]?["keuze"] == "voor")
            #expect(voted["nietGestemd"]?[0]?["oin"]?.text == network.founders[1].oin.digits)
            let list = try await ask.json(.get, "/v1/besluiten")
            #expect(list["besluiten"]?.elements?.count == 1)
            #expect(try await ask.json(.get, "/v1/status")["besluitenOpen"] == 1)
        }
    }

    @Test("a second ballot is refused, but for one that may be replaced; nothing is appended")
    func ballots() async throws {
        try await with { ask, _ in
            let made = try await ask.json(
                .post, "/v1/besluiten", Self.json, #"{"soort": "vrije tekst", "titel": "T"}"#)
            let path = "/v1/besluiten/\(try #require(made["id"]?.text))/stemmen"
            func vote(_ body: String) async -> HTTPResponse { await ask(.post, path, Self.json, body) }
            #expect(await vote(#"{"keuze": "voor", "vervangt": true}"#).status == 409)
            #expect(await vote(#"{"keuze": "misschien"}"#).status == 400)
            #expect(await vote(#"{"keuze": "voor", "definitief": false}"#).status == 201)
            let size = await ownLogSize(ask)
            let second = await vote(#"{"keuze": "tegen"}"#)
            #expect(second.status == 409)
            #expect(String(decoding: second.body, as: UTF8.self).contains("--replace"))
            #expect(await ownLogSize(ask) == size)
            let replaced = await vote(#"{"keuze": "tegen", "vervangt": true}"#)
            let answer = try JSON(parsing: replaced.body)
            #expect(answer["telling"]?["tegen"] == 1 && answer["telling"]?["voor"] == 0)
            let final = await vote(#"{"keuze": "voor", "vervangt": true}"#)
            #expect(final.status == 409)
            #expect(try JSON(parsing: final.body)["detail"]?.text?.contains("definitief tegen") == true)
            #expect(await ownLogSize(ask) == size + 1)
        }
    }

    @Test("an unknown decision is 404, the beginning of two is 409 with both names")
    func names() async throws {
        try await with { ask, _ in
            #expect(await ask(.get, "/v1/besluiten/12345678-1").status == 404)
            let vote = await ask(.post, "/v1/besluiten/12345678-1/stemmen", Self.json, #"{"keuze": "voor"}"#)
            #expect(vote.status == 404)
            var ids: [String] = []
            for title in ["A", "B"] {
                let made = try await ask.json(
                    .post, "/v1/besluiten", Self.json, #"{"soort": "vrije tekst", "titel": "\#(title)"}"#)
                ids.append(try #require(made["id"]?.text))
            }
            let both = await ask(.get, "/v1/besluiten/" + ids[0].prefix(8))
            #expect(both.status == 409)
            for id in ids { #expect(String(decoding: both.body, as: UTF8.self).contains(id)) }
        }
    }

    /// Proposals that are refused: the status, and the fields that are named.
    private static let refused: [(body: String, status: Int, paths: [String])] = [
        (tariff(from: "2026-01"), 400, ["inhoud.vanafMaand"]),
        (tariff(from: "2190-01", application: "nergens"), 409, ["inhoud.applicatie"]),
        (tariff(from: "2190-01", rest: #", "klasse": "groot""#), 409, ["inhoud.klasse"]),
        (tariff(from: "2190-01", rest: #", "betaler": "00000099000000999000""#), 409, ["inhoud.betaler"]),
        (tariff(from: "januari", rest: #", "klasse": "GROOT""#), 400, ["inhoud.klasse", "inhoud.vanafMaand"]),
        (proposal("tarief", #"{"applicatie": "zaaksysteem", "prijs": 1}"#), 400,
         ["inhoud.prijs", "inhoud.vanafMaand", "inhoud.treden", "inhoud.btwCategorie", "inhoud.btwBasispunten"]),
        (proposal("ontzetting", #"{"lid": "00000099000000999000"}"#), 409, ["inhoud.lid"]),
        (proposal("ontzetting", #"{"lid": "123"}"#), 400, ["inhoud.lid"]),
        (proposal("toelating", #"{"kaart": "geen kaart"}"#), 400, ["inhoud.kaart"]),
        (proposal("contributie", """
            {"vanafJaar": 2026, "perInwonerMicroEuro": 1, "btwCategorie": "S", "btwBasispunten": 2100}
            """), 409, ["inhoud.vanafJaar"]),
        (proposal("onzin", "{}"), 400, ["soort"]),
        (proposal("vrije tekst", "null", #", "kostenCent": 100"#), 400, ["dekking"]),
        (proposal("vrije tekst", "null", #", "dekking": "Begroting""#), 400, ["dekking"]),
        (proposal("vrije tekst", "null", #", "kostenCent": 0, "dekking": "B""#), 400, ["kostenCent"]),
        (proposal("vrije tekst", "null", #", "orgaan": "raad""#), 400, ["orgaan"]),
        (proposal("vrije tekst", "null", #", "applicatie": "zaaksysteem""#), 400, ["applicatie"]),
        (proposal("vrije tekst", "null", #", "termijnDatum": "2020-01-01""#), 400, ["termijnDatum"]),
        (proposal("vrije tekst", "null", #", "termijnDatum": "morgen""#), 400, ["termijnDatum"]),
        (proposal("vrije tekst", "{}"), 400, ["inhoud"]),
        (proposal("netwerktermijnen", "{}"), 400, ["inhoud"]),
        (proposal("netwerktermijnen", #"{"termijnen": {"kleinAantal": "tien", "kleur": 1}}"#), 400,
         ["inhoud.termijnen.kleur", "inhoud.termijnen.kleinAantal"]),
        (proposal("inwoners", #"{"aantallen": [{"lid": "123", "jaar": 2026, "aantal": 1}]}"#), 400,
         ["inhoud.aantallen[0].lid"]),
        (#"{"soort": "vrije tekst", "titel": ""}"#, 400, ["titel"]),
        (#"{"soort": "vrije tekst", "kleur": "rood"}"#, 400, ["kleur", "titel"]),
    ]

    @Test("what would be void or could have no effect is refused by field, in both languages, and nothing is appended")
    func refusals() async throws {
        try await with { ask, _ in
            let size = await ownLogSize(ask)
            for (body, status, paths) in Self.refused {
                for language in ["nl", "en"] {
                    let answer = await ask(.post, "/v1/besluiten", Self.json, body, language: language)
                    #expect(answer.status == status, "\(body)")
                    let violations = try JSON(parsing: answer.body)["violations"]?.elements ?? []
                    #expect(violations.compactMap { $0["path"]?.text } == paths, "\(body)")
                    #expect(violations.allSatisfy { $0["message"]?.text?.isEmpty == false })
                }
            }
            #expect(await ownLogSize(ask) == size)
            #expect(try await ask.json(.get, "/v1/besluiten?alle=true")["besluiten"] == [])
        }
    }

    @Test("a tariff says which one it ends and from when it bills; none bills months before that of the last epoch")
    func tariffs() async throws {
        try await with { ask, _ in
            let month = ask.api.clock.today().month
            let next = try #require(month.adding(months: 1))
            let early = await ask(
                .post, "/v1/besluiten", Self.json, Self.tariff(from: "2026-02"), language: "nl")
            #expect(early.status == 400)
            #expect(String(decoding: early.body, as: UTF8.self).contains("de eerste maand die kan, is \(month)"))
            let made = try await ask.json(.post, "/v1/besluiten", Self.json, Self.tariff(from: next.description))
            #expect(made["gevolg"] == [
                "beeindigt": ["vanafMaand": "2026-01", "totEnMetMaand": .string(month.description)],
                "rekentVanafMaand": .string(next.description), "rekentTotEnMetMaand": nil,
                "volgendeVanafMaand": nil, "reiktTerug": false,
            ])
            let now = try await ask.json(.post, "/v1/besluiten", Self.json, Self.tariff(from: month.description))
            #expect(now["gevolg"]?["rekentVanafMaand"]?.text == month.description)
        }
    }

    @Test("a member has at most 64 decisions open; the next one is refused in a sentence, and nothing is appended")
    func openDecisions() async throws {
        try await with { ask, _ in
            let body = #"{"soort": "vrije tekst", "titel": "T"}"#
            for _ in 0..<CooperativeLimits.openDecisions {
                #expect(await ask(.post, "/v1/besluiten", Self.json, body).status == 201)
            }
            let size = await ownLogSize(ask)
            let refused = await ask(.post, "/v1/besluiten", Self.json, body, language: "nl")
            #expect(refused.status == 409 && String(decoding: refused.body, as: UTF8.self).contains("al 64 besluiten"))
            #expect(await ownLogSize(ask) == size)
        }
    }

    @Test("a member that is one already is not admitted; a card that was changed is refused")
    func admission() async throws {
        try await with { ask, network in
            let card = String(
                decoding: try PlainFile.read(network.founders[1].folder + "/card.korf-card"), as: UTF8.self)
            func propose(_ card: String) async throws -> HTTPResponse {
                let body: JSON = ["soort": "toelating", "titel": "T", "inhoud": ["kaart": .string(card)]]
                return await ask(.post, "/v1/besluiten", Self.json, body.rendered(), language: "nl")
            }
            let known = try await propose(card)
            #expect(known.status == 409)
            #expect(String(decoding: known.body, as: UTF8.self).contains("Borne is al lid"))
            let place = try #require(card.firstIndex(of: "\n")).utf16Offset(in: card) + 90
            var changed = Array(card.utf8)
            changed[place] = changed[place] == 0x41 ? 0x42 : 0x41
            #expect(try await propose(String(decoding: changed, as: UTF8.self)).status == 400)
        }
    }

    @Test("the worklist asks for the vote until it is given; it is due near its deadline")
    func worklist() async throws {
        try await with { ask, _ in
            let today = ask.api.clock.today()
            let soon = try #require(today.adding(days: 3)).description
            let later = try #require(today.adding(days: 30)).description
            var ids: [String] = []
            for deadline in [later, soon] {
                let made = try await ask.json(
                    .post, "/v1/besluiten", Self.json,
                    #"{"soort": "vrije tekst", "titel": "T", "termijnDatum": "\#(deadline)"}"#)
                ids.append(try #require(made["id"]?.text))
            }
            let tasks = try await ask.json(.get, "/v1/taken")["taken"]?.elements ?? []
            let votes = tasks.filter { $0["soort"] == "stem" }
            #expect(votes.map { $0["termijnDatum"]?.text } == [soon, later])
            #expect(votes.map { $0["dringend"]?.truth } == [true, false])
            #expect(votes[0]["opdracht"]?.text == "korf decision vote \(ids[1]) voor|tegen|blanco")
            for id in ids {
                _ = try await ask.json(.post, "/v1/besluiten/\(id)/stemmen", Self.json, #"{"keuze": "blanco"}"#)
            }
            let after = try await ask.json(.get, "/v1/taken")["taken"]?.elements ?? []
            #expect(!after.contains { $0["soort"] == "stem" })
        }
    }

    @Test("members are shown with standing and since which epoch")
    func members() async throws {
        try await with { ask, _ in
            let members = try await ask.json(.get, "/v1/leden")["leden"]?.elements ?? []
            #expect(members.map { $0["stand"] } == ["lid", "lid"])
            #expect(members.allSatisfy { $0["sindsTijdperk"] == 0 && $0["stemt"] == true })
        }
    }
}
