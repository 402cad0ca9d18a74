// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
import Storage

/// Lets the fold look up entries in the store. What cannot be read stops the node: a fold that skipped an entry would
/// show a wrong state.
struct StoreEntries: HeldEntries {
    private static let portionBytes = 1 << 20
    private let store: JournalStore
    private let suite: OpenSSLSuite

    init(_ store: JournalStore, _ suite: OpenSSLSuite) {
        self.store = store
        self.suite = suite
    }

    func leafHash(log: LogID, index: EntryIndex) -> Hash? {
        do throws(StorageFailure) { return try store.leafHash(of: log, at: index) } catch { stop(error) }
    }

    func entry(log: LogID, index: EntryIndex) -> [UInt8]? {
        guard let tip = store.tip(of: log), index.position < tip.held.count else { return nil }
        do throws(StorageFailure) { return try store.entry(of: log, at: index) } catch { stop(error) }
    }

    func entries(log: LogID, from: EntryIndex) -> HeldBatch? {
        guard let tip = store.tip(of: log), from.position < tip.held.count else { return nil }
        do throws(StorageFailure) {
            let batch = try store.entries(of: log, from: from, byteLimit: Self.portionBytes)
            return HeldBatch(batch, hashing: suite)
        } catch { stop(error) }
    }

    func holds(_ leaf: Hash, log: LogID, index: EntryIndex) -> Bool {
        // Only where the stored bytes hash otherwise is the tree asked: is the reference wrong, or the disk?
        entry(leaf, log: log, index: index) != nil || leafHash(log: log, index: index) == leaf
    }

    func entry(_ leaf: Hash, log: LogID, index: EntryIndex) -> [UInt8]? {
        do throws(StorageFailure) { return try store.entry(of: log, at: index, leaf: leaf) } catch { stop(error) }
    }

    private func stop(_ failure: StorageFailure) -> Never {
        preconditionFailure("an entry that is held cannot be read: \(failure)")
    }
}
