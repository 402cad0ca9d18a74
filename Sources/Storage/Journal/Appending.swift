// SPDX-License-Identifier: EUPL-1.2

import Journal

/// What a head change is about, in the history that tokens point into. Spec: Protocol/storage.md §4.
enum HeadChangeKind: Int { case head = 0, evidence = 1 }

extension JournalCore {
    /// Makes a batch part of the open transaction. Whatever can be refused is refused before the first write.
    mutating func apply(_ batch: CommitBatch) throws(StorageFailure) -> CommitReceipt {
        if let succession = batch.succession { try succeed(succession) }
        if let base = batch.branchingAt { return try replaceBranch(batch, at: base) }
        let plans = try check(batch)
        let newlyConvicted = batch.evidence.filter { !shelf.convicted.contains($0.log) }
        if !plans.isEmpty || !newlyConvicted.isEmpty { shelf.sequence += 1 }
        for plan in plans { try append(plan) }
        try count(batch.ownBytes)
        for fork in newlyConvicted { try convict(fork) }
        for token in batch.tokens { try PeerRows.write(token, connection) }
        for text in batch.texts { try TextRows.hold(text, connection) }
        for commitment in batch.wantedTexts { try TextRows.want(commitment, connection) }
        for justification in batch.justifications { try keep(justification) }
        return CommitReceipt(sequence: shelf.sequence)
    }

    /// The first page of the branch that stands takes the place of what was held above `base`.
    private mutating func replaceBranch(
        _ batch: CommitBatch, at base: LogTip
    ) throws(StorageFailure) -> CommitReceipt {
        guard batch.pages.count == 1, let page = batch.pages.first, page.log == base.log, !page.isSignedHere,
              let before = shelf.logs[base.log]?.tip.held, let plan = BlobPlan(page, on: base, suite)
        else { throw .refused(.notOnTop(base.log)) }
        shelf.sequence += 1
        try branch(at: base)
        try append(plan, heldBefore: before)
        return CommitReceipt(sequence: shelf.sequence)
    }

    private func check(_ batch: CommitBatch) throws(StorageFailure) -> [BlobPlan] {
        var tips: [LogID: LogTip] = [:]
        var plans: [BlobPlan] = []
        for page in batch.pages {
            guard let tip = tips[page.log] ?? shelf.logs[page.log]?.tip
                ?? (page.entries.isEmpty ? nil : LogTip(authorised: page.tip.identity))
            else { throw .refused(.unknownLog(page.log)) }
            if page.isSignedHere, !shelf.headState.allowsSigning { throw .refused(.ownLogReadsOnly) }
            guard page.first == tip.held.next else {
                throw .refused(.gap(log: page.log, held: tip.held, from: page.first))
            }
            // A head below the newest one is no fault: while a log is caught up, relays bring pages under older heads.
            guard let plan = BlobPlan(page, on: tip, suite) else { throw .refused(.notOnTop(page.log)) }
            plans.append(plan)
            tips[page.log] = page.tip
        }
        for text in batch.texts where text.text.count > Limits.textBytes {
            throw .refused(.tooLarge(bytes: text.text.count, limit: Limits.textBytes))
        }
        return plans
    }

    private mutating func append(_ plan: BlobPlan, heldBefore: LogSize? = nil) throws(StorageFailure) {
        let page = plan.page
        let log = if let held = shelf.logs[page.log] { held } else { try open(page) }
        let byteCount = log.byteCount + page.entries.byteCount
        if !page.entries.isEmpty { try plan.write(number: log.number, statements) }
        try keepWhole(log.tip, before: page.tip)
        try writeTip(page.tip, byteCount, number: log.number)
        shelf.logs[page.log] = HeldLog(number: log.number, tip: page.tip, byteCount: byteCount)
        changed.insert(page.log)
        if page.log == shelf.ownLog {
            if page.isSignedHere { ownLogGrew = true } else { try forbidSigning() }
        }
        try recordChange(.head, page.log, before: heldBefore ?? log.tip.held, after: page.tip.held)
    }

    private mutating func open(_ page: AdmittedPage) throws(StorageFailure) -> HeldLog {
        let log = HeldLog(number: shelf.nextNumber, tip: LogTip(authorised: page.tip.identity))
        shelf.nextNumber += 1
        statements.insertLog.bind(log.number, at: 1)
        statements.insertLog.bind(page.log, at: 2)
        statements.insertLog.bind(Array(page.entries[0]), at: 3)
        try statements.insertLog.run()
        return log
    }

    /// What came back from others was signed here once, by a store that knew more: the own log is never signed again.
    mutating func forbidSigning() throws(StorageFailure) {
        guard shelf.headState != .restored else { return }
        try connection.execute("UPDATE store SET reads_only = 1")
        shelf.headState = .restored
    }

    mutating func count(_ bytes: [Int: Int]) throws(StorageFailure) {
        for (number, added) in bytes.sorted(by: { $0.key < $1.key }) {
            let statement = try connection.prepare("""
                INSERT INTO own_bytes VALUES (?, ?) ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes
                """)
            statement.bind(number, at: 1)
            statement.bind(added, at: 2)
            try statement.run()
            shelf.ownBytes[number, default: 0] += added
        }
    }

    private func writeTip(_ tip: LogTip, _ byteCount: Int, number: Int) throws(StorageFailure) {
        statements.updateLog.bind(tip.held.count, at: 1)
        statements.updateLog.bind(HashList.encode(tip.edge.hashes), at: 2)
        statements.updateLog.bind(tip.head?.size.count ?? 0, at: 3)
        if let head = tip.head {
            statements.updateLog.bind(head.root, at: 4)
            statements.updateLog.bind(head.signed.signature.bytes, at: 5)
        } else {
            statements.updateLog.bindNull(at: 4)
            statements.updateLog.bindNull(at: 5)
        }
        statements.updateLog.bind(HashList.encode(tip.rightHandHashes), at: 6)
        statements.updateLog.bind(byteCount, at: 7)
        statements.updateLog.bind(number, at: 8)
        try statements.updateLog.run()
    }

    private mutating func convict(_ fork: ConvictedFork) throws(StorageFailure) {
        let statement = try connection.prepare("INSERT OR IGNORE INTO evidence VALUES (?, ?)")
        statement.bind(fork.log, at: 1)
        statement.bind(fork.evidence.encode(), at: 2)
        try statement.run()
        shelf.convicted.insert(fork.log)
        try recordChange(.evidence, fork.log, before: .empty, after: .empty)
    }

    private mutating func recordChange(
        _ kind: HeadChangeKind, _ log: LogID, before: LogSize, after: LogSize
    ) throws(StorageFailure) {
        statements.insertChange.bind(shelf.sequence, at: 1)
        statements.insertChange.bind(kind.rawValue, at: 2)
        statements.insertChange.bind(log, at: 3)
        statements.insertChange.bind(before.count, at: 4)
        statements.insertChange.bind(after.count, at: 5)
        try statements.insertChange.run()
        historyRows += 1
    }
}
