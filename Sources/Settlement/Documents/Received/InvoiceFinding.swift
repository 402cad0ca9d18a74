// SPDX-License-Identifier: EUPL-1.2

/// What a received invoice says otherwise than one's own statement and order. Spec: Protocol/documents.md §5.
public enum InvoiceFinding: Hashable, Sendable {
    case sellerDiffers(invoice: String, own: String)
    case buyerDiffers(invoice: String, own: String)
    case accountDiffers(invoice: String, own: String)
    case orderDiffers(invoice: String?, own: String)
    case kindDiffers(invoice: String, own: String)
    case inputsDiffer
    case prepaid(payable: Cents, gross: Cents)
    /// The file contradicts itself.
    case sumDiffers(what: String, stated: Cents, computed: Cents)
    case lineMissing(own: String, amount: Cents)
    case lineUnknown(line: String, name: String, amount: Cents)
    case lineTwice(line: String, own: String)
    case amountDiffers(line: String, own: String, invoice: Cents, expected: Cents)
    case quantityDiffers(line: String, own: String, invoice: String, expected: String)
    case priceDiffers(line: String, own: String, invoice: MicroEuro, expected: MicroEuro)
    case vatDiffers(line: String, own: String, invoice: String, expected: String)
    case totalDiffers(invoice: Cents, expected: Cents)
    /// No document of one's own fits.
    case nothingExpected

    /// The stable name of the finding, the same in every language and version.
    public var name: String {
        switch self {
        case .sellerDiffers: "seller-differs"
        case .buyerDiffers: "buyer-differs"
        case .accountDiffers: "account-differs"
        case .orderDiffers: "order-differs"
        case .kindDiffers: "kind-differs"
        case .inputsDiffer: "inputs-differ"
        case .prepaid: "prepaid"
        case .sumDiffers: "sum-differs"
        case .lineMissing: "line-missing"
        case .lineUnknown: "line-unknown"
        case .lineTwice: "line-twice"
        case .amountDiffers: "amount-differs"
        case .quantityDiffers: "quantity-differs"
        case .priceDiffers: "price-differs"
        case .vatDiffers: "vat-differs"
        case .totalDiffers: "total-differs"
        case .nothingExpected: "nothing-expected"
        }
    }

    /// One Dutch sentence.
    public var dutch: String {
        switch self {
        case .sellerDiffers(let invoice, let own): "De afzender is \(invoice), verwacht werd \(own)."
        case .buyerDiffers(let invoice, let own): "De factuur is gericht aan \(invoice), wij zijn \(own)."
        case .accountDiffers(let invoice, let own):
            "Te betalen op \(invoice), maar bekend is \(own). Bel de afzender op een bekend nummer en betaal nog niet."
        case .orderDiffers(let invoice, let own):
            "De inkooporder is \(invoice ?? "niet genoemd"), de onze is \(own)."
        case .kindDiffers(let invoice, let own): "Het is soort \(invoice), verwacht werd soort \(own)."
        case .inputsDiffer: "De controlesom van de gegevens is niet die van ons eigen overzicht."
        case .prepaid(let payable, let gross):
            "Te betalen is \(payable.dutch) en niet het totaal \(gross.dutch); een voorschot hoort als regel op de "
                + "factuur."
        case .sumDiffers(let what, let stated, let computed):
            "De factuur telt niet op: \(what) is \(stated.dutch), nagerekend \(computed.dutch)."
        case .lineMissing(let own, let amount): "Regel \(own) van \(amount.dutch) ontbreekt."
        case .lineUnknown(let line, let name, let amount):
            "Regel \(line) (\(name), \(amount.dutch)) staat niet op ons overzicht."
        case .lineTwice(let line, let own): "Regel \(line) rekent \(own) nog een keer."
        default: lineSentence
        }
    }

    private var lineSentence: String {
        switch self {
        case .amountDiffers(let line, let own, let invoice, let expected):
            "Regel \(line) (\(own)): bedrag \(invoice.dutch), volgens ons \(expected.dutch)."
        case .quantityDiffers(let line, let own, let invoice, let expected):
            "Regel \(line) (\(own)): aantal \(invoice), volgens ons \(expected)."
        case .priceDiffers(let line, let own, let invoice, let expected):
            "Regel \(line) (\(own)): tarief \(invoice.dutch()), volgens ons \(expected.dutch())."
        case .vatDiffers(let line, let own, let invoice, let expected):
            "Regel \(line) (\(own)): btw \(invoice), volgens ons \(expected)."
        case .totalDiffers(let invoice, let expected):
            "Het totaal is \(invoice.dutch), volgens ons \(expected.dutch)."
        case .nothingExpected: "Geen van onze documenten past bij deze factuur."
        default: name
        }
    }
}

extension InvoiceFinding: CustomStringConvertible {
    /// One English sentence.
    public var description: String {
        switch self {
        case .sellerDiffers(let invoice, let own): "the seller is \(invoice), expected was \(own)"
        case .buyerDiffers(let invoice, let own): "the invoice is for \(invoice), we are \(own)"
        case .accountDiffers(let invoice, let own):
            "to be paid to \(invoice), but \(own) is known; call the sender at a known number and do not pay yet"
        case .orderDiffers(let invoice, let own): "the purchase order is \(invoice ?? "not named"), ours is \(own)"
        case .kindDiffers(let invoice, let own): "it is of kind \(invoice), expected was kind \(own)"
        case .inputsDiffer: "the digest of the inputs is not that of our own statement"
        case .prepaid(let payable, let gross):
            "\(payable.decimal) is to be paid and not the total \(gross.decimal); advances belong in lines"
        case .sumDiffers(let what, let stated, let computed):
            "the invoice does not add up: \(what) is \(stated.decimal), computed \(computed.decimal)"
        case .lineMissing(let own, let amount): "line \(own) of \(amount.decimal) is missing"
        case .lineUnknown(let line, let name, let amount):
            "line \(line) (\(name), \(amount.decimal)) is not on our statement"
        case .lineTwice(let line, let own): "line \(line) charges \(own) once more"
        case .amountDiffers(let line, let own, let invoice, let expected):
            "line \(line) (\(own)): amount \(invoice.decimal), by us \(expected.decimal)"
        case .quantityDiffers(let line, let own, let invoice, let expected):
            "line \(line) (\(own)): quantity \(invoice), by us \(expected)"
        case .priceDiffers(let line, let own, let invoice, let expected):
            "line \(line) (\(own)): price \(invoice.decimal), by us \(expected.decimal)"
        case .vatDiffers(let line, let own, let invoice, let expected):
            "line \(line) (\(own)): VAT \(invoice), by us \(expected)"
        case .totalDiffers(let invoice, let expected): "the total is \(invoice.decimal), by us \(expected.decimal)"
        case .nothingExpected: "none of our documents fits this invoice"
        }
    }
}
