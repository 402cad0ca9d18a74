// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Journal
@testable import Node
import Notation
import Testing
import Transport

@Suite("Documents over the local API, Protocol/local-api.md §7", .serialized)
struct DocumentAPITests {
    private static let json = "application/json"

    /// The member that keeps the cooperative's books, and the month before this one.
    private func with(_ body: (Asked, TestNetwork, String) async throws -> Void) async throws {
        let network = try TestNetwork(["Aalten", "Borne"])
        defer { network.remove() }
        let month = try #require(CivilMonth(containing: SystemClock().today()).adding(months: -1))
        let node = try await TestNode(network.founders[0])
        do { try await body(Asked(api: LocalAPI(node.node)), network, "\(month)") } catch {
            try await node.stop()
            throw error
        }
        try await node.stop()
    }

    private func make(_ ask: Asked, _ body: String) async throws -> [JSON] {
        try #require(try await ask.json(.post, "/v1/documenten/_opmaken", Self.json, body)["documenten"]?.elements)
    }

    @Test("the books of the cooperative issue to every member; a numbered document is a file that checks out")
    func issues() async throws {
        try await with { ask, network, month in
            let proposals = try await make(ask, "{\"maand\": \"\(month)\"}")
            #expect(proposals.count == 2)
            #expect(proposals.allSatisfy { $0["bestand"] == .null && $0["nummer"] == .null })
            let names = proposals.compactMap { $0["voorstel"]?.text }
            let body = """
                {"maand": "\(month)", "nummers": [{"voorstel": "\(names[0])", "reeks": "CBW1", "nummer": 41},
                 {"voorstel": "\(names[1])", "reeks": "CBW1", "nummer": 42, "datum": "2026-12-01"}]}
                """
            let made = try await make(ask, body)
            let file = try #require(made[0]["bestand"]?.text)
            #expect(file.contains("<cbc:ID>CBW1-000041</cbc:ID>") && file.contains("nlcius"))
            #expect(made[1]["bestand"]?.text?.contains("<cbc:IssueDate>2026-12-01") == true)
            #expect(try await make(ask, body) == made)
            try await check(ask, file, [])
            let altered = file.replacingOccurrences(of: "NL91ABNA0417164300", with: "NL20INGB0001234567")
            try await check(ask, altered, ["account-differs"])
        }
    }

    private func check(_ ask: Asked, _ file: String, _ names: [String]) async throws {
        let body = JSON.object(JSONObject([.init("bestand", .string(file))])).rendered()
        let answer = try await ask.json(.post, "/v1/documenten/_controleren", Self.json, body)
        #expect(answer["bevindingen"]?.elements?.compactMap { $0["naam"]?.text } == names)
        #expect(answer["nummer"] == "CBW1-000041")
    }

    @Test("a month that is not over, an unknown proposal, a wrong number, a file that is none: refused by name")
    func refuses() async throws {
        try await with { ask, _, month in
            let now = "\(CivilMonth(containing: SystemClock().today()))"
            let strange = "{\"voorstel\": \"P\", \"reeks\": \"A\", \"nummer\": 1}"
            for (target, body, status) in [
                ("_opmaken", "{\"maand\": \"\(now)\"}", 409),
                ("_opmaken", "{\"maand\": \"oktober\"}", 400),
                ("_opmaken", "{\"maand\": \"\(month)\", \"profiel\": \"x\"}", 400),
                ("_opmaken", "{\"maand\": \"\(month)\", \"nummers\": [{\"voorstel\": \"P\"}]}", 400),
                ("_opmaken", "{\"maand\": \"\(month)\", \"nummers\": [\(strange)]}", 409),
                ("_controleren", "{\"bestand\": \"<!DOCTYPE a><a/>\"}", 400),
                ("_controleren", "{\"bestand\": \"<a/>\"}", 400),
            ] {
                let response = await ask(.post, "/v1/documenten/" + target, Self.json, body)
                #expect(response.status == status, "\(body): \(String(decoding: response.body, as: UTF8.self))")
            }
        }
    }

    @Test("a statement comes as files; with booking rules the journal too, and rules that lack a match are refused")
    func exports() async throws {
        try await with { ask, _, month in
            let accounts = """
                "accounts": {"creditors": "Crediteuren", "debtors": "Debiteuren", "vatDue": "Btw af te dragen",
                "vatDeductible": "Voorbelasting", "vatCompensable": "BCF"}
                """
            let rule = "{\"ledger\": \"Kosten\", \"vat\": \"compensable\"}"
            let body = "{\"maand\": \"\(month)\", \"boeking\": {\(accounts), \"matches\": [\(rule)]}}"
            let answer = try await ask.json(.post, "/v1/overzichten/_exporteren", Self.json, body)
            let files = try #require(answer["bestanden"]?.elements)
            let kinds = files.compactMap { $0["naam"]?.text?.split(separator: ".").last.map(String.init) }
            #expect(kinds == ["txt", "html", "json", "csv", "canoniek", "csv", "hledger"])
            #expect(files.last?["inhoud"]?.text?.contains("BCF  EUR") == true)
            let without = "{\"maand\": \"\(month)\", \"boeking\": {\(accounts), \"matches\": []}}"
            #expect(await ask(.post, "/v1/overzichten/_exporteren", Self.json, without).status == 409)
            let wrong = "{\"maand\": \"\(month)\", \"boeking\": {\"matches\": []}}"
            #expect(await ask(.post, "/v1/overzichten/_exporteren", Self.json, wrong).status == 400)
        }
    }
}
