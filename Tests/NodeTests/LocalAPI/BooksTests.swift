// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Journal
@testable import Node
import Notation
import Storage
import Testing
import Transport

@Suite("Own books over the local API, Protocol/local-api.md §7a", .serialized)
struct BooksTests {
    static let json = "application/json"

    /// The member that keeps the cooperative's books, and the month before this one.
    static func with(_ body: (Asked, TestNode, String) async throws -> Void) async throws {
        let network = try TestNetwork(["Aalten", "Borne"])
        defer { network.remove() }
        let month = try #require(CivilMonth(containing: SystemClock().today()).adding(months: -1))
        let node = try await TestNode(network.founders[0])
        do { try await body(Asked(api: LocalAPI(node.node)), node, "\(month)") } catch {
            try await node.stop()
            throw error
        }
        try await node.stop()
    }

    static func number(
        _ ask: Asked, _ month: String, _ series: String = "CBW1", more: String = ""
    ) async throws -> [JSON] {
        let body = """
            {"maand": "\(month)", "reeks": "\(series)", "cooperatie": true, "door": "Jansen"\(more)}
            """
        return try #require(
            try await ask.json(.post, "/v1/documenten/_nummeren", json, body)["documenten"]?.elements)
    }

    @Test("documents get the next numbers with their files; again the same numbers, files and dates")
    func numbers() async throws {
        try await Self.with { ask, node, month in
            let first = try await Self.number(ask, month, more: ", \"eerste\": 41")
            #expect(first.map { $0["nummer"] } == ["CBW1-000041", "CBW1-000042"])
            let file = try #require(first[0]["bestand"]?.text)
            #expect(file.contains("<cbc:ID>CBW1-000041</cbc:ID>") && file.contains("nlcius"))
            #expect(try await Self.number(ask, month, more: ", \"datum\": \"2027-01-31\"") == first)
            #expect(try await Self.number(ask, month, "CBW2") == first)
            let outbox = try await ask.json(.get, "/v1/documenten")
            #expect(outbox["reeksen"]?.elements?.map { $0["volgende"] } == ["CBW1-000043"])
            #expect(outbox["documenten"]?.elements?.map { $0["stand"] } == ["gemaakt", "gemaakt"])
            let other = await ask(.post, "/v1/documenten/_nummeren", Self.json, """
                {"maand": "\(month)", "reeks": "CBW1", "door": "Jansen", "eerste": 7}
                """)
            #expect(other.status == 409)
            for wrong in ["-CBW", "C BW"] {
                let body = "{\"maand\": \"\(month)\", \"reeks\": \"\(wrong)\"}"
                let refused = await ask(.post, "/v1/documenten/_nummeren", Self.json, body)
                #expect(refused.status == 400 && String(decoding: refused.body, as: UTF8.self).contains("reeks"))
            }
        }
    }

    @Test("made, approved by somebody else, handed over; only what was not handed over is rejected")
    func outbox() async throws {
        try await Self.with { ask, _, month in
            _ = try await Self.number(ask, month)
            func act(_ number: Int, _ verb: String, _ body: String) async -> Int {
                await ask(.post, "/v1/documenten/CBW1-00000\(number)/\(verb)", Self.json, body).status
            }
            #expect(await act(1, "_overhandigen", "{}") == 409)
            #expect(await act(1, "_goedkeuren", "{\"door\": \"jansen\"}") == 403)
            #expect(await act(1, "_goedkeuren", "{\"door\": \"Bakker\"}") == 200)
            #expect(await act(1, "_goedkeuren", "{\"door\": \"Bakker\"}") == 409)
            #expect(await act(1, "_overhandigen", "{\"door\": \"Jansen\"}") == 200)
            #expect(await act(1, "_afwijzen", "{\"reden\": \"fout\"}") == 409)
            #expect(await act(2, "_afwijzen", "{}") == 400)
            #expect(await act(2, "_afwijzen", "{\"reden\": \"fout\", \"door\": \"Jansen\"}") == 200)
            #expect(await act(3, "_afwijzen", "{\"reden\": \"fout\"}") == 404)
            let first = try await ask.json(.get, "/v1/documenten/CBW1-000001")
            #expect(first["handelingen"]?.elements?.map { $0["persoon"] } == ["Bakker", "Jansen"])
            let again = try await Self.number(ask, month)
            #expect(again.map { $0["nummer"] } == ["CBW1-000001", "CBW1-000003"])
        }
    }

    @Test("a successor of the own log begins the next prefix")
    func incarnation() async throws {
        try await Self.with { ask, node, month in
            _ = try await Self.number(ask, month)
            let kept = try #require(try node.node.store.books.documents().first)
            let strange = try #require(Hash([UInt8](repeating: 9, count: 32)))
            _ = try await node.node.store.books.number(
                [BooksProposal(name: "P-oud", inputs: strange, body: kept.body)], prefix: "OUD1", issuer: "cooperatie",
                log: LogID(strange), first: 1, by: "Jansen", at: 1)
            let body = "{\"maand\": \"\(month)\", \"reeks\": \"OUD1\", \"cooperatie\": true}"
            let refused = await ask(.post, "/v1/documenten/_nummeren", Self.json, body)
            #expect(refused.status == 409 && String(decoding: refused.body, as: UTF8.self).contains("next prefix"))
        }
    }
}

@Suite("Two people, orders, accounts and payments, Protocol/local-api.md §7a", .serialized)
struct PaymentTests {
    private func post(_ ask: Asked, _ target: String, _ body: String) async -> (Int, String) {
        let response = await ask(.post, target, BooksTests.json, body)
        return (response.status, String(decoding: response.body, as: UTF8.self))
    }

    @Test("performance first, then payment by somebody else; both stand on the statement with person and digest")
    func twoPeople() async throws {
        try await BooksTests.with { ask, node, month in
            let path = "/v1/ontvangen/\(month)"
            let document = "\"document\": \"P-\(month)/\(node.node.engine.member.oin)/member-pays/1\""
            let early = await post(ask, path + "/_akkoord", "{\(document), \"door\": \"Bakker\"}")
            #expect(early.0 == 409 && early.1.contains("settle confirm"))
            #expect(await post(ask, path + "/_verklaren", "{\(document), \"regels\": [\"x\"]}").0 == 400)
            #expect(await post(ask, path + "/_verklaren", "{\(document), \"door\": \"De Vries\"}").0 == 200)
            let same = await post(ask, path + "/_akkoord", "{\(document), \"door\": \"de vries\"}")
            #expect(same.0 == 409 && same.1.contains("een ander"))
            #expect(await post(ask, path + "/_akkoord", "{\(document), \"door\": \"Bakker\"}").0 == 200)
            #expect(await post(ask, path + "/_verklaren", "{\(document), \"door\": \"Bakker\"}").0 == 403)
            let statement = try await ask.json(.get, "/v1/overzichten/\(month)")
            #expect(statement["prestatie"]?["persoon"] == "De Vries" && statement["akkoord"]?["persoon"] == "Bakker")
            #expect(statement["prestatie"]?["digest"]?.text?.count == 64)
            #expect(statement["prestatie"]?["digest"] == statement["akkoord"]?["digest"])
            let accounts = try await ask.json(.get, "/v1/rekeningen")["rekeningen"]?.elements ?? []
            #expect(accounts.contains { $0["aanvaard"] == "NL91ABNA0417164300" })
            let export = "{\"maand\": \"\(month)\"}"
            let files = try await ask.json(.post, "/v1/overzichten/_exporteren", BooksTests.json, export)
            #expect(files["bestanden"]?.elements?[0]["inhoud"]?.text?.contains("Bakker") == true)
        }
    }

    @Test("an act on another digest is void and is asked again; a changed account is held until two people accept it")
    func voids() async throws {
        try await BooksTests.with { ask, node, month in
            let name = "P-\(month)/\(node.node.engine.member.oin)/member-pays/1"
            let old = String(repeating: "0", count: 64)
            let body = "{\"digest\": \"\(old)\", \"regels\": [\"C-\(month)\"]}"
            let accepted = "{\"iban\": \"NL20INGB0001234567\", \"eerste\": true}"
            try await node.node.store.books.note(
                [("performance-confirmed", name, Array(body.utf8)),
                 ("account-accepted", "cooperatie", Array(accepted.utf8))], by: "De Vries", at: 1_793_000_000_000)
            let shown = try await ask.json(.get, "/v1/ontvangen/\(month)")
            let own = shown["documenten"]?.elements?.first { $0["document"]?.text == name }
            #expect(own?["prestatie"]?["stand"] == "vervallen")
            let path = "/v1/ontvangen/\(month)"
            let document = "\"document\": \"\(name)\""
            #expect(await post(ask, path + "/_verklaren", "{\(document), \"door\": \"De Vries\"}").0 == 200)
            let held = await post(ask, path + "/_akkoord", "{\(document), \"door\": \"Bakker\"}")
            #expect(held.0 == 409 && held.1.contains("iban accept"))
            func accept(_ iban: String, _ person: String) async -> Int {
                let body = "{\"partij\": \"cooperatie\", \"iban\": \"\(iban)\", \"door\": \"\(person)\"}"
                return await post(ask, "/v1/rekeningen/_aanvaarden", body).0
            }
            #expect(await accept("NL91ABNA0417164301", "Bakker") == 400)
            #expect(await accept("NL02ABNA0123456789", "Bakker") == 409)
            #expect(await accept("NL91ABNA0417164300", "Bakker") == 200)
            #expect(await accept("NL91ABNA0417164300", "bakker") == 403)
            #expect(await accept("NL91ABNA0417164300", "Smit") == 200)
            #expect(await post(ask, path + "/_akkoord", "{\(document), \"door\": \"Bakker\"}").0 == 200)
        }
    }

    @Test("orders: bad input names the field, the balance follows from what was received")
    func orders() async throws {
        try await BooksTests.with { ask, _, month in
            let year = month.prefix(4)
            for (body, field) in [
                ("{\"jaar\": 1, \"nummer\": \"4\", \"bedragCent\": 5}", "jaar"),
                ("{\"jaar\": \(year), \"nummer\": \"\", \"bedragCent\": 5}", "nummer"),
                ("{\"jaar\": \(year), \"nummer\": \"4\", \"bedragCent\": 0}", "bedragCent"),
                ("{\"jaar\": \(year), \"nummer\": \"4\", \"bedragCent\": 5, \"applicatie\": \"x\"}", "applicatie"),
            ] {
                let (status, text) = await post(ask, "/v1/inkooporders", body)
                #expect(status == 400 && text.contains("\"path\":\"\(field)\""), "\(text)")
            }
            let order = "{\"jaar\": \(year), \"nummer\": \"45001234\", \"bedragCent\": 100}"
            #expect(await post(ask, "/v1/inkooporders", order).0 == 200)
            let listed = try await ask.json(.get, "/v1/inkooporders")["inkooporders"]?.elements?.first
            #expect((listed?["gebruiktCent"]?.wholeNumber ?? 0) > 0 && listed?["waarschuwing"] == true)
            #expect(try await ask.json(.get, "/v1/overzichten/\(month)")["inkooporder"]?["nummer"] == "45001234")
        }
    }

    @Test("a kept invoice is an open item; its account is held; another file under its number is refused")
    func keeps() async throws {
        try await BooksTests.with { ask, node, month in
            let made = try await BooksTests.number(ask, month)
            let own = try #require(made.first { $0["aan"] == "Aalten" }?["bestand"]?.text)
            let accepted = "{\"iban\": \"NL91ABNA0417164300\", \"eerste\": true}"
            try await node.node.store.books.note(
                [("account-accepted", "cooperatie", Array(accepted.utf8))], by: "Smit", at: 1_793_000_000_000)
            func keep(_ file: String) async -> Int {
                let body = JSON.object(JSONObject([.init("bestand", .string(file)), .init("bewaren", true)]))
                return await post(ask, "/v1/documenten/_controleren", body.rendered()).0
            }
            let altered = own.replacingOccurrences(of: "NL91ABNA0417164300", with: "NL20INGB0001234567")
                .replacingOccurrences(of: "CBW1-", with: "CBX1-")
            #expect(await keep(altered) == 200)
            #expect(await keep(altered) == 200)
            #expect(await keep(altered + "\n") == 409)
            let held = try await ask.json(.get, "/v1/rekeningen")["rekeningen"]?.elements ?? []
            #expect(held.contains { $0["vastgehouden"]?.elements == ["NL20INGB0001234567"] })
            let items = try await ask.json(.get, "/v1/openstaand")["posten"]?.elements ?? []
            #expect(items.contains { $0["nummer"]?.text?.hasPrefix("CBX1-") == true })
        }
    }

    @Test("payments: part, too much, unknown; a bank statement books each entry once and lists what fits nothing")
    func payments() async throws {
        try await BooksTests.with { ask, node, month in
            let gross = try #require(try await BooksTests.number(ask, month)[0]["brutoCent"]?.wholeNumber)
            func pay(_ number: String, _ cents: Int64) async -> Int {
                let body = "{\"nummer\": \"\(number)\", \"datum\": \"2026-11-20\", \"bedragCent\": \(cents)}"
                return await post(ask, "/v1/betalingen", body).0
            }
            #expect(await pay("CBW1-000001", 100) == 200)
            #expect(await pay("CBW1-000001", gross) == 409)
            #expect(await pay("CBW1-000001", -1) == 409)
            #expect(await pay("X-000001", 1) == 409)
            #expect(await pay("CBW1-000001", 0) == 400)
            let entry = { (amount: String, reference: String, name: String) in
                "<Ntry><Amt Ccy=\"EUR\">\(amount)</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts>"
                    + "<BookgDt><Dt>2026-11-21</Dt></BookgDt><AcctSvcrRef>\(name)</AcctSvcrRef>"
                    + "<NtryDtls><TxDtls><RmtInf>"
                    + "<Ustrd>\(reference)</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
            }
            let file = "<Document xmlns='urn:iso:std:iso:20022:tech:xsd:camt.053.001.02'>"
                + "<BkToCstmrStmt><Stmt><Id>1</Id>"
                + "<Acct><Id><IBAN>NL91ABNA0417164300</IBAN></Id></Acct>" + entry("1.50", "factuur CBW1-000001", "A")
                + entry("2.00", "contributie", "B") + "</Stmt></BkToCstmrStmt></Document>"
            let body = JSON.object(JSONObject([.init("bestand", .string(file))])).rendered()
            for (booked, before) in [(1, 0), (0, 1)] {
                let answer = try await ask.json(.post, "/v1/betalingen/_importeren", BooksTests.json, body)
                #expect(answer["geboekt"]?.elements?.count == booked && answer["eerder"] == .count(before))
                #expect(answer["overgeslagen"]?.elements?.map { $0["veld"] } == ["RmtInf"])
            }
            let items = try await ask.json(.get, "/v1/openstaand")["posten"]?.elements
            let first = items?.first { $0["nummer"] == "CBW1-000001" }
            #expect(first?["openCent"] == .integer(gross - 250) && first?["ouderdom"] == "niet vervallen")
            let offset = await ask(.get, "/v1/verrekening")
            #expect(offset.status == 409)
            let view = try await ask.json(.get, "/v1/penningmeester?saldoCent=1000")
            #expect(view["liquiditeit"]?.elements?.isEmpty == false && view["boven80Procent"] == true)
            let opening = """
                {"nummer": "OUD-000007", "richting": "lid betaalt", "lid": "\(node.node.engine.member.oin)",
                 "vervalDatum": "2026-10-01", "bedragCent": 50000}
                """
            #expect(await post(ask, "/v1/beginsaldi", opening).0 == 200)
            #expect(await post(ask, "/v1/beginsaldi", opening).0 == 409)
            let tasks = try await ask.json(.get, "/v1/taken")["taken"]?.elements?.compactMap { $0["soort"]?.text } ?? []
            #expect(tasks.contains("goedkeuren") && tasks.contains("vervallen post"))
        }
    }
}
