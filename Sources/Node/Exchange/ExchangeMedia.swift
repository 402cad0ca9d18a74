// SPDX-License-Identifier: EUPL-1.2

/// The media type of bodies between members. Spec: Protocol/exchange.md.
enum ExchangeMedia {
    static let type = "application/cbor"
}
