// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
import Replication
import Storage

extension NodeEngine {
    /// The heads that peers are told and the changes that the store keeps, so that tokens given before stay good.
    static func loadHeads(
        _ store: JournalStore, _ tips: [LogID: LogTip], forked: Set<LogID>, _ suite: OpenSSLSuite
    ) throws(StartFailure) -> HeldHeads {
        guard let instance = StoreInstance(store.instance) else {
            throw StartFailure("The store has no instance; `korf verify` tells what is wrong with it.")
        }
        let rows = tips.values.sorted { $0.log < $1.log }.map { tip in
            HeadRow(tip, forkedCoveredSize: forked.contains(tip.log) ? .empty : nil, suite)
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

    /// The saved state with what came after it, or everything folded anew.
    static func loadState(
        _ genesis: Genesis, _ store: JournalStore, _ suite: OpenSSLSuite, _ log: LogWriter
    ) throws(StartFailure) -> (state: CooperativeState, folded: Int) {
        let held = StoreEntries(store, suite)
        var state = savedState(genesis, store, suite, log) ?? CooperativeState(genesis: genesis, hashing: suite)
        let before = state.foldedCount
        state.replay(held)
        for convicted in store.convicted { state = state.suspending(convicted, held: held) }
        return (state, state.foldedCount - before)
    }

    /// The state as it was saved; `nil` where there is none that can be used.
    private static func savedState(
        _ genesis: Genesis, _ store: JournalStore, _ suite: OpenSSLSuite, _ log: LogWriter
    ) -> CooperativeState? {
        var restoration = StateRestoration(genesis: genesis, hashing: suite)
        var refusal: SnapshotRefusal?
        var isSaved = false
        do {
            try store.forEachSnapshotChunk { stored in
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

    /// Marks a log as forked in what peers are told.
    func markForked(_ log: LogID, at sequence: HeadSequence? = nil) {
        guard let tip = tips[log] else { return }
        heads.keep(HeadRow(tip, forkedCoveredSize: .empty, suite), at: sequence)
    }

    /// Begins the own log, or takes it up where it ended.
    func beginOwnLog() async throws(StartFailure) {
        if case .readsOnly = mode { return }
        // The log of a newcomer begins with its admission.
        guard isMember || tips[ownLogID]?.held ?? .empty >= 1 else { return }
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
            heads.keep(HeadRow(begun.log.tip, suite), at: HeadSequence(Int(receipt.sequence)))
        } catch {
            throw StartFailure("The own log cannot be begun: \(error.description)")
        }
    }

    /// Folds a page that is durable.
    func fold(_ page: AdmittedPage) {
        do throws(FoldRefusal) {
            try state.apply(
                page.log, from: page.first, HeldBatch(page.entries, leafHashes: page.leafHashes),
                held: StoreEntries(store, suite))
        } catch { preconditionFailure("what was admitted follows what was folded: \(error)") }
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
