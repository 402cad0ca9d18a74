// SPDX-License-Identifier: EUPL-1.2
@testable import Console
import Notation
import Testing

@Suite("korf settle simulate and offer")
struct ForecastCommandTests {
    private static let simulation = """
        {"lid": {"oin": "00000099000000632000", "naam": "Woerden"}, "vanafDatum": "2027-01-01",
         "vanafMaand": "2027-01", "totEnMetMaand": "2027-12",
         "partijen": [{"lid": {"oin": "00000099000000632000", "naam": "Woerden"}, "verschilCent": 9000, "reden": null,
          "regels": [{"richting": "lid betaalt", "soort": "verbruik", "applicatie": "corv", "applicatieNaam": "CORV",
           "voorCent": 0, "naCent": 9000, "verschilCent": 9000}]},
          {"lid": {"oin": "1", "naam": "Eindhoven"}, "verschilCent": null, "reden": "no figure", "regels": []}],
         "prijsPerGebruik": {"applicatie": "corv", "kostenCent": 100000, "kostenBron": "opgegeven", "stappen": [
          {"lid": {"naam": "Eindhoven"}, "aantal": 1000, "prijsMicroEuro": 1000000},
          {"lid": {"naam": "Woerden"}, "aantal": 0, "prijsMicroEuro": null}]},
         "grondslag": {"tijdperk": 4, "tijdperkDatum": "2026-11-03", "verbruikTotEnMetMaand": "2026-10"}}
        """

    @Test("a simulation shows before, after and difference, unknown stays unknown, and the question is sent as data")
    func simulates() async throws {
        let node = FixtureNode(["/v1/prognoses/_doorrekenen": (200, Self.simulation)])
        let words = [
            "settle", "simulate", "scale", "--application", "corv", "--from", "2027-01-01", "--times", "3/2",
            "--use", "00000099000000632000/bericht=200", "--cost", "1000.00",
        ]
        let answer = await korf(words, node)
        #expect(answer.code == .fine)
        for part in [
            "DOORREKENING Woerden, van 1 januari 2027 t/m december 2027: er is niets besloten",
            "Verbruik CORV", "€ 90,00", "onbekend", "€ 1,000",
        ] {
            #expect(answer.out.contains(part), "\(answer.out)")
        }
        #expect(answer.out.split(separator: "\n").allSatisfy { $0.count <= 100 })
        let sent = try JSON(parsing: try #require(node.calls.first).body)
        #expect(sent["soort"] == "schaal" && sent["teller"] == 3 && sent["noemer"] == 2)
        #expect(sent["kostenCent"] == 100_000)
        #expect(sent["gebruik"]?[0]?["klasse"] == "bericht")
        #expect(await korf(words, node, language: "en").out.contains("nothing is decided"))
    }

    @Test("an offer says what is not set; what is no use of an application is refused before anything is asked")
    func offers() async throws {
        let body = """
            {"lid": {"oin": "Helmond", "naam": "Helmond"}, "cooperatie": "Beware", "vanafDatum": "2027-01-01",
             "entreegeldCent": null, "contributieCent": 3168025, "inkoop": [{"applicatie": "zaak", "applicatieNaam":
             "Zaaksysteem", "bedragCent": 2538278}], "verbruikCent": 0, "eersteMaand": "2027-01",
             "totEnMetMaand": "2027-12", "grondslag": {"verbruikTotEnMetMaand": "2026-10"}}
            """
        let node = FixtureNode(["/v1/prognoses/_aanbieden": (200, body)])
        let words = ["settle", "offer", "Helmond", "--inhabitants", "90515", "--from", "2027-01-01"]
        let answer = await korf(words + ["--use", "zaak/00000099000000632000/bericht=12"], node)
        #expect(answer.out.contains("Entreegeld, eenmalig") && answer.out.contains("niet vastgesteld"))
        #expect(answer.out.contains("€ 25.382,78"))
        let sent = try JSON(parsing: try #require(node.calls.first).body)
        #expect(sent["applicaties"]?[0]?["applicatie"] == "zaak")
        #expect(await korf(words, node, language: "en").out.contains("OFFER of Beware to Helmond"))
        let wrong = await korf(words + ["--use", "00000099000000632000=12"], node)
        #expect(wrong.code == .usage && wrong.err.contains("APPLICATION/PROVIDER/CLASS=N"))
        #expect(await korf(["settle", "simulate", "scale", "--from", "2027-01-01", "--times", "x"]).code == .usage)
    }
}
