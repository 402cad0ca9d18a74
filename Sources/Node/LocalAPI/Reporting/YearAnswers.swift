// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Settlement
import Storage

/// The sheet of an application and year, and a year with every counterparty. What is not known is null, never 0.
/// Spec: Protocol/local-api.md §10.
enum YearAnswers {
    /// Budget, committed, realised and forecast.
    static func sheet(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let year = try self.year(request)
        let state = await api.engine.read { $0.settled }
        let name = request.query["applicatie"] ?? ""
        guard let application = try? ApplicationID(name), state.application(name) != nil else {
            throw .badRequest("applicatie has to be an application of the catalogue.", [
                .init(path: "applicatie", message: "expected the id of an application"),
            ])
        }
        let oin = try request.oin("lid") ?? api.engine.member.oin
        guard state.member(oin).map({ $0.standing >= .member }) ?? false else {
            throw .notFound("\(oin) is no member of this network.")
        }
        let budget = try cents(request, "begrotingCent")
        let result = Self.result { () throws(SettlementRefusal) -> JSON in
            let view = try YearView(state, months(of: year))
            let sheet = try YearSheet(
                budget: budget, committed: nil, realised: try view.realised(PartyID(oin), application),
                monthCount: view.months.count)
            return [
                "jaar": .count(year), "applicatie": .string(name),
                "applicatieNaam": .string(CellDocument.name(application, api)), "lid": api.party(oin),
                "maandenVoorbij": .count(view.months.count), "begrotingCent": .optional(sheet.budget?.value),
                "vastgelegdCent": .optional(sheet.committed?.value),
                "gerealiseerdCent": view.months.isEmpty ? .null : .integer(sheet.realised.value),
                "prognoseCent": .optional(sheet.forecast?.value), "ruimteCent": .optional(try sheet.room()?.value),
                "grondslag": basis(state, view),
            ]
        }
        return .json(try SettlingAnswers.get(result))
    }

    /// Invoiced, still to invoice, disputed and corrected with every counterparty, as far as the own books tell.
    static func end(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let year = try self.year(request)
        let state = await api.engine.read { $0.settled }
        let documents = try issued(api)
        let own = api.engine.member.oin
        let keepsBooks = state.genesis.cooperative.books == own
        let result = Self.result { () throws(SettlementRefusal) -> JSON in
            let view = try YearView(state, months(of: year))
            var rows: [JSON] = []
            for party in view.parties where keepsBooks || party == PartyID(own) {
                for leg in Leg.allCases {
                    let isKnown = leg == .memberPays ? keepsBooks : party == PartyID(own)
                    rows.append(row(year, leg, party, view, isKnown ? documents : nil, api))
                }
            }
            return [
                "jaar": .count(year), "maandenVoorbij": .count(view.months.count), "wederpartijen": .array(rows),
                "grondslag": basis(state, view),
            ]
        }
        return .json(try SettlingAnswers.get(result))
    }

    private static func row(
        _ year: Int, _ leg: Leg, _ party: PartyID, _ view: YearView, _ documents: [BillingDocument]?, _ api: LocalAPI
    ) -> JSON {
        var (known, all): (YearEnd?, YearEnd?) = (nil, nil)
        var reason: String?
        do throws(SettlementRefusal) {
            let statements = try view.statements(of: party)
            all = try YearEnd(year, leg: leg, counterparty: party, documents: [], statements: statements)
            if let documents {
                known = try YearEnd(year, leg: leg, counterparty: party, documents: documents, statements: statements)
            }
        } catch { reason = error.description }
        return [
            "lid": ["oin": .string(party.text), "naam": .string(CellDocument.name(party, api))],
            "richting": .string(StatementDocument.word(leg)), "berekendCent": .optional(all?.stillToInvoice.value),
            "gefactureerdCent": .optional(known?.invoiced.value),
            "nogTeFacturerenCent": .optional(known?.stillToInvoice.value),
            "betwistCent": .optional(all?.disputed.value),
            "correctiesEerdereJarenCent": .optional(known?.correctionsOfEarlierYears.value),
            "reden": .optional(reason),
        ]
    }

    /// What the own books issued and nobody rejected.
    static func issued(_ api: LocalAPI) throws(APIProblem) -> [BillingDocument] {
        try Books(api.store.books).issued.filter { $0.state != "afgewezen" }.map(\.document)
    }

    static func months(of year: Int) -> [CivilMonth] { (1...12).compactMap { CivilMonth(year: year, month: $0) } }

    static func basis(_ state: CooperativeState, _ view: YearView) -> JSON {
        [
            "tijdperk": .count(state.epoch.number), "tijdperkDatum": .string(state.epoch.date.description),
            "verbruikTotEnMetMaand": .optional(view.months.last?.description),
        ]
    }

    static func result<Value>(
        _ work: () throws(SettlementRefusal) -> Value
    ) -> Result<Value, SettlementRefusal> {
        do throws(SettlementRefusal) { return .success(try work()) } catch { return .failure(error) }
    }

    private static func year(_ request: APIRequest) throws(APIProblem) -> Int {
        guard let year = Int(request.inPath("jaar")), CivilDate.years.contains(year) else {
            throw .badRequest(
                "jaar has to be a calendar year.", [.init(path: "jaar", message: "expected a year such as 2026")])
        }
        return year
    }

    private static func cents(_ request: APIRequest, _ name: String) throws(APIProblem) -> Cents? {
        guard let text = request.query[name] else { return nil }
        guard let value = Int64(text) else {
            throw .badRequest("\(name) has to be whole cents.", [.init(path: name, message: "expected whole cents")])
        }
        return Cents(value)
    }
}
