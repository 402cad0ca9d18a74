// SPDX-License-Identifier: EUPL-1.2
@testable import Console
import Notation
import Testing

@Suite("korf: exit codes and answers")
struct CommandTests {
    private static let problem = """
        {"status": 400, "title": "Bad request", "detail": "The change breaks rules.",
         "violations": [{"path": "velden.x", "message": "is not a field"}, {"path": "", "line": 2, "column": 1,
         "message": "not YAML"}]}
        """

    @Test("0 fine, 1 finding, 2 usage, 3 not reachable")
    func codes() async {
        let node = FixtureNode([
            "/v1/status": (200, Fixtures.status), "/v1/conflicten": (200, Fixtures.conflicts),
            "/v1/vergelijkingen/2026-10": (200, Fixtures.comparison),
            "/v1/overzichten/2026-10": (200, Fixtures.statement),
            "/v1/gezondheid": (200, "{\"status\": \"goed\"}"),
        ])
        #expect(await korf(["status"], node).code == .finding)
        #expect(await korf(["status", "--health"], node) == (.fine, "", ""))
        #expect(await korf(["catalogue", "conflicts"], node).code == .finding)
        #expect(await korf(["settle", "compare", "--month", "2026-10"], node).code == .finding)
        #expect(await korf(["settle", "statement", "--month", "2026-10"], node).code == .fine)
        #expect(await korf(["settle", "statement"], node).code == .usage)
        #expect(await korf(["settle", "statement", "--month", "2026-11"], node).code == .unreachable)
        #expect(await korf(["--version"]).code == .fine)
    }

    @Test("settle compare --with prints the difference sheet; a pair that is not proven equal is a finding")
    func differences() async {
        let node = FixtureNode(["/v1/vergelijkingen/2026-10/_verschillen": (200, Fixtures.differences)])
        let words = ["settle", "compare", "--month", "2026-10", "--with", "00000099000000772000"]
        let answer = await korf(words, node)
        #expect(answer.code == .finding)
        for line in [
            "VERSCHILLENBLAD oktober 2026: Woerden en Eindhoven",
            "Meldingen: wij 900, zij 902. Transacties die verschillen: 42; al het andere is bewezen gelijk.",
            "! Niet vergeleken: Boxtel antwoordt onjuist: the leaves do not fit.",
            "Gelijk: elke transactie, zonder dat een id de knoop verliet.", "en nog 41; met --json alle",
            "Uit quarantaine, want gelijk met alle wederpartijen: 11 oktober 2026",
        ] {
            #expect(answer.out.contains(line), "\(answer.out)")
        }
        #expect(answer.out.contains("12-10: 2 x 1"))
        #expect(answer.out.split(separator: "\n").allSatisfy { $0.count <= 100 || !$0.contains("  ") })
    }

    @Test("--canonical prints the canonical text and nothing else")
    func canonical() async {
        let node = FixtureNode(["/v1/overzichten/2026-10?lid=00000099000000632000": (200, Fixtures.statement)])
        let words = ["settle", "statement", "--month", "2026-10", "--member", "00000099000000632000", "--canonical"]
        #expect(await korf(words, node).out == "korf-statement/v1\nparty X 2026-10\n")
    }

    @Test("--json prints what the node answered, in the same order")
    func json() async throws {
        let node = FixtureNode(["/v1/status": (200, Fixtures.status)])
        let answer = await korf(["status", "--json"], node)
        #expect(try JSON(parsing: answer.out) == JSON(parsing: Fixtures.status))
        #expect(answer.code == .finding)
    }

    @Test("a problem becomes sentences with every violation; with --json its document")
    func problems() async throws {
        let node = FixtureNode(["/v1/applicaties/corv/_wijzig": (400, Self.problem)])
        let words = ["catalogue", "edit", "corv", "--set", "x=y"]
        let told = await korf(words, node)
        #expect(told.code == .finding)
        #expect(told.err == "The change breaks rules.\n  velden.x: is not a field\n  line 2, column 1: not YAML\n")
        let document = await korf(words + ["--json"], node)
        #expect(try JSON(parsing: document.out) == JSON(parsing: Self.problem))
    }

    @Test("catalogue edit sends fields, emptied fields and sets")
    func edit() async throws {
        let node = FixtureNode([
            "/v1/applicaties/corv/_wijzig": (200, "{\"applicatie\": \"corv\", \"gewijzigd\": [], \"regels\": []}"),
        ])
        let code = await korf(
            ["catalogue", "edit", "corv", "--set", "hosting=A=B, C", "--clear", "functie", "--add", "talen=nl", "--add",
             "talen=en"], node).code
        #expect(code == .fine)
        let body = try JSON(parsing: node.calls[0].body)
        #expect(body == ["velden": ["hosting": "A=B, C", "functie": nil], "toevoegen": ["talen": ["nl", "en"]]])
    }

    @Test("identifiers in paths are escaped")
    func escaping() async {
        let node = FixtureNode(["/v1/uitleg/V-2026-10%2Fcorv%2F1": (200, Fixtures.explanation)])
        #expect(await korf(["explain", "V-2026-10/corv/1"], node).code == .fine)
    }
}
