// SPDX-License-Identifier: EUPL-1.2
import Journal
import Notation
import Settlement
import Storage

/// A document of the books as JSON. Spec: Protocol/local-api.md §7a.
enum IssuedDocument {
    /// A numbered one with who did what; with its UBL file where it is asked for.
    static func json(_ issued: Books.Issued, isWhole: Bool = false) -> JSON {
        let document = issued.document
        var file: String?
        if isWhole {
            file = (try? UBLDocument(document, profile: issued.frozen.profile)).map {
                String(decoding: $0.bytes, as: UTF8.self)
            }
        }
        guard case .object(var object) = json(
            document, name: issued.stored.proposal, number: document.number.description)
        else { return .null }
        object.set("stand", .string(issued.state))
        object.set("gemaakt", [
            "persoon": .string(issued.stored.person),
            "tijdstip": .string(Instant(milliseconds: issued.stored.atMilliseconds).description),
        ])
        object.set("handelingen", .array(issued.acts.map { act in
            guard case .object(var object) = act.json else { return .null }
            object.set("stand", .string(Self.word(act.kind)))
            return .object(object)
        }))
        object.set("bestand", .optional(file))
        return .object(object)
    }

    /// What stands on the paper, and for a proposal why it has no number.
    static func json(
        _ document: BillingDocument, name: String, number: String? = nil, refusal: String? = nil
    ) -> JSON {
        [
            "voorstel": .string(name), "nummer": .optional(number),
            "soort": document.kind == .creditNote ? "creditnota" : "factuur",
            "richting": .string(StatementDocument.word(document.leg)), "van": .string(document.facts.issuer.name),
            "aan": .string(document.facts.receiver.name), "deelfactuur": .boolean(document.isPart),
            "nettoCent": .integer(document.net.value), "btwCent": .integer(document.vatAmount.value),
            "brutoCent": .integer(document.gross.value), "datum": .string(document.facts.issueDate.description),
            "vervalDatum": .string(document.dueDate.description),
            "invoerDigest": .string(document.facts.inputs.description), "stand": "voorstel", "gemaakt": .null,
            "handelingen": [], "bestand": .null, "weigering": .optional(refusal),
        ]
    }

    private static func word(_ kind: String) -> String {
        switch kind {
        case BooksActKind.approved: "goedgekeurd"
        case BooksActKind.handedOver: "overhandigd"
        default: "afgewezen"
        }
    }
}
