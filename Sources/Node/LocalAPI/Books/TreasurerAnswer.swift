// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Settlement
import Storage

/// The treasurer's view. Spec: Protocol/settlement-reports.md §5.
enum TreasurerAnswer {
    static func show(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let today = api.clock.today()
        let months = try months(request, today)
        let balance = try balance(request)
        let books = try Books(api.store.books)
        let items = try PaymentAnswers.own(books, api).items
        let documents = books.issued.filter { !$0.stored.isRejected }.map(\.document)
        let members = await api.engine.read { engine in Set(engine.settled.members().map { PartyID($0.oin) }) }
        do throws(SettlementRefusal) {
            let rows = try balance.map { balance throws(SettlementRefusal) in
                try Liquidity.forecast(from: balance, items: items.all, on: today)
            }
            let turnover = try MemberTurnover(of: documents, members: members)
            let issuers = Set(documents.map(\.facts.issuer.id)).sorted()
            var totals: [JSON] = []
            for issuer in issuers {
                for vat in try VATReturn.totals(of: documents, issuedBy: issuer, in: months) {
                    totals.append([
                        "uitschrijver": .string(issuer.text), "categorie": .string(vat.category.rawValue),
                        "basispunten": .integer(vat.rate.value), "grondslagCent": .integer(vat.taxable.value),
                        "btwCent": .integer(vat.amount.value),
                    ])
                }
            }
            let isKeeper = documents.contains { $0.leg == .memberPays }
            return .json([
                "datum": .string(today.description),
                "liquiditeit": .array((rows ?? []).map { row in
                    ["maand": .string(row.month.description), "saldoCent": .integer(row.balance.value)]
                }),
                "reeksen": .array(books.series.map { series in
                    ["reeks": .string(series.prefix), "volgende": .optional(api.next(series))]
                }),
                "btw": .array(totals),
                "omzetLedenCent": isKeeper ? .integer(turnover.members.value) : .null,
                "omzetAnderenCent": isKeeper ? .integer(turnover.others.value) : .null,
                "boven80Procent": isKeeper ? turnover.isAboveThreshold.map { .boolean($0) } ?? .null : .null,
            ])
        } catch { throw .conflict("No view follows from the books: \(error.description).") }
    }

    /// The quarter of today where none is given.
    private static func months(
        _ request: APIRequest, _ today: CivilDate
    ) throws(APIProblem) -> ClosedRange<CivilMonth> {
        let first = (today.monthOfYear - 1) / 3 * 3 + 1
        guard let start = CivilMonth(year: today.year, month: first), let end = start.adding(months: 2) else {
            throw .conflict("The quarter of \(today) is out of range.")
        }
        func month(_ name: String, _ usual: CivilMonth) throws(APIProblem) -> CivilMonth {
            request.query[name] == nil ? usual : try request.month(name)
        }
        let (from, until) = (try month("vanaf", start), try month("totEnMet", end))
        guard from <= until else {
            throw .badRequest(
                "totEnMet lies before vanaf.", [.init(path: "totEnMet", message: "expected \(from) or later")])
        }
        return from...until
    }

    private static func balance(_ request: APIRequest) throws(APIProblem) -> Cents? {
        guard let text = request.query["saldoCent"] else { return nil }
        guard let value = Int64(text) else {
            throw .badRequest("saldoCent is no amount.", [.init(path: "saldoCent", message: "expected whole cents")])
        }
        return Cents(value)
    }
}
