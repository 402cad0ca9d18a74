// SPDX-License-Identifier: EUPL-1.2
public import Replication

/// What this node knows of one other member's node, for `status`. Unknown is unknown, never zero.
public struct PartnerStanding: Sendable {
    /// Whether the last attempt reached it; `nil` when it was not tried.
    public var isReachable: Bool?
    /// Why not, in words.
    public var reason: String?
    /// Milliseconds since 1970 of the last complete exchange, in whichever direction.
    public var lastExchangeMilliseconds: Int64?
    /// Whether an exchange ended well since this node started.
    public var isHeardSinceStart = false
    /// Whether both held the same at the last exchange.
    public var digests = DigestComparison.unknown
    /// How exchanges that this node asked for went.
    public var health = PeerHealth()
    /// Refusals of what the peer sent, by reason.
    public var refusals: [String: Int] = [:]
    /// The highest epoch that it has said to have applied.
    public var epoch = 0
    /// What to show it next time.
    public var memory = PartnerMemory.none

    /// Nothing known yet.
    public init() {}

    /// Entries that it named and this node lacked at the last exchange; `nil` before the first.
    public var entriesBehind: Int? { digests == .equal ? 0 : health.entriesBehind }
}
