// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Settlement
import Storage

/// Accounts to which this member pays, and four eyes on a changed one. Spec: Protocol/local-api.md §7a.
enum AccountAnswers {
    /// Every party with an account, what was accepted, and what is held.
    static func list(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        .json(answer(try Books(api.store.books), await parties(api)))
    }

    /// Accepts an account that the card or an invoice names; a second person makes it the accepted one.
    static func accept(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let body = try request.object(mandatory: ["partij", "iban"], optional: ["door"])
        let language = request.language
        let person = try BooksPerson(body["door"], request, as: .controller, api.configuration.books)
        let parties = await parties(api)
        guard let party = parties.first(where: { $0.id.text == body["partij"]?.text }) else {
            throw .refused(
                404, language, nl: "Er is geen partij \(body["partij"]?.text ?? "").",
                en: "There is no party \(body["partij"]?.text ?? "").",
                [.init(path: "partij", message: "expected an OIN of a member, or the cooperative's id")])
        }
        guard let iban = body["iban"]?.text.flatMap({ IBAN($0)?.text }) else {
            throw .badRequest(
                "iban is no account.", [.init(path: "iban", message: "expected an IBAN whose check digits fit")])
        }
        return try await api.bookkeeping.alone { () async throws(APIProblem) in
            let account = AcceptedAccounts(try Books(api.store.books)).account(of: party.id, card: party.iban)
            guard account.accepted != iban else {
                throw .refused(
                    409, language, nl: "\(iban) is al de aanvaarde rekening van \(party.name).",
                    en: "\(iban) is the accepted account of \(party.name) already.")
            }
            guard ([account.card].compactMap(\.self) + account.invoiced).contains(iban) else {
                throw .refused(
                    409, language, nl: "Kaart noch bewaarde factuur van \(party.name) noemt \(iban).",
                    en: "Neither the card nor a kept invoice of \(party.name) names \(iban).")
            }
            guard !account.pending.contains(where: { $0.iban == iban && BooksPerson.isSame($0.person, person.name) })
            else {
                throw .refused(
                    403, language, nl: "\(person.name) aanvaardde \(iban) al; een ander is de tweede.",
                    en: "\(person.name) accepted \(iban) already; somebody else is the second.")
            }
            var facts = person.facts(digest: nil)
            facts.set("iban", .string(iban))
            let act = (BooksActKind.account, party.id.text, JSON.object(facts).bytes())
            try await ApprovalAnswers.note([act], person, api)
            return .json(answer(try Books(api.store.books), parties))
        }
    }

    /// A party and the account on its card.
    struct Party: Sendable {
        let id: PartyID
        let name: String
        let iban: String?
    }

    /// Members and the cooperative, as the settled state has them.
    static func parties(_ api: LocalAPI) async -> [Party] {
        await api.engine.read { parties($0) }
    }

    static func parties(_ engine: isolated NodeEngine) -> [Party] {
        let cooperative = engine.settled.genesis.cooperative
        var parties = engine.settled.members().map {
            Party(id: PartyID($0.oin), name: $0.card.name, iban: $0.card.invoiceFacts?.iban)
        }
        if let id = cooperative.oin.map({ PartyID($0) }) ?? (try? PartyID("cooperatie")) {
            parties.append(Party(id: id, name: cooperative.name, iban: cooperative.invoiceFacts?.iban))
        }
        return parties.sorted { $0.id < $1.id }
    }

    private static func answer(_ books: Books, _ parties: [Party]) -> JSON {
        let accounts = AcceptedAccounts(books)
        return ["rekeningen": .array(parties.map { party in
            let account = accounts.account(of: party.id, card: party.iban)
            return [
                "partij": .string(party.id.text), "naam": .string(party.name),
                "aanvaard": .optional(account.accepted), "kaart": .optional(account.card),
                "facturen": .array(account.invoiced.map { .string($0) }),
                "vastgehouden": .array(account.held.map { .string($0) }),
                "eersteAanvaarding": .array(account.pending.map { iban, person in
                    ["iban": .string(iban), "persoon": .string(person)]
                }),
            ]
        })]
    }
}
