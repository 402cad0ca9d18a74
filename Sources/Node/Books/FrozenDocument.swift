// SPDX-License-Identifier: EUPL-1.2
import Journal
import Notation
import Settlement

/// A numbered document as the books keep it: all that its file says but the number, which stands beside it. Reading it
/// back gives the same document, whatever the cards and rules say by then. Spec: Protocol/storage.md §5a.
struct FrozenDocument {
    let document: BillingDocument
    let profile: UBLProfile

    /// The document and the rules that its one file keeps.
    init(_ document: BillingDocument, profile: UBLProfile) {
        self.document = document
        self.profile = profile
    }

    /// What is kept.
    var bytes: [UInt8] { json.bytes() }

    private var json: JSON {
        let facts = document.facts
        return [
            "profile": .string(profile.rawValue), "leg": .string(document.leg.rawValue),
            "issuer": Self.party(facts.issuer), "receiver": Self.party(facts.receiver),
            "issued": .string(facts.issueDate.description), "term": .integer(Int64(facts.paymentTermDays)),
            "order": .optional(facts.orderReference), "reference": .optional(facts.buyerReference),
            "inputs": .string(facts.inputs.description),
            "originals": .array(document.originals.map { original in
                [
                    "number": .string(original.number.description), "issued": .string(original.issueDate.description),
                    "month": .string(original.serviceMonth.description),
                ]
            }),
            "lines": .array(document.lines.map(Self.line)),
        ]
    }

    private static func party(_ party: BillingParty) -> JSON {
        let facts = party.facts
        return [
            "id": .string(party.id.text), "name": .string(party.name), "oin": .optional(party.oin?.digits),
            "address": .array(facts.addressLines.map { .string($0) }), "postal": .optional(facts.postalCode),
            "city": .optional(facts.city), "kvk": .optional(facts.kvk), "vat": .optional(facts.vatID),
            "iban": .optional(facts.iban), "electronic": .optional(facts.electronicAddress),
        ]
    }

    private static func line(_ line: BillingLine) -> JSON {
        let cell: JSON = line.cell.map { key in
            .array([key.application.text, key.provider.text, key.consumer.text, key.tariffClass.text,
                    key.month.description].map { .string($0) })
        } ?? .null
        return [
            "id": .string(line.id), "kind": .string(line.kind.rawValue), "cell": cell, "tier": .optional(line.tier),
            "application": .optional(line.application?.text), "decision": .optional(line.decision?.text),
            "text": .optional(line.text), "units": .optional(line.units), "price": .optional(line.price?.value),
            "amount": .integer(line.amount.value), "vat": .string(line.vat.category.rawValue),
            "rate": .integer(line.vat.rate.value), "exemption": .optional(line.vat.exemptionReason),
            "month": .string(line.serviceMonth.description), "corrects": .optional(line.corrects?.description),
            "part": .boolean(line.isPart),
        ]
    }
}

extension FrozenDocument {
    /// Reads what was kept. Refuses what this program does not know, such as a kind of line of a newer one.
    init(_ bytes: [UInt8], number: DocumentNumber) throws(JSONFieldError) {
        let field: JSONField
        do throws(JSONError) { field = try JSON(parsing: bytes).field } catch {
            throw JSONFieldError(path: number.description, expectation: error.description)
        }
        let profile = try field.member("profile").value { UBLProfile(rawValue: $0) }
        let facts = DocumentFacts(
            issuer: try Self.party(field.member("issuer")), receiver: try Self.party(field.member("receiver")),
            issueDate: try field.member("issued").value { CivilDate($0) },
            paymentTermDays: Int(clamping: try field.member("term").integer()),
            orderReference: try field.optional("order")?.string(),
            buyerReference: try field.optional("reference")?.string(),
            inputs: try field.member("inputs").value { Hash(hexadecimal: $0) })
        var lines: [BillingLine] = []
        for item in try field.member("lines").elements() { lines.append(try Self.line(item)) }
        var originals: [OriginalDocument] = []
        for item in try field.member("originals").elements() {
            originals.append(OriginalDocument(
                Self.number(try item.member("number").string()),
                issueDate: try item.member("issued").value { CivilDate($0) },
                serviceMonth: try item.member("month").value { CivilMonth($0) }))
        }
        let leg = try field.member("leg").value { Leg(rawValue: $0) }
        do throws(BillingRefusal) {
            let document = try BillingDocument(
                number: number, leg: leg, facts: facts, lines: lines, originals: originals)
            self.init(document, profile: profile)
        } catch { throw JSONFieldError(path: number.description, expectation: error.description) }
    }

    private static func number(_ text: String) -> DocumentNumber {
        (try? DocumentNumber(numbered: text)) ?? .proposal(text)
    }

    private static func party(_ field: JSONField) throws(JSONFieldError) -> BillingParty {
        var address: [String] = []
        for line in try field.member("address").elements() { address.append(try line.string()) }
        let facts = InvoiceFacts(
            addressLines: address, postalCode: try field.optional("postal")?.string(),
            city: try field.optional("city")?.string(), kvk: try field.optional("kvk")?.string(),
            vatID: try field.optional("vat")?.string(), iban: try field.optional("iban")?.string(),
            electronicAddress: try field.optional("electronic")?.string())
        guard let facts else { throw field.expected("facts of an invoice") }
        return BillingParty(
            try field.member("id").value { try? PartyID($0) }, name: try field.member("name").string(),
            oin: try field.optional("oin")?.value { OIN($0) }, facts: facts)
    }

    private static func line(_ field: JSONField) throws(JSONFieldError) -> BillingLine {
        let category = try field.member("vat").value { VATCategory(rawValue: $0) }
        let rate = try field.member("rate").integer()
        let exemption = try field.optional("exemption")?.string()
        guard let basis = try? BasisPoints(rate),
              let vat = try? VATTreatment(category, rate: basis, exemptionReason: exemption)
        else { throw field.expected("a treatment of VAT") }
        return BillingLine(
            id: try field.member("id").string(), kind: try field.member("kind").value { LineKind(rawValue: $0) },
            cell: try field.optional("cell").map { cell throws(JSONFieldError) in try Self.cell(cell) },
            tier: try field.optional("tier").map { tier throws(JSONFieldError) in Int(clamping: try tier.integer()) },
            application: try field.optional("application")?.value { try? ApplicationID($0) },
            decision: try field.optional("decision")?.value { try? DecisionID($0) },
            text: try field.optional("text")?.string(), units: try field.optional("units")?.integer(),
            price: try field.optional("price").map { price throws(JSONFieldError) in MicroEuro(try price.integer()) },
            amount: Cents(try field.member("amount").integer()), vat: vat,
            serviceMonth: try field.member("month").value { CivilMonth($0) },
            corrects: try field.optional("corrects").map { text throws(JSONFieldError) in
                number(try text.string())
            },
            isPart: try field.member("part").boolean())
    }

    private static func cell(_ field: JSONField) throws(JSONFieldError) -> CellKey {
        let parts = try field.elements()
        guard parts.count == 5 else { throw field.expected("the five parts of a cell") }
        return CellKey(
            application: try parts[0].value { try? ApplicationID($0) },
            provider: try parts[1].value { try? PartyID($0) },
            consumer: try parts[2].value { try? PartyID($0) }, tariffClass: try parts[3].value { try? ClassID($0) },
            month: try parts[4].value { CivilMonth($0) })
    }
}

extension JSONField {
    /// The text as what some type reads from it.
    fileprivate func value<Value>(_ read: (String) -> Value?) throws(JSONFieldError) -> Value {
        guard let value = read(try string()) else { throw expected("a text of its form") }
        return value
    }
}
