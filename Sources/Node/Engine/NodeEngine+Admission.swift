// SPDX-License-Identifier: EUPL-1.2
import Cooperative
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
        return try await submit { .append(entries, $0) }
    }

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

    private func submit<Value: Sendable>(
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
            let group = CommitGroup(
                tips: tips, own: own, forks: forks, mode: mode, store: store, signer: signer, suite: suite,
                limits: limits)
            let answers = group.run(queue.take(bytesLimit: Self.commitBytes))
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

    /// What is durable becomes what is held: tips, state, heads.
    private func keep(_ group: CommitGroup, _ receipt: CommitReceipt) {
        tips = group.tips
        if case .readsOnly = mode { own = nil } else { own = group.own }
        let sequence = HeadSequence(Int(receipt.sequence))
        heads.advance(to: sequence)
        for page in group.batch.pages {
            fold(page)
        }
        for log in Set(group.batch.pages.map(\.log)).sorted() {
            guard let tip = tips[log] else { continue }
            heads.keep(HeadRow(tip, forkedCoveredSize: forks[log].map { _ in .empty }, suite), at: sequence)
        }
        for convicted in group.batch.evidence where forks[convicted.log] == nil {
            forks[convicted.log] = convicted
            markForked(convicted.log, at: sequence)
            state = state.suspending(convicted, held: StoreEntries(store, suite))
            isStateRebuilt = true
            log(.warning, "fork", convicted.log.description, result: "suspended")
            if convicted.log == ownLogID { stopWriting(Self.twoHistories) }
        }
        for listener in newHeadsListeners { listener() }
    }
}
