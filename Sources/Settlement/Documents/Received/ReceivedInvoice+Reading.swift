// SPDX-License-Identifier: EUPL-1.2
import Journal
public import Notation

extension ReceivedInvoice {
    private static let common = "urn:oasis:names:specification:ubl:schema:xsd:"
    private static let fields = XMLFields(namespaces: [
        "cac": common + "CommonAggregateComponents-2", "cbc": common + "CommonBasicComponents-2",
    ])

    /// Reads a UBL 2.1 `Invoice` or `CreditNote` in euro. Refuses another root, a field that is missing, doubled or not
    /// of its form, and more than `Limits.receivedLineCount` lines. Spec: Protocol/documents.md §5.
    public init(_ root: XMLNode) throws(ReceivedFileRefusal) {
        let isCredit = root.name == "CreditNote"
        guard isCredit || root.name == "Invoice", root.namespace == "\(Self.common)\(root.name)-2" else {
            throw .wrongRoot(found: "\(root.name) of \(root.namespace)", right: "a UBL 2.1 Invoice or CreditNote")
        }
        let (fields, name) = (Self.fields, isCredit ? "cac:CreditNoteLine" : "cac:InvoiceLine")
        let money = { (path: String, node: XMLNode) throws(ReceivedFileRefusal) -> Cents in
            try Self.money(path, in: node, isCredit: isCredit)
        }
        number = try fields.text("cbc:ID", in: root)
        type = try fields.text(isCredit ? "cbc:CreditNoteTypeCode" : "cbc:InvoiceTypeCode", in: root)
        customization = try fields.text("cbc:CustomizationID", in: root)
        issued = try fields.date("cbc:IssueDate", in: root)
        due = try fields.optional("cbc:DueDate", in: root) == nil ? nil : try fields.date("cbc:DueDate", in: root)
        let start = "cac:InvoicePeriod/cbc:StartDate"
        serviceMonth = try fields.optional(start, in: root) == nil ? nil : try fields.date(start, in: root).month
        order = try fields.optionalText("cac:OrderReference/cbc:ID", in: root)
        buyerReference = try fields.optionalText("cbc:BuyerReference", in: root)
        originals = root.all("cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID", fields.namespaces).map(\.text)
        supportingDocuments = root.all("cac:AdditionalDocumentReference/cbc:ID", fields.namespaces).map(\.text)
        seller = try Self.party("cac:AccountingSupplierParty/cac:Party", in: root)
        buyer = try Self.party("cac:AccountingCustomerParty/cac:Party", in: root)
        accounts = root.all("cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID", fields.namespaces).map(\.text)
        let found = root.all(name, fields.namespaces)
        guard !found.isEmpty else { throw .missing(field: name, line: root.line) }
        guard found.count <= Limits.receivedLineCount else {
            throw .tooMany(field: name, limit: Limits.receivedLineCount)
        }
        var lines: [ReceivedLine] = []
        for node in found { lines.append(try Self.line(node, isCredit: isCredit)) }
        self.lines = lines
        let tax = try fields.one("cac:TaxTotal", in: root)
        var subtotals: [ReceivedSubtotal] = []
        for node in tax.all("cac:TaxSubtotal", fields.namespaces) {
            subtotals.append(ReceivedSubtotal(
                category: try fields.text("cac:TaxCategory/cbc:ID", in: node),
                rate: try Self.percent("cac:TaxCategory/cbc:Percent", in: node),
                taxable: try money("cbc:TaxableAmount", node), amount: try money("cbc:TaxAmount", node)))
        }
        self.subtotals = subtotals
        let totals = try fields.one("cac:LegalMonetaryTotal", in: root)
        net = try money("cbc:TaxExclusiveAmount", totals)
        vatAmount = try money("cbc:TaxAmount", tax)
        gross = try money("cbc:TaxInclusiveAmount", totals)
        payable = try money("cbc:PayableAmount", totals)
    }

    private static func line(_ node: XMLNode, isCredit: Bool) throws(ReceivedFileRefusal) -> ReceivedLine {
        let path = isCredit ? "cbc:CreditedQuantity" : "cbc:InvoicedQuantity"
        let quantity = try XMLFields.decimal(
            try fields.one(path, in: node), path, fractionDigits: 6, right: "a number such as 1835")
        let price = try fields.one("cac:Price/cbc:PriceAmount", in: node)
        let micro = try XMLFields.decimal(
            price, "cbc:PriceAmount", fractionDigits: 6, right: "a price with at most six decimals")
        let base = try fields.optionalText("cac:Price/cbc:BaseQuantity", in: node)
        guard quantity != .min else {
            throw .malformed(field: path, text: "\(quantity)", line: node.line, right: "a smaller number")
        }
        return ReceivedLine(
            number: try fields.text("cbc:ID", in: node),
            statementLineID: node.all("cac:DocumentReference", fields.namespaces)
                .first { $0.first("cbc:DocumentTypeCode", fields.namespaces)?.text == "130" }?
                .first("cbc:ID", fields.namespaces)?.text,
            name: try fields.text("cac:Item/cbc:Name", in: node),
            quantityMillionths: isCredit ? -quantity : quantity,
            price: base == nil || base == "1" ? MicroEuro(micro) : nil,
            amount: try money("cbc:LineExtensionAmount", in: node, isCredit: isCredit),
            category: try fields.text("cac:Item/cac:ClassifiedTaxCategory/cbc:ID", in: node),
            rate: try percent("cac:Item/cac:ClassifiedTaxCategory/cbc:Percent", in: node))
    }

    private static func money(
        _ path: String, in node: XMLNode, isCredit: Bool
    ) throws(ReceivedFileRefusal) -> Cents {
        let found = try fields.one(path, in: node)
        let amount = try fields.euros(found, path, currency: "currencyID")
        guard isCredit else { return amount }
        guard let opposite = try? Cents.zero.subtracting(amount) else {
            throw .malformed(field: path, text: found.text, line: found.line, right: "a smaller amount")
        }
        return opposite
    }

    private static func percent(_ path: String, in node: XMLNode) throws(ReceivedFileRefusal) -> Int64? {
        guard let found = try fields.optional(path, in: node) else { return nil }
        return try XMLFields.decimal(found, path, fractionDigits: 2, right: "a percentage such as 21")
    }

    private static func party(_ path: String, in root: XMLNode) throws(ReceivedFileRefusal) -> ReceivedParty {
        let node = try fields.one(path, in: root)
        let paths = ["cac:PartyLegalEntity/cbc:CompanyID", "cac:PartyIdentification/cbc:ID", "cbc:EndpointID"]
        let identifiers = paths.flatMap { node.all($0, fields.namespaces) }.compactMap { found in
            found.attribute("schemeID").map { "\($0):\(found.text)" }
        }
        let tax = node.all("cac:PartyTaxScheme", fields.namespaces)
            .first { $0.first("cac:TaxScheme/cbc:ID", fields.namespaces)?.text == "VAT" }
        return ReceivedParty(
            name: try fields.text("cac:PartyLegalEntity/cbc:RegistrationName", in: node), identifiers: identifiers,
            vatID: tax?.first("cbc:CompanyID", fields.namespaces)?.text)
    }
}
