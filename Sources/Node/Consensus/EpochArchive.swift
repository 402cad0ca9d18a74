// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Replication
import Storage

/// The epochs of a store, checked and folded from the genesis on: what a start does without a saved state, and what
/// `korf verify` does always. Spec: Protocol/storage.md §7, Protocol/exchange.md §8.
struct EpochArchive {
    let store: JournalStore
    let held: StoreEntries

    /// The settled state after the last epoch kept. Each certificate is checked with the voters of the epoch before,
    /// each vector by its root, each settled digest with the one that was kept and the one that the next header has.
    func settled(_ genesis: Genesis, _ suite: any CipherSuite) throws(ArchiveFailure) -> CooperativeState {
        var state = CooperativeState(genesis: genesis, hashing: suite)
        let kept: [StoredEpoch]
        do throws(StorageFailure) { kept = try store.epochs(from: 1, bytesLimit: .max) } catch {
            throw ArchiveFailure(number: state.epoch.number + 1, sentence: error.description)
        }
        for stored in kept { state = try next(stored, after: state, suite) }
        return state
    }

    private func next(
        _ stored: StoredEpoch, after state: CooperativeState, _ suite: any CipherSuite
    ) throws(ArchiveFailure) -> CooperativeState {
        func fail(_ sentence: String) -> ArchiveFailure { ArchiveFailure(number: stored.number, sentence: sentence) }
        guard stored.number == state.epoch.number + 1 else { throw fail("it does not follow the one before") }
        let certificate: Certificate
        do throws(CertificateRefusal) {
            certificate = try Certificate(stored.certificate, state.votingSet, suite)
        } catch {
            throw fail("its certificate is refused: \(error.rawValue)")
        }
        guard let delta = VectorDelta(stored.delta),
              let epoch = Epoch(certificate, heads: state.epoch.heads(applying: delta.covered), suite)
        else { throw fail("its vector does not give the root in its header") }
        for covered in epoch.heads where store.tip(of: covered.log)?.held ?? .empty < covered.head.size {
            throw fail("log \(covered.log) is not held as far as it covers")
        }
        for covered in epoch.heads where covered.head.size > .empty {
            if state.epoch.head(of: covered.log) == covered.head { continue }
            guard (try? store.root(of: covered.log, at: covered.head.size)) == covered.head.root else {
                throw fail("of log \(covered.log) another branch is held than the one that it covers")
            }
        }
        var settled = state.settled(by: epoch, held: held)
        guard settled.digest() == stored.settledDigest else { throw fail("the settled state after it is another one") }
        return settled
    }
}

/// What is wrong with a kept epoch.
struct ArchiveFailure: Error, CustomStringConvertible {
    let number: Int
    let sentence: String

    var description: String { "epoch \(number): \(sentence)" }
}
