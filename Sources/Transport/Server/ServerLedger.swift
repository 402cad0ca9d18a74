// SPDX-License-Identifier: EUPL-1.2
import Journal
import Synchronization

/// What all loops of a server share: counters, and the connections each peer has open.
final class ServerLedger: Sendable {
    private struct State {
        var counters = ServerCounters()
        var connectionsOfPeer: [OIN: Int] = [:]
    }

    private let state = Mutex(State())

    var counters: ServerCounters { state.withLock { $0.counters } }

    func count(_ change: @Sendable (inout ServerCounters) -> Void) {
        state.withLock { change(&$0.counters) }
    }

    /// Takes one of `limit` places for a connection; false when there is none.
    func openConnection(limit: Int) -> Bool {
        state.withLock { state in
            guard state.counters.openConnections < limit else { return false }
            state.counters.openConnections += 1
            state.counters.accepted += 1
            return true
        }
    }

    /// Takes one of the places of `peer`; false when it has none left.
    func openConnection(of peer: OIN, limit: Int) -> Bool {
        state.withLock { state in
            let open = state.connectionsOfPeer[peer] ?? 0
            guard open < limit else {
                state.counters.refusedOverPeerCap += 1
                return false
            }
            state.connectionsOfPeer[peer] = open + 1
            return true
        }
    }

    /// Gives the places back; `peer` only if the connection held one of its places.
    func closeConnection(of peer: OIN?) {
        state.withLock { state in
            state.counters.openConnections -= 1
            guard let peer, let open = state.connectionsOfPeer[peer] else { return }
            state.connectionsOfPeer[peer] = open > 1 ? open - 1 : nil
        }
    }
}
