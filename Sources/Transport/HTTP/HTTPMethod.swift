// SPDX-License-Identifier: EUPL-1.2

/// The methods that a server of this house knows. Spec: Protocol/transport.md §4.
public enum HTTPMethod: String, Sendable, Hashable, CaseIterable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"

    /// A request with this method may carry content.
    public var mayCarryBody: Bool {
        switch self {
        case .post, .put, .patch: true
        case .get, .head, .delete: false
        }
    }
}
