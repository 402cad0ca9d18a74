// SPDX-License-Identifier: EUPL-1.2
import Journal
import Notation
import Settlement
import Storage

/// Open items of this member's books: documents it numbered, invoices it kept, balances from before the network, less
/// what was paid. Spec: Protocol/settlement-documents.md §8.
struct OwnItems {
    var items: OpenItems
    /// Numbers that this member pays; the others it receives.
    let payable: Set<String>
    /// Names of bank movements that were recorded.
    let movements: Set<String>

    init(_ books: Books, own: PartyID, contested: Set<CellKey> = []) throws(BillingRefusal) {
        var items = OpenItems()
        var payable: Set<String> = []
        for issued in books.issued where !issued.stored.isRejected {
            let isContested = issued.document.lines.contains { $0.cell.map(contested.contains) ?? false }
            try items.add(OpenItem(issued.document, isContested: isContested))
        }
        for item in ReceivedInvoices.items(books, buyer: own) where items[item.number] == nil {
            payable.insert(item.number.description)
            try items.add(item)
        }
        for act in books.acts(BooksActKind.opening) {
            guard let item = Self.opening(act.facts) else { continue }
            if act.facts["teBetalen"]?.truth ?? false { payable.insert(item.number.description) }
            try items.add(item)
        }
        for act in books.acts(BooksActKind.payment) {
            guard let number = act.facts["nummer"]?.text, let payment = Self.payment(act.facts) else { continue }
            _ = try items.pay(number, payment)
        }
        self.items = items
        self.payable = payable
        movements = Set(books.acts(BooksActKind.payment).map(\.subject))
    }

    private static func opening(_ facts: JSON) -> OpenItem? {
        guard let text = facts["nummer"]?.text, let leg = facts["richting"]?.text.flatMap(Leg.init(rawValue:)),
              let due = facts["vervalDatum"]?.text.flatMap({ CivilDate($0) }),
              let member = facts["lid"]?.text.flatMap({ try? PartyID($0) }),
              let amount = facts["bedragCent"]?.wholeNumber
        else { return nil }
        return OpenItem(
            (try? DocumentNumber(numbered: text)) ?? .proposal(text), leg: leg, member: member, dueDate: due,
            gross: Cents(amount))
    }

    private static func payment(_ facts: JSON) -> Payment? {
        guard let date = facts["datum"]?.text.flatMap({ CivilDate($0) }),
              let amount = facts["bedragCent"]?.wholeNumber
        else { return nil }
        return Payment(on: date, Cents(amount))
    }
}
