// SPDX-License-Identifier: EUPL-1.2

public import Journal

extension ExchangeSession {
    /// Takes the answer to the last request. A second copy of an answer is ignored.
    public mutating func received(
        _ body: [UInt8], _ heads: inout HeldHeads, _ hashing: some Hashing
    ) -> [ExchangeEffect] {
        guard stage == .awaiting else { return [] }
        summary.bytesReceived += body.count
        let answer: ExchangeAnswer
        do {
            answer = try ExchangeAnswer(decoding: body)
            try answer.checkReferences(numbers)
        } catch {
            note(.malformed(error))
            return failed(error.reason)
        }
        stage = .settling
        progress = 0
        summary.partnerEpoch = answer.epoch
        if !answer.epochs.isEmpty { summary.partnerEpochs = answer.epochs }
        if answer.sendFullTable { return startFullTable() ?? finish(&heads, hashing) }
        let table = heads.table
        var effects: [ExchangeEffect] = []
        if !answer.parcel.evidence.isEmpty { effects.append(.keepEvidence(answer.parcel.evidence)) }
        if !answer.parcel.texts.isEmpty { effects.append(.keepTexts(answer.parcel.texts)) }
        takeRefusals(answer.refusals, table, &effects)
        takeNames(answer, table, &effects)
        takePages(answer.parcel.pages, table, &effects)
        judgeProgress(table)
        return effects + advance(&heads, hashing)
    }

    private var isComparison: Bool {
        switch purpose {
        case .compare: true
        case .fetch: false
        case .push: sentToken
        }
    }

    /// The partner cannot read the token that was sent.
    private mutating func startFullTable() -> [ExchangeEffect]? {
        guard sentToken, comparisons < ExchangeLimits.sessionComparisons else {
            note(.fullTableAgain)
            return nil
        }
        memory = .none
        newToken = nil
        purpose = .compare
        stage = .composing
        return [.remember(.none), .ask]
    }

    private mutating func takeRefusals(
        _ refusals: [PushRefusal], _ table: HeadTable, _ effects: inout [ExchangeEffect]
    ) {
        for refusal in refusals {
            isSound = false
            guard let log = numbers.log(refusal.log) else { continue }
            pushes[log] = nil
            partnerHolds[log] = nil
            if summary.refusedByPartner.count < ExchangeLimits.sessionFaults {
                summary.refusedByPartner.append(LogRefusal(log: log, reason: refusal.reason))
            }
            if refusal.reason == PageRefusal.headSignature.reason {
                prove(log, afterRefusal: true, table, &effects)
            }
        }
    }

    /// Asks, once a session and log, whether the partner's branch is another one.
    mutating func prove(
        _ log: LogID, afterRefusal: Bool, _ table: HeadTable, _ effects: inout [ExchangeEffect]
    ) {
        guard let row = table[log], !row.isForked, let head = row.head,
              proofs.count < ExchangeLimits.sessionProofs, proofs.insert(log).inserted
        else { return }
        effects.append(.prove(ProveRequest(log: .id(log), size: head.size), afterRefusal: afterRefusal))
    }

    /// Heads, wants, token and digest: what the partner says that both hold.
    private mutating func takeNames(
        _ answer: ExchangeAnswer, _ table: HeadTable, _ effects: inout [ExchangeEffect]
    ) {
        if case .fetch = purpose {} else {
            partnerDigest = answer.digest
            isDigestNamed = isComparison
        }
        guard isComparison else {
            if answer.token != nil || !answer.parcel.heads.isEmpty || answer.parcel.wants != nil {
                note(.namesUnasked)
            }
            return
        }
        newToken = answer.token
        needsComparison = answer.token == nil
        for head in answer.parcel.heads { takeHead(head, table, &effects) }
        for want in answer.parcel.wants ?? [] { takeWant(want, table) }
        if !hasServedTexts, !answer.parcel.textsWanted.isEmpty {
            hasServedTexts = true
            textsAsked = answer.parcel.textsWanted
        }
    }

    private mutating func takeHead(
        _ head: HeadMention, _ table: HeadTable, _ effects: inout [ExchangeEffect]
    ) {
        guard let log = numbers.log(head.log) else {
            note(.logUnknown)
            return
        }
        guard let row = table[log] else {
            summary.unknownLogs += 1
            return
        }
        guard !row.isForked, abandoned[log] == nil else { return }
        if let own = row.head, own.size == head.size, own.signature != head.signature {
            isSound = false
            prove(log, afterRefusal: true, table, &effects)
        } else if let own = row.head, own.size != head.size, row.held == head.held {
            // As many entries under heads of two sizes: no page will ever show whether they are the same ones.
            prove(log, afterRefusal: false, table, &effects)
        }
        partnerHolds[log] = max(partnerHolds[log] ?? .empty, head.held)
        let next = max(row.held, goals[log]?.next ?? .empty)
        guard head.held > next else { return }
        goals[log] = Goal(next: next, end: head.held)
        isQueueSorted = false
    }

    private mutating func takeWant(_ want: Want, _ table: HeadTable) {
        guard let log = numbers.log(want.log), let row = table[log] else {
            note(.wantNonsense)
            return
        }
        guard !row.isForked else { return }
        guard want.from.position < row.held.count, want.from.sizeBefore >= sentUpTo[log] ?? .empty else {
            note(.wantNonsense)
            return
        }
        pushes[log] = want.from.sizeBefore
    }

    private mutating func takePages(
        _ pages: [ReferencedPage], _ table: HeadTable, _ effects: inout [ExchangeEffect]
    ) {
        let asked: Set<LogID>? = if case .fetch(let logs) = purpose { Set(logs) } else { nil }
        var reached: [LogID: LogSize] = [:]
        var usable: [Page] = []
        var bytes = 0
        for page in pages where !hasTooManyFaults {
            guard let log = numbers.log(page.log) else {
                note(.logUnknown)
                continue
            }
            let row = table[log]
            guard isComparison && (row != nil || mayIntroduce(page)) || asked?.contains(log) == true else {
                note(.pageUnasked(log))
                continue
            }
            guard row?.isForked != true, abandoned[log] == nil else { continue }
            let next = reached[log] ?? max(row?.held ?? .empty, goals[log]?.next ?? .empty)
            guard page.from.position <= next.count else {
                note(.pageGap(log))
                continue
            }
            let (end, overflow) = page.from.position.addingReportingOverflow(page.entries.count)
            guard !overflow, end <= page.headSize.count else {
                note(.pageBeyondHead(log))
                continue
            }
            guard end > next.count else { continue }
            summary.entriesReceived += end - next.count
            reached[log] = LogSize(known: end)
            bytes += page.entries.byteCount
            usable.append(page.page(of: log))
        }
        for (log, end) in reached.sorted(by: { $0.key < $1.key }) { moveOn(log, to: end) }
        progress += reached.count
        hasMovedSinceComparison = hasMovedSinceComparison || !reached.isEmpty
        entryBytes += bytes
        guard !usable.isEmpty else { return }
        batches += 1
        unsettled[batches] = max(1, bytes)
        effects.append(.admit(PageBatch(number: batches, pages: usable)))
    }

    /// Whether a page may be of a log that nothing authorised here yet: a candidate's or a successor's comes from its
    /// entry 0 on, by its full id, and admission decides. Spec: Protocol/exchange.md §8.
    private func mayIntroduce(_ page: ReferencedPage) -> Bool {
        if case .id = page.log { page.from == .zero } else { false }
    }

    private mutating func moveOn(_ log: LogID, to end: LogSize) {
        partnerHolds[log] = max(partnerHolds[log] ?? .empty, end)
        guard var goal = goals[log] else { return }
        goal.next = end
        goals[log] = goal.next < goal.end ? goal : nil
    }

    /// What was asked and brought nothing is not asked again in this session.
    private mutating func judgeProgress(_ table: HeadTable) {
        guard case .fetch(let logs) = purpose, progress == 0 else { return }
        note(.noProgress)
        for log in logs { abandon(log, held: table[log]?.held ?? .empty) }
    }
}
