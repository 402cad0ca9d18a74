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
        let replay = EpochReplay(
            held: held, size: { store.tip(of: $0)?.held ?? .empty }, root: { try? store.root(of: $0, at: $1) })
        for stored in kept {
            state = try replay.next(
                stored.number, certificate: stored.certificate, delta: stored.delta, after: state, suite)
            guard state.digest() == stored.settledDigest else {
                throw ArchiveFailure(number: stored.number, sentence: "the settled state after it is another one")
            }
        }
        return state
    }
}

/// One epoch after another from what is held of the logs, trusting nothing that is kept beside them.
struct EpochReplay<Held: HeldEntries> {
    let held: Held
    /// How much is held of a log.
    let size: (LogID) -> LogSize
    /// The root of a log at a size up to that.
    let root: (LogID, LogSize) -> Hash?
    /// Whether a header that names another state before it than was folded is a fault. A node goes on, and says so.
    var checksStates = false

    /// The settled state after the next epoch.
    func next(
        _ number: Int, certificate bytes: [UInt8], delta: [UInt8], after state: CooperativeState,
        _ suite: any CipherSuite
    ) throws(ArchiveFailure) -> CooperativeState {
        func fail(_ sentence: String) -> ArchiveFailure { ArchiveFailure(number: number, sentence: sentence) }
        guard number == state.epoch.number + 1 else { throw fail("it does not follow the one before") }
        let certificate: Certificate
        do throws(CertificateRefusal) {
            certificate = try Certificate(bytes, state.votingSet, suite)
        } catch {
            throw fail("its certificate is refused: \(error.rawValue)")
        }
        if checksStates {
            var before = state
            guard certificate.header.stateDigest == before.digest() else {
                throw fail("it names another state before it than its logs fold to")
            }
        }
        guard let delta = VectorDelta(delta),
              let epoch = Epoch(certificate, heads: state.epoch.heads(applying: delta.covered), suite)
        else { throw fail("its vector does not give the root in its header") }
        for covered in epoch.heads where size(covered.log) < covered.head.size {
            throw fail("log \(covered.log) is not held as far as it covers")
        }
        for covered in epoch.heads where covered.head.size > .empty {
            if state.epoch.head(of: covered.log) == covered.head { continue }
            guard root(covered.log, covered.head.size) == covered.head.root else {
                throw fail("of log \(covered.log) another branch is held than the one that it covers")
            }
        }
        return state.settled(by: epoch, held: held)
    }
}

/// What is wrong with a kept epoch.
struct ArchiveFailure: Error, CustomStringConvertible {
    let number: Int
    let sentence: String

    var description: String { "epoch \(number): \(sentence)" }
}
