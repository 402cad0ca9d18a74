// SPDX-License-Identifier: EUPL-1.2

import Journal
import Synchronization

/// One reading connection to `korf.db`, with what it verified last.
struct JournalReader: ~Copyable {
    let connection: Connection
    private let readBlob: Statement
    private let readTail: Statement
    private let readRoots: Statement
    let suite: any CipherSuite
    private var blobs = RecentlyUsed<Int, VerifiedBlob>(limit: Limits.verifiedBlobs)
    private var roots = RecentlyUsed<Int, [Hash]>(limit: Limits.verifiedBlobs)
    /// The bytes from which an entry was read last, not verified: whoever asks for one asks for its neighbours.
    private var recent: (key: Int, bytes: [UInt8])?

    init(directory: String, _ suite: any CipherSuite) throws(StorageFailure) {
        let connection = try DatabaseFile.journal.openReader(in: directory)
        let readBlob = try connection.prepare("SELECT entries FROM blob WHERE key = ?")
        let readTail = try connection.prepare("SELECT entries FROM tail WHERE key BETWEEN ? AND ? ORDER BY key")
        let readRoots = try connection.prepare("SELECT key, root FROM blob WHERE key >= ? AND key < ? ORDER BY key")
        self.connection = connection
        self.readBlob = readBlob
        self.readTail = readTail
        self.readRoots = readRoots
        self.suite = suite
    }

    /// The verified entries around `position`, which the log holds.
    mutating func blob(
        _ log: HeldLog, at position: Int, counting reads: borrowing Atomic<Int>
    ) throws(StorageFailure) -> VerifiedBlob {
        let number = position / Limits.blobEntries
        let key = DatabaseFile.key(log.number, number)
        if let blob = blobs.value(key) { return blob }
        let start = number * Limits.blobEntries
        let whole = log.tip.held.count / Limits.blobEntries
        // What was committed after this tip was published is not served yet.
        let count = min(Limits.blobEntries, log.tip.held.count - start)
        guard let blob = VerifiedBlob(start: start, bytes: try stored(key, counting: reads), count: count, suite)
        else { throw damaged(log, start, "the stored bytes are not the entries that should be here") }
        let edge = blob.edge(suite).hashes
        guard number < whole else {
            guard edge == Array(log.tip.edge.hashes.suffix(count.nonzeroBitCount)) else {
                throw damaged(log, start, "the stored entries do not hash to the right edge")
            }
            return blob
        }
        guard edge == [try blobRoots(log)[number]] else {
            throw damaged(log, start, "the stored entries do not hash to their stored root")
        }
        blobs.keep(blob, key)
        return blob
    }

    /// One entry, checked against the leaf hash that the caller knows; `nil` where another stands.
    mutating func entry(
        _ log: HeldLog, at position: Int, leaf: Hash, counting reads: borrowing Atomic<Int>
    ) throws(StorageFailure) -> [UInt8]? {
        let key = DatabaseFile.key(log.number, position / Limits.blobEntries)
        let inBlob = position % Limits.blobEntries
        if let blob = blobs.value(key) {
            return blob.leafHashes[inBlob] == leaf ? Array(blob.entry(position)) : nil
        }
        // A tail may have grown since: only what is found in it is final.
        if let recent, recent.key == key, let entry = entry(inBlob, of: recent.bytes, leaf: leaf) { return entry }
        let bytes = try stored(key, counting: reads)
        recent = (key, bytes)
        if let entry = entry(inBlob, of: bytes, leaf: leaf) { return entry }
        guard EntryBundle.range(of: inBlob, in: bytes) != nil else {
            throw damaged(log, position, "the stored bytes are not the entries that should be here")
        }
        return nil
    }

    private func entry(_ position: Int, of bytes: [UInt8], leaf: Hash) -> [UInt8]? {
        guard let range = EntryBundle.range(of: position, in: bytes), suite.leafHash(bytes[range]) == leaf else {
            return nil
        }
        return Array(bytes[range])
    }

    /// The bytes of a blob, or of the tail rows that stand in its place.
    private func stored(_ key: Int, counting reads: borrowing Atomic<Int>) throws(StorageFailure) -> [UInt8] {
        reads.add(1, ordering: .relaxed)
        // One view of both tables: a commit may turn the tail into a blob between the two queries.
        try connection.execute("BEGIN")
        let bytes: Result<[UInt8], StorageFailure>
        do throws(StorageFailure) { bytes = .success(try rows(key)) } catch { bytes = .failure(error) }
        try connection.execute("COMMIT")
        return try bytes.get()
    }

    private func rows(_ key: Int) throws(StorageFailure) -> [UInt8] {
        readBlob.bind(key, at: 1)
        if try readBlob.step() {
            defer { readBlob.reset() }
            return readBlob.bytes(0)
        }
        let first = (key >> DatabaseFile.positionBits) << DatabaseFile.positionBits
        let tail = first | (key - first) * Limits.blobEntries
        readTail.bind(tail, at: 1)
        readTail.bind(tail + Limits.blobEntries - 1, at: 2)
        var bytes: [UInt8] = []
        while try readTail.step() { readTail.withBytes(0) { bytes.append(contentsOf: $0) } }
        return bytes
    }

    /// The roots of all whole blobs, checked against the right edge under the signed head.
    mutating func blobRoots(_ log: HeldLog) throws(StorageFailure) -> [Hash] {
        let whole = log.tip.held.count / Limits.blobEntries
        if let known = roots.value(log.number), known.count == whole { return known }
        var found: [Hash] = []
        var edge = RightEdge()
        readRoots.bind(DatabaseFile.key(log.number, 0), at: 1)
        readRoots.bind(DatabaseFile.key(log.number, whole), at: 2)
        while found.count < whole, try readRoots.step() {
            guard Int(readRoots.integer(0)) == DatabaseFile.key(log.number, found.count),
                  let root: Hash = readRoots.value(1)
            else { break }
            found.append(root)
            edge.append(leaf: root, suite)
        }
        readRoots.reset()
        guard found.count == whole else {
            throw damaged(log, found.count * Limits.blobEntries, "this blob of entries is missing")
        }
        guard edge.hashes == Array(log.tip.edge.hashes.prefix(whole.nonzeroBitCount)) else {
            throw damaged(log, 0, "the stored roots of its blobs do not give the signed root")
        }
        roots.keep(found, log.number)
        return found
    }

    /// The root of a perfect subtree of entries that are held.
    mutating func root(
        _ log: HeldLog, of subtree: Subtree, counting reads: borrowing Atomic<Int>
    ) throws(StorageFailure) -> Hash {
        guard subtree.level >= 8 else {
            return try blob(log, at: subtree.start, counting: reads).root(of: subtree, suite)
        }
        let first = subtree.start / Limits.blobEntries
        var edge = RightEdge()
        for root in try blobRoots(log)[first..<first + subtree.leafCount / Limits.blobEntries] {
            edge.append(leaf: root, suite)
        }
        return edge.hashes[0]
    }

    /// Entries from a position on, as many as fit, at least one where there is one.
    mutating func entries(
        _ log: HeldLog, from: Int, byteLimit: Int, counting reads: borrowing Atomic<Int>
    ) throws(StorageFailure) -> EntryBatch {
        let held = log.tip.held.count
        var buffer: [UInt8] = []
        var ranges: [Range<Int>] = []
        var bytes = 0
        var position = from
        while position < held {
            let blob = try blob(log, at: position, counting: reads)
            let first = position
            while position < blob.end {
                bytes += blob.ranges[position - blob.start].count
                if bytes > byteLimit, !(ranges.isEmpty && position == first) { break }
                position += 1
            }
            let taken = blob.ranges[first - blob.start..<position - blob.start]
            if let start = taken.first?.lowerBound, let end = taken.last?.upperBound {
                let shift = buffer.count - start
                buffer.append(contentsOf: blob.bytes[start..<end])
                ranges.append(contentsOf: taken.map { $0.lowerBound + shift..<$0.upperBound + shift })
            }
            if position < blob.end { break }
        }
        guard let batch = EntryBatch(buffer: buffer, ranges: ranges) else {
            preconditionFailure("the ranges were made for this buffer")
        }
        return batch
    }

    /// The root of the log at a size that it had before.
    mutating func rootAt(
        _ log: HeldLog, _ size: LogSize, counting reads: borrowing Atomic<Int>
    ) throws(StorageFailure) -> Hash {
        var edge = RightEdge()
        for subtree in Subtree.cover(.empty, to: size) {
            edge.append(root: try root(log, of: subtree, counting: reads), level: subtree.level, suite)
        }
        return edge.root(suite)
    }

    private func damaged(_ log: HeldLog, _ position: Int, _ sentence: String) -> StorageFailure {
        .damaged(Damage(log: log.tip.log, index: EntryIndex(known: position), sentence: sentence))
    }
}
