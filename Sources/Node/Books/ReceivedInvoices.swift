// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Settlement
import Storage

/// Invoices that came in and were kept: who sent them, what they ask, to which account. A number of a sender stands on
/// one document. Spec: Protocol/local-api.md §7a.
enum ReceivedInvoices {
    /// Keeps an invoice that was checked. Again the same file changes nothing; another one under a number that its
    /// sender used before is refused.
    static func keep(
        _ invoice: ReceivedInvoice, _ file: String, _ own: BillingDocument?, _ door: JSON?, _ api: LocalAPI,
        _ request: APIRequest
    ) async throws(APIProblem) {
        let person = try BooksPerson(door, request, as: .clerk, api.configuration.books)
        let digest = api.engine.suite.hash(Array(file.utf8)).description
        let sender = invoice.seller.identifiers.first ?? invoice.seller.name
        let subject = "\(sender) \(invoice.number)"
        try await api.bookkeeping.alone { () async throws(APIProblem) in
            let books = try Books(api.store.books)
            if let before = books.acts(BooksActKind.received, on: subject).last {
                guard before.facts["digest"]?.text == digest else {
                    throw .refused(
                        409, request.language,
                        nl: "\(invoice.seller.name) gebruikte nummer \(invoice.number) al voor een ander document.",
                        en: "\(invoice.seller.name) used number \(invoice.number) for another document before.",
                        [.init(path: "bestand", message: "expected an invoice number that was not used before")])
                }
                return
            }
            var facts = person.facts(digest: digest)
            facts.set("nummer", .string(invoice.number))
            facts.set("datum", .string(invoice.issued.description))
            facts.set("vervalDatum", .string((invoice.due ?? invoice.issued).description))
            facts.set("brutoCent", .integer(invoice.payable.value))
            facts.set("rekeningen", .array(invoice.accounts.map { .string($0) }))
            facts.set("voorstel", .optional(own?.number.description))
            facts.set("partij", .optional(own?.facts.issuer.id.text))
            facts.set("richting", .optional(own?.leg.rawValue))
            let act = (BooksActKind.received, subject, JSON.object(facts).bytes())
            try await ApprovalAnswers.note([act], person, api)
        }
    }

    /// The kept invoices that fit a document of the own statement, as open items.
    static func items(_ books: Books, buyer: PartyID) -> [OpenItem] {
        books.acts(BooksActKind.received).compactMap { act in
            let facts = act.facts
            guard let text = facts["nummer"]?.text, let leg = facts["richting"]?.text.flatMap(Leg.init(rawValue:)),
                  let due = facts["vervalDatum"]?.text.flatMap({ CivilDate($0) }),
                  let party = facts["partij"]?.text.flatMap({ try? PartyID($0) }),
                  let gross = facts["brutoCent"]?.wholeNumber
            else { return nil }
            let number = (try? DocumentNumber(numbered: text)) ?? .proposal(text)
            return OpenItem(
                number, leg: leg, member: leg == .memberPays ? buyer : party, dueDate: due, gross: Cents(gross))
        }
    }
}
