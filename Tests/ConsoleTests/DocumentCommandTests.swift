// SPDX-License-Identifier: EUPL-1.2
@testable import Console
import Foundation
import Notation
import Testing

@Suite("korf settle invoices, check and export")
struct DocumentCommandTests {
    private static func document(_ name: String, number: String? = "EHV1-000001", refusal: String? = nil) -> String {
        let number = number.map { "\"\($0)\"" } ?? "null"
        return """
            {"voorstel": "\(name)", "nummer": \(number), "soort": "factuur", "aan": "Coöperatie",
             "richting": "coöperatie betaalt", "brutoCent": 12100, "stand": "gemaakt",
             "gemaakt": {"persoon": "Jansen", "tijdstip": "2026-11-13T09:00:00.000Z"},
             "bestand": "<Invoice>\(name)</Invoice>", "weigering": \(refusal.map { "\"\($0)\"" } ?? "null")}
            """
    }

    private static func node(_ documents: [String]) -> FixtureNode {
        FixtureNode(["/v1/documenten/_nummeren": (200, "{\"documenten\": [\(documents.joined(separator: ","))]}")])
    }

    private func inFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "korf-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }

    private func words(_ folder: String) -> [String] {
        ["settle", "invoices", "--month", "2026-10", "--series", "EHV1", "--out", folder]
    }

    @Test("the node numbers; its files are written once, and what got no number is a finding")
    func numbers() async throws {
        try await inFolder { folder in
            let node = Self.node([Self.document("P-1")])
            #expect(await korf(words(folder), node).code == .fine)
            let file = try String(contentsOfFile: folder + "/EHV1-000001.xml", encoding: .utf8)
            #expect(file == "<Invoice>P-1</Invoice>")
            #expect(await korf(words(folder), node).code == .fine)
            let refused = Self.document("P-2", number: nil, refusal: "has no IBAN")
            let answer = await korf(words(folder), Self.node([Self.document("P-1"), refused]))
            #expect(answer.code == .finding && answer.out.contains("has no IBAN"))
            try Data("x".utf8).write(to: URL(fileURLWithPath: folder + "/EHV1-000001.xml"))
            #expect(await korf(words(folder), node).code == .finding)
            #expect(try String(contentsOfFile: folder + "/EHV1-000001.xml", encoding: .utf8) == "x")
        }
    }

    @Test("the outbox names who did what, and the next number of each series")
    func outbox() async throws {
        let series = "{\"reeks\": \"EHV1\", \"volgende\": \"EHV1-000002\"}, {\"reeks\": \"EHV0\", \"volgende\": null}"
        let node = FixtureNode(["/v1/documenten": (200, """
            {"documenten": [\(Self.document("P-1"))], "reeksen": [\(series)]}
            """)])
        let answer = await korf(["settle", "outbox"], node)
        #expect(answer.code == .fine && answer.out.contains("gemaakt door Jansen op 13 november 2026"))
        #expect(answer.out.contains("volgende nummer EHV1-000002") && answer.out.contains("Reeks EHV0 is geëindigd"))
    }

    @Test("check: 0 where all agrees, 1 with a sentence for each difference")
    func checks() async throws {
        try await inFolder { folder in
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data("<Invoice/>".utf8).write(to: URL(fileURLWithPath: folder + "/a.xml"))
            for (findings, code) in [("", ExitCode.fine), ("{\"naam\": \"x\", \"zin\": \"Bel.\"}", .finding)] {
                let node = FixtureNode(["/v1/documenten/_controleren": (200, """
                    {"nummer": "B-1", "afzender": "Beware", "brutoCent": 12100, "bevindingen": [\(findings)]}
                    """)])
                let answer = await korf(["settle", "check", folder + "/a.xml"], node)
                #expect(answer.code == code && answer.out.contains("€ 121,00"))
                #expect(answer.out.contains("! Bel.") == !findings.isEmpty)
            }
        }
    }

    @Test("export writes what the node makes")
    func exports() async throws {
        try await inFolder { folder in
            let node = FixtureNode(["/v1/overzichten/_exporteren": (200, """
                {"bestanden": [{"naam": "a.txt", "inhoud": "één\\n"}]}
                """)])
            #expect(await korf(["settle", "export", "--month", "2026-10", "--out", folder], node).code == .fine)
            let text = try String(contentsOfFile: folder + "/a.txt", encoding: .utf8)
            #expect(text == "één\n")
        }
    }
}
