// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Journal
@testable import Node
import Notation
import Testing
import Transport

/// The local API of a node that runs alone, asked without a socket.
struct Asked {
    let api: LocalAPI

    func callAsFunction(
        _ method: HTTPMethod, _ target: String, _ type: String? = nil, _ body: String = "", accept: String? = nil,
        language: String? = nil
    ) async -> HTTPResponse {
        var fields = type.map { [HTTPField("content-type", $0)] } ?? []
        if let accept { fields.append(HTTPField("accept", accept)) }
        if let language { fields.append(HTTPField("accept-language", language)) }
        let head = HTTPRequestHead(method: method, target: target, fields: fields)
        return await api.handle(HTTPRequest(head: head, body: Array(body.utf8), caller: .local(uid: 0, gid: 0, pid: 1)))
    }

    func json(_ method: HTTPMethod, _ target: String, _ type: String? = nil, _ body: String = "") async throws -> JSON {
        let response = await self(method, target, type, body)
        #expect(response.status < 300, "\(String(decoding: response.body, as: UTF8.self))")
        return try JSON(parsing: response.body)
    }
}

@Suite("Local API, Protocol/local-api.md", .serialized)
struct LocalAPITests {
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

    private static func event(_ id: String, _ network: TestNetwork, quantity: Int = 1, provider: Int = 0) -> String {
        """
        {"specversion":"1.0","type":"nl.beware.korf.verbruik.v1","source":"urn:a","id":"\(id)",\
        "time":"2026-10-12T09:30:00Z","data":{"applicatie":"zaaksysteem",\
        "aanbieder":"\(network.founders[provider].oin)",\
        "afnemer":"\(network.founders[1].oin)","aantal":\(quantity)}}
        """
    }

    @Test("every answer carries the fields of the design rules, a refusal too")
    func fields() async throws {
        try await with { ask, _ in
            for target in ["/v1/status", "/v1/nergens", "/v1/openapi.json", "/v1/verbruik"] {
                let response = await ask(.get, target)
                #expect(response.field("api-version") == LocalAPI.version)
                #expect(response.field("cache-control") == "no-store")
                #expect(response.field("x-content-type-options") == "nosniff")
                #expect(response.field("x-frame-options") == "DENY")
                #expect(response.field("content-security-policy") == "frame-ancestors 'none'")
                if response.status >= 400 { #expect(response.field("content-type") == "application/problem+json") }
            }
            #expect(await ask(.get, "/v1/openapi.json").field("access-control-allow-origin") == "*")
            #expect(await ask(.post, "/v1/status").field("allow") == "GET")
        }
    }

    @Test("a problem has status, title, detail and every violation")
    func problem() async throws {
        try await with { ask, _ in
            let response = await ask(
                .post, "/v1/applicaties/zaaksysteem/_wijzig", Self.json,
                #"{"velden": {"kleur": "rood", "fase": "half", "beoordeling": "A"}, "toevoegen": {"x": ["y"]}}"#)
            let problem = try JSON(parsing: response.body)
            #expect(problem["status"] == 400 && problem["title"]?.text != nil && problem["detail"]?.text != nil)
            let paths = (problem["violations"]?.elements ?? []).compactMap { $0["path"]?.text }
            #expect(paths == ["velden.kleur", "velden.fase", "velden.beoordeling", "toevoegen.x"])
        }
    }

    @Test("a field that is written is shown with its writer, and exported as publiccode.yml")
    func catalogue() async throws {
        try await with { ask, network in
            let edit = #"{"velden": {"hosting": "eigen", "fase": "bouw", "licentie": "EUPL-1.2"}}"#
            let answer = try await ask.json(.post, "/v1/applicaties/zaaksysteem/_wijzig", Self.json, edit)
            #expect(answer["gewijzigd"] == ["fase", "hosting", "licentie"])
            let again = try await ask.json(.post, "/v1/applicaties/zaaksysteem/_wijzig", Self.json, edit)
            #expect(again["regels"] == [])
            let shown = try await ask.json(.get, "/v1/applicaties/zaaksysteem")
            let hosting = try #require(shown["velden"]?.elements?.first { $0["veld"] == "hosting" })
            #expect(hosting["waarden"]?[0]?["waarde"] == "eigen")
            #expect(hosting["waarden"]?[0]?["schrijver"]?["oin"]?.text == network.founders[0].oin.digits)
            let yaml = await ask(.get, "/v1/applicaties/zaaksysteem", accept: "application/yaml")
            #expect(String(decoding: yaml.body, as: UTF8.self).contains("license: EUPL-1.2"))
            #expect(await ask(.get, "/v1/applicaties/nergens").status == 404)
        }
    }

    @Test("a file that is no YAML is refused with its line, and nothing changes")
    func noYAML() async throws {
        try await with { ask, _ in
            let response = await ask(
                .post, "/v1/applicaties/zaaksysteem/_importeer?bron=x.yml", "application/yaml", "name: X\n\turl: y\n")
            #expect(response.status == 400)
            #expect(try JSON(parsing: response.body)["violations"]?[0]?["line"] == 2)
            let shown = try await ask.json(.get, "/v1/applicaties/zaaksysteem")
            #expect(shown["velden"] == [])
        }
    }

    @Test("an event of an unknown application or party, or of the future, is refused by field, and nothing is taken",
          arguments: [
              ("zaaksysteem", "zaakssyteem", "data.applicatie"), ("2026-10-12", "2199-10-12", "time"),
              ("\"aanbieder\":\"0000009900000010", "\"aanbieder\":\"0000009900000090", "data.aanbieder"),
          ])
    func unknownNames(right: String, wrong: String, path: String) async throws {
        try await with { ask, network in
            let event = Self.event("a", network).replacingOccurrences(of: right, with: wrong)
            let response = await ask(.post, "/v1/verbruik/meldingen", "application/cloudevents+json", event)
            #expect(response.status == 400)
            let problem = try JSON(parsing: response.body)
            #expect(problem["violations"]?[0]?["path"]?.text == path)
            let status = try await ask.json(.get, "/v1/status")
            #expect(status["inbox"]?["ontvangen"] == 0)
        }
    }

    @Test("an event is new, then a duplicate, then with other content a conflict; retracting counts once")
    func metering() async throws {
        try await with { ask, network in
            let target = "/v1/verbruik/meldingen"
            let type = "application/cloudevents-batch+json"
            let batch = "[\(Self.event("a", network)),\(Self.event("b", network)),\(Self.event("a", network))]"
            let first = try await ask.json(.post, target, type, batch)
            #expect(first["uitkomsten"] == ["nieuw", "nieuw", "dubbel"])
            let other = Self.event("a", network, quantity: 2)
            #expect(try await ask.json(.post, target, type, "[\(other)]")["conflict"] == 1)
            #expect(await ask(.post, target, "application/cloudevents+json", other).status == 409)
            let foreign = await ask(.post, target, type, "[\(Self.event("c", network, provider: 1))]")
            #expect(try JSON(parsing: foreign.body)["violations"]?[0]?["path"] == "[0].data")
            let retract = #"{"source": "urn:a", "id": "b"}"#
            let path = "/v1/verbruik/_intrekken"
            #expect(try await ask.json(.post, path, Self.json, retract)["uitkomst"] == "ingetrokken")
            #expect(try await ask.json(.post, path, Self.json, retract)["uitkomst"] == "al ingetrokken")
            #expect(await ask(.post, "/v1/verbruik/_intrekken", Self.json, #"{"source":"u","id":"z"}"#).status == 404)
            let shown = try await ask.json(.get, "/v1/verbruik?maand=2026-10")
            #expect(shown["cellen"]?[0]?["inbox"]?["netto"] == 1)
            #expect(try await ask.json(.get, "/v1/status")["inbox"]?["ontvangen"] == 2)
        }
    }

    @Test("a statement adds up, each of its lines is explained, and it says that it is not complete")
    func statement() async throws {
        try await with { ask, network in
            let events = (0..<30).map { Self.event("e\($0)", network) }.joined(separator: ",")
            _ = try await ask.json(
                .post, "/v1/verbruik/meldingen", "application/cloudevents-batch+json", "[\(events)]")
            let (target, october) = ("/v1/overzichten/_vaststellen", #"{"maand": "2026-10"}"#)
            let stated = try await ask.json(.post, target, Self.json, october)
            #expect(stated["vastgesteld"]?.elements?.count == 1)
            #expect(await ask(.post, target, Self.json, october).status == 409)
            #expect(await ask(.post, target, Self.json, #"{"maand": "2026-11"}"#).status == 409)
            let statement = try await ask.json(.get, "/v1/overzichten/2026-10")
            #expect(statement["voorlopig"] == true && statement["volledigheid"]?["volledig"] == false)
            #expect(statement["canoniekeTekst"]?.text?.hasPrefix("korf-statement/v1\n") == true)
            let lines = try #require(statement["regels"]?.elements)
            for leg in try #require(statement["totalen"]?.elements) {
                let sum = lines.filter { $0["richting"] == leg["richting"] }
                    .compactMap { $0["bedragCent"]?.wholeNumber }.reduce(0, +)
                #expect(leg["nettoCent"] == .integer(sum))
            }
            for line in lines {
                let id = try #require(line["id"]?.text).replacingOccurrences(of: "/", with: "%2F")
                let explained = try await ask.json(.get, "/v1/uitleg/\(id)")
                #expect(explained["regel"] == line)
            }
            #expect(await ask(.get, "/v1/uitleg/V-2026-10").status == 400)
            #expect(await ask(.get, "/v1/uitleg/C-2026-10%2F00000099000001901000").status == 409)
            let compared = try await ask.json(.get, "/v1/vergelijkingen/2026-10")
            #expect(compared["cellen"]?[0]?["stand"] == "alleen aanbieder")
        }
    }

    @Test("the state folded anew from the data directory is the one that status showed")
    func offlineState() async throws {
        let kept = try TestNetwork(["Aalten", "Borne"])
        defer { kept.remove() }
        let node = try await TestNode(kept.founders[0])
        let ask = Asked(api: LocalAPI(node.node))
        let edit = #"{"velden": {"hosting": "eigen"}}"#
        _ = try await ask.json(.post, "/v1/applicaties/zaaksysteem/_wijzig", Self.json, edit)
        let shown = try await ask.json(.get, "/v1/status")["toestandsdigest"]?.text
        try await node.stop()
        let directory = "\(kept.base)/backup-of-data"
        try FileManager.default.copyItem(atPath: kept.founders[0].folder + "/data", toPath: directory)
        let genesis = try NetworkFounding.genesis(kept.genesisPath)
        #expect(try OfflineState.digest(of: directory, genesis).description == shown)
    }

    @Test("a backup goes into an empty folder only, and tiles hold every log with its checkpoint")
    func keeping() async throws {
        try await with { ask, network in
            let target = #"{"map": "\#(network.base)/backup"}"#
            #expect(await ask(.post, "/v1/_backup", Self.json, target).status == 201)
            #expect(await ask(.post, "/v1/_backup", Self.json, target).status == 409)
            #expect(await ask(.post, "/v1/_backup", Self.json, #"{"map": "relative"}"#).status == 400)
            let status = try await ask.json(.get, "/v1/status")
            #expect(status["backup"]?["laatsteTijdstip"]?.text != nil)
            let tiles = try await ask.json(
                .post, "/v1/_exporteer-tegels", Self.json, #"{"map": "\#(network.base)/tiles"}"#)
            let log = try #require(tiles["logs"]?[0]?["map"]?.text)
            #expect(PlainFile.exists("\(network.base)/tiles/\(log)/checkpoint"))
            #expect(PlainFile.exists("\(network.base)/tiles/\(log)/tile/entries/000.p/1"))
        }
    }
}
