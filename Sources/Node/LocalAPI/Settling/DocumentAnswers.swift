// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Settlement
import Storage
import XML

/// Invoices and credit notes of a month, and the check of one that was received. Spec: Protocol/local-api.md §7.
enum DocumentAnswers {
    /// Proposals of what the own member issues; those that the caller numbers come as files too.
    static func make(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let body = try request.object(mandatory: ["maand"], optional: ["profiel", "datum", "nummers"])
        let month = try Self.month(body)
        let profile = try Self.profile(body)
        let numbers = try Self.numbers(body)
        let date = try Self.date(body["datum"], "datum")
        let result = await api.engine.read { engine -> Result<[BillingDocument], MonthDocuments.Refusal> in
            do throws(MonthDocuments.Refusal) {
                return .success(try following(month, date, engine).issued(by: engine.member.oin))
            } catch { return .failure(error) }
        }
        let documents = try get(result)
        let known = Set(documents.map { $0.number.description })
        if let stranger = numbers.map(\.proposal).first(where: { !known.contains($0) }) {
            throw .conflict("There is no proposal \(stranger) of \(month).")
        }
        return .json([
            "maand": .string(month.description),
            "documenten": .array(documents.map { json($0, numbers, profile) }),
        ])
    }

    /// Holds a received file against what this member expects to receive.
    static func check(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let body = try request.object(mandatory: ["bestand"], optional: ["maand", "inkooporder", "bewaren", "door"])
        guard let file = body["bestand"]?.text else {
            throw .badRequest("bestand is a text.", [.init(path: "bestand", message: "expected the XML as text")])
        }
        let invoice = try read(file)
        let month = body["maand"] == nil ? try invoice.serviceMonth.orBadRequest() : try Self.month(body)
        let books = try Books(api.store.books)
        let orders = OwnOrders(books, buyer: PartyID(api.engine.member.oin))
        let order = body["inkooporder"]?.text ?? orders.onlyNumber(of: month.year)
        let result = await api.engine.read { engine -> Result<[BillingDocument], MonthDocuments.Refusal> in
            do throws(MonthDocuments.Refusal) {
                var expected = try following(month, invoice.issued, engine)
                expected.order = order
                return .success(try expected.received(by: engine.member.oin))
            } catch { return .failure(error) }
        }
        let comparison = InvoiceComparison(invoice, with: try get(result))
        if body["bewaren"]?.truth ?? false {
            try await ReceivedInvoices.keep(invoice, file, comparison.document, body["door"], api, request)
        }
        let isDutch = request.language == .dutch
        return .json([
            "nummer": .string(invoice.number), "maand": .string(month.description),
            "datum": .string(invoice.issued.description), "afzender": .string(invoice.seller.name),
            "brutoCent": .integer(invoice.gross.value),
            "voorstel": .optional(comparison.document?.number.description),
            "bevindingen": .array(comparison.findings.map { finding in
                ["naam": .string(finding.name), "zin": .string(isDutch ? finding.dutch : finding.description)]
            }),
        ])
    }

    /// What follows from the settled state of the engine.
    static func following(
        _ month: CivilMonth, _ date: CivilDate?, _ engine: isolated NodeEngine
    ) throws(MonthDocuments.Refusal) -> MonthDocuments {
        let suite = engine.suite
        return try MonthDocuments(month, dated: date ?? engine.clock.today(), engine.settled) { text in
            suite.hash(Array(text.utf8))
        }
    }

    static func get<Value>(_ result: Result<Value, MonthDocuments.Refusal>) throws(APIProblem) -> Value {
        do throws(MonthDocuments.Refusal) { return try result.get() } catch {
            throw .conflict("No document follows from what is held: \(error.description).")
        }
    }

    static func month(_ body: JSON) throws(APIProblem) -> CivilMonth {
        guard let month = body["maand"]?.text.flatMap({ CivilMonth($0) }) else {
            throw .badRequest("maand has to be a month.", [.init(path: "maand", message: "expected a month, YYYY-MM")])
        }
        return month
    }

    private struct Numbering {
        let proposal: String
        let number: DocumentNumber
        let date: CivilDate?
    }

    private static func json(_ proposal: BillingDocument, _ numbers: [Numbering], _ profile: UBLProfile) -> JSON {
        let name = proposal.number.description
        let numbering = numbers.first { $0.proposal == name }
        var document = proposal
        var (file, refusal): (String?, String?)
        if let numbering {
            do {
                document = try numbered(proposal, numbering)
                file = String(decoding: try UBLDocument(document, profile: profile).bytes, as: UTF8.self)
            } catch { refusal = "\(error)" }
        }
        return [
            "voorstel": .string(name), "nummer": .optional(numbering?.number.description),
            "soort": document.kind == .creditNote ? "creditnota" : "factuur",
            "richting": .string(StatementDocument.word(document.leg)), "van": .string(document.facts.issuer.name),
            "aan": .string(document.facts.receiver.name), "deelfactuur": .boolean(document.isPart),
            "nettoCent": .integer(document.net.value), "btwCent": .integer(document.vatAmount.value),
            "brutoCent": .integer(document.gross.value), "datum": .string(document.facts.issueDate.description),
            "vervalDatum": .string(document.dueDate.description),
            "invoerDigest": .string(document.facts.inputs.description), "bestand": .optional(file),
            "weigering": .optional(refusal),
        ]
    }

    private static func numbered(
        _ proposal: BillingDocument, _ numbering: Numbering
    ) throws(BillingRefusal) -> BillingDocument {
        let facts = proposal.facts
        let dated = DocumentFacts(
            issuer: facts.issuer, receiver: facts.receiver, issueDate: numbering.date ?? facts.issueDate,
            paymentTermDays: facts.paymentTermDays, orderReference: facts.orderReference,
            buyerReference: facts.buyerReference, inputs: facts.inputs)
        return try BillingDocument(
            number: numbering.number, leg: proposal.leg, facts: dated, lines: proposal.lines,
            originals: proposal.originals)
    }

    static func profile(_ body: JSON) throws(APIProblem) -> UBLProfile {
        guard let value = body["profiel"], value != .null else { return .nlcius }
        guard let profile = value.text.flatMap(UBLProfile.init(rawValue:)) else {
            throw .badRequest("profiel is nlcius or peppol.", [.init(path: "profiel", message: "nlcius or peppol")])
        }
        return profile
    }

    static func date(_ value: JSON?, _ path: String) throws(APIProblem) -> CivilDate? {
        guard let value, value != .null else { return nil }
        guard let date = value.text.flatMap({ CivilDate($0) }) else {
            throw .badRequest("\(path) has to be a day.", [.init(path: path, message: "expected a day, YYYY-MM-DD")])
        }
        return date
    }

    private static func numbers(_ body: JSON) throws(APIProblem) -> [Numbering] {
        guard let value = body["nummers"], value != .null else { return [] }
        var found: [Numbering] = []
        for (place, item) in (value.elements ?? []).enumerated() {
            let path = "nummers[\(place)]"
            guard let proposal = item["voorstel"]?.text, let prefix = item["reeks"]?.text,
                  let prefix = try? SeriesPrefix(prefix), case .integer(let number)? = item["nummer"], number > 0
            else {
                throw .badRequest(
                    "\(path) names no number.",
                    [.init(path: path, message: "expected voorstel, reeks, nummer and, where wanted, datum")])
            }
            found.append(Numbering(
                proposal: proposal, number: .numbered(prefix, Int(number)),
                date: try date(item["datum"], path + ".datum")))
        }
        return found
    }

    private static func read(_ file: String) throws(APIProblem) -> ReceivedInvoice {
        let root: XMLNode
        do throws(XMLError) { root = try XML.parse(Array(file.utf8)) } catch {
            throw .badRequest(
                "The file is no XML that is read.",
                [.init(path: "bestand", line: error.line, column: error.column, message: error.description)])
        }
        do throws(ReceivedFileRefusal) { return try ReceivedInvoice(root) } catch {
            throw .badRequest(
                "The file is no invoice that is read.", [.init(path: "bestand", message: error.description)])
        }
    }
}

extension CivilMonth? {
    fileprivate func orBadRequest() throws(APIProblem) -> CivilMonth {
        guard let month = self else {
            throw .badRequest(
                "The invoice names no period of service, so the month has to be given.",
                [.init(path: "maand", message: "expected a month, YYYY-MM")])
        }
        return month
    }
}
