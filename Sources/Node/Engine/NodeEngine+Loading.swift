// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
import Replication
import Storage

extension NodeEngine {
    /// The heads that peers are told and the changes that the store keeps, so that tokens given before stay good.
    static func loadHeads(
        _ store: JournalStore, _ tips: [LogID: LogTip], _ epoch: Epoch, forked: Set<LogID>, _ suite: OpenSSLSuite
    ) throws(StartFailure) -> HeldHeads {
        guard let instance = StoreInstance(store.instance) else {
            throw StartFailure("The store has no instance; `korf verify` tells what is wrong with it.")
        }
        let rows = tips.values.sorted { $0.log < $1.log }.map { tip in
            let covered = epoch.head(of: tip.log)?.size ?? .empty
            return HeadRow(tip, forkedCoveredSize: forked.contains(tip.log) ? covered : nil, suite)
        }
        let changes: [HeadChange]
        do throws(StorageFailure) {
            changes = try store.keptChanges().map { change in
                HeadChange(
                    sequence: HeadSequence(Int(change.sequence)), log: change.log, sizeBefore: change.heldBefore,
                    isEvidence: change.isEvidence)
            }
        } catch { throw StartFailure("The history of heads cannot be read: \(error.description)") }
        let history = HeadHistory(
            instance: instance, sequence: HeadSequence(Int(store.sequence)),
            oldestKept: HeadSequence(Int(store.oldestSequenceKept)), changes: changes)
        return HeldHeads(table: HeadTable(rows), history: history)
    }

    /// The forks of which evidence is held.
    static func loadForks(
        _ store: JournalStore, _ tips: [LogID: LogTip], _ suite: OpenSSLSuite
    ) throws(StartFailure) -> [ConvictedFork] {
        var forks: [ConvictedFork] = []
        for log in store.convicted {
            guard let identity = tips[log]?.identity else { continue }
            do {
                guard let bytes = try store.evidence(against: log) else { continue }
                forks.append(try ForkEvidence.parse(bytes).check(identity, suite))
            } catch {
                throw StartFailure("The evidence against log \(log) cannot be read again: \(error)")
            }
        }
        return forks
    }

    /// What a start takes up.
    struct LoadedStates {
        let settled: CooperativeState
        let overlay: CooperativeState
        let chain: EpochChain
        let folded: Int
        let isSettledRebuilt: Bool
        let isOverlayRebuilt: Bool
    }

    /// The saved states with what came after the overlay, or what cannot be used made anew.
    static func loadStates(
        _ genesis: Genesis, _ store: JournalStore, _ suite: OpenSSLSuite, _ log: LogWriter
    ) throws(StartFailure) -> LoadedStates {
        let held = StoreEntries(store, suite)
        let (settled, chain, isRebuilt) = try loadSettled(genesis, store, held, suite, log)
        let saved = savedState(genesis, .overlay, store, suite, log, on: settled)
        let known = Set(store.tips.map(\.log))
        if var overlay = saved, overlay.isOverlay, overlay.epoch == settled.epoch, !isRebuilt,
           overlay.convicted == Set(store.convicted), known.isSubset(of: overlay.authorisedLogs) {
            let before = overlay.foldedCount
            overlay.replay(held)
            if !overlay.isStale {
                return LoadedStates(
                    settled: settled, overlay: overlay, chain: chain, folded: overlay.foldedCount - before,
                    isSettledRebuilt: false, isOverlayRebuilt: false)
            }
        }
        let overlay: CooperativeState
        do throws(StorageFailure) { overlay = try Self.overlay(on: settled, store, held) } catch {
            throw StartFailure("What is held cannot be read: \(error.description)")
        }
        return LoadedStates(
            settled: settled, overlay: overlay, chain: chain, folded: overlay.foldedCount - settled.foldedCount,
            isSettledRebuilt: isRebuilt, isOverlayRebuilt: true)
    }

    /// The settled state as it was saved with the last epoch, or folded from the genesis on.
    private static func loadSettled(
        _ genesis: Genesis, _ store: JournalStore, _ held: StoreEntries, _ suite: OpenSSLSuite, _ log: LogWriter
    ) throws(StartFailure) -> (CooperativeState, EpochChain, isRebuilt: Bool) {
        let founding = CooperativeState(genesis: genesis, hashing: suite)
        guard store.epochNumber > 0 else {
            return (founding, EpochChain(genesis: genesis, voters: founding.votingSet, suite), false)
        }
        do {
            let deltas = try store.epochs(from: 1, bytesLimit: .max).compactMap { VectorDelta($0.delta) }
            if let saved = savedState(genesis, .settled, store, suite, log), !saved.isOverlay,
               saved.epoch.number == store.epochNumber,
               let chain = EpochChain(genesis: genesis, settled: saved, deltas: deltas, suite) {
                return (saved, chain, false)
            }
            let folded = try EpochArchive(store: store, held: held).settled(genesis, suite)
            guard let chain = EpochChain(genesis: genesis, settled: folded, deltas: deltas, suite) else {
                throw StartFailure("The epochs kept do not lead to each other; `korf verify` tells more.")
            }
            return (folded, chain, true)
        } catch let failure as StartFailure {
            throw failure
        } catch { throw StartFailure("The epochs cannot be taken up: \(error)") }
    }

    /// Everything held above a settled state, folded onto it.
    static func overlay(
        on settled: CooperativeState, _ store: JournalStore, _ held: StoreEntries
    ) throws(StorageFailure) -> CooperativeState {
        settled.overlay(
            convicted: Set(store.convicted), openings: try openings(store, beyond: settled), held: held)
    }

    /// The entries 0 of logs that are held and that a settled state does not know.
    private static func openings(
        _ store: JournalStore, beyond settled: CooperativeState
    ) throws(StorageFailure) -> [EntryZero] {
        var zeros: [EntryZero] = []
        for tip in store.tips where settled.identity(of: tip.log) == nil {
            if let zero = try? EntryZero.parse(try store.entry(of: tip.log, at: .zero)) { zeros.append(zero) }
        }
        return zeros
    }

    /// Makes the overlay anew: the epoch, the evidence or what stands is another one.
    func rebuildOverlay() {
        let held = StoreEntries(store, suite)
        do throws(StorageFailure) {
            state = settled.overlay(
                convicted: Set(forks.keys), openings: try Self.openings(store, beyond: settled), held: held)
        } catch { preconditionFailure("what is held can be read: \(error.description)") }
        isStateRebuilt = true
        takeUpLogs()
        for log in forks.keys.sorted() { keepRow(of: log) }
    }

    /// Logs that became known may be received from now on.
    func takeUpLogs(at sequence: HeadSequence? = nil) {
        for identity in state.logIdentities where tips[identity.log] == nil {
            tips[identity.log] = LogTip(authorised: identity)
            keepRow(of: identity.log, at: sequence)
        }
    }

    /// The state as it was saved; `nil` where there is none that can be used.
    private static func savedState(
        _ genesis: Genesis, _ space: SnapshotSpace, _ store: JournalStore, _ suite: OpenSSLSuite, _ log: LogWriter,
        on settled: CooperativeState? = nil
    ) -> CooperativeState? {
        var restoration = StateRestoration(genesis: genesis, hashing: suite, on: settled)
        var refusal: SnapshotRefusal?
        var isSaved = false
        do {
            try store.forEachSnapshotChunk(in: space) { stored in
                guard let chunk = StateChunk(stored) else { return true }
                isSaved = true
                do throws(SnapshotRefusal) { try restoration.take(chunk) } catch { refusal = error }
                return refusal == nil
            }
            if let refusal { throw refusal }
            return isSaved ? try restoration.finish() : nil
        } catch {
            log(.warning, "state", result: "folded-anew", ["reason": "\(error)"])
            return nil
        }
    }

    /// Tells peers how a log stands now.
    func keepRow(of log: LogID, at sequence: HeadSequence? = nil) {
        guard let tip = tips[log] else { return }
        shortSince[log] = missing(of: tip) == 0 ? nil : shortSince[log] ?? clock.milliseconds()
        let standing = forks[log] == nil ? nil : standingSize(of: log)
        heads.keep(HeadRow(tip, forkedCoveredSize: standing, suite), at: sequence)
    }

    /// Entries below the newest head of a log that are not held and may be taken: of a candidate's only the first ones.
    func missing(of tip: LogTip) -> Int {
        guard let head = tip.head, head.size > tip.held else { return 0 }
        let isCandidate = state.candidates().contains { $0.logs.contains { $0.log == tip.log } }
        let most = isCandidate ? LogSize(known: CooperativeLimits.candidateEntries) : head.size
        return max(0, min(head.size, most).count - tip.held.count)
    }

    /// How much of a forked log stands: what the last epoch covers, or more up to an end that is named and held.
    private func standingSize(of log: LogID) -> LogSize {
        let covered = settled.epoch.head(of: log)?.size ?? .empty
        guard let end = state.namedEnd(of: log), end.size > covered, root(of: log, at: end.size) == end.root else {
            return covered
        }
        return end.size
    }

    /// How far pages of forked logs are still taken, and pages of candidates at all. Protocol/membership.md §1.
    var forkAllowances: [LogID: LogSize] {
        var allowances: [LogID: LogSize] = [:]
        for candidate in state.candidates() {
            for log in candidate.logs { allowances[log.log] = LogSize(known: CooperativeLimits.candidateEntries) }
        }
        for log in forks.keys {
            let covered = settled.epoch.head(of: log)?.size ?? .empty
            allowances[log] = max(covered, state.namedEnd(of: log)?.size ?? .empty)
        }
        return allowances
    }

    /// Begins the own log, or takes it up where it ended.
    func beginOwnLog() async throws(StartFailure) {
        if case .readsOnly = mode { return }
        // The log of a newcomer begins with its admission, that of replaced keys once others were asked for it.
        guard genesis.founder(member.oin) == member || tips[ownLogID]?.held ?? .empty >= 1 else { return }
        guard store.ownLog == nil || store.ownLog == ownLogID else { return }
        let entryZero = EntryZero(network: genesis.network, card: member)
        do throws(StorageFailure) {
            if store.ownLog == nil { try await store.declareOwnLog(entryZero) }
            if let tip = tips[ownLogID], tip.held >= 1 {
                own = OwnLog(resuming: tip)
                if own == nil { mode = .readsOnly("the newest head of the own log does not end at its last entry.") }
                return
            }
            let begun = OwnLog.begin(entryZero, signer: signer, suite)
            let receipt = try await store.commit(CommitBatch(pages: [begun.page]))
            own = begun.log
            tips[ownLogID] = begun.log.tip
            fold(begun.page)
            keepRow(of: begun.page.log, at: HeadSequence(Int(receipt.sequence)))
        } catch {
            throw StartFailure("The own log cannot be begun: \(error.description)")
        }
    }

    /// Folds a page that is durable. Of a log that something no longer authorises it is kept and means nothing.
    func fold(_ page: AdmittedPage) {
        guard state.identity(of: page.log) != nil else { return }
        do throws(FoldRefusal) {
            try state.apply(
                page.log, from: page.first, HeldBatch(page.entries, leafHashes: page.leafHashes),
                held: StoreEntries(store, suite))
        } catch { rebuildOverlay() }
        entriesSinceSnapshot += page.entries.count
    }
}

extension StateChunk {
    /// A chunk under the key that the store keeps it by: table and number, four bytes each.
    init?(_ stored: SnapshotChunk) {
        guard let bytes = stored.bytes, stored.key.count == 8 else { return nil }
        func number(_ range: Range<Int>) -> Int { stored.key[range].reduce(0) { $0 << 8 | Int($1) } }
        self.init(table: number(0..<4), number: number(4..<8), bytes: bytes)
    }

    var stored: SnapshotChunk {
        func key(_ number: Int) -> [UInt8] { (0..<4).map { UInt8(truncatingIfNeeded: number >> ((3 - $0) * 8)) } }
        return SnapshotChunk(key: key(table) + key(number), bytes: bytes)
    }
}

extension CooperativeState {
    /// How far each log was folded.
    var cursor: [LogID: LogSize] {
        Dictionary(uniqueKeysWithValues: authorisedLogs.compactMap { log in size(of: log).map { (log, $0) } })
    }

    /// How many entries were folded, over all logs.
    var foldedCount: Int { authorisedLogs.reduce(0) { $0 + (size(of: $1)?.count ?? 0) } }
}
