// SPDX-License-Identifier: EUPL-1.2
import Journal
import Notation
import Settlement
import Storage

/// The words of the audit trail; they are never renamed.
enum BooksActKind {
    static let approved = "document-approved"
    static let handedOver = "document-handed-over"
    static let rejected = "document-rejected"
    static let received = "document-received"
    static let confirmed = "performance-confirmed"
    static let released = "payment-approved"
    static let order = "order-set"
    static let account = "account-accepted"
    static let payment = "payment"
    static let opening = "opening-balance"
}

/// The books as they stand: what the store holds, read whole. Known limit: each question reads all of it, which is
/// meant for the thousands of documents of a member and not for millions.
struct Books {
    /// A numbered document with what people did with it.
    struct Issued {
        let stored: BooksDocument
        let frozen: FrozenDocument
        /// Newest last.
        let acts: [BooksAct]

        var document: BillingDocument { frozen.document }

        /// `gemaakt`, `goedgekeurd`, `overhandigd`, `afgewezen`.
        var state: String {
            switch acts.last?.kind {
            case BooksActKind.approved: "goedgekeurd"
            case BooksActKind.handedOver: "overhandigd"
            case BooksActKind.rejected: "afgewezen"
            default: "gemaakt"
            }
        }
    }

    let series: [BooksSeries]
    let issued: [Issued]
    let acts: [BooksAct]

    /// A proposal with the numbers of the documents that it corrects; `nil` where one of them has none.
    func naming(_ proposal: BillingDocument) -> BillingDocument? {
        guard proposal.isCorrection else { return proposal }
        var names: [DocumentNumber: (number: DocumentNumber, date: CivilDate)] = [:]
        for one in issued where one.state != "afgewezen" {
            names[.proposal(one.stored.proposal)] = (one.document.number, one.document.facts.issueDate)
        }
        return (try? proposal.naming(names)) ?? nil
    }

    init(_ store: BooksStore) throws(APIProblem) {
        let documents: [BooksDocument]
        do throws(StorageFailure) {
            series = try store.series()
            documents = try store.documents()
            acts = try store.acts()
        } catch { throw APIProblem(error) }
        let kinds = [BooksActKind.approved, BooksActKind.handedOver, BooksActKind.rejected]
        var bySubject: [String: [BooksAct]] = [:]
        for act in acts where kinds.contains(act.kind) { bySubject[act.subject, default: []].append(act) }
        var issued: [Issued] = []
        for stored in documents {
            guard let prefix = try? SeriesPrefix(stored.prefix) else {
                throw .unavailable("The books hold a series \(stored.prefix) that is none.")
            }
            let number = DocumentNumber.numbered(prefix, stored.sequence)
            do throws(JSONFieldError) {
                issued.append(Issued(
                    stored: stored, frozen: try FrozenDocument(stored.body, number: number),
                    acts: bySubject[number.description] ?? []))
            } catch { throw .unavailable("Document \(number) of the books cannot be read: \(error.description).") }
        }
        self.issued = issued
    }

    /// The document of that number.
    func document(_ number: String, _ language: APILanguage) throws(APIProblem) -> Issued {
        guard let found = issued.first(where: { $0.document.number.description == number }) else {
            throw .refused(
                404, language, nl: "Er is geen document \(number) in de eigen boeken.",
                en: "There is no document \(number) in the own books.")
        }
        return found
    }

    /// The acts of a kind about a subject, or all of that kind, in their order.
    func acts(_ kind: String, on subject: String? = nil) -> [BooksAct] {
        acts.filter { $0.kind == kind && (subject == nil || $0.subject == subject) }
    }
}

extension BooksAct {
    /// What the act says beside who and when; empty where it cannot be read.
    var facts: JSON { (try? JSON(parsing: body)) ?? .object(JSONObject()) }

    /// The civil day of it in Amsterdam.
    var date: CivilDate {
        guard let day = try? CivilDate(amsterdamAt: atMilliseconds) else {
            preconditionFailure("acts are noted by a clock between the years 2000 and 2199")
        }
        return day
    }

    /// Who, in which role, when and on which digest, as answers name it.
    var json: JSON {
        let facts = facts
        return [
            "persoon": .string(person), "rol": facts["rol"] ?? .null, "inlog": facts["inlog"] ?? .null,
            "tijdstip": .string(Instant(milliseconds: atMilliseconds).description), "digest": facts["digest"] ?? .null,
            "reden": facts["reden"] ?? .null,
        ]
    }
}
