// SPDX-License-Identifier: EUPL-1.2
@testable import Console
import Foundation
import Notation
import Testing

@Suite("korf settle invoices, check and export")
struct DocumentCommandTests {
    private static func document(
        _ name: String, refusal: String? = nil, inputs: String = "07", leg: String = "coöperatie betaalt"
    ) -> String {
        """
        {"voorstel": "\(name)", "nummer": "EHV1-000001", "soort": "factuur", "aan": "Coöperatie", "richting": "\(leg)",
         "brutoCent": 12100, "datum": "2026-11-13", "invoerDigest": "\(inputs)",
         "bestand": "<Invoice>\(name)</Invoice>",
         "weigering": \(refusal.map { "\"\($0)\"" } ?? "null")}
        """
    }

    private static func node(_ documents: [String]) -> FixtureNode {
        FixtureNode(["/v1/documenten/_opmaken": (200, "{\"documenten\": [\(documents.joined(separator: ","))]}")])
    }

    private func inFolder(_ body: (String) async throws -> Void) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "korf-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }

    private func words(_ folder: String) -> [String] {
        ["settle", "invoices", "--month", "2026-10", "--series", "EHV1", "--out", folder]
    }

    @Test("a number is given once: again the same files, changed inputs ask for a correction")
    func numbersOnce() async throws {
        try await inFolder { folder in
            let node = Self.node([Self.document("P-1")])
            #expect(await korf(words(folder), node).code == .fine)
            let register = try String(contentsOfFile: folder + "/EHV1.csv", encoding: .utf8)
            #expect(register == "nummer;voorstel;invoer;datum\n1;P-1;07;2026-11-13\n")
            let file = try String(contentsOfFile: folder + "/EHV1-000001.xml", encoding: .utf8)
            #expect(file == "<Invoice>P-1</Invoice>")
            #expect(await korf(words(folder), node).code == .fine)
            #expect(try String(contentsOfFile: folder + "/EHV1.csv", encoding: .utf8) == register)
            let changed = await korf(words(folder), Self.node([Self.document("P-1", inputs: "08")]))
            #expect(changed.code == .finding && changed.out.contains("EHV1-1"))
            #expect(try String(contentsOfFile: folder + "/EHV1.csv", encoding: .utf8) == register)
        }
    }

    @Test("what cannot be a file gets no number, so the series has no gap")
    func noGap() async throws {
        try await inFolder { folder in
            let refused = Self.document("P-1", refusal: "has no IBAN")
            let answer = await korf(words(folder), Self.node([refused, Self.document("P-2")]))
            #expect(answer.code == .finding && answer.out.contains("has no IBAN"))
            let register = try String(contentsOfFile: folder + "/EHV1.csv", encoding: .utf8)
            #expect(register == "nummer;voorstel;invoer;datum\n1;P-2;07;2026-11-13\n")
        }
    }

    @Test("the cooperative's documents go into a series of their own")
    func onePerIssuer() async throws {
        try await inFolder { folder in
            let node = Self.node([Self.document("P-1"), Self.document("P-2", leg: "lid betaalt")])
            #expect(await korf(words(folder) + ["--cooperative"], node).code == .fine)
            let register = try String(contentsOfFile: folder + "/EHV1.csv", encoding: .utf8)
            #expect(register.contains(";P-2;") && !register.contains(";P-1;"))
        }
    }

    @Test("a register with a gap, and a file with other content, are left as they are")
    func keepsWhatIsThere() async throws {
        try await inFolder { folder in
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try Data("nummer;voorstel;invoer;datum\n1;P-0;07;2026-11-13\n3;P-9;07;2026-11-13\n".utf8)
                .write(to: URL(fileURLWithPath: folder + "/EHV1.csv"))
            #expect(await korf(words(folder), Self.node([Self.document("P-1")])).code == .finding)
            try FileManager.default.removeItem(atPath: folder + "/EHV1.csv")
            try Data("x".utf8).write(to: URL(fileURLWithPath: folder + "/EHV1-000001.xml"))
            #expect(await korf(words(folder), Self.node([Self.document("P-1")])).code == .finding)
            #expect(try String(contentsOfFile: folder + "/EHV1-000001.xml", encoding: .utf8) == "x")
        }
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
