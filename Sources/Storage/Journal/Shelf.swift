// SPDX-License-Identifier: EUPL-1.2

import Journal

/// One log as the store holds it.
struct HeldLog: Sendable {
    let number: Int
    var tip: LogTip
}

/// What is published of all logs: durable, and for the own log with its external head written. Readers look
/// here first, so nothing is served before its commit is whole.
struct Shelf: Sendable {
    var logs: [LogID: HeldLog] = [:]
    var convicted: Set<LogID> = []
    var sequence: UInt64 = 0
    var droppedThrough: UInt64 = 0
    var instance: [UInt8] = []
    var ownLog: LogID?
    var headState = ExternalHeadState.fresh
    var nextNumber = 1
}
