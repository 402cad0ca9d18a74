// SPDX-License-Identifier: EUPL-1.2
import Journal
import Notation

extension UBLDocument {
    /// The file: UBL 2.1 `Invoice` or `CreditNote`, the same bytes on every node. Spec: Protocol/documents.md §4.
    public var bytes: [UInt8] { element.documentBytes }

    private var element: XMLElement {
        let name = isCreditNote ? "CreditNote" : "Invoice"
        let namespace = "urn:oasis:names:specification:ubl:schema:xsd:"
        return XMLElement(name, attributes: [
            .init("xmlns", namespace + name + "-2"),
            .init("xmlns:cac", namespace + "CommonAggregateComponents-2"),
            .init("xmlns:cbc", namespace + "CommonBasicComponents-2"),
        ], head + references + [
            XMLElement("cac:AccountingSupplierParty", [partyElement(seller)]),
            XMLElement("cac:AccountingCustomerParty", [partyElement(buyer)]),
            paymentMeans,
            XMLElement("cac:PaymentTerms", [XMLElement("cbc:Note", text: paymentTerms)]),
            taxTotal,
            XMLElement("cac:LegalMonetaryTotal", [
                money("LineExtensionAmount", document.net), money("TaxExclusiveAmount", document.net),
                money("TaxInclusiveAmount", document.gross), money("PayableAmount", document.gross),
            ]),
        ] + document.lines.enumerated().map { lineElement($1, number: $0 + 1) })
    }

    private var head: [XMLElement?] {
        let facts = document.facts
        return [
            XMLElement("cbc:CustomizationID", text: profile.customizationID),
            XMLElement("cbc:ProfileID", text: UBLProfile.processID),
            XMLElement("cbc:ID", text: "\(document.number)"),
            XMLElement("cbc:IssueDate", text: "\(facts.issueDate)"),
            isCreditNote ? nil : XMLElement("cbc:DueDate", text: "\(document.dueDate)"),
            XMLElement(isCreditNote ? "cbc:CreditNoteTypeCode" : "cbc:InvoiceTypeCode", text: document.kind.rawValue),
            note.map { XMLElement("cbc:Note", text: $0) },
            XMLElement("cbc:DocumentCurrencyCode", text: "EUR"),
            facts.buyerReference.map { XMLElement("cbc:BuyerReference", text: $0) },
        ]
    }

    private var note: String? {
        let sentences = [
            document.isPart ? "Deelfactuur: waarover verschil bestaat, is niet gefactureerd." : nil,
            document.isCorrection ? "Correctie van eerdere documenten." : nil,
        ].compactMap(\.self)
        return sentences.isEmpty ? nil : sentences.joined(separator: " ")
    }

    private var references: [XMLElement?] {
        let months = document.serviceMonths
        return [
            Self.period(months.lowerBound, months.upperBound),
            document.facts.orderReference.map {
                XMLElement("cac:OrderReference", [XMLElement("cbc:ID", text: $0)])
            },
        ] + originals.map { original in
            XMLElement("cac:BillingReference", [XMLElement("cac:InvoiceDocumentReference", [
                XMLElement("cbc:ID", text: "\(original.number)"),
                // The Dutch rules advise against the date (BR-NL-24).
                profile == .nlcius ? nil : XMLElement("cbc:IssueDate", text: "\(original.issueDate)"),
            ])])
        } + [
            XMLElement("cac:AdditionalDocumentReference", [
                XMLElement("cbc:ID", text: "\(document.facts.inputs)"),
                XMLElement("cbc:DocumentDescription", text: "SHA-256 van de gegevens waaruit dit is berekend"),
            ]),
        ]
    }

    // One document may have been corrected in several months; it is named once.
    private var originals: [OriginalDocument] {
        var named: Set<DocumentNumber> = []
        return document.originals.filter { named.insert($0.number).inserted }
    }

    // Money goes to an account of the seller; what is paid back is settled as agreed (57), since the account of
    // the buyer is not the seller's to state.
    private var paymentMeans: XMLElement {
        let reference = XMLElement("cbc:PaymentID", text: document.paymentReference)
        guard let account = seller.account, !isCreditNote else {
            return XMLElement("cac:PaymentMeans", [XMLElement("cbc:PaymentMeansCode", text: "57"), reference])
        }
        return XMLElement("cac:PaymentMeans", [
            XMLElement("cbc:PaymentMeansCode", text: "58"), reference,
            XMLElement("cac:PayeeFinancialAccount", [XMLElement("cbc:ID", text: account.text)]),
        ])
    }

    private var paymentTerms: String {
        isCreditNote || document.gross <= .zero
            ? "Wordt verrekend of terugbetaald, uiterlijk op \(document.dueDate.dutch)."
            : "Te betalen uiterlijk op \(document.dueDate.dutch) onder vermelding van \(document.paymentReference)."
    }

    private var taxTotal: XMLElement {
        XMLElement("cac:TaxTotal", [money("TaxAmount", document.vatAmount)] + document.vat.map { subtotal in
            let isTaxed = subtotal.category == .standard || subtotal.category == .zeroRated
            let reason = isTaxed ? nil : document.exemptionReason.map { ExemptionReason($0, subtotal.category) }
            let code = profile == .nlcius ? nil : reason?.code
            return XMLElement("cac:TaxSubtotal", [
                money("TaxableAmount", subtotal.taxable), money("TaxAmount", subtotal.amount),
                XMLElement("cac:TaxCategory", Self.tax(subtotal.category, subtotal.rate) + [
                    code.map { XMLElement("cbc:TaxExemptionReasonCode", text: $0) },
                    reason.map { XMLElement("cbc:TaxExemptionReason", text: $0.sentence(profile)) },
                    Self.vatScheme,
                ]),
            ])
        })
    }

    private func lineElement(_ line: BillingLine, number: Int) -> XMLElement {
        let (quantity, price) = quantityAndPrice(line)
        return XMLElement(isCreditNote ? "cac:CreditNoteLine" : "cac:InvoiceLine", [
            XMLElement("cbc:ID", text: "\(number)"),
            XMLElement(
                isCreditNote ? "cbc:CreditedQuantity" : "cbc:InvoicedQuantity",
                attributes: [.init("unitCode", "C62")], text: "\(quantity)"),
            money("LineExtensionAmount", line.amount),
            Self.period(line.serviceMonth, line.serviceMonth),
            XMLElement("cac:DocumentReference", [
                XMLElement("cbc:ID", text: line.id), XMLElement("cbc:DocumentTypeCode", text: "130"),
            ]),
            XMLElement("cac:Item", [
                line.dutchOrigin.map { XMLElement("cbc:Description", text: $0) },
                XMLElement("cbc:Name", text: line.dutchName),
                XMLElement(
                    "cac:ClassifiedTaxCategory", Self.tax(line.vat.category, line.vat.rate) + [Self.vatScheme]),
            ]),
            XMLElement("cac:Price", [
                XMLElement("cbc:PriceAmount", attributes: [.init("currencyID", "EUR")], text: price),
            ]),
        ])
    }

    // Units and price where they give the amount, else the amount once; a price is never negative.
    private func quantityAndPrice(_ line: BillingLine) -> (quantity: Int128, price: String) {
        let sign: Int128 = isCreditNote ? -1 : 1
        if let units = line.units, let price = line.price,
           Rounding.halfAway(Int128(units) * Int128(price.value), over: Int128(MicroEuro.perCent))
            == Int128(line.amount.value) {
            return (sign * Int128(units), price.decimal)
        }
        let magnitude = Cents(line.amount < .zero ? -line.amount.value : line.amount.value)
        return (line.amount < .zero ? -sign : sign, magnitude.decimal)
    }

    private func money(_ name: String, _ amount: Cents) -> XMLElement {
        // The initialiser refused the one value without an opposite.
        let signed = isCreditNote ? Cents(-amount.value) : amount
        return XMLElement("cbc:" + name, attributes: [.init("currencyID", "EUR")], text: signed.decimal)
    }

    private static let vatScheme = XMLElement("cac:TaxScheme", [XMLElement("cbc:ID", text: "VAT")])

    // Outside the scope of VAT there is no rate, not even zero.
    private static func tax(_ category: VATCategory, _ rate: BasisPoints) -> [XMLElement?] {
        [
            XMLElement("cbc:ID", text: category.rawValue),
            category == .outsideScope ? nil : XMLElement(
                "cbc:Percent", text: DecimalText.write(rate.value, fractionDigits: 2, minimum: 0)),
        ]
    }

    private static func period(_ first: CivilMonth, _ last: CivilMonth) -> XMLElement {
        XMLElement("cac:InvoicePeriod", [
            XMLElement("cbc:StartDate", text: "\(first.firstDay)"),
            XMLElement("cbc:EndDate", text: "\(last.lastDay)"),
        ])
    }

    private func partyElement(_ party: UBLParty) -> XMLElement {
        XMLElement("cac:Party", [
            Self.identifier("cbc:EndpointID", party.endpoint),
            party.otherID.map { XMLElement("cac:PartyIdentification", [Self.identifier("cbc:ID", $0)]) },
            XMLElement("cac:PartyName", [XMLElement("cbc:Name", text: party.name)]),
            XMLElement("cac:PostalAddress", [
                XMLElement("cbc:StreetName", text: party.street),
                party.additionalStreet.map { XMLElement("cbc:AdditionalStreetName", text: $0) },
                XMLElement("cbc:CityName", text: party.city),
                XMLElement("cbc:PostalZone", text: party.postalCode),
                XMLElement("cac:Country", [XMLElement("cbc:IdentificationCode", text: "NL")]),
            ]),
            // Outside the scope of VAT no VAT id may be named (BR-O-02).
            isOutsideScope ? nil : party.vatID.map {
                XMLElement("cac:PartyTaxScheme", [XMLElement("cbc:CompanyID", text: $0), Self.vatScheme])
            },
            XMLElement("cac:PartyLegalEntity", [
                XMLElement("cbc:RegistrationName", text: party.name),
                Self.identifier("cbc:CompanyID", party.legalID),
            ]),
        ])
    }

    private static func identifier(_ name: String, _ id: SchemedID) -> XMLElement {
        XMLElement(name, attributes: [.init("schemeID", id.scheme)], text: id.id)
    }
}
