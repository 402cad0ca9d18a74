// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// That admission refused pages of a log.
public struct RefusedPage: Equatable, Sendable {
    /// The log.
    public let log: LogID
    /// Why.
    public let refusal: PageRefusal

    /// Pages of `log` refused.
    public init(log: LogID, refusal: PageRefusal) {
        self.log = log
        self.refusal = refusal
    }
}

extension ExchangeSession {
    /// Reports that a batch is durable, apart from what admission refused. `heads` say so already.
    public mutating func settled(
        _ batch: Int, refused: [RefusedPage] = [], _ heads: inout HeldHeads, _ hashing: some Hashing
    ) -> [ExchangeEffect] {
        guard unsettled.removeValue(forKey: batch) != nil, stage != .finished else { return [] }
        var effects: [ExchangeEffect] = []
        for page in refused {
            if page.refusal == .logNotAuthorised, heads.table[page.log] == nil {
                // What authorises it is not held yet; the next exchange brings it again.
                summary.unknownLogs += 1
                abandoned[page.log] = 0
                continue
            }
            note(.pageRefused(page.log, page.refusal))
            abandon(page.log, held: heads.table[page.log]?.held ?? .empty)
            abandoned[page.log] = abandoned[page.log] ?? 0
            if page.refusal == .headSignature { prove(page.log, afterRefusal: true, heads.table, &effects) }
        }
        return effects + advance(&heads, hashing)
    }

    /// The next step, once an answer was taken or pages settled.
    mutating func advance(_ heads: inout HeldHeads, _ hashing: some Hashing) -> [ExchangeEffect] {
        guard stage == .settling else { return [] }
        let isSpent = hasTooManyFaults || summary.requests >= ExchangeLimits.sessionRequests
        if isSpent {
            isSound = false
            return unsettled.isEmpty ? finish(&heads, hashing) : []
        }
        guard unsettled.values.reduce(0, +) <= ExchangeLimits.unsettledBytes else { return [] }
        let logs = logsToFetch(heads.table)
        if !logs.isEmpty { return ask(.fetch(logs)) }
        if !pushes.isEmpty || !textsAsked.isEmpty { return ask(.push) }
        guard unsettled.isEmpty else { return [] }
        if needsComparison, hasMovedSinceComparison, comparisons < ExchangeLimits.sessionComparisons {
            return ask(.compare)
        }
        return finish(&heads, hashing)
    }

    private mutating func ask(_ purpose: Purpose) -> [ExchangeEffect] {
        self.purpose = purpose
        stage = .composing
        return [.ask]
    }

    /// The logs with least to come first, as many as fill two answers by the average size of entries so far.
    /// The order is made once after each comparison, so that a long exchange does not sort at every page.
    private mutating func logsToFetch(_ table: HeadTable) -> [LogID] {
        if !isQueueSorted { sortQueue() }
        let average = summary.entriesReceived > 0 ? max(16, entryBytes / summary.entriesReceived) : 200
        var logs: [LogID] = []
        var bytes = 0
        while queueStart < queue.count, goals[queue[queueStart]] == nil { queueStart += 1 }
        for log in queue[queueStart...] {
            guard logs.count < ExchangeLimits.wantsAsked, bytes < 2 * ExchangeLimits.pagesBytes else { break }
            guard let goal = goals[log] else { continue }
            guard table[log]?.isForked == false else {
                goals[log] = nil
                continue
            }
            let (estimate, overflow) = goal.missing.multipliedReportingOverflow(by: average)
            bytes += overflow ? ExchangeLimits.pagesBytes : min(estimate, 2 * ExchangeLimits.pagesBytes)
            logs.append(log)
        }
        return logs
    }

    private mutating func sortQueue() {
        queue = goals.sorted { left, right in
            let (a, b) = (left.value.missing, right.value.missing)
            return a == b ? left.key < right.key : a < b
        }.map(\.key)
        queueStart = 0
        isQueueSorted = true
    }

    /// Ends the session: what to remember about the partner, and the summary.
    mutating func finish(_ heads: inout HeldHeads, _ hashing: some Hashing) -> [ExchangeEffect] {
        stage = .finished
        addGaps()
        summary.partnerBehind = pushes.keys.sorted().compactMap { log in
            guard let held = heads.table[log]?.held, let sent = pushes[log] else { return nil }
            return LogGap(log: log, entries: held.count - sent.count)
        }
        let isComplete = isSound && !needsComparison && newToken != nil && pushes.isEmpty
        summary.outcome = isComplete ? .complete : .partial
        if let partnerDigest {
            let isEqual = heads.digest(hashing) == partnerDigest
            let isSettled = isComplete && isDigestNamed && isQuiet(heads)
            summary.digests = isEqual ? .equal : isSettled ? .unequal : .unknown
        }
        if summary.digests == .unequal || summary.unknownLogs > 0 {
            return [.remember(.none), .finished(summary)]
        }
        guard isComplete else { return [.finished(summary)] }
        return [.remember(PartnerMemory(token: newToken, toldUpTo: toldNow(heads))), .finished(summary)]
    }

    /// Whether nothing changed here since the last comparison but by this exchange.
    private func isQuiet(_ heads: HeldHeads) -> Bool {
        guard let comparedAt, let since = heads.history.changes(after: comparedAt) else { return false }
        return since.evidence.isEmpty && since.sizes.allSatisfy { heads.table[$0.log]?.held == partnerHolds[$0.log] }
    }

    /// Up to where the partner now knows what this side holds: until now, if all changes since came from it or
    /// were sent to it; else until the first comparison.
    private func toldNow(_ heads: HeldHeads) -> HeadSequence? {
        guard let toldUpTo, let since = heads.history.changes(after: toldUpTo) else { return toldUpTo }
        let knows = since.evidence.isEmpty && since.sizes.allSatisfy { change in
            guard let held = heads.table[change.log]?.held else { return true }
            return held <= partnerHolds[change.log] ?? .empty
        }
        return knows ? heads.history.sequence : toldUpTo
    }
}
