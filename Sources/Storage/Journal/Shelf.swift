// SPDX-License-Identifier: EUPL-1.2

import Journal
import Synchronization

/// One log as the store holds it.
struct HeldLog: Sendable {
    let number: Int
    var tip: LogTip
    /// Of all entries held.
    var byteCount = 0
}

/// What is published of all logs: durable, and for the own log with its external head written. Readers look
/// here first, so nothing is served before its commit is whole.
struct Shelf: Sendable {
    var logs: [LogID: HeldLog] = [:]
    var convicted: Set<LogID> = []
    /// Branches that others replaced.
    var dead: [HeldLog] = []
    var sequence: UInt64 = 0
    var droppedThrough: UInt64 = 0
    var instance: [UInt8] = []
    var ownLog: LogID?
    /// Bytes of the own log's entries by their class.
    var ownBytes: [Int: Int] = [:]
    /// The number of the last epoch applied.
    var epochNumber = 0
    /// Bytes of the entries that it covers.
    var coveredBytes: [LogID: Int] = [:]
    var headState = ExternalHeadState.fresh
    var nextNumber = 1
}

/// The shelf that readers see. It shares no storage with the writer's, so a commit copies only what it changed,
/// also where ten thousand logs are held.
final class PublishedShelf: Sendable {
    private let shelf: Mutex<Shelf>

    init(_ shelf: Shelf) { self.shelf = Mutex(shelf) }

    var value: Shelf { shelf.withLock { $0 } }

    var sequence: UInt64 { shelf.withLock { $0.sequence } }

    func log(_ id: LogID) -> HeldLog? { shelf.withLock { $0.logs[id] } }

    /// Shows what a commit changed.
    func publish(_ changed: Set<LogID>, of new: Shelf) {
        shelf.withLock { shelf in Self.copy(changed, from: new, to: &shelf) }
    }

    /// Sets a working copy back to what is shown.
    func undo(_ changed: Set<LogID>, in working: inout Shelf) {
        shelf.withLock { shelf in Self.copy(changed, from: shelf, to: &working) }
    }

    private static func copy(_ changed: Set<LogID>, from source: Shelf, to target: inout Shelf) {
        for log in changed { target.logs[log] = source.logs[log] }
        target.convicted = source.convicted
        target.dead = source.dead
        target.sequence = source.sequence
        target.droppedThrough = source.droppedThrough
        target.instance = source.instance
        target.ownLog = source.ownLog
        target.ownBytes = source.ownBytes
        target.epochNumber = source.epochNumber
        target.coveredBytes = source.coveredBytes
        target.headState = source.headState
        target.nextNumber = source.nextNumber
    }
}
