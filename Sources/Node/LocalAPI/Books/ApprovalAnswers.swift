// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Settlement
import Storage

/// Performance and payment: two acts by two people on what this member receives. Spec: Protocol/local-api.md §7a.
enum ApprovalAnswers {
    /// What this member receives of a month, who confirmed and approved it, and what stops an approval.
    static func show(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let month = try request.month("maand")
        let received = try await received(month, api)
        let books = try Books(api.store.books)
        return .json(answer(month, received, received.documents, books, api, request.language))
    }

    /// Who ordered says of lines that the service was had.
    static func confirm(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let body = try request.object(mandatory: [], optional: ["document", "regels", "door"])
        let month = try request.month("maand")
        let person = try BooksPerson(body["door"], request, as: .orderer, api.configuration.books)
        return try await api.bookkeeping.alone { () async throws(APIProblem) in
            let received = try await received(month, api)
            let wanted = try documents(body, received, month, request.language)
            let lines = try lines(body, wanted, request.language)
            let books = try Books(api.store.books)
            var acts: [(kind: String, subject: String, body: [UInt8])] = []
            for document in wanted {
                guard !Performance(document, books).wasApproved(by: person.name) else {
                    throw .refused(
                        403, request.language,
                        nl: "\(person.name) gaf al akkoord op de betaling van \(document.number); een ander verklaart "
                            + "de prestatie.",
                        en: "\(person.name) approved the payment of \(document.number); somebody else confirms.")
                }
                let own = document.lines.map(\.id).filter { lines?.contains($0) ?? true }
                guard !own.isEmpty else { continue }
                var facts = person.facts(digest: document.facts.inputs.description)
                facts.set("regels", .array(own.map { .string($0) }))
                acts.append((BooksActKind.confirmed, document.number.description, JSON.object(facts).bytes()))
            }
            try await note(acts, person, api)
            return .json(answer(month, received, wanted, try Books(api.store.books), api, request.language))
        }
    }

    /// The controller approves the payment.
    static func approve(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let body = try request.object(mandatory: [], optional: ["document", "door"])
        let month = try request.month("maand")
        let person = try BooksPerson(body["door"], request, as: .controller, api.configuration.books)
        return try await api.bookkeeping.alone { () async throws(APIProblem) in
            let received = try await received(month, api)
            let wanted = try documents(body, received, month, request.language)
            let books = try Books(api.store.books)
            var violations: [APIProblem.Violation] = []
            var acts: [(kind: String, subject: String, body: [UInt8])] = []
            for document in wanted {
                var stops = hindrances(document, received, books, api, request.language)
                if Performance(document, books).wasConfirmed(by: person.name) {
                    stops.append(BothLanguages(
                        nl: "\(person.name) verklaarde de prestatie; een ander geeft akkoord op de betaling",
                        en: "\(person.name) confirmed the performance; somebody else approves the payment"
                    )[request.language])
                }
                violations += stops.map { .init(path: document.number.description, message: $0) }
                let facts = person.facts(digest: document.facts.inputs.description)
                acts.append((BooksActKind.released, document.number.description, JSON.object(facts).bytes()))
                acts += firstAccount(document, books, person)
            }
            guard violations.isEmpty else {
                throw .refused(
                    409, request.language, nl: "De betaling is niet goedgekeurd; er is niets vastgelegd.",
                    en: "The payment is not approved; nothing was noted.", violations)
            }
            try await note(acts, person, api)
            return .json(answer(month, received, wanted, try Books(api.store.books), api, request.language))
        }
    }

    /// What stops the approval of a document, whoever approves: sentences.
    static func hindrances(
        _ document: BillingDocument, _ received: ReceivedDocuments, _ books: Books, _ api: LocalAPI,
        _ language: APILanguage
    ) -> [String] {
        var stops: [String] = []
        func stop(_ nl: String, _ en: String) { stops.append(BothLanguages(nl: nl, en: en)[language]) }
        let performance = Performance(document, books)
        if !performance.isConfirmed {
            let open = performance.openLines.count
            stop("de prestatie is van \(open) regels niet verklaard (korf settle confirm)",
                 "performance of \(open) lines is not confirmed (korf settle confirm)")
        }
        if received.isContested(document) {
            stop("een regel is betwist (korf settle periods)", "a line is disputed (korf settle periods)")
        }
        let orders = OwnOrders(books, buyer: document.facts.receiver.id).register
        do throws(BillingRefusal) {
            try orders.checkApproval(of: document, buyerAsks: api.configuration.books.asksForOrders)
        } catch {
            stop("er is geen inkooporder voor een regel: \(error.description)", error.description)
        }
        let issuer = document.facts.issuer
        let account = AcceptedAccounts(books).account(of: issuer.id, card: issuer.facts.iban)
        for iban in account.held {
            stop("rekening \(iban) van \(issuer.name) is niet de aanvaarde \(account.accepted ?? "-"); twee mensen "
                     + "aanvaarden haar eerst (korf settle iban accept)",
                 "account \(iban) of \(issuer.name) is not the accepted \(account.accepted ?? "-"); two people "
                     + "accept it first (korf settle iban accept)")
        }
        return stops
    }

    static func received(_ month: CivilMonth, _ api: LocalAPI) async throws(APIProblem) -> ReceivedDocuments {
        let result = await api.engine.read { engine -> Result<ReceivedDocuments, MonthDocuments.Refusal> in
            do throws(MonthDocuments.Refusal) { return .success(try ReceivedDocuments(month, engine)) } catch {
                return .failure(error)
            }
        }
        return try DocumentAnswers.get(result)
    }

    /// The first account of a party is taken as it stands when two people confirmed and approved its first document.
    private static func firstAccount(
        _ document: BillingDocument, _ books: Books, _ person: BooksPerson
    ) -> [(kind: String, subject: String, body: [UInt8])] {
        let issuer = document.facts.issuer
        let account = AcceptedAccounts(books).account(of: issuer.id, card: issuer.facts.iban)
        guard account.accepted == nil, let iban = account.card else { return [] }
        var facts = person.facts(digest: nil)
        facts.set("iban", .string(iban))
        facts.set("eerste", true)
        return [(BooksActKind.account, issuer.id.text, JSON.object(facts).bytes())]
    }

    static func note(
        _ acts: [(kind: String, subject: String, body: [UInt8])], _ person: BooksPerson, _ api: LocalAPI
    ) async throws(APIProblem) {
        let now = api.clock.milliseconds()
        try await NumberingAnswers.store { () async throws(StorageFailure) in
            try await api.store.books.note(acts, by: person.name, at: now)
        }
    }

    private static func documents(
        _ body: JSON, _ received: ReceivedDocuments, _ month: CivilMonth, _ language: APILanguage
    ) throws(APIProblem) -> [BillingDocument] {
        guard let name = body["document"], name != .null else {
            guard !received.documents.isEmpty else {
                throw .refused(
                    409, language, nl: "Over \(month) is er niets te betalen.",
                    en: "Nothing is to be paid for \(month).")
            }
            return received.documents
        }
        let found = received.documents.filter { $0.number.description == name.text }
        guard !found.isEmpty else {
            let known = received.documents.map(\.number.description).joined(separator: ", ")
            throw .refused(
                404, language, nl: "Er is geen document \(name.text ?? "") over \(month); wel: \(known).",
                en: "There is no document \(name.text ?? "") of \(month); there are: \(known).",
                [.init(path: "document", message: "expected one of \(known)")])
        }
        return found
    }

    private static func lines(
        _ body: JSON, _ documents: [BillingDocument], _ language: APILanguage
    ) throws(APIProblem) -> Set<String>? {
        guard let value = body["regels"], value != .null else { return nil }
        let known = Set(documents.flatMap(\.lines).map(\.id))
        var lines: Set<String> = []
        for (place, item) in (value.elements ?? []).enumerated() {
            guard let id = item.text, known.contains(id) else {
                throw .refused(
                    400, language, nl: "Er is een regel genoemd die er niet is.",
                    en: "A line is named that is not there.",
                    [.init(path: "regels[\(place)]", message: "expected the id of a line of these documents")])
            }
            lines.insert(id)
        }
        guard !lines.isEmpty else {
            throw .badRequest("regels names no line.", [.init(path: "regels", message: "expected ids of lines")])
        }
        return lines
    }

    private static func answer(
        _ month: CivilMonth, _ received: ReceivedDocuments, _ documents: [BillingDocument], _ books: Books,
        _ api: LocalAPI, _ language: APILanguage
    ) -> JSON {
        [
            "maand": .string(month.description),
            "documenten": .array(documents.map { document in
                let performance = Performance(document, books)
                let stops = performance.approval == nil
                    ? hindrances(document, received, books, api, language) : []
                return [
                    "document": .string(document.number.description),
                    "soort": document.kind == .creditNote ? "creditnota" : "factuur",
                    "van": .string(document.facts.issuer.name), "aan": .string(document.facts.receiver.name),
                    "brutoCent": .integer(document.gross.value), "digest": .string(document.facts.inputs.description),
                    "regels": .array(document.lines.map { line in
                        [
                            "id": .string(line.id), "bedragCent": .integer(line.amount.value),
                            "verklaard": .boolean(!performance.openLines.contains(line.id)),
                        ]
                    }),
                    "prestatie": [
                        "stand": .string(performance.word),
                        "handelingen": .array(performance.confirmations.map(\.json)),
                    ],
                    "akkoord": performance.approval?.json ?? .null,
                    "belemmeringen": .array(stops.map { .string($0) }),
                ]
            }),
        ]
    }
}
