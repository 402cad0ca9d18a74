// SPDX-License-Identifier: EUPL-1.2

/// Why a document, number, payment or order is refused: nothing was made.
/// Spec: Protocol/settlement-documents.md §7. `name` is what vectors and programs compare.
public enum BillingRefusal: Error, Equatable, Sendable {
    /// An amount, date or treatment below it is refused.
    case calculation(SettlementRefusal)
    case nothingToBill
    case issuerIsReceiver(PartyID)
    case twoExemptionReasons(String, String)
    case outsideScopeNotAlone
    case malformedReference(String)
    case malformedSeries(String)
    case seriesClosed(SeriesPrefix)
    case seriesTaken(SeriesPrefix, by: PartyID)
    case numberedBefore(DocumentNumber)
    case foreignNumber(DocumentNumber, SeriesPrefix)
    case numberUsed(DocumentNumber)
    case numberGap(DocumentNumber, expected: DocumentNumber)
    case paymentFitsNothing(String)
    case paymentWrongWay(DocumentNumber, Cents)
    case paymentExceedsOpen(DocumentNumber, Cents, open: Cents)
    case orderWithoutAmount(String)
    case orderMissing(PartyID, ApplicationID?, year: Int)
    case offsetNotDecided
    case malformedNumber(String)
    case negativeOnPaper(DocumentNumber)
}

extension BillingRefusal {
    /// The stable name of the refusal, the same in every language and version.
    public var name: String {
        switch self {
        case .calculation(let refusal): refusal.name
        case .nothingToBill: "nothing-to-bill"
        case .issuerIsReceiver: "issuer-is-receiver"
        case .twoExemptionReasons: "two-exemption-reasons"
        case .outsideScopeNotAlone: "outside-scope-not-alone"
        case .malformedReference: "malformed-reference"
        case .malformedSeries: "malformed-series"
        case .seriesClosed: "series-closed"
        case .seriesTaken: "series-taken"
        case .numberedBefore: "numbered-before"
        case .foreignNumber: "foreign-number"
        case .numberUsed: "number-used"
        case .numberGap: "number-gap"
        case .paymentFitsNothing: "payment-fits-nothing"
        case .paymentWrongWay: "payment-wrong-way"
        case .paymentExceedsOpen: "payment-exceeds-open"
        case .orderWithoutAmount: "order-without-amount"
        case .orderMissing: "order-missing"
        case .offsetNotDecided: "offset-not-decided"
        case .malformedNumber: "malformed-number"
        case .negativeOnPaper: "negative-on-paper"
        }
    }
}

extension BillingRefusal: CustomStringConvertible {
    /// One English sentence that names the field and what would be right.
    public var description: String {
        switch self {
        case .calculation(let refusal): refusal.description
        case .nothingToBill: "the document has no line that is not zero, and a zero document is not issued"
        case .issuerIsReceiver(let party): "\(party) cannot bill itself; issuer and receiver must differ"
        case .twoExemptionReasons(let one, let other):
            "the document has two reasons of exemption, '\(one)' and '\(other)'; each needs a document of its own"
        case .outsideScopeNotAlone: "lines outside the scope of VAT (O) need a document of their own"
        case .malformedReference(let text):
            "'\(text)' is no order reference: 1 to \(Limits.orderReferenceByteCount) bytes without control characters"
        case .malformedSeries(let text):
            "'\(text)' is no prefix of a series: 1 to \(Limits.seriesPrefixByteCount) letters, digits and dashes, "
                + "such as EHV1"
        default: ledgerSentence
        }
    }

    private var ledgerSentence: String {
        switch self {
        case .seriesClosed(let prefix): "series \(prefix) is closed; the books moved on to another series"
        case .seriesTaken(let prefix, let issuer):
            "series \(prefix) belongs to another log of \(issuer); take a new prefix"
        case .numberedBefore(let number): "document \(number) already has its number; only a proposal is numbered"
        case .foreignNumber(let number, let prefix): "\(number) is no number of series \(prefix)"
        case .numberUsed(let number): "number \(number) is already used; a number stands on one document"
        case .numberGap(let number, let expected): "number \(number) would leave a gap; the next one is \(expected)"
        case .paymentFitsNothing(let reference): "'\(reference)' is the number of no document; a payment names one"
        case .paymentWrongWay(let number, let amount):
            "a payment of \(amount.dutch) goes the wrong way for \(number); it has the sign of the document's amount"
        case .paymentExceedsOpen(let number, let amount, let open):
            "\(amount.dutch) is more than the \(open.dutch) that is open of \(number); split the payment"
        case .orderWithoutAmount(let number): "order \(number) has no amount above zero"
        case .orderMissing(let buyer, let application, let year):
            "\(buyer) asks for a purchase order and has none for \(application?.text ?? "other lines") in \(year)"
        case .offsetNotDecided: "offset is off; a decision of the network turns it on"
        case .malformedNumber(let text): "'\(text)' is no document number; a number is such as EHV1-000042"
        case .negativeOnPaper(let number):
            "\(number) has a negative amount; on paper amounts are 0 or more and a credit note reverses them"
        default: name
        }
    }
}
