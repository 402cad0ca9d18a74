// SPDX-License-Identifier: EUPL-1.2
@testable import Console
import Foundation
import Notation
import Testing

@Suite("korf decision propose: from options and from a file, Protocol/local-api.md §9")
struct ProposalTests {
    private static let answer = #"{"id": "2563bbff-12", "titel": "T"}"#
    private static let oin = "00000099000000632000"

    private func request(_ words: [String]) async throws -> JSON {
        let node = FixtureNode(["/v1/besluiten": (201, Self.answer)])
        let done = await korf(["decision", "propose"] + words, node)
        #expect(done.code == .fine, "\(done.err)")
        return try JSON(parsing: try #require(node.calls.first).body)
    }

    private func file(_ text: String) throws -> String {
        let path = FileManager.default.temporaryDirectory.appending(path: "besluit-\(UUID().uuidString).yaml").path
        try text.write(toFile: path, atomically: true, encoding: .utf8)
        made.paths.append(path)
        return path
    }

    /// The files of a test, gone with it.
    private let made = MadeFiles()

    private final class MadeFiles {
        var paths: [String] = []

        deinit { for path in paths { try? FileManager.default.removeItem(atPath: path) } }
    }

    /// Each kind from options, and what is sent as its payload.
    private static let kinds: [(options: [String], kind: JSON, payload: JSON)] = [
        (["exit", "--member", oin, "--date", "2027-12-31"], "uittreding",
         ["lid": .string(oin), "laatsteDatum": "2027-12-31"]),
        (["expulsion", "--member", oin], "ontzetting", ["lid": .string(oin)]),
        (["tariff", "--application", "corv", "--from", "2027-01", "--price", "0.05", "--vat", "S", "--rate", "21"],
         "tarief",
         ["applicatie": "corv", "vanafMaand": "2027-01", "treden": [["prijsMicroEuro": 50_000]],
          "btwCategorie": "S", "btwBasispunten": 2_100]),
        (["contribution", "--from", "2027", "--per-inhabitant", "0.36", "--vat", "S", "--rate", "21"], "contributie",
         ["vanafJaar": 2_027, "perInwonerMicroEuro": 360_000, "btwCategorie": "S", "btwBasispunten": 2_100]),
        (["cost-sharing", "--application", "corv", "--total", "120000.00", "--key-year", "2026", "--participant",
          "\(oin)=2026-10", "--vat", "S", "--rate", "0"], "kostenverdeling",
         ["applicatie": "corv", "totaalCent": 12_000_000, "sleuteljaar": 2_026,
          "deelnemers": [["lid": .string(oin), "sindsMaand": "2026-10"]], "btwCategorie": "S", "btwBasispunten": 0]),
        (["inhabitants", "--member", oin, "--code", "GM0632", "--year", "2027", "--count", "53000", "--final", "true"],
         "inwoners",
         ["aantallen": [["lid": .string(oin), "code": "GM0632", "jaar": 2_027, "aantal": 53_000,
                         "definitief": true]]]),
        (["application", "--id", "nieuw", "--name", "Nieuw", "--lead", oin, "--participant", "\(oin)=2027-01-01",
          "--class", "standaard", "--class", "groot"], "applicatie",
         ["id": "nieuw", "naam": "Nieuw", "lead": .string(oin),
          "deelnemers": [["lid": .string(oin), "sindsDatum": "2027-01-01"]], "klassen": ["standaard", "groot"]]),
        (["community-joining", "--application", "corv", "--member", oin, "--date", "2027-01-01"], "deelname",
         ["applicatie": "corv", "lid": .string(oin), "sindsDatum": "2027-01-01"]),
        (["community-leaving", "--application", "corv", "--member", oin, "--date", "2027-01-01"], "einde deelname",
         ["applicatie": "corv", "lid": .string(oin), "totDatum": "2027-01-01"]),
        (["voting-flag", "--member", oin, "--votes", "false"], "stemvlag",
         ["lid": .string(oin), "stemt": false]),
        (["network-terms", "--set", "smallCount=12", "--set", "propose=30000"], "netwerktermijnen",
         ["termijnen": ["kleinAantal": 12], "tijden": ["voorstelMilliseconden": 30_000]]),
    ]

    @Test("options become the request of their kind", arguments: kinds.indices)
    func options(index: Int) async throws {
        let (options, kind, payload) = Self.kinds[index]
        let request = try await request(["--kind"] + options + ["--title", "T", "--deadline", "2026-12-15"])
        #expect(request["soort"] == kind)
        #expect(request["inhoud"] == payload)
        #expect(request["titel"] == "T" && request["termijnDatum"] == "2026-12-15")
    }

    @Test("a cost goes in euro, and a free text has no payload")
    func freeText() async throws {
        let request = try await request([
            "--kind", "free-text", "--title", "T", "--cost", "25000.00", "--cover", "Begroting",
            "--application", "corv",
        ])
        #expect(request["kostenCent"] == 2_500_000 && request["dekking"] == "Begroting")
        #expect(request["applicatie"] == "corv" && request["inhoud"] == nil)
    }

    @Test("a file has the words of network.yaml, and may be JSON")
    func files() async throws {
        let yaml = try file("""
            kind: tariff
            title: Tarief
            deadline: 2026-12-15
            payload:
              application: corv
              class: standaard
              from: 2027-01
              tiers:
                - {upTo: 1000, price: "0.05"}
                - {price: "0.04"}
              vat: S
              rate: "21"
            """)
        let json = try file("""
            {"kind": "tariff", "title": "Tarief", "deadline": "2026-12-15", "payload": {"application": "corv",
             "class": "standaard", "from": "2027-01", "tiers": [{"upTo": 1000, "price": "0.05"}, {"price": "0.04"}],
             "vat": "S", "rate": "21"}}
            """)
        let first = try await request(["--file", yaml])
        #expect(first["inhoud"]?["treden"] == [
            ["totEnMet": 1_000, "prijsMicroEuro": 50_000], ["prijsMicroEuro": 40_000],
        ])
        #expect(try await request(["--file", json]) == first)
    }

    @Test("what is wrong in a file is named with its line, all at once, and nothing is sent")
    func wrongFile() async throws {
        let path = try file("""
            kind: tariff
            title: Tarief
            colour: red
            payload:
              application: corv
              from: 2027-01
              price: "5 cent"
              vat: S
            """)
        let node = FixtureNode([:])
        let done = await korf(["decision", "propose", "--file", path], node)
        #expect(done.code == .finding && node.calls.isEmpty)
        #expect(done.err.contains("\(path): line 3: colour: is not a field here"))
        #expect(done.err.contains("payload.rate: is missing"))
        #expect(done.err.contains("line 7: payload.price: expected a number such as \"0.035\""))
    }

    private static let problem = """
        {"status": 400, "title": "Bad request", "detail": "Er is niets ingediend.",
         "violations": [{"path": "inhoud.vanafMaand", "message": "moet zijn: een maand"},
                        {"path": "inhoud.treden[1].prijsMicroEuro", "message": "ontbreekt"},
                        {"path": "dekking", "message": "ontbreekt"}]}
        """

    @Test("what the node refuses is said in the words of the file or of the options")
    func refusals() async throws {
        let node = FixtureNode(["/v1/besluiten": (400, Self.problem)])
        let options = await korf(
            ["decision", "propose", "--kind", "tariff", "--application", "corv", "--from", "2027", "--price", "1",
             "--vat", "S", "--rate", "21", "--title", "T"], node)
        #expect(options.code == .finding)
        #expect(options.err == """
            Er is niets ingediend.
              --from: moet zijn: een maand
              --price: ontbreekt
              --cover: ontbreekt

            """)
        let path = try file("""
            kind: tariff
            title: T
            payload: {application: corv, from: x, tiers: [{upTo: 1, price: "1"}, {price: "2"}], vat: S, rate: "21"}
            """)
        let fromFile = await korf(["decision", "propose", "--file", path], node)
        #expect(fromFile.err.contains("\(path): line 3: payload.from: moet zijn: een maand"))
        #expect(fromFile.err.contains("\(path): line 3: payload.tiers[1].price: ontbreekt"))
    }

    @Test("an option that the kind has no use for, and options beside a file, are misuse", arguments: [
        ["--kind", "expulsion", "--member", oin, "--title", "T", "--price", "1"],
        ["--file", "x.yaml", "--title", "T"], ["--kind", "tarif", "--title", "T"],
        ["--kind", "tariff", "--title", "T", "--class", "a", "--class", "b", "--application", "c"], ["--title", "T"],
    ])
    func misuse(words: [String]) async {
        let node = FixtureNode([:])
        let done = await korf(["decision", "propose"] + words, node)
        #expect(done.code == .usage && node.calls.isEmpty && !done.err.isEmpty)
    }

    @Test("a vote says whether it may be replaced and whether it replaces")
    func votes() async throws {
        let node = FixtureNode(["/v1/besluiten/2563bbff/stemmen": (201, Fixtures.openDecision)])
        let done = await korf(["decision", "vote", "2563bbff", "against", "--replaceable", "--replace"], node)
        #expect(done.code == .fine)
        #expect(try JSON(parsing: node.calls[0].body) == ["keuze": "tegen", "definitief": false, "vervangt": true])
        #expect(done.out.hasPrefix("Gestemd: tegen over 2563bbff-12 · Besluit over tarief\n"))
        #expect(await korf(["decision", "vote", "2563bbff", "misschien"], node).code == .usage)
    }

    @Test("closing exits with 1 while open and with 0 once closed; todo with 1 when something is due")
    func exitCodes() async {
        let node = FixtureNode([
            "/v1/besluiten/a": (200, Fixtures.openDecision), "/v1/besluiten/b": (200, Fixtures.closedDecision),
            "/v1/taken": (200, Fixtures.tasks),
        ])
        #expect(await korf(["decision", "close", "a"], node).code == .finding)
        #expect(await korf(["decision", "close", "b"], node).code == .fine)
        #expect(await korf(["todo"], node).code == .finding)
        let idle = FixtureNode(["/v1/taken": (200, #"{"taken": [], "volledigheid": \#(Fixtures.complete)}"#)])
        #expect(await korf(["todo"], idle).code == .fine)
    }

    @Test("what was done is said in both languages", arguments: [
        ("nl", "Ingediend: 2563bbff-12 · T\nStem: korf decision vote 2563bbff-12 voor|tegen|blanco\n",
         "De toelichting van 2563bbff-12 is vernietigd (regel a:1); "
            + "elke knoop wist haar zodra hij deze regel heeft.\n"),
        ("en", "Proposed: 2563bbff-12 · T\nVote: korf decision vote 2563bbff-12 for|against|blank\n",
         "The text of 2563bbff-12 is destroyed (entry a:1); every node deletes it once it holds that entry.\n"),
    ])
    func said(language: String, proposed: String, destroyed: String) async {
        let node = FixtureNode([
            "/v1/besluiten": (201, Self.answer),
            "/v1/teksten/2563/_vernietig": (200, #"{"id": "2563bbff-12", "regel": "a:1"}"#),
        ])
        let words = ["decision", "propose", "--kind", "free-text", "--title", "T"]
        #expect(await korf(words, node, language: language).out == proposed)
        #expect(await korf(["text", "destroy", "2563"], node, language: language).out == destroyed)
    }

    @Test("an exit is about the own member")
    func exit() async throws {
        let node = FixtureNode(["/v1/status": (200, Fixtures.status), "/v1/besluiten": (201, Self.answer)])
        #expect(await korf(["member", "exit", "--date", "2027-12-31"], node).code == .fine)
        let request = try JSON(parsing: node.calls[1].body)
        #expect(request["soort"] == "uittreding" && request["titel"] == "Uittreding van Woerden")
        #expect(request["inhoud"] == ["lid": .string(Self.oin), "laatsteDatum": "2027-12-31"])
    }
}
