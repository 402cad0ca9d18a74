// SPDX-License-Identifier: EUPL-1.2
import Journal
import Replication
import Storage

/// Reads pages, evidence and texts from the store for an answer or a push. The store checks hashes as it reads.
struct StorePages: PageSource {
    typealias Failure = StorageFailure

    /// Bytes that are asked of the store at once.
    private static let portionBytes = 256 << 10
    private let store: JournalStore

    init(_ store: JournalStore) { self.store = store }

    mutating func entries(
        of log: LogID, from first: EntryIndex, below end: LogSize, to sink: inout EntrySink
    ) throws(StorageFailure) {
        var next = first.position
        while next < end.count {
            let batch = try store.entries(of: log, from: EntryIndex(known: next), byteLimit: Self.portionBytes)
            guard !batch.isEmpty else { return }
            for position in 0..<batch.count {
                guard next < end.count, sink.offer(batch[position]) else { return }
                next += 1
            }
        }
    }

    mutating func rightHandHashes(
        of log: LogID, from stop: LogSize, to headSize: LogSize
    ) throws(StorageFailure) -> [Hash]? {
        guard let tree = store.tree(of: log), headSize <= tree.size else { return nil }
        var hashes: [Hash] = []
        for subtree in Subtree.cover(stop, to: headSize) { hashes.append(try tree.root(of: subtree)) }
        return hashes
    }

    mutating func evidence(against log: LogID) throws(StorageFailure) -> [UInt8]? { try store.evidence(against: log) }

    mutating func text(of commitment: TextCommitment) throws(StorageFailure) -> SaltedText? {
        try store.text(of: commitment).map {
            SaltedText(salt: $0.salt, text: String(decoding: $0.text, as: UTF8.self))
        }
    }
}
