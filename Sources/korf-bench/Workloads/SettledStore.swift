// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
import Replication
import Storage

/// Puts the first epoch into a store, which covers all but the last few entries of each log, as a node does that
/// applies it.
enum SettledStore {
    private static let entriesAbove = 3

    static func settle(_ network: BenchNetwork, _ directory: String) async throws {
        let store = try NodeStore(
            path: directory, headFile: BenchNode.headFile(of: directory), suite: network.suite)
        let held = StoredEntries(store: store.journal, suite: network.suite)
        let founding = CooperativeState(genesis: network.genesis, hashing: network.suite)
        let heads = founding.epoch.heads.map { CoveredHead(log: $0.log, head: head(of: $0.log, held) ?? $0.head) }
        let signer = try EpochSigner(network)
        let certificate = try signer.certificate(after: founding, heads)
        guard let epoch = Epoch(certificate, heads: heads, network.suite) else {
            throw BenchFailure("the vector gives the root")
        }
        var settled = founding.settled(by: epoch, held: held)
        let delta = Self.delta(founding.epoch.delta(to: heads))
        let chunks = settled.snapshotChunks(whole: true).map { chunk in
            SnapshotChunk(key: key(chunk.table) + key(chunk.number), bytes: chunk.bytes)
        }
        try await store.journal.commit(EpochCommit(
            epoch: StoredEpoch(
                number: 1, certificate: certificate.encode(founding.votingSet), delta: delta,
                settledDigest: settled.digest(), voters: settled.votingSet.logs.map(\.log)),
            ownBytes: [:], coveredBytes: [:],
            cursor: Dictionary(uniqueKeysWithValues: heads.map { ($0.log, $0.head.size) }), chunks: chunks,
            replacingAll: true))
    }

    /// Heads as an epoch's row has them.
    static func delta(_ heads: [CoveredHead]) -> [UInt8] {
        VectorDelta(heads.map { DeltaHead(log: $0.log, head: $0.head) }).encode()
    }

    /// The head some entries before the end.
    private static func head(of log: LogID, _ held: StoredEntries) -> Head? {
        let size = (held.store.tip(of: log)?.held.count ?? 0) - entriesAbove
        var edge = RightEdge()
        while edge.size.count < size, let batch = held.entries(log: log, from: edge.size.next) {
            edge.append(leaves: batch.leafHashes.prefix(size - edge.size.count), held.suite)
        }
        return size > 0 ? Head(size: edge.size, root: edge.root(held.suite)) : nil
    }

    private static func key(_ number: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: number >> ((3 - $0) * 8)) }
    }
}

/// What a store holds, for a fold.
private struct StoredEntries: HeldEntries {
    let store: JournalStore
    let suite: OpenSSLSuite

    func leafHash(log: LogID, index: EntryIndex) -> Hash? { try? store.leafHash(of: log, at: index) }

    func entry(log: LogID, index: EntryIndex) -> [UInt8]? { try? store.entry(of: log, at: index) }

    func entries(log: LogID, from: EntryIndex) -> HeldBatch? {
        guard let tip = store.tip(of: log), from.position < tip.held.count else { return nil }
        return (try? store.entries(of: log, from: from, byteLimit: 1 << 20)).map { HeldBatch($0, hashing: suite) }
    }
}
