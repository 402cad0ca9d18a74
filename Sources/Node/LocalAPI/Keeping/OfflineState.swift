// SPDX-License-Identifier: EUPL-1.2
public import Cooperative
import Cryptography
public import Journal
public import Storage

/// The state of a data directory that no daemon holds, folded anew from its entries; a saved state is not trusted.
public enum OfflineState {
    /// The state digest, which is the same on every node that holds the same entries and evidence.
    public static func digest(of directory: String, _ genesis: Genesis) throws(StorageFailure) -> Hash {
        let suite = OpenSSLSuite()
        // No external head is named, so this opening can neither sign nor move the one of the node.
        let store = try NodeStore(path: directory, headFile: directory + "/no-external-head", suite: suite)
        let held = StoreEntries(store.journal, suite)
        let settled: CooperativeState
        do throws(ArchiveFailure) {
            settled = try EpochArchive(store: store.journal, held: held).settled(genesis, suite)
        } catch { throw .notOurs(path: directory, sentence: error.description) }
        var state = try NodeEngine.overlay(on: settled, store.journal, held)
        return state.digest()
    }
}
