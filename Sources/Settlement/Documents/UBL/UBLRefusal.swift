// SPDX-License-Identifier: EUPL-1.2

/// Why a document cannot be written as an electronic invoice: a fact is missing or not of its form. Nothing was
/// written. Spec: Protocol/documents.md §3. `name` is what vectors and programs compare.
public enum UBLRefusal: Error, Equatable, Sendable {
    case partyIncomplete(party: String, missing: String)
    case identifierInvalid(party: String, text: String)
    case vatIDInvalid(party: String, text: String)
    case ibanInvalid(party: String, text: String)
    case unnumbered(String)
    case referenceMissing(String)
    case originalMissing(String)
    case amountOutOfRange(String)
}

extension UBLRefusal {
    /// The stable name of the refusal, the same in every language and version.
    public var name: String {
        switch self {
        case .partyIncomplete: "party-incomplete"
        case .identifierInvalid: "identifier-invalid"
        case .vatIDInvalid: "vat-id-invalid"
        case .ibanInvalid: "iban-invalid"
        case .unnumbered: "unnumbered"
        case .referenceMissing: "reference-missing"
        case .originalMissing: "original-missing"
        case .amountOutOfRange: "amount-out-of-range"
        }
    }
}

extension UBLRefusal: CustomStringConvertible {
    /// One English sentence that names the field and what would be right.
    public var description: String {
        switch self {
        case .partyIncomplete(let party, let missing):
            "\(party) has no \(missing); an electronic invoice needs it, so the card has to name it"
        case .identifierInvalid(let party, let text):
            "the electronic address '\(text)' of \(party) is none; a scheme of four digits, a colon and an "
                + "identifier are, such as 0106:12345678"
        case .vatIDInvalid(let party, let text):
            "the VAT id '\(text)' of \(party) is none; the country's two letters followed by letters and digits "
                + "are, such as NL001234567B01"
        case .ibanInvalid(let party, let text):
            "the account '\(text)' of \(party) is no IBAN; two letters, two check digits that fit and letters and "
                + "digits are"
        case .unnumbered(let proposal):
            "\(proposal) has no number yet; only a numbered document becomes an electronic invoice"
        case .referenceMissing(let number):
            "\(number) has neither a purchase order nor a reference of the buyer; one of both is obligatory"
        case .originalMissing(let number):
            "credit note \(number) names no invoice that it corrects, which Peppol asks of Dutch sellers"
        case .amountOutOfRange(let number):
            "an amount of \(number) is the lowest number of 64 bits and has no opposite"
        }
    }
}
