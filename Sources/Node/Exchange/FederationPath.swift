// SPDX-License-Identifier: EUPL-1.2
import Transport

/// Every path of the federation listener, and who may ask it. Spec: Protocol/exchange.md, Protocol/membership.md §1.
enum FederationPath: String {
    case exchange = "/v1/exchange"
    case prove = "/v1/prove"
    case head = "/v1/head"
    case branch = "/v1/branch"
    case genesis = "/v1/genesis"
    case epochs = "/v1/epochs"
    case polka = "/v1/polka"
    case certificate = "/v1/certificate"
    case vector = "/v1/vector"
    case compare = "/v1/compare"

    /// The one method that a path takes.
    var method: HTTPMethod { self == .genesis ? .get : .post }

    /// Whether anybody with a certificate may ask it.
    var isForAnybody: Bool { self == .genesis || isOfEpochs }

    /// Whether it is about epochs, which are served outside all quotas. Protocol/exchange.md §8.
    var isOfEpochs: Bool {
        switch self {
        case .epochs, .polka, .certificate, .vector: true
        case .exchange, .prove, .head, .branch, .genesis, .compare: false
        }
    }

    /// Whether somebody invited may ask it before its admission is provisionally carried.
    var isForCandidates: Bool { isForAnybody || self == .exchange || self == .head }
}
