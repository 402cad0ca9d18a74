// SPDX-License-Identifier: EUPL-1.2

/// Why a document is not booked. Spec: Protocol/documents.md §8. `name` is what vectors and programs compare.
public enum BookingRefusal: Error, Equatable, Sendable {
    case malformedAccount(String)
    case keyMissing
    case unmapped(line: String, kind: LineKind)
    case notParty(PartyID, document: String)
    case calculation(SettlementRefusal)
}

extension BookingRefusal {
    /// The stable name of the refusal, the same in every language and version.
    public var name: String {
        switch self {
        case .malformedAccount: "malformed-account"
        case .keyMissing: "key-missing"
        case .unmapped: "unmapped"
        case .notParty: "not-party"
        case .calculation(let refusal): refusal.name
        }
    }
}

extension BookingRefusal: CustomStringConvertible {
    /// One English sentence that names the field and what would be right.
    public var description: String {
        switch self {
        case .malformedAccount(let text):
            "'\(text)' is no ledger account: 1 to \(Limits.ledgerAccountByteCount) bytes without control characters, "
                + "brackets, ';', double blanks and a mark in front"
        case .keyMissing:
            "a target is shared, but no key says over which municipalities"
        case .unmapped(let line, let kind):
            "no booking rule fits line \(line) of kind \(kind.rawValue); add a match for it, or one for everything"
        case .notParty(let member, let document):
            "\(member) neither issues nor receives \(document), so it has no place in its books"
        case .calculation(let refusal):
            refusal.description
        }
    }
}
