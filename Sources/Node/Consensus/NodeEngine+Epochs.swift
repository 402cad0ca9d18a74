// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Replication
import Storage

/// An epoch whose heads are all held.
struct DecidedEpoch: Sendable {
    let certificate: Certificate
    let epoch: Epoch
}

// From a certificate to the next settled state. Spec: Protocol/consensus.md §3, Protocol/state.md §4.
extension NodeEngine {
    /// Applies the decided epoch once all that it covers is held. Called whenever more is held.
    func tryApply() {
        guard !isApplying, dispute == nil, let certificate = height?.decided else { return }
        guard let heads = vector(behind: certificate.header) else {
            return need(.vector(number: certificate.number.value, root: certificate.header.vectorRoot))
        }
        askForBranches()
        guard heads.allSatisfy({ holding(of: $0) == .held }),
              let epoch = Epoch(certificate, heads: heads, suite)
        else { return }
        isApplying = true
        apply(DecidedEpoch(certificate: certificate, epoch: epoch))
    }

    /// Does it, with nothing else changing meanwhile: settled state, counts and certificate become durable together.
    func applied(_ decided: DecidedEpoch) async {
        defer { isApplying = false }
        let next = decided.epoch
        guard next.number == chain.number + 1 else { return }
        compareDigest(decided.certificate.header)
        // Whoever proposed it or voted on it has tried it.
        var settled = trials.settled(by: next, decided.certificate.header)
            ?? settled.settled(by: next, held: StoreEntries(store, suite))
        let voters = settled.votingSet
        let chunks = settled.snapshotChunks(whole: isSettledRebuilt).map(\.stored)
        let commit = EpochCommit(
            epoch: StoredEpoch(
                number: next.number, certificate: decided.certificate.encode(chain.voters),
                delta: chain.epoch.delta(to: next.heads).delta.encode(), settledDigest: settled.digest(),
                voters: voters.logs.map(\.log)),
            ownBytes: ownBytes(above: next), coveredBytes: coveredBytes(by: next), cursor: settled.cursor,
            chunks: chunks, replacingAll: isSettledRebuilt)
        do throws(StorageFailure) { try await store.commit(commit) } catch {
            log(.error, "epoch", String(next.number), result: "not-applied", ["reason": error.description])
            if store.stopped != nil { failure = error }
            return
        }
        isSettledRebuilt = false
        tell(decided, before: self.settled, after: settled)
        self.settled = settled
        chain.append(next, voters: voters)
        rebuildOverlay()
        arrivals = Arrivals(holdMilliseconds: settled.rules.timings.holdMilliseconds)
        beginHeight()
        if isConsensusRunning { feedHeld() }
        refreshPermission()
        for listener in epochListeners { listener() }
        goOnCatchingUp()
        scheduleView()
    }

    /// The digest that the others signed of the state before, against the own one.
    private func compareDigest(_ header: EpochHeader) {
        let number = chain.number
        if header.stateDigest == settledDigest {
            if permission.differsSince != nil { log(.info, "digest", String(number), result: "agrees-again") }
            permission.differsSince = nil
        } else {
            log(.error, "digest", String(number), result: "differs", [
                "own": settledDigest.description, "signed": header.stateDigest.description,
            ])
            permission.differsSince = permission.differsSince ?? number
        }
    }

    /// The own settled digest after the last epoch.
    var settledDigest: Hash { settled.epochs[chain.number].stateDigest }

    /// Bytes of the own log's entries above an epoch, by class.
    private func ownBytes(above epoch: Epoch) -> [Int: Int] {
        guard let tip = tips[ownLogID] else { return [:] }
        var counts: [Int: Int] = [:]
        var next = epoch.head(of: ownLogID)?.size.count ?? 0
        while next < tip.held.count {
            let batch = heldEntries(of: ownLogID, from: next)
            let entries = (0..<batch.count).map { Array(batch[$0]) }
            guard let added = try? EntryClass.byteCounts(entries) else {
                preconditionFailure("the own log holds entries")
            }
            counts.merge(added, uniquingKeysWith: +)
            next += batch.count
        }
        return counts
    }

    /// Bytes of the entries that an epoch covers, of the logs of which it covers more than the last.
    private func coveredBytes(by epoch: Epoch) -> [LogID: Int] {
        var bytes: [LogID: Int] = [:]
        for covered in chain.epoch.delta(to: epoch.heads) {
            let held = tips[covered.log]?.held.count ?? 0
            bytes[covered.log] = store.byteCount(of: covered.log)
                - byteCount(of: covered.log, covered.head.size.count..<max(held, covered.head.size.count))
        }
        return bytes
    }

    /// One line of what an epoch did.
    private func tell(_ decided: DecidedEpoch, before: CooperativeState, after: CooperativeState) {
        let open = Set(before.decisions().filter { $0.standing == .open }.map(\.id))
        let closed = after.decisions().filter { $0.closing == decided.epoch.number }
        log(.info, "epoch", String(decided.epoch.number), result: "closed", [
            "round": String(decided.certificate.round.value), "date": decided.epoch.date.description,
            "decisions": closed.isEmpty ? "none" : closed.map(\.id.description).joined(separator: ","),
            "open": String(open.count), "voters": String(after.votingSet.count),
        ])
    }

    /// Calls `listener` after each epoch that was applied.
    public func onEpoch(_ listener: @escaping @Sendable () -> Void) { epochListeners.append(listener) }
}
