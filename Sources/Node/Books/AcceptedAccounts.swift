// SPDX-License-Identifier: EUPL-1.2
import Journal
import Notation
import Settlement
import Storage

/// Accounts of those who are paid: another one than was accepted last is held until two people accept it.
/// Spec: Protocol/local-api.md §7a.
struct AcceptedAccounts {
    /// What is known of one party.
    struct Account {
        /// The one that was accepted last.
        let accepted: String?
        /// The one on its card.
        let card: String?
        /// Those that its kept invoices name.
        let invoiced: [String]
        /// Accounts that one person accepted, with that person.
        let pending: [(iban: String, person: String)]

        /// Accounts that are named now and are not the accepted one.
        var held: [String] {
            guard let accepted else { return [] }
            return Array(Set([card].compactMap(\.self) + invoiced).subtracting([accepted])).sorted()
        }
    }

    private let books: Books

    init(_ books: Books) { self.books = books }

    /// What is known of a party whose card names an account.
    func account(of party: PartyID, card: String?) -> Account {
        var accepted: String?
        var pending: [(iban: String, person: String)] = []
        for act in books.acts(BooksActKind.account, on: party.text) {
            guard let iban = act.facts["iban"]?.text else { continue }
            let isFirst = act.facts["eerste"]?.truth ?? false
            let isSecond = pending.contains { $0.iban == iban && !BooksPerson.isSame($0.person, act.person) }
            if isFirst || isSecond {
                accepted = iban
                pending = []
            } else if !pending.contains(where: { $0.iban == iban }) {
                pending.append((iban, act.person))
            }
        }
        let received = books.acts(BooksActKind.received).filter { $0.facts["partij"]?.text == party.text }
        let invoiced = received.last?.facts["rekeningen"]?.elements?.compactMap(\.text) ?? []
        return Account(
            accepted: accepted, card: card.flatMap { IBAN($0)?.text }, invoiced: invoiced.compactMap { IBAN($0)?.text },
            pending: pending)
    }
}
