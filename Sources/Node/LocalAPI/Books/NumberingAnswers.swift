// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Settlement
import Storage

/// Series and outbox: what this member numbered and what became of it. Spec: Protocol/local-api.md §7a.
enum NumberingAnswers {
    /// Numbers what the own member issues of a month, each with its frozen data in one transaction; gives the files.
    static func number(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let body = try request.object(
            mandatory: ["maand", "reeks"], optional: ["cooperatie", "eerste", "datum", "profiel", "door"])
        let language = request.language
        let wanted = try Wanted(body, language)
        let person = try BooksPerson(body["door"], request, as: .issuer, api.configuration.books)
        return try await api.bookkeeping.alone { () async throws(APIProblem) in
            let (proposals, log) = try await proposals(wanted, api, language)
            let held = try Books(api.store.books)
            try wanted.check(held, language)
            let trial = DocumentNumber.numbered(wanted.prefix, 1)
            var (ready, refusals): ([BooksProposal], [String: String]) = ([], [:])
            for proposal in proposals {
                let name = proposal.number.description
                guard let document = held.naming(proposal) else {
                    refusals[name] = BothLanguages(
                        nl: "verbetert een document dat nog geen nummer heeft; nummer dat eerst",
                        en: "corrects a document that has no number yet; number that one first")[language]
                    continue
                }
                do throws(UBLRefusal) {
                    _ = try UBLDocument(document.numbered(trial), profile: wanted.profile)
                    ready.append(BooksProposal(
                        name: name, inputs: document.facts.inputs,
                        body: FrozenDocument(document, profile: wanted.profile).bytes))
                } catch { refusals[name] = error.description }
            }
            let issuer = wanted.isCooperative ? "cooperatie" : api.engine.member.oin.digits
            let outcomes = try await store { () async throws(StorageFailure) in
                try await api.store.books.number(
                    ready, prefix: wanted.prefix.text, issuer: issuer, log: log, first: wanted.first,
                    by: person.name, at: api.clock.milliseconds())
            }
            for (proposal, outcome) in zip(ready, outcomes) {
                if case .changed(let prefix, let sequence) = outcome {
                    refusals[proposal.name] = changed(prefix, sequence, language)
                }
            }
            return .json(answer(wanted, proposals, refusals, try Books(api.store.books)))
        }
    }

    /// Every numbered document with its state, who brought it there, and the series.
    static func outbox(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let books = try Books(api.store.books)
        return .json([
            "documenten": .array(books.issued.map { IssuedDocument.json($0) }),
            "reeksen": .array(books.series.map { series in
                [
                    "reeks": .string(series.prefix), "uitschrijver": .string(series.issuer),
                    "logId": .string(series.log.description), "eerste": .count(series.first),
                    "laatste": .count(series.last), "volgende": .optional(api.next(series)),
                ]
            }),
        ])
    }

    /// One document with its file.
    static func show(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let books = try Books(api.store.books)
        return .json(IssuedDocument.json(try books.document(request.inPath("nummer"), request.language), isWhole: true))
    }

    /// The file was handed to its receiver. Only an approved one is.
    static func handOver(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let body = try request.object(mandatory: [], optional: ["door"])
        let person = try BooksPerson(body["door"], request, as: .issuer, api.configuration.books)
        return try await act(BooksActKind.handedOver, person, request, api) { issued throws(APIProblem) in
            guard issued.state == "goedgekeurd" else {
                throw .refused(
                    409, request.language,
                    nl: "\(issued.document.number) is \(issued.state); alleen een goedgekeurd document wordt "
                        + "overhandigd (korf settle approve \(issued.document.number)).",
                    en: "\(issued.document.number) is \(issued.state); only an approved document is handed over "
                        + "(korf settle approve \(issued.document.number)).")
            }
        }
    }

    /// Somebody else than who had it numbered approves the document for handing over.
    static func approve(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let body = try request.object(mandatory: [], optional: ["door"])
        let person = try BooksPerson(body["door"], request, as: .controller, api.configuration.books)
        return try await act(BooksActKind.approved, person, request, api) { issued throws(APIProblem) in
            let number = issued.document.number
            guard issued.state == "gemaakt" else {
                throw .refused(
                    409, request.language, nl: "\(number) is al \(issued.state).",
                    en: "\(number) is \(issued.state) already.")
            }
            guard !BooksPerson.isSame(issued.stored.person, person.name) else {
                throw .refused(
                    403, request.language, nl: "\(person.name) maakte \(number); een ander keurt het goed.",
                    en: "\(person.name) made \(number); somebody else approves it.")
            }
        }
    }

    /// The document is not handed over; its number stays taken.
    static func reject(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let body = try request.object(mandatory: ["reden"], optional: ["door"])
        guard let reason = body["reden"]?.text, (1...1_000).contains(reason.utf8.count) else {
            throw .badRequest("reden is a text.", [.init(path: "reden", message: "expected 1 to 1,000 bytes of text")])
        }
        let person = try BooksPerson(body["door"], request, as: .issuer, api.configuration.books)
        return try await act(BooksActKind.rejected, person, request, api, reason: reason) { issued throws(APIProblem) in
            guard ["gemaakt", "goedgekeurd"].contains(issued.state) else {
                throw .refused(
                    409, request.language,
                    nl: "\(issued.document.number) is \(issued.state); wat overhandigd is, wordt gecorrigeerd.",
                    en: "\(issued.document.number) is \(issued.state); what was handed over is corrected.")
            }
        }
    }

    private static func act(
        _ kind: String, _ person: BooksPerson, _ request: APIRequest, _ api: LocalAPI, reason: String? = nil,
        _ check: @Sendable (Books.Issued) throws(APIProblem) -> Void
    ) async throws(APIProblem) -> APIAnswer {
        let number = request.inPath("nummer")
        return try await api.bookkeeping.alone { () async throws(APIProblem) in
            let issued = try Books(api.store.books).document(number, request.language)
            try check(issued)
            var facts = person.facts(digest: issued.document.facts.inputs.description)
            if let reason { facts.set("reden", .string(reason)) }
            let act = (kind: kind, subject: number, body: JSON.object(facts).bytes())
            let now = api.clock.milliseconds()
            try await store { () async throws(StorageFailure) in
                guard kind == BooksActKind.rejected else {
                    return try await api.store.books.note([act], by: person.name, at: now)
                }
                try await api.store.books.reject(
                    prefix: issued.stored.prefix, sequence: issued.stored.sequence, noting: act, by: person.name,
                    at: now)
            }
            let after = try Books(api.store.books).document(number, request.language)
            return .json(IssuedDocument.json(after, isWhole: true))
        }
    }

    static func store<Value>(
        _ work: () async throws(StorageFailure) -> Value
    ) async throws(APIProblem) -> Value {
        do throws(StorageFailure) { return try await work() } catch {
            if case .refused(let refusal) = error { throw .conflict(refusal.description) }
            throw APIProblem(error)
        }
    }

    private static func proposals(
        _ wanted: Wanted, _ api: LocalAPI, _ language: APILanguage
    ) async throws(APIProblem) -> ([BillingDocument], LogID) {
        let (result, log, isReading) = await api.engine.read {
            engine -> (Result<[BillingDocument], MonthDocuments.Refusal>, LogID, Bool) in
            var isReading = false
            if case .readsOnly = engine.mode { isReading = true }
            do throws(MonthDocuments.Refusal) {
                let month = try DocumentAnswers.following(wanted.month, wanted.date, engine)
                return (.success(try month.issued(by: engine.member.oin)), engine.ownLogID, isReading)
            } catch { return (.failure(error), engine.ownLogID, isReading) }
        }
        guard !isReading else {
            throw .refused(
                409, language,
                nl: "De eigen log wordt alleen gelezen: er wordt pas weer genummerd in een nieuwe reeks, na opvolging "
                    + "(korf keys replace).",
                en: "The own log only reads: numbering goes on in a new series once it is succeeded "
                    + "(korf keys replace).")
        }
        let leg: Leg = wanted.isCooperative ? .memberPays : .cooperativePays
        return (try DocumentAnswers.get(result).filter { $0.leg == leg }, log)
    }

    private static func changed(_ prefix: String, _ sequence: Int, _ language: APILanguage) -> String {
        let name = (try? SeriesPrefix(prefix)).map { DocumentNumber.numbered($0, sequence).description } ?? prefix
        return BothLanguages(
            nl: "is genummerd als \(name) en de gegevens zijn sindsdien gewijzigd: dat vraagt een correctie",
            en: "was numbered \(name), and its inputs changed since: that asks for a correction")[language]
    }

    private static func answer(
        _ wanted: Wanted, _ proposals: [BillingDocument], _ refusals: [String: String], _ books: Books
    ) -> JSON {
        let documents = proposals.map { proposal -> JSON in
            let name = proposal.number.description
            let issued = books.issued.first { $0.stored.proposal == name && !$0.stored.isRejected }
            guard refusals[name] == nil, let issued else {
                return IssuedDocument.json(proposal, name: name, refusal: refusals[name])
            }
            return IssuedDocument.json(issued, isWhole: true)
        }
        return ["maand": .string(wanted.month.description), "documenten": .array(documents)]
    }

    /// What a numbering asks for.
    private struct Wanted: Sendable {
        let month: CivilMonth
        let prefix: SeriesPrefix
        let isCooperative: Bool
        let first: Int
        let isFirstGiven: Bool
        let date: CivilDate?
        let profile: UBLProfile

        init(_ body: JSON, _ language: APILanguage) throws(APIProblem) {
            month = try DocumentAnswers.month(body)
            let text = body["reeks"]?.text ?? ""
            do throws(BillingRefusal) { prefix = try SeriesPrefix(text) } catch {
                throw .badRequest("reeks is no series.", [.init(path: "reeks", message: error.description)])
            }
            isCooperative = body["cooperatie"]?.truth ?? false
            isFirstGiven = body["eerste"]?.wholeNumber != nil
            first = Int(body["eerste"]?.wholeNumber ?? 1)
            guard (1...999_999_999).contains(first) else {
                throw .badRequest(
                    "eerste is no number.", [.init(path: "eerste", message: "expected 1 to 999,999,999")])
            }
            date = try DocumentAnswers.date(body["datum"], "datum")
            profile = try DocumentAnswers.profile(body)
        }

        /// A series that exists goes on where it is: another first number would be a gap or a second use.
        func check(_ books: Books, _ language: APILanguage) throws(APIProblem) {
            guard isFirstGiven, let held = books.series.first(where: { $0.prefix == prefix.text }),
                  held.first != first
            else { return }
            throw .refused(
                409, language,
                nl: "Reeks \(prefix) begon met \(held.first) en gaat verder na \(held.last).",
                en: "Series \(prefix) began with \(held.first) and goes on after \(held.last).",
                [.init(path: "eerste", message: "is for a new series only")])
        }
    }
}

extension BooksPerson {
    /// What an act keeps of who did it.
    func facts(digest: String?) -> JSONObject {
        JSONObject([
            .init("rol", .string(role.rawValue)), .init("inlog", .optional(login)), .init("digest", .optional(digest)),
        ])
    }
}

extension LocalAPI {
    /// The next number of a series; `nil` where the own log is another one by now.
    func next(_ series: BooksSeries) -> String? {
        guard series.log == engine.ownLogID, let prefix = try? SeriesPrefix(series.prefix) else { return nil }
        return DocumentNumber.numbered(prefix, series.last + 1).description
    }
}
