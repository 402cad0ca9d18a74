// SPDX-License-Identifier: EUPL-1.2
import Journal
@testable import Node
import Notation
import Testing
import Transport

@Suite("Reports over the local API, Protocol/settlement-reports.md §3, §6 and §7", .serialized)
struct ReportAPITests {
    private func with(_ body: (Asked, TestNetwork, CivilMonth) async throws -> Void) async throws {
        let network = try TestNetwork(["Aalten", "Borne"])
        defer { network.remove() }
        let month = try #require(SystemClock().today().month.adding(months: -1))
        let node = try await TestNode(network.founders[0])
        do { try await body(Asked(api: LocalAPI(node.node)), network, month) } catch {
            try await node.stop()
            throw error
        }
        try await node.stop()
    }

    @Test("what no record tells is null: budget, orders, balances, the year before the network")
    func unknown() async throws {
        try await with { ask, network, month in
            let sheet = try await ask.json(.get, "/v1/jaarbladen/\(month.year)?applicatie=zaaksysteem")
            #expect(sheet["begrotingCent"] == .null && sheet["vastgelegdCent"] == .null && sheet["ruimteCent"] == .null)
            #expect(sheet["gerealiseerdCent"] == 0 && sheet["maandenVoorbij"]?.wholeNumber == Int64(month.monthOfYear))
            let later = try await ask.json(.get, "/v1/jaarbladen/\(month.year + 2)?applicatie=zaaksysteem")
            #expect(later["gerealiseerdCent"] == .null && later["prognoseCent"] == .null)
            let budgeted = try await ask.json(
                .get, "/v1/jaarbladen/\(month.year)?applicatie=zaaksysteem&begrotingCent=500000")
            #expect(budgeted["ruimteCent"] == 500_000)
            let quarter = (month.monthOfYear - 1) / 3 + 1
            let report = try await ask.json(.get, "/v1/kwartaalrapporten/\(month.year)-Q\(quarter)")
            let subjects = try #require(report["onderwerpen"]?.elements)
            #expect(subjects.compactMap { $0["onderwerp"]?.text } == [
                "exploitatie", "liquiditeit", "portfolio", "kosten", "investeringen", "risicobeheersing",
            ])
            #expect(subjects[1]["regels"]?.elements?.allSatisfy { $0["bedragCent"] == .null } == true)
            // The contribution of the months that are over, of two members.
            let income = try #require(subjects[0]["regels"]?[0]?["bedragCent"]?.wholeNumber)
            #expect(income > 0)
            #expect(subjects[0]["regels"]?[0]?["vorigJaarCent"] == .null)
        }
    }

    @Test("year end: what is numbered is invoiced, the rest is still to invoice; of others it is not known")
    func yearEnd() async throws {
        try await with { ask, network, month in
            let before = try await rows(ask, month.year)
            // Two members and two legs, seen by who keeps the books.
            #expect(before.count == 4)
            let other = try #require(before.first {
                $0["lid"]?["oin"]?.text == "\(network.founders[1].oin)" && $0["richting"]?.text == "lid betaalt"
            })
            #expect(other["gefactureerdCent"] == 0)
            #expect(other["nogTeFacturerenCent"] == other["berekendCent"])
            let paid = before.filter { $0["richting"]?.text == "coöperatie betaalt" }
            #expect(paid.count { $0["gefactureerdCent"] == .null } == 1)
        }
    }

    private func rows(_ ask: Asked, _ year: Int) async throws -> [JSON] {
        try #require(try await ask.json(.get, "/v1/jaarafsluitingen/\(year)")["wederpartijen"]?.elements)
    }

    @Test("a year, quarter, application or budget that is none is refused by its name")
    func refuses() async throws {
        try await with { ask, _, month in
            for (target, path) in [
                ("jaarbladen/dit?applicatie=zaaksysteem", "jaar"), ("jaarbladen/2026?applicatie=zaak", "applicatie"),
                ("jaarbladen/2026?applicatie=zaaksysteem&begrotingCent=veel", "begrotingCent"),
                ("jaarafsluitingen/1", "jaar"), ("kwartaalrapporten/2026-Q5", "kwartaal"),
                ("kwartaalrapporten/2026-3", "kwartaal"),
            ] {
                let response = await ask(.get, "/v1/" + target)
                #expect(response.status == 400, "\(target)")
                let problem = try JSON(parsing: response.body)
                #expect(problem["violations"]?[0]?["path"]?.text == path)
            }
        }
    }
}
