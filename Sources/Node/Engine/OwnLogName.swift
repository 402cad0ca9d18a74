// SPDX-License-Identifier: EUPL-1.2
import Journal
import Synchronization

/// Which log this node writes, readable without waiting for the engine. It changes when a successor is opened.
final class OwnLogName: Sendable {
    private let current: Mutex<LogIdentity>

    init(_ identity: LogIdentity) { current = Mutex(identity) }

    /// The log as of now.
    var identity: LogIdentity { current.withLock { $0 } }

    /// From now on another log is the own one.
    func replace(by successor: LogIdentity) { current.withLock { $0 = successor } }
}
