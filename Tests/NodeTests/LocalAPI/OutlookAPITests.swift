// SPDX-License-Identifier: EUPL-1.2
import Journal
@testable import Node
import Notation
import Testing
import Transport

@Suite("Looking ahead over the local API, Protocol/local-api.md §10", .serialized)
struct OutlookAPITests {
    private static let json = "application/json"

    private func with(_ body: (Asked, TestNetwork, CivilDate) async throws -> Void) async throws {
        let network = try TestNetwork(["Aalten", "Borne"])
        defer { network.remove() }
        let first = try #require(SystemClock().today().month.adding(months: 1)).firstDay
        let node = try await TestNode(network.founders[0])
        do { try await body(Asked(api: LocalAPI(node.node)), network, first) } catch {
            try await node.stop()
            throw error
        }
        try await node.stop()
    }

    @Test("what one member's expected use costs it is what another one gets; nothing is appended")
    func simulates() async throws {
        try await with { ask, network, first in
            let (west, east) = (network.founders[0].oin, network.founders[1].oin)
            let before = await ask.api.engine.stateDigest()
            let body = """
                {"soort": "toelating", "lid": "Heusden aan de Maas", "inwoners": 1000, "vanafDatum": "\(first)",
                 "applicatie": "zaaksysteem", "gebruik": [{"aanbieder": "\(west)", "aantal": 100}]}
                """
            let answer = try await ask.json(.post, "/v1/prognoses/_doorrekenen", Self.json, body)
            let parties = try #require(answer["partijen"]?.elements)
            #expect(answer["lid"]?["oin"]?.text == "Heusden-aan-de-Maas")
            #expect(parties[0]["lid"]?["naam"]?.text == "Heusden aan de Maas")
            func fees(_ party: JSON) -> [Int64] {
                (party["regels"]?.elements ?? []).filter { $0["soort"]?.text == "verbruik" }
                    .compactMap { $0["verschilCent"]?.wholeNumber }
            }
            let paid = fees(parties[0])
            #expect(paid.count == 1 && paid[0] > 0)
            #expect(parties.dropFirst().flatMap(fees) == paid)
            #expect(answer["prijsPerGebruik"]?["stappen"]?.elements?.last?["aantal"]?.wholeNumber == 1200)
            #expect(await ask.api.engine.stateDigest() == before)
            for what in ["\"einde deelname\"", "\"schaal\", \"teller\": 3, \"noemer\": 2"] {
                let change = """
                    {"soort": \(what), "lid": "\(east)", "vanafDatum": "\(first)", "applicatie": "zaaksysteem"}
                    """
                #expect(await ask(.post, "/v1/prognoses/_doorrekenen", Self.json, change).status == 200)
            }
        }
    }

    @Test("an offer names what is not set as unknown, and what is expected as such")
    func offers() async throws {
        try await with { ask, network, first in
            let body = """
                {"lid": "Helmond", "inwoners": 90515, "vanafDatum": "\(first)", "applicaties": [{"applicatie":
                 "zaaksysteem", "gebruik": [{"aanbieder": "\(network.founders[0].oin)", "aantal": 10}]}]}
                """
            let answer = try await ask.json(.post, "/v1/prognoses/_aanbieden", Self.json, body)
            #expect(answer["entreegeldCent"] == .null && answer["eersteMaand"]?.text == "\(first.month)")
            #expect(try #require(answer["verbruikCent"]?.wholeNumber) > 0)
        }
    }

    @Test("what does not fit is refused by field, with what would be right")
    func refuses() async throws {
        try await with { ask, network, first in
            let own = "\"applicatie\": \"zaaksysteem\", \"vanafDatum\": \"\(first)\""
            let west = network.founders[0].oin
            for (body, path) in [
                ("{\"soort\": \"fusie\", \(own)}", "soort"),
                ("{\"soort\": \"deelname\", \"applicatie\": \"corvette\", \"vanafDatum\": \"\(first)\"}", "applicatie"),
                ("{\"soort\": \"deelname\", \"applicatie\": \"zaaksysteem\", \"vanafDatum\": \"gauw\"}", "vanafDatum"),
                ("{\"soort\": \"deelname\", \"applicatie\": \"zaaksysteem\", \"vanafDatum\": \"2150-01-01\"}",
                 "vanafDatum"),
                ("{\"soort\": \"deelname\", \(own), \"gebruik\": [{\"aanbieder\": \"x\", \"aantal\": 1}]}",
                 "gebruik[0].aanbieder"),
                ("{\"soort\": \"deelname\", \(own), \"gebruik\": [{\"aanbieder\": \"\(west)\", \"aantal\": -1}]}",
                 "gebruik[0].aantal"),
                ("{\"soort\": \"schaal\", \(own), \"teller\": 1, \"noemer\": 0}", "noemer"),
                ("{\"soort\": \"toelating\", \(own)}", "inwoners"),
                ("{\"soort\": \"toelating\", \(own), \"inwoners\": 1, \"lid\": \"\(west)\"}", "lid"),
                ("{\"soort\": \"deelname\", \(own), \"lid\": \"00000099000000999000\"}", "lid"),
            ] {
                let response = await ask(.post, "/v1/prognoses/_doorrekenen", Self.json, body)
                #expect(response.status == 400, "\(body)")
                let problem = try JSON(parsing: response.body)
                #expect(problem["violations"]?[0]?["path"]?.text == path, "\(problem.rendered())")
            }
        }
    }
}
