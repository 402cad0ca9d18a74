// SPDX-License-Identifier: EUPL-1.2
import Journal
import Settlement

/// Reads a document case of Protocol/documents.md §4.
enum DocumentCase {
    static func document(_ value: JSON) throws -> BillingDocument {
        let facts = DocumentFacts(
            issuer: try party(value["issuer"]), receiver: try party(value["receiver"]),
            issueDate: try Cases.date(value["issued"]), paymentTermDays: Int(try Cases.number(value["term"])),
            orderReference: value["order"].text, buyerReference: value["reference"].text,
            inputs: try Hash(hexadecimal: try Cases.text(value["inputs"])).orUnreadable())
        return try BillingDocument(
            number: number(try Cases.text(value["number"])),
            leg: try Leg(rawValue: try Cases.text(value["leg"])).orUnreadable(), facts: facts,
            lines: try value["lines"].items.map(line),
            originals: try value["originals"].items.map { item in
                OriginalDocument(
                    try number(try Cases.text(item.items[0])), issueDate: try Cases.date(item.items[1]),
                    serviceMonth: try Cases.month(item.items[2]))
            })
    }

    static func party(_ value: JSON) throws -> BillingParty {
        let facts = InvoiceFacts(
            addressLines: value["address"].items.compactMap(\.text), postalCode: value["postalCode"].text,
            city: value["city"].text, kvk: value["kvk"].text, vatID: value["vatId"].text,
            iban: value["iban"].text, electronicAddress: value["endpoint"].text)
        return BillingParty(
            try Cases.id(value["id"]), name: try Cases.text(value["name"]),
            oin: try value["oin"].text.map { try OIN($0).orUnreadable() }, facts: try facts.orUnreadable())
    }

    static func number(_ text: String) throws -> DocumentNumber {
        guard let dash = text.lastIndex(of: "-"), let count = Int(text[text.index(after: dash)...]),
              let prefix = try? SeriesPrefix(String(text[..<dash]))
        else { return .proposal(text) }
        return .numbered(prefix, count)
    }

    private static func line(_ value: JSON) throws -> BillingLine {
        let month = try Cases.month(value["month"])
        let application: ApplicationID? = try value["application"].text.map { try Identifier($0) }
        var cell: CellKey?
        if let name = value["class"].text, let application {
            cell = CellKey(
                application: application, provider: try PartyID("provider"), consumer: try PartyID("consumer"),
                tariffClass: try Identifier(name), month: month)
        }
        return BillingLine(
            id: try Cases.text(value["id"]), kind: try LineKind(rawValue: try Cases.text(value["kind"])).orUnreadable(),
            cell: cell, tier: value["tier"].number.map(Int.init), application: application,
            decision: try value["decision"].text.map { try Identifier($0) }, text: value["text"].text,
            units: value["units"].number, price: value["price"].number.map(MicroEuro.init),
            amount: Cents(try Cases.number(value["amount"])), vat: try Cases.treatment(value), serviceMonth: month,
            corrects: try value["corrects"].text.map(number), isPart: value["part"].flag ?? false)
    }
}
