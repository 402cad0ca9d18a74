// SPDX-License-Identifier: EUPL-1.2
public import Journal
import Synchronization
public import Transport

/// What a peer may ask now. Spec: Protocol/transport.md §3, Protocol/membership.md §1.
public enum FederationLane: Sendable, Equatable {
    /// Everything.
    case member
    /// Everything, and hand in its own log: its admission is provisionally carried.
    case adopted
    /// Genesis, epochs and its own log. The sentence says what its admission waits for.
    case candidate(waitsFor: String)
    /// Genesis and epochs. The sentence says why not more.
    case visitor(reason: String)
}

/// A member or candidate as the federation listener knows it.
public struct KnownPeer: Sendable, Equatable {
    /// The TLS keys that it has named.
    public let pins: [TLSPin]
    /// What it may ask.
    public let lane: FederationLane

    /// Somebody with these keys.
    public init(pins: [TLSPin], lane: FederationLane) {
        self.pins = pins
        self.lane = lane
    }
}

/// Which TLS keys members and candidates have named and what each may ask, readable from the server's own threads. The
/// engine keeps it up to date.
public final class PeerBook: Sendable {
    private let peers = Mutex<[OIN: KnownPeer]>([:])

    /// Nobody is known yet.
    public init() {}

    /// Takes over who is known now.
    public func update(_ newest: [OIN: KnownPeer]) { peers.withLock { $0 = newest } }

    /// What somebody with a valid chain may ask now.
    public func lane(of peer: PeerIdentity) -> FederationLane {
        guard let known = peers.withLock({ $0[peer.oin] }) else {
            return .visitor(reason: "\(peer.oin) is no member of this network, and no invitation of it is held here.")
        }
        guard known.pins.contains(TLSPin(peer.pin.value)) else {
            return .visitor(reason: "The key of this certificate is not one that \(peer.oin) has named.")
        }
        return known.lane
    }
}
