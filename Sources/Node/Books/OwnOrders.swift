// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Settlement
import Storage

/// The purchase orders of this member with what was used of them. Spec: Protocol/settlement-documents.md §9.
struct OwnOrders {
    /// The newest order of each application and year, by year, then application, the lines without one first.
    let all: [PurchaseOrder]

    init(_ books: Books, buyer: PartyID) {
        var newest: [String: PurchaseOrder] = [:]
        for act in books.acts(BooksActKind.order) {
            let facts = act.facts
            let application = facts["applicatie"]?.text.flatMap { try? ApplicationID($0) }
            guard let year = facts["jaar"]?.wholeNumber, let amount = facts["bedragCent"]?.wholeNumber,
                  let order = try? PurchaseOrder(
                      buyer: buyer, application: application, year: Int(year), number: facts["nummer"]?.text ?? "",
                      amount: Cents(amount))
            else { continue }
            newest[act.subject] = order
        }
        all = newest.values.sorted {
            ($0.year, $0.application?.text ?? "") < ($1.year, $1.application?.text ?? "")
        }
    }

    /// As the rules of approval read them.
    var register: PurchaseOrders {
        var register = PurchaseOrders()
        for order in all { register.set(order) }
        return register
    }

    /// The one order number that a year has; `nil` where there are several, or none.
    func onlyNumber(of year: Int) -> String? {
        let numbers = Set(all.filter { $0.year == year }.map(\.number))
        return numbers.count == 1 ? numbers.first : nil
    }

    /// The orders that the lines of a statement fall under, with what was used of them together; `nil` where there is
    /// none.
    func sheet(_ statement: StatementOfAccount, _ documents: [BillingDocument]?) -> SheetOrder? {
        let applications = Set(statement.lines.filter { $0.leg == .memberPays }.map(\.application))
        let orders = all.filter { $0.year == statement.month.year && applications.contains($0.application) }
        guard !orders.isEmpty, let amount = try? Cents.sum(orders.map(\.amount)) else { return nil }
        var used: Cents?
        if let documents {
            let balances = orders.compactMap { try? $0.balance(of: documents).used }
            used = balances.count == orders.count ? try? Cents.sum(balances) : nil
        }
        return SheetOrder(
            reference: orders.map(\.number).reduce(into: [String]()) { list, number in
                if !list.contains(number) { list.append(number) }
            }.joined(separator: ", "), amount: amount, used: used)
    }

    /// What this member receives of the months of a year that the last epoch lies behind; `nil` where one of them
    /// cannot be computed, so that what was used is unknown and not less.
    static func documents(of year: Int, _ engine: isolated NodeEngine) -> [BillingDocument]? {
        let date = engine.settled.epoch.date
        let founded = CivilMonth(containing: engine.genesis.date)
        var documents: [BillingDocument] = []
        for number in 1...12 {
            guard let month = CivilMonth(year: year, month: number), month.lastDay < date else { continue }
            guard let found = try? DocumentAnswers.following(month, nil, engine).received(by: engine.member.oin)
            else {
                if month < founded { continue }
                return nil
            }
            documents += found
        }
        return documents
    }
}
