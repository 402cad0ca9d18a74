// SPDX-License-Identifier: EUPL-1.2

/// Why bytes or parts are not a card. Spec: Protocol/identity.md §6.
public enum CardRefusal: Error, Equatable, Sendable {
    /// Longer than `Limits.cardBytes`.
    case oversize(bytes: Int)
    /// Not one canonical map.
    case notCanonical
    /// A mandatory key is absent.
    case fieldMissing(Int)
    /// A key that a card does not have; `nil` for a key of text.
    case fieldUnknown(Int?)
    /// The value of a key is not of its form.
    case fieldInvalid(Int)
    /// Two of the keys are the same.
    case keysNotDistinct
    /// The text of a card file is not of its form.
    case fileShape
    /// The signature of a card file does not verify.
    case signature

    /// The reason as it is written on the wire and in the vectors, without the number of the key.
    public var reason: String {
        switch self {
        case .oversize: "card-oversize"
        case .notCanonical: "card-not-canonical"
        case .fieldMissing: "card-field-missing"
        case .fieldUnknown: "card-field-unknown"
        case .fieldInvalid: "card-field-invalid"
        case .keysNotDistinct: "card-keys-not-distinct"
        case .fileShape: "card-file-shape"
        case .signature: "card-signature"
        }
    }

    /// The number of the key that is meant, where there is one.
    public var key: Int? {
        switch self {
        case .fieldMissing(let key), .fieldInvalid(let key): key
        case .fieldUnknown(let key): key
        default: nil
        }
    }
}
