// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Settlement
import Storage
import XML

/// Payments, opening balances, open items and offset. Spec: Protocol/local-api.md §7a.
enum PaymentAnswers {
    /// Records one payment by hand.
    static func record(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let body = try request.object(mandatory: ["nummer", "datum", "bedragCent"], optional: ["door"])
        let person = try BooksPerson(body["door"], request, as: .clerk, api.configuration.books)
        let (number, date) = (body["nummer"]?.text ?? "", try date(body, "datum"))
        let amount = try amount(body)
        return try await api.bookkeeping.alone { () async throws(APIProblem) in
            let books = try Books(api.store.books)
            var held = try own(books, api)
            let item: OpenItem
            do throws(BillingRefusal) { item = try held.items.pay(number, Payment(on: date, amount)) } catch {
                throw refused(error, request.language)
            }
            let subject = "hand \(books.acts(BooksActKind.payment).count + 1)"
            try await ApprovalAnswers.note([payment(number, date, amount, subject, person)], person, api)
            return .json(json(item, on: api.clock.today()))
        }
    }

    /// Records what a bank statement pays of documents, each entry once however often the file comes.
    static func importFile(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let body = try request.object(mandatory: ["bestand"], optional: ["door"])
        let person = try BooksPerson(body["door"], request, as: .clerk, api.configuration.books)
        let statements = try statements(body["bestand"]?.text ?? "")
        return try await api.bookkeeping.alone { () async throws(APIProblem) in
            var held = try own(try Books(api.store.books), api)
            var acts: [(kind: String, subject: String, body: [UInt8])] = []
            var (booked, skipped, before): ([JSON], [JSON], Int) = ([], [], 0)
            for movement in statements.flatMap(\.movements) {
                guard !held.movements.contains(movement.id) else {
                    before += 1
                    continue
                }
                let numbers = numbers(of: movement, held.items)
                guard numbers.count == 1, let number = numbers.first else {
                    skipped.append(skip(movement, many: numbers.count > 1, request.language))
                    continue
                }
                let amount = held.payable.contains(number) ? Cents(-movement.amount.value) : movement.amount
                do throws(BillingRefusal) {
                    let item = try held.items.pay(number, Payment(on: movement.booked, amount))
                    acts.append(payment(number, movement.booked, amount, movement.id, person))
                    booked.append([
                        "boeking": .string(movement.id), "nummer": .string(number),
                        "datum": .string(movement.booked.description), "bedragCent": .integer(amount.value),
                        "openCent": .integer(item.open.value),
                    ])
                } catch { skipped.append(left(movement, field: "Ntry/Amt", error.description)) }
            }
            try await ApprovalAnswers.note(acts, person, api)
            return .json(["geboekt": .array(booked), "eerder": .count(before), "overgeslagen": .array(skipped)])
        }
    }

    /// Notes a balance from before the network.
    static func open(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let body = try request.object(
            mandatory: ["nummer", "richting", "lid", "vervalDatum", "bedragCent"], optional: ["door"])
        let language = request.language
        let person = try BooksPerson(body["door"], request, as: .clerk, api.configuration.books)
        let number: DocumentNumber
        do throws(BillingRefusal) { number = try DocumentNumber(numbered: body["nummer"]?.text ?? "") } catch {
            throw .badRequest("nummer is no number.", [.init(path: "nummer", message: error.description)])
        }
        let words: [String: Leg] = ["lid betaalt": .memberPays, "coöperatie betaalt": .cooperativePays]
        guard let leg = body["richting"]?.text.flatMap({ words[$0] }) else {
            throw .badRequest(
                "richting is none.",
                [.init(path: "richting", message: "expected lid betaalt or coöperatie betaalt")])
        }
        let parties = await AccountAnswers.parties(api)
        guard let member = parties.first(where: { $0.id.text == body["lid"]?.text }) else {
            throw .badRequest("lid is no member.", [.init(path: "lid", message: "expected the OIN of a member")])
        }
        let (due, amount) = (try date(body, "vervalDatum"), try amount(body))
        return try await api.bookkeeping.alone { () async throws(APIProblem) in
            var held = try own(try Books(api.store.books), api)
            let item = OpenItem(number, leg: leg, member: member.id, dueDate: due, gross: amount)
            do throws(BillingRefusal) { try held.items.add(item) } catch { throw refused(error, language) }
            var facts = person.facts(digest: nil)
            facts.set("nummer", .string(number.description))
            facts.set("richting", .string(leg.rawValue))
            facts.set("lid", .string(member.id.text))
            facts.set("vervalDatum", .string(due.description))
            facts.set("bedragCent", .integer(amount.value))
            let isOwn = member.id == PartyID(api.engine.member.oin)
            facts.set("teBetalen", .boolean(isOwn == (leg == .memberPays)))
            let act = (BooksActKind.opening, number.description, JSON.object(facts).bytes())
            try await ApprovalAnswers.note([act], person, api)
            return .json(json(item, on: api.clock.today()))
        }
    }

    /// What is not fully paid, and the sums by age.
    static func items(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let today = api.clock.today()
        let held = try await ownWithDisputes(api)
        var ages: [JSON] = []
        for leg in Leg.allCases {
            let rows: [(age: DebtAge, open: Cents)]
            do throws(BillingRefusal) { rows = try held.items.ageing(of: leg, on: today) } catch {
                throw refused(error, request.language)
            }
            ages += rows.map { row in
                [
                    "richting": .string(StatementDocument.word(leg)), "ouderdom": .string(word(row.age)),
                    "openCent": .integer(row.open.value),
                ]
            }
        }
        return .json([
            "posten": .array(held.items.unpaid.map { json($0, on: today) }), "ouderdom": .array(ages),
        ])
    }

    /// One payment for each member, where a decision turned it on.
    static func offset(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let (date, isDecided) = await api.engine.read { ($0.settled.epoch.date, $0.settled.rules.terms.isOffsetOn) }
        let held = try await ownWithDisputes(api)
        let payments: [OffsetPayment]
        do throws(BillingRefusal) {
            payments = try Offset.payments(of: held.items.all, on: date, isDecided: isDecided)
        } catch { throw refused(error, request.language) }
        return .json([
            "datum": .string(date.description),
            "betalingen": .array(payments.map { payment in
                [
                    "lid": .string(payment.member.text), "aanCooperatieCent": .integer(payment.toCooperative.value),
                    "aanLidCent": .integer(payment.toMember.value),
                    "richting": .optional(payment.direction.map(StatementDocument.word)),
                    "bedragCent": .integer(payment.amount.value),
                    "documenten": .array(payment.documents.map { .string($0.description) }),
                ]
            }),
        ])
    }

    static func own(_ books: Books, _ api: LocalAPI) throws(APIProblem) -> OwnItems {
        do throws(BillingRefusal) { return try OwnItems(books, own: PartyID(api.engine.member.oin)) } catch {
            throw .unavailable("The open items of the books do not add up: \(error.description).")
        }
    }

    /// The same, with the documents marked of which a cell is contested: these take no part in offset.
    private static func ownWithDisputes(_ api: LocalAPI) async throws(APIProblem) -> OwnItems {
        let books = try Books(api.store.books)
        let documents = books.issued.map(\.document)
        let contested = await api.engine.read { ReceivedDocuments.contested(in: documents, $0) }
        do throws(BillingRefusal) {
            return try OwnItems(books, own: PartyID(api.engine.member.oin), contested: contested)
        } catch { throw .unavailable("The open items of the books do not add up: \(error.description).") }
    }

    static func refused(_ refusal: BillingRefusal, _ language: APILanguage) -> APIProblem {
        let dutch = switch refusal {
        case .paymentFitsNothing(let reference):
            "\(reference) is van geen document het nummer; een betaling noemt er een."
        case .paymentWrongWay(let number, let amount):
            "Een betaling van \(amount.dutch) gaat voor \(number) de verkeerde kant op."
        case .paymentExceedsOpen(let number, let amount, let open):
            "\(amount.dutch) is meer dan de \(open.dutch) die van \(number) openstaat; splits de betaling."
        case .numberUsed(let number): "Nummer \(number) is al gebruikt."
        case .offsetNotDecided: "Verrekening staat uit; een besluit van het netwerk zet haar aan."
        default: refusal.description
        }
        let path = switch refusal {
        case .paymentFitsNothing, .numberUsed: "nummer"
        case .paymentWrongWay, .paymentExceedsOpen: "bedragCent"
        default: ""
        }
        let violations = path.isEmpty ? [] : [APIProblem.Violation(path: path, message: refusal.name)]
        return .refused(409, language, nl: dutch, en: refusal.description, violations)
    }

    static func json(_ item: OpenItem, on date: CivilDate) -> JSON {
        [
            "nummer": .string(item.number.description), "richting": .string(StatementDocument.word(item.leg)),
            "partij": .string(item.member.text), "vervalDatum": .string(item.dueDate.description),
            "brutoCent": .integer(item.gross.value), "openCent": .integer(item.open.value),
            "ouderdom": .string(word(item.age(on: date))), "betwist": .boolean(item.isContested),
            "betalingen": .array(item.payments.map { payment in
                ["datum": .string(payment.date.description), "bedragCent": .integer(payment.amount.value)]
            }),
        ]
    }

    private static func word(_ age: DebtAge) -> String {
        switch age {
        case .notDue: "niet vervallen"
        case .upTo30: "1-30 dagen"
        case .upTo60: "31-60 dagen"
        case .upTo90: "61-90 dagen"
        case .older: "meer dan 90 dagen"
        }
    }

    private static func payment(
        _ number: String, _ date: CivilDate, _ amount: Cents, _ subject: String, _ person: BooksPerson
    ) -> (kind: String, subject: String, body: [UInt8]) {
        var facts = person.facts(digest: nil)
        facts.set("nummer", .string(number))
        facts.set("datum", .string(date.description))
        facts.set("bedragCent", .integer(amount.value))
        return (BooksActKind.payment, subject, JSON.object(facts).bytes())
    }

    /// The documents whose number stands in a reference, whole or as one of its words.
    private static func numbers(of movement: BankMovement, _ items: OpenItems) -> [String] {
        let words = movement.references.flatMap { reference in
            [reference] + reference.split { " ,;/".contains($0) }.map(String.init)
        }
        let known = Set(items.all.map(\.number.description))
        return Array(Set(words).intersection(known)).sorted()
    }

    private static func skip(_ movement: BankMovement, many: Bool, _ language: APILanguage) -> JSON {
        let text = movement.references.joined(separator: " ")
        let sentence = many
            ? BothLanguages(
                nl: "'\(text)' noemt meer dan een document; leg de betaling met de hand vast",
                en: "'\(text)' names more than one document; record the payment by hand")
            : BothLanguages(
                nl: "'\(text)' noemt geen document", en: BillingRefusal.paymentFitsNothing(text).description)
        return left(movement, field: "RmtInf", sentence[language])
    }

    private static func left(_ movement: BankMovement, field: String, _ sentence: String) -> JSON {
        [
            "boeking": .string(movement.id), "datum": .string(movement.booked.description),
            "bedragCent": .integer(movement.amount.value), "veld": .string(field), "zin": .string(sentence),
        ]
    }

    private static func statements(_ file: String) throws(APIProblem) -> [BankStatement] {
        let root: XMLNode
        do throws(XMLError) { root = try XML.parse(Array(file.utf8)) } catch {
            throw .badRequest(
                "The file is no XML that is read.",
                [.init(path: "bestand", line: error.line, column: error.column, message: error.description)])
        }
        do throws(ReceivedFileRefusal) { return try BankStatement.all(in: root) } catch {
            throw .badRequest(
                "The file is no bank statement that is read; nothing was recorded.",
                [.init(path: "bestand", message: error.description)])
        }
    }

    private static func date(_ body: JSON, _ name: String) throws(APIProblem) -> CivilDate {
        guard let date = try DocumentAnswers.date(body[name], name) else {
            throw .badRequest("\(name) has to be a day.", [.init(path: name, message: "expected a day, YYYY-MM-DD")])
        }
        return date
    }

    private static func amount(_ body: JSON) throws(APIProblem) -> Cents {
        guard let amount = body["bedragCent"]?.wholeNumber, amount != 0, amount != .min else {
            throw .badRequest(
                "bedragCent is no amount.", [.init(path: "bedragCent", message: "expected whole cents, not 0")])
        }
        return Cents(amount)
    }
}
