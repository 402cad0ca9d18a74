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
