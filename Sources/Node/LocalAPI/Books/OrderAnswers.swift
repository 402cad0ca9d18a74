// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Settlement
import Storage

/// Purchase orders of this member. Spec: Protocol/local-api.md §7a.
enum OrderAnswers {
    /// Sets or replaces the order of an application, or of the lines without one, and a year.
    static func set(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let body = try request.object(mandatory: ["jaar", "nummer", "bedragCent"], optional: ["applicatie", "door"])
        let person = try BooksPerson(body["door"], request, as: .clerk, api.configuration.books)
        guard let year = body["jaar"]?.wholeNumber, (1970...2199).contains(year) else {
            throw .badRequest("jaar is no year.", [.init(path: "jaar", message: "expected a year such as 2026")])
        }
        guard let amount = body["bedragCent"]?.wholeNumber else {
            throw .badRequest("bedragCent is no amount.", [.init(path: "bedragCent", message: "expected whole cents")])
        }
        var application: ApplicationID?
        if let given = body["applicatie"], given != .null {
            let known = await api.engine.read { $0.state.applicationViews().map(\.id) }
            guard let text = given.text, known.contains(text), let id = try? ApplicationID(text) else {
                throw .badRequest(
                    "applicatie is not in the catalogue.",
                    [.init(path: "applicatie", message: "expected one of \(known.joined(separator: ", "))")])
            }
            application = id
        }
        let order: PurchaseOrder
        do throws(BillingRefusal) {
            order = try PurchaseOrder(
                buyer: PartyID(api.engine.member.oin), application: application, year: Int(year),
                number: body["nummer"]?.text ?? "", amount: Cents(amount))
        } catch {
            let path = amount > 0 ? "nummer" : "bedragCent"
            throw .badRequest("The order is refused.", [.init(path: path, message: error.description)])
        }
        var facts = person.facts(digest: nil)
        facts.set("applicatie", .optional(application?.text))
        facts.set("jaar", .integer(year))
        facts.set("nummer", .string(order.number))
        facts.set("bedragCent", .integer(amount))
        let subject = "\(application?.text ?? "-")/\(year)"
        let bytes = JSON.object(facts).bytes()
        try await api.bookkeeping.alone { () async throws(APIProblem) in
            try await ApprovalAnswers.note([(BooksActKind.order, subject, bytes)], person, api)
        }
        return .json(try await answer(api, year: Int(year)))
    }

    /// The orders with their balance.
    static func list(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        guard let text = request.query["jaar"] else { return .json(try await answer(api, year: nil)) }
        guard let year = Int(text), (1970...2199).contains(year) else {
            throw .badRequest("jaar is no year.", [.init(path: "jaar", message: "expected a year such as 2026")])
        }
        return .json(try await answer(api, year: year))
    }

    private static func answer(_ api: LocalAPI, year: Int?) async throws(APIProblem) -> JSON {
        let orders = OwnOrders(try Books(api.store.books), buyer: PartyID(api.engine.member.oin)).all
            .filter { year == nil || $0.year == year }
        let years = Set(orders.map(\.year)).sorted()
        let documents = await api.engine.read { engine in
            Dictionary(years.map { ($0, OwnOrders.documents(of: $0, engine)) }) { first, _ in first }
        }
        return ["inkooporders": .array(orders.map { order in
            let balance = (documents[order.year] ?? nil).flatMap { try? order.balance(of: $0) }
            return [
                "applicatie": .optional(order.application?.text), "jaar": .count(order.year),
                "nummer": .string(order.number), "bedragCent": .integer(order.amount.value),
                "gebruiktCent": .optional(balance?.used.value),
                "overCent": .optional(balance.flatMap { try? $0.left().value }),
                "waarschuwing": .boolean(balance?.warns ?? false),
                "overschreden": .boolean(balance?.isExceeded ?? false),
            ]
        })]
    }
}
