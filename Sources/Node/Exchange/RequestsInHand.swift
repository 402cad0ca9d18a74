// SPDX-License-Identifier: EUPL-1.2
import Journal
import Synchronization

/// How many requests of each peer are worked on now, so that one member cannot keep this node from the others.
final class RequestsInHand: Sendable {
    /// Of one peer at the same time.
    let limit: Int
    private let counts = Mutex<[OIN: Int]>([:])

    init(limit: Int) { self.limit = limit }

    /// False where the peer has no place left. A visitor has one.
    func begin(_ peer: OIN, isVisitor: Bool = false) -> Bool {
        counts.withLock { counts in
            guard counts[peer] ?? 0 < (isVisitor ? 1 : limit) else { return false }
            counts[peer, default: 0] += 1
            return true
        }
    }

    /// Gives the place back.
    func end(_ peer: OIN) {
        counts.withLock { counts in
            guard let count = counts[peer] else { preconditionFailure("a place is given back once") }
            counts[peer] = count > 1 ? count - 1 : nil
        }
    }
}
