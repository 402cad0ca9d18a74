// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// Why a whole body is refused. Spec: Protocol/exchange.md §4.
public enum BodyRefusal: Error, Hashable, Sendable {
    /// More bytes than a body may have.
    case oversize(bytes: Int, limit: Int)
    /// Not the one spelling of an item.
    case notCanonical(CBORRefusal)
    /// A key that is missing, that may not be (`nil`: a text), or whose value is not of its shape.
    case field(key: Int?)
    /// A protocol version that this node does not speak.
    case versionUnsupported(Int)
    /// More items under one key than a body may have.
    case tooMany(key: Int, limit: Int)
    /// A log number that the vector of the named epoch does not have.
    case logUnknown(key: Int)

    /// The reason as it is written on the wire and in the vectors.
    public var reason: String {
        switch self {
        case .oversize: "body-oversize"
        case .notCanonical: "body-not-canonical"
        case .field: "body-field"
        case .versionUnsupported: "version-unsupported"
        case .tooMany: "too-many"
        case .logUnknown: "log-unknown"
        }
    }

    /// The key of the body that the refusal is about, where there is one.
    public var key: Int? {
        switch self {
        case .oversize, .notCanonical: nil
        case .versionUnsupported: 1
        case .field(let key): key
        case .tooMany(let key, _), .logUnknown(let key): key
        }
    }
}
