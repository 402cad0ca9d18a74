// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
import Storage

/// Writes logs as C2SP tlog-tiles in the mirror layout, which public tools read, with evidence of forks beside them.
/// With genesis and epochs anybody recounts the whole. Spec: Protocol/log.md §5, Protocol/formats.md §3 and §4.
struct TileExport {
    /// Why an export ended, in one sentence.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// A log that was written.
    struct Exported {
        let log: LogID
        let directory: String
        let size: LogSize
    }

    /// A log of which not all that its owner signed is held here, and how far it was written.
    struct Shortfall {
        let log: LogID
        let oin: OIN
        let held: LogSize
        let signed: LogSize
        /// The newest head below which everything is held; `nil` where none is known, and then it was left out.
        let written: LogSize?
    }

    let store: JournalStore
    let suite: OpenSSLSuite
    let directory: String
    /// Whether each file is synced by itself; who writes many syncs them together.
    var syncsEach = true
    private(set) var logs: [Exported] = []
    private(set) var shortfalls: [Shortfall] = []

    init(store: JournalStore, suite: OpenSSLSuite, directory: String) {
        self.store = store
        self.suite = suite
        self.directory = directory
    }

    /// Writes a log up to its newest signed head below which everything is held, the checkpoint last, and notes where
    /// its owner signed more. A log of which nothing is held is left out.
    mutating func add(_ tip: LogTip) throws(Failure) {
        guard let newest = tip.head else { return }
        let whole: SignedHead?
        do throws(StorageFailure) {
            whole = newest.size == tip.held ? newest.signed : try store.wholeHead(of: tip.log)
        } catch { throw Failure(description: error.description) }
        if whole?.size != newest.size {
            shortfalls.append(Shortfall(
                log: tip.log, oin: tip.identity.origin.oin, held: tip.held, signed: newest.size, written: whole?.size))
        }
        guard let head = whole else { return }
        let name = TilePath.directory(of: tip.identity.origin, suite)
        let folder = "\(directory)/\(name)"
        var level = try writeEntries(of: tip.log, size: head.size, folder)
        var number = 0
        while !level.isEmpty {
            level = try writeHashes(level, level: number, folder)
            number += 1
        }
        try write(Array(head.note(tip.identity, suite).format().utf8), to: "\(folder)/checkpoint")
        logs.append(Exported(log: tip.log, directory: name, size: head.size))
    }

    /// Writes one item of evidence.
    func add(_ fork: ConvictedFork) throws(Failure) {
        try write(fork.evidence.encode(), to: "\(directory)/evidence/\(fork.log).cbor")
    }

    /// Writes the evidence that the store holds against a log.
    func addEvidence(against log: LogID) throws(Failure) {
        let bytes: [UInt8]?
        do throws(StorageFailure) { bytes = try store.evidence(against: log) } catch {
            throw Failure(description: error.description)
        }
        if let bytes { try write(bytes, to: "\(directory)/evidence/\(log).cbor") }
    }

    /// Writes the genesis. Spec: Protocol/formats.md §4.
    func add(_ genesis: Genesis) throws(Failure) { try write(genesis.bytes, to: "\(directory)/genesis.cbor") }

    /// Writes the epochs up to a number, each as certificate and delta. Spec: Protocol/formats.md §4.
    func addEpochs(upTo last: Int) throws(Failure) {
        var next = 1
        while next <= last {
            let epochs: [StoredEpoch]
            do throws(StorageFailure) { epochs = try store.epochs(from: next, bytesLimit: 4 << 20) } catch {
                throw Failure(description: error.description)
            }
            guard !epochs.isEmpty else { throw Failure(description: "Epoch \(next) is not in the store.") }
            for epoch in epochs where epoch.number <= last {
                let digits = String(epoch.number)
                let name = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
                try write(epoch.certificate, to: "\(directory)/epochs/\(name).certificate")
                try write(epoch.delta, to: "\(directory)/epochs/\(name).delta")
            }
            next += epochs.count
        }
    }

    /// Writes the bundles of entries; answers the leaf hashes.
    private func writeEntries(of log: LogID, size: LogSize, _ folder: String) throws(Failure) -> [Hash] {
        var leaves: [Hash] = []
        leaves.reserveCapacity(size.count)
        var bundle: [ArraySlice<UInt8>] = []
        var index = 0
        while leaves.count < size.count {
            let batch: EntryBatch
            do throws(StorageFailure) {
                batch = try store.entries(of: log, from: EntryIndex(known: leaves.count), byteLimit: 4 << 20)
            } catch { throw Failure(description: error.description) }
            for position in 0..<min(batch.count, size.count - leaves.count) {
                let entry = batch[position]
                leaves.append(suite.leafHash(entry))
                bundle.append(entry)
                if bundle.count == TilePath.fullWidth || leaves.count == size.count {
                    let path = TilePath.entries(index: index, width: bundle.count)
                    try write(EntryBundle.encode(bundle), to: "\(folder)/\(path)")
                    bundle = []
                    index += 1
                }
            }
        }
        return leaves
    }

    /// Writes the tiles of one level; answers the hashes of the next.
    private func writeHashes(_ hashes: [Hash], level: Int, _ folder: String) throws(Failure) -> [Hash] {
        var above: [Hash] = []
        var start = 0
        while start < hashes.count {
            let tile = hashes[start..<min(start + TilePath.fullWidth, hashes.count)]
            let path = TilePath.hashes(level: level, index: start / TilePath.fullWidth, width: tile.count)
            try write(tile.flatMap(\.bytes), to: "\(folder)/\(path)")
            if tile.count == TilePath.fullWidth { above.append(root(of: Array(tile))) }
            start += tile.count
        }
        return above
    }

    /// The root over a full tile.
    private func root(of hashes: [Hash]) -> Hash {
        var level = hashes
        while level.count > 1 {
            level = stride(from: 0, to: level.count, by: 2).map { suite.nodeHash(level[$0], level[$0 + 1]) }
        }
        return level[0]
    }

    private func write(_ bytes: [UInt8], to path: String) throws(Failure) {
        let folder = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
        do throws(FileFailure) {
            try PlainFile.makeFolder(String(folder))
            if syncsEach { try PlainFile.replace(path, bytes) } else { try PlainFile.createUnsynced(path, bytes) }
        } catch { throw Failure(description: error.description) }
    }
}
