// SPDX-License-Identifier: EUPL-1.2

import Journal

/// What a node keeps, durable, about its last complete exchange with one partner.
/// Spec: Protocol/exchange.md §3.
public struct PartnerMemory: Hashable, Sendable {
    /// The partner's token, as it was given; `nil` asks for a full exchange.
    public let token: [UInt8]?
    /// This store's own sequence up to which the partner has been told everything.
    public let toldUpTo: HeadSequence?

    /// Nothing known: the first exchange with a partner.
    public static let none = PartnerMemory(token: nil, toldUpTo: nil)

    /// What a store kept.
    public init(token: [UInt8]?, toldUpTo: HeadSequence?) {
        self.token = token
        self.toldUpTo = toldUpTo
    }

    /// Of two memories of concurrent exchanges the one with the larger sequence stays: a token of the same
    /// instance with more changes, or any token over none. Spec: Protocol/exchange.md §3.
    public func merged(with other: PartnerMemory) -> PartnerMemory {
        guard let mine = token.flatMap({ ExchangeToken($0) }) else { return other }
        guard let theirs = other.token.flatMap({ ExchangeToken($0) }), theirs.instance == mine.instance else {
            return other.token == nil ? self : other
        }
        return theirs.sequence >= mine.sequence ? other : self
    }

    /// The heads that this side tells: with a token those that changed here since the partner was told, else
    /// all of size above 0. Spec: Protocol/exchange.md §2, key 6.
    func headsToTell(_ heads: HeldHeads) -> (rows: [HeadRow], evidence: [LogID]) {
        guard token != nil, let toldUpTo, let since = heads.history.changes(after: toldUpTo) else {
            return (heads.table.rows, heads.table.rows.filter(\.isForked).map(\.log))
        }
        return (since.sizes.compactMap { heads.table[$0.log] }, since.evidence)
    }
}
