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
        }
    }
}
