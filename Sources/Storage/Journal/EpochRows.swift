// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// One epoch as it is kept: opaque to the store, which only knows its number and who votes after it.
/// Spec: Protocol/storage.md §4.
public struct StoredEpoch: Sendable, Equatable {
    /// From 1.
    public let number: Int
    /// Header, round and signatures. Protocol/consensus.md §3.
    public let certificate: [UInt8]
    /// The heads in which its vector differs from that of the epoch before, as Protocol/consensus.md §2 writes them.
    public let delta: [UInt8]
    /// The settled digest after it; the header of the next one holds it.
    public let settledDigest: Hash
    /// The logs that vote on the next number, in order.
    public let voters: [LogID]

    /// Joins the parts.
    public init(number: Int, certificate: [UInt8], delta: [UInt8], settledDigest: Hash, voters: [LogID]) {
        self.number = number
        self.certificate = certificate
        self.delta = delta
        self.settledDigest = settledDigest
        self.voters = voters
    }
}

/// What becomes durable when an epoch is applied, in one transaction.
public struct EpochCommit: Sendable {
    /// The epoch; its number is one more than the last.
    public var epoch: StoredEpoch
    /// Bytes of the own log's entries above it, by class; they take the place of what was counted before.
    public var ownBytes: [Int: Int]
    /// Bytes of the entries that it covers, by log.
    public var coveredBytes: [LogID: Int]
    /// How far the settled state folded the logs.
    public var cursor: [LogID: LogSize]
    /// The parts of the settled state that changed.
    public var chunks: [SnapshotChunk]
    /// Whether older parts mean nothing.
    public var replacingAll: Bool

    /// Joins the parts.
    public init(
        epoch: StoredEpoch, ownBytes: [Int: Int], coveredBytes: [LogID: Int], cursor: [LogID: LogSize],
        chunks: [SnapshotChunk], replacingAll: Bool = false
    ) {
        self.epoch = epoch
        self.ownBytes = ownBytes
        self.coveredBytes = coveredBytes
        self.cursor = cursor
        self.chunks = chunks
        self.replacingAll = replacingAll
    }

    var byteCount: Int {
        chunks.reduce(epoch.certificate.count + epoch.delta.count) { $0 + $1.key.count + ($1.bytes?.count ?? 0) }
            + coveredBytes.count * 64
    }
}

/// A quorum's prevotes for a hash in a round. Spec: Protocol/consensus.md §3.
public struct StoredPolka: Sendable, Equatable {
    /// The number of the epoch that is voted on.
    public let number: Int
    /// The round.
    public let round: Int
    /// The hash of the header.
    public let hash: Hash
    /// The compact form.
    public let bytes: [UInt8]

    /// Joins the parts.
    public init(number: Int, round: Int, hash: Hash, bytes: [UInt8]) {
        self.number = number
        self.round = round
        self.hash = hash
        self.bytes = bytes
    }
}

/// What justifies an own message of consensus, durable with the entry. Spec: Protocol/consensus.md §6.
public struct Justification: Sendable, Equatable {
    /// The number that the message is about.
    public let number: Int
    /// Where the message stands in the own log.
    public let index: EntryIndex
    /// The header that a vote is about.
    public let header: [UInt8]?
    /// The polka behind it.
    public let polka: [UInt8]?

    /// Joins the parts.
    public init(number: Int, index: EntryIndex, header: [UInt8]?, polka: [UInt8]?) {
        self.number = number
        self.index = index
        self.header = header
        self.polka = polka
    }
}

extension JournalCore {
    /// Applies an epoch. What was kept for voting on earlier numbers goes, that of its own number stays: two
    /// certificates of it may still come to light.
    mutating func apply(_ commit: EpochCommit) throws(StorageFailure) {
        let epoch = commit.epoch
        guard epoch.number == shelf.epochNumber + 1 else {
            throw .refused(.epochOutOfOrder(held: shelf.epochNumber, number: epoch.number))
        }
        // Refuses before it writes, or not at all.
        try saveSnapshot(commit.cursor, commit.chunks, in: .settled, replacingAll: commit.replacingAll)
        let insert = try connection.prepare("INSERT INTO epoch VALUES (?, ?, ?, ?, ?)")
        insert.bind(epoch.number, at: 1)
        insert.bind(epoch.certificate, at: 2)
        insert.bind(epoch.delta, at: 3)
        insert.bind(epoch.settledDigest, at: 4)
        insert.bind(epoch.voters.flatMap(\.bytes), at: 5)
        try insert.run()
        for table in ["polka", "justification"] {
            try connection.execute("DELETE FROM \(table) WHERE number < \(epoch.number)")
        }
        // Messages of consensus on dead branches were about this number or an earlier one.
        try dropDeadBranches()
        try connection.execute("DELETE FROM own_bytes")
        shelf.ownBytes = [:]
        try count(commit.ownBytes)
        let covered = try connection.prepare("INSERT OR REPLACE INTO covered_bytes VALUES (?, ?)")
        for (log, bytes) in commit.coveredBytes.sorted(by: { $0.key < $1.key }) {
            covered.bind(log, at: 1)
            covered.bind(bytes, at: 2)
            try covered.run()
        }
        shelf.coveredBytes.merge(commit.coveredBytes) { $1 }
        shelf.epochNumber = epoch.number
    }

    func keep(_ polka: StoredPolka) throws(StorageFailure) {
        let insert = try connection.prepare("INSERT OR IGNORE INTO polka VALUES (?, ?, ?, ?)")
        insert.bind(polka.number, at: 1)
        insert.bind(polka.round, at: 2)
        insert.bind(polka.hash, at: 3)
        insert.bind(polka.bytes, at: 4)
        try insert.run()
    }

    func keep(_ justification: Justification) throws(StorageFailure) {
        let insert = try connection.prepare("INSERT OR REPLACE INTO justification VALUES (?, ?, ?, ?)")
        insert.bind(justification.index.position, at: 1)
        insert.bind(justification.number, at: 2)
        if let header = justification.header { insert.bind(header, at: 3) } else { insert.bindNull(at: 3) }
        if let polka = justification.polka { insert.bind(polka, at: 4) } else { insert.bindNull(at: 4) }
        try insert.run()
    }

    func keepDisputed(_ number: Int, _ hash: Hash, _ certificate: [UInt8]) throws(StorageFailure) {
        let insert = try connection.prepare("INSERT OR IGNORE INTO dispute VALUES (?, ?, ?)")
        insert.bind(number, at: 1)
        insert.bind(hash, at: 2)
        insert.bind(certificate, at: 3)
        try insert.run()
    }
}
