// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal

/// The logs of a bundle, each checked: its files are exactly those of its entries, and its owner's key signed its root.
/// Spec: Protocol/bundle.md §4.
struct BundleLogs {
    private(set) var entries = EntriesInMemory()
    private(set) var logCount = 0
    private(set) var entryCount = 0
    private let suite: OpenSSLSuite

    /// Of the files below `logs/`; throws what `fault` makes of a path and a sentence.
    init<Fault: Error>(
        _ files: [String: [UInt8]], _ suite: OpenSSLSuite, fault: (String, String) -> Fault
    ) throws(Fault) {
        self.suite = suite
        var folders: [String: [String]] = [:]
        // Any order: sorted before use.
        for path in files.keys {
            let parts = path.split(separator: "/", maxSplits: 2).map(String.init)
            guard parts.count == 3, parts[1] != "epochs" else { continue }
            folders[parts[1], default: []].append(parts[2])
        }
        for (folder, names) in folders.sorted(by: { $0.key < $1.key }) {
            guard folder != "evidence" else { continue }
            try add(folder, Set(names), files, fault)
        }
        for name in (folders["evidence"] ?? []).sorted() {
            guard (try? ForkEvidence.parse(files["logs/evidence/\(name)"] ?? [])) != nil else {
                throw fault("logs/evidence/\(name)", "is no evidence")
            }
        }
    }

    private mutating func add<Fault: Error>(
        _ folder: String, _ names: Set<String>, _ files: [String: [UInt8]], _ fault: (String, String) -> Fault
    ) throws(Fault) {
        let base = "logs/\(folder)/"
        let checkpoint = base + "checkpoint"
        guard let note = files[checkpoint] else { throw fault(checkpoint, "is missing") }
        var own: [ArraySlice<UInt8>] = []
        var index = 0
        while true {
            let full = TilePath.entries(index: index, width: TilePath.fullWidth).description
            let name = names.contains(full) ? full : names.first { name in
                if case .entries(index, _)? = TilePath(name) { true } else { false }
            }
            guard let name, let bytes = files[base + name] else { break }
            guard let batch = EntryBundle.decode(bytes) else { throw fault(base + name, "is no bundle of entries") }
            for place in 0..<batch.count { own.append(batch[place]) }
            index += 1
        }
        guard let first = own.first, let zero = try? EntryZero.parse(Array(first)) else {
            throw fault(checkpoint, "has no entry 0 below it")
        }
        let identity = LogIdentity(zero, suite)
        guard TilePath.directory(of: identity.origin, suite) == folder else {
            throw fault(checkpoint, "stands in the folder of another log")
        }
        let leaves = own.map { suite.leafHash($0) }
        var edge = RightEdge()
        edge.append(leaves: leaves, suite)
        guard let head = try? VerifiedHead(note: note, of: identity, suite) else {
            throw fault(checkpoint, "is not signed by the log's key")
        }
        guard head.size == edge.size, head.root == edge.root(suite) else {
            throw fault(checkpoint, "signs another log than these entries")
        }
        var expected: Set<String> = ["checkpoint"]
        for path in TilePath.all(size: edge.size) {
            expected.insert(path.description)
            guard let bytes = files[base + path.description] else { throw fault(base + path.description, "is missing") }
            guard bytes == content(of: path, own, leaves) else {
                throw fault(base + path.description, "does not follow from the entries")
            }
        }
        if let stranger = names.subtracting(expected).min() { throw fault(base + stranger, "is no file of this log") }
        for entry in own { entries.append(Array(entry), to: identity.log, hashing: suite) }
        logCount += 1
        entryCount += own.count
    }

    private func content(of path: TilePath, _ own: [ArraySlice<UInt8>], _ leaves: [Hash]) -> [UInt8] {
        switch path {
        case .checkpoint: return []
        case .entries(let index, let width):
            let start = index * TilePath.fullWidth
            return EntryBundle.encode(own[start..<start + width])
        case .hashes(let level, let index, let width):
            let start = index * TilePath.fullWidth
            return (start..<start + width).flatMap { root(leaves, level: level, index: $0).bytes }
        }
    }

    /// The root over 256^level leaves.
    private func root(_ leaves: [Hash], level: Int, index: Int) -> Hash {
        guard level > 0 else { return leaves[index] }
        var span = 1
        for _ in 0..<level { span *= TilePath.fullWidth }
        var edge = RightEdge()
        edge.append(leaves: leaves[index * span..<(index + 1) * span], suite)
        return edge.root(suite)
    }

    /// The root of a log at a size up to what is held.
    func root(of log: LogID, at size: LogSize) -> Hash? {
        guard size <= entries.size(of: log) else { return nil }
        var edge = RightEdge()
        var index = 0
        while index < size.count {
            guard let leaf = entries.leafHash(log: log, index: EntryIndex(known: index)) else { return nil }
            edge.append(leaf: leaf, suite)
            index += 1
        }
        return edge.root(suite)
    }
}
