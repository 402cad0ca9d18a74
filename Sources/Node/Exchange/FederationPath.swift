// SPDX-License-Identifier: EUPL-1.2
import Transport

/// Every path of the federation listener, and who may ask it. Spec: Protocol/exchange.md, Protocol/membership.md §1.
enum FederationPath: String {
    case exchange = "/v1/exchange"
    case prove = "/v1/prove"
    case head = "/v1/head"
    case genesis = "/v1/genesis"

    /// The one method that a path takes.
    var method: HTTPMethod { self == .genesis ? .get : .post }

    /// Whether anybody with a certificate may ask it.
    var isForAnybody: Bool { self == .genesis }

    /// Whether somebody invited may ask it before its admission is provisionally carried.
    var isForCandidates: Bool { isForAnybody || self == .exchange || self == .head }
}
