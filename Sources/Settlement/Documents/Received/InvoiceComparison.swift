// SPDX-License-Identifier: EUPL-1.2
import Journal

/// A received invoice held against one's own documents, line by line. Spec: Protocol/documents.md §5.
public struct InvoiceComparison: Hashable, Sendable {
    /// The document of one's own that it was held against: the one with most lines in common; nil where none fits.
    public let document: BillingDocument?
    /// In the order of parties, payment, sums, lines, total; none where everything agrees.
    public let findings: [InvoiceFinding]

    /// Compares. Lines find each other by the line of the statement that they name, else by equal amount, category and
    /// rate, each once. Never refuses: what does not fit is a finding.
    public init(_ invoice: ReceivedInvoice, with documents: [BillingDocument]) {
        let best = documents.max { Self.common(invoice, $0) < Self.common(invoice, $1) }
        guard let own = best, Self.common(invoice, own) > (0, 0) else {
            document = nil
            findings = Self.sums(invoice) + [.nothingExpected]
            return
        }
        document = own
        findings = Self.parties(invoice, own) + Self.payment(invoice, own) + Self.sums(invoice)
            + Self.lines(invoice, own)
            + (invoice.gross == own.gross ? [] : [.totalDiffers(invoice: invoice.gross, expected: own.gross)])
    }

    // Named lines in common; then whether the total fits and it is between the same two.
    private static func common(_ invoice: ReceivedInvoice, _ own: BillingDocument) -> (Int, Int) {
        let ids = Set(own.lines.map(\.id))
        let named = invoice.lines.count { line in line.statementLineID.map(ids.contains) ?? false }
        let fits = invoice.gross == own.gross && Self.names(invoice.seller, own.facts.issuer)
        return (named, fits ? 1 : 0)
    }

    private static func names(_ party: ReceivedParty, _ own: BillingParty) -> Bool {
        let known = [
            own.oin.map { "\(SchemedID.oinScheme):\($0.digits)" },
            own.facts.kvk.map { "\(SchemedID.kvkScheme):\($0)" },
        ]
        return known.contains { id in id.map(party.identifiers.contains) ?? false }
    }

    private static func parties(_ invoice: ReceivedInvoice, _ own: BillingDocument) -> [InvoiceFinding] {
        var found: [InvoiceFinding] = []
        let (seller, buyer) = (own.facts.issuer, own.facts.receiver)
        if !names(invoice.seller, seller) {
            found.append(.sellerDiffers(invoice: Self.words(invoice.seller), own: seller.name))
        }
        if !names(invoice.buyer, buyer) {
            found.append(.buyerDiffers(invoice: Self.words(invoice.buyer), own: buyer.name))
        }
        if invoice.type != own.kind.rawValue {
            found.append(.kindDiffers(invoice: invoice.type, own: own.kind.rawValue))
        }
        if let order = own.facts.orderReference, invoice.order != order {
            found.append(.orderDiffers(invoice: invoice.order, own: order))
        }
        let digests = invoice.supportingDocuments.filter { $0.utf8.count == 64 }
        if !digests.isEmpty, !digests.contains(own.facts.inputs.description) { found.append(.inputsDiffer) }
        return found
    }

    private static func words(_ party: ReceivedParty) -> String {
        party.identifiers.first.map { "\(party.name) (\($0))" } ?? party.name
    }

    private static func payment(_ invoice: ReceivedInvoice, _ own: BillingDocument) -> [InvoiceFinding] {
        var found: [InvoiceFinding] = []
        if let known = own.facts.issuer.facts.iban.flatMap(IBAN.init) {
            for account in invoice.accounts where IBAN(account) != known {
                found.append(.accountDiffers(invoice: account, own: known.text))
            }
        }
        if invoice.payable != invoice.gross {
            found.append(.prepaid(payable: invoice.payable, gross: invoice.gross))
        }
        return found
    }

    // What the file says of itself; sums beyond 64 bits cannot be right either.
    private static func sums(_ invoice: ReceivedInvoice) -> [InvoiceFinding] {
        var found: [InvoiceFinding] = []
        func check(_ what: String, _ stated: Cents, _ parts: [Cents]) {
            let computed = (try? Cents.sum(parts)) ?? Cents(.max)
            if computed != stated { found.append(.sumDiffers(what: what, stated: stated, computed: computed)) }
        }
        check("netto", invoice.net, invoice.lines.map(\.amount))
        for subtotal in invoice.subtotals {
            let words = "\(subtotal.category) \(subtotal.rate ?? 0)"
            check("grondslag \(words)", subtotal.taxable, invoice.lines
                .filter { $0.category == subtotal.category && ($0.rate ?? 0) == (subtotal.rate ?? 0) }
                .map(\.amount))
            let exact = Int128(subtotal.taxable.value) * Int128(subtotal.rate ?? 0)
            let vat = Int64(clamping: Rounding.halfAway(exact, over: Int128(BasisPoints.whole)))
            check("btw \(words)", subtotal.amount, [Cents(vat)])
        }
        check("btw", invoice.vatAmount, invoice.subtotals.map(\.amount))
        check("totaal", invoice.gross, [invoice.net, invoice.vatAmount])
        return found
    }

    private static func lines(_ invoice: ReceivedInvoice, _ own: BillingDocument) -> [InvoiceFinding] {
        var found: [InvoiceFinding] = []
        var open = own.lines
        var taken: Set<String> = []
        for line in invoice.lines {
            if let id = line.statementLineID, let place = open.firstIndex(where: { $0.id == id }) {
                found += differences(line, open.remove(at: place))
                taken.insert(id)
            } else if let id = line.statementLineID, taken.contains(id) {
                found.append(.lineTwice(line: line.number, own: id))
            } else if line.statementLineID == nil, let place = open.firstIndex(where: { Self.fits(line, $0) }) {
                open.remove(at: place)
            } else {
                found.append(.lineUnknown(line: line.number, name: line.name, amount: line.amount))
            }
        }
        return found + open.map { .lineMissing(own: $0.id, amount: $0.amount) }
    }

    private static func fits(_ line: ReceivedLine, _ own: BillingLine) -> Bool {
        line.amount == own.amount && line.category == own.vat.category.rawValue
            && (line.rate ?? 0) == own.vat.rate.value
    }

    private static func differences(_ line: ReceivedLine, _ own: BillingLine) -> [InvoiceFinding] {
        var found: [InvoiceFinding] = []
        if line.amount != own.amount {
            found.append(.amountDiffers(line: line.number, own: own.id, invoice: line.amount, expected: own.amount))
        }
        // A sender may write an amount as one unit of it.
        let isLump = line.quantityMillionths.magnitude == 1_000_000 && line.amount == own.amount
        if let units = own.units, let price = own.price, !isLump {
            if Int128(line.quantityMillionths) != Int128(units) * 1_000_000 {
                found.append(.quantityDiffers(
                    line: line.number, own: own.id,
                    invoice: DecimalText.write(line.quantityMillionths, fractionDigits: 6, minimum: 0),
                    expected: "\(units)"))
            }
            if let asked = line.price, asked != price {
                found.append(.priceDiffers(line: line.number, own: own.id, invoice: asked, expected: price))
            }
        }
        if line.category != own.vat.category.rawValue || (line.rate ?? 0) != own.vat.rate.value {
            let rate = { (value: Int64) in DecimalText.write(value, fractionDigits: 2, minimum: 0) + "%" }
            found.append(.vatDiffers(
                line: line.number, own: own.id, invoice: "\(line.category) \(rate(line.rate ?? 0))",
                expected: "\(own.vat.category.rawValue) \(rate(own.vat.rate.value))"))
        }
        return found
    }
}
