// SPDX-License-Identifier: EUPL-1.2

/// The bounds of the engine. Tests set smaller ones; an operator cannot. Spec: Protocol/limits.md.
public struct NodeLimits: Sendable, Equatable {
    /// Bytes of entries of one log that are kept above its last epoch, all branches together.
    public var logBytes = 321 << 20
    /// Bytes of decisions and catalogue that this node writes above its last epoch.
    public var catalogueBytes = 64 << 20
    /// Bytes of usage that this node writes above its last epoch; it must not stop when no epoch closes.
    public var usageBytes = 256 << 20
    /// Bytes of consensus that this node writes above its last epoch.
    public var consensusBytes = 1 << 20
    /// Requests of one peer that are worked on at the same time.
    public var requestsPerPeer = 4

    /// The bounds of the protocol.
    public init() {}

    /// Reasons of refusals counted apart for one peer; the rest is counted together.
    static let refusalReasons = 64
    /// Seconds between two times that what is known of peers is made durable.
    static let partnersSaveSeconds = 5
    /// Milliseconds in which requests under way may finish when the node ends.
    static let stopMilliseconds = 3_000
}
