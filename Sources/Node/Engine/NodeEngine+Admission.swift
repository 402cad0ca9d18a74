// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
public import Journal
import Replication
import Storage

extension NodeEngine {
    /// Bytes of pages that are admitted and committed together.
    static let commitBytes = 4 << 20

    /// Checks pages that a peer brought, makes what is good durable and folds it.
    public func admit(_ pages: [Page]) async throws(EngineFailure) -> PagesOutcome {
        guard !pages.isEmpty else { return PagesOutcome(refused: [], entriesKept: 0) }
        return try await submit { .pages(pages, $0) }
    }

    /// Checks evidence of forks that a peer brought and keeps what convicts a log that was not convicted before.
    public func keepEvidence(_ items: [[UInt8]], from peer: OIN) async throws(EngineFailure) {
        guard !items.isEmpty else { return }
        for refusal in try await submit({ .evidence(items, $0) }) { count(refusal.rawValue, for: peer) }
    }

    /// Appends entries to the own log, signs the head and makes both durable. Waits while it is not yet known
    /// whether this node may write.
    public func append(_ entries: [[UInt8]]) async throws(EngineFailure) -> [AppendedEntry] {
        guard !entries.isEmpty else { return [] }
        await modeIsKnown()
        if case .readsOnly(let reason) = mode { throw .readsOnly(reason) }
        if mode == .joins { throw .notAdmitted }
        return try await submit { .append(OwnEntries(entries), $0) }
    }

    /// Appends messages of consensus at once.
    func submitOwn(_ entries: OwnEntries) async throws(EngineFailure) -> [AppendedEntry] {
        try await submit { .append(entries, $0) }
    }

    /// Puts a decided epoch into the queue.
    func apply(_ decided: DecidedEpoch) { add(.epoch(decided)) }

    /// Puts pages into the queue, in the order of the calls, and answers at once: the caller may ask for more
    /// meanwhile.
    func enqueue(_ pages: [Page]) -> PendingAdmission {
        let (stream, continuation) = AsyncStream<Result<PagesOutcome, EngineFailure>>.makeStream()
        if let failure {
            continuation.yield(.failure(.storage(failure)))
        } else {
            add(.pages(pages) { continuation.yield($0) })
        }
        return PendingAdmission(stream)
    }

    func submit<Value: Sendable>(
        _ job: (@escaping AdmissionQueue.Answer<Value>) -> AdmissionQueue.Job
    ) async throws(EngineFailure) -> Value {
        if let failure { throw .storage(failure) }
        let result = await withCheckedContinuation { continuation in
            add(job { continuation.resume(returning: $0) })
        }
        return try result.get()
    }

    private func add(_ job: AdmissionQueue.Job) {
        queue.add(job)
        guard !queue.isDraining else { return }
        queue.isDraining = true
        Task { await drain() }
    }

    private func drain() async {
        while !queue.waiting.isEmpty {
            switch queue.takeAlone() {
            case .epoch(let decided):
                await applied(decided)
                continue
            case .branch(let offer, let answer):
                answer(.success(await taken(offer)))
                continue
            default: break
            }
            let group = CommitGroup(
                tips: tips, own: own, forks: forks, mode: mode, store: store, signer: signer, suite: suite,
                limits: limits, forkAllowances: forkAllowances.merging(namedLogs) { allowed, _ in allowed })
            let answers = group.run(queue.take(
                bytesLimit: Self.commitBytes, entriesLimit: NodeLimits.commitEntries)) { authorise($0) }
            if let shown = group.ownHeadShown { await peerHoldsMore(shown, from: nil) }
            guard !group.batch.pages.isEmpty || !group.batch.evidence.isEmpty else {
                for answer in answers { answer(nil) }
                continue
            }
            do throws(StorageFailure) {
                let receipt = try await store.commit(group.batch)
                keep(group, receipt)
                for answer in answers { answer(nil) }
            } catch {
                log(.error, "commit", result: "failed", ["reason": error.description])
                if store.stopped != nil { failure = error }
                for answer in answers { answer(.storage(error)) }
            }
        }
        queue.isDraining = false
    }

    /// Whose log an entry 0 begins, where something authorises it.
    private func authorise(_ zero: EntryZero) -> LogIdentity? {
        do throws(EntryZeroRefusal) { return try state.authorise(zero, suite) } catch {
            let identity = LogIdentity(zero, suite)
            return namedLogs[identity.log] == nil ? nil : identity
        }
    }

    /// Logs that only a vector names behind which a quorum stands, and how much of them. Protocol/log.md §4.
    private var namedLogs: [LogID: LogSize] {
        guard let core = height?.core else { return [:] }
        return state.unknownLogs(of: core.upheldHeaders.compactMap { vector(behind: $0) })
    }

    /// What is durable becomes what is held: tips, state, heads.
    private func keep(_ group: CommitGroup, _ receipt: CommitReceipt) {
        tips = group.tips
        if let opening = group.opening { takeUp(opening) }
        if case .readsOnly = mode { own = nil } else { own = group.own }
        let sequence = HeadSequence(Int(receipt.sequence))
        heads.advance(to: sequence)
        for zero in group.opened { state.register(zero) }
        var hasMessages = false
        for page in group.batch.pages {
            fold(page)
            hasMessages = take(messagesOf: page) || hasMessages
        }
        var isConvicted = false
        for convicted in group.batch.evidence where forks[convicted.log] == nil {
            forks[convicted.log] = convicted
            isConvicted = true
            log(.warning, "fork", convicted.log.description, result: "suspended")
            if convicted.log == ownLogID { stopWriting(Self.twoHistories) }
        }
        if state.isStale || isConvicted { rebuildOverlay() }
        takeUpLogs(at: sequence)
        for log in Set(group.batch.pages.map(\.log) + group.batch.evidence.map(\.log)).sorted() {
            keepRow(of: log, at: sequence)
        }
        for listener in newHeadsListeners { listener(hasMessages) }
        scheduleView()
    }

    /// Gives the messages of a page to consensus, unless they are our own; answers whether there were any.
    private func take(messagesOf page: AdmittedPage) -> Bool {
        arrivals.note(
            page.log, from: page.first.position, to: page.tip.held.count, at: SystemClock.monotonicMilliseconds())
        if page.isSignedHere {
            return (0..<page.entries.count).contains { EntryClass.isConsensusMessage(page.entries[$0]) }
        }
        return feed(page.entries, of: page.log, from: page.first.position)
    }
}
