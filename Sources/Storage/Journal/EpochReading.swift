// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// A certificate that another one of its number contradicts. Spec: Protocol/consensus.md §7.
public struct DisputedCertificate: Sendable, Equatable {
    /// The number of both.
    public let number: Int
    /// The hash of the header.
    public let hash: Hash
    /// The compact form.
    public let bytes: [UInt8]
}

/// Epochs and what voting on them left. Spec: Protocol/storage.md §4.
extension JournalStore {
    /// The number of the last epoch applied; 0 before the first.
    public var epochNumber: Int { shelf.epochNumber }

    /// Bytes of the entries held of a log above the last epoch.
    public func byteCountAboveEpoch(of log: LogID) -> Int {
        let shelf = shelf
        return (shelf.logs[log]?.byteCount ?? 0) - (shelf.coveredBytes[log] ?? 0)
    }

    /// Bytes of the entries of a log that the last epoch covers.
    public func coveredByteCount(of log: LogID) -> Int { shelf.coveredBytes[log] ?? 0 }

    /// Makes an epoch durable with the settled state after it.
    public func commit(_ epoch: EpochCommit) async throws(StorageFailure) {
        try await write(bytes: epoch.byteCount) { core throws(StorageFailure) in try core.apply(epoch) }
    }

    /// Epochs from a number on, in order, as many as fit into `bytesLimit`, at least one where there is one.
    public func epochs(from number: Int, bytesLimit: Int) throws(StorageFailure) -> [StoredEpoch] {
        try read { reader, _ throws(StorageFailure) in
            let rows = try reader.connection.prepare("""
                SELECT number, certificate, delta, settled, voters FROM epoch WHERE number >= ? ORDER BY number
                """)
            rows.bind(number, at: 1)
            var epochs: [StoredEpoch] = []
            var bytes = 0
            while try rows.step() {
                guard let epoch = Self.epoch(rows) else {
                    throw .refused(.epochUnreadable(number: Int(rows.integer(0))))
                }
                bytes += epoch.certificate.count + epoch.delta.count
                if !epochs.isEmpty, bytes > bytesLimit { break }
                epochs.append(epoch)
            }
            return epochs
        }
    }

    static func epoch(_ row: borrowing Statement) -> StoredEpoch? {
        let voters = row.bytes(4)
        guard let settled: Hash = row.value(3), voters.count.isMultiple(of: LogID.byteCount) else { return nil }
        let logs = stride(from: 0, to: voters.count, by: LogID.byteCount).compactMap {
            LogID(voters[$0..<$0 + LogID.byteCount])
        }
        return StoredEpoch(
            number: Int(row.integer(0)), certificate: row.bytes(1), delta: row.bytes(2), settledDigest: settled,
            voters: logs)
    }

    /// Keeps a polka, to be served to whoever asks.
    public func keep(_ polka: StoredPolka) async throws(StorageFailure) {
        try await write(bytes: polka.bytes.count) { core throws(StorageFailure) in try core.keep(polka) }
    }

    /// The polka of a number, round and hash.
    public func polka(_ number: Int, round: Int, hash: Hash) throws(StorageFailure) -> [UInt8]? {
        try read { reader, _ throws(StorageFailure) in
            let row = try reader.connection.prepare(
                "SELECT bytes FROM polka WHERE number = ? AND round = ? AND hash = ?")
            row.bind(number, at: 1)
            row.bind(round, at: 2)
            row.bind(hash, at: 3)
            return try row.step() ? row.bytes(0) : nil
        }
    }

    /// All polkas kept of a number, in order of round and hash.
    public func polkas(of number: Int) throws(StorageFailure) -> [StoredPolka] {
        try read { reader, _ throws(StorageFailure) in
            let rows = try reader.connection.prepare(
                "SELECT round, hash, bytes FROM polka WHERE number = ? ORDER BY round, hash")
            rows.bind(number, at: 1)
            var polkas: [StoredPolka] = []
            while try rows.step() {
                guard let hash: Hash = rows.value(1) else { continue }
                polkas.append(StoredPolka(
                    number: number, round: Int(rows.integer(0)), hash: hash, bytes: rows.bytes(2)))
            }
            return polkas
        }
    }

    /// What justifies the own messages about a number, in order of their places.
    public func justifications(of number: Int) throws(StorageFailure) -> [Justification] {
        try read { reader, _ throws(StorageFailure) in
            let rows = try reader.connection.prepare("""
                SELECT own_index, header, polka FROM justification WHERE number = ? ORDER BY own_index
                """)
            rows.bind(number, at: 1)
            var found: [Justification] = []
            while try rows.step() {
                guard let index = EntryIndex(Int(rows.integer(0))) else { continue }
                found.append(Justification(
                    number: number, index: index, header: rows.isNull(1) ? nil : rows.bytes(1),
                    polka: rows.isNull(2) ? nil : rows.bytes(2)))
            }
            return found
        }
    }

    /// Keeps two certificates of one number with different hashes, for ever.
    public func keepDisputed(
        _ number: Int, _ certificates: [(hash: Hash, bytes: [UInt8])]
    ) async throws(StorageFailure) {
        try await write(bytes: certificates.reduce(0) { $0 + $1.bytes.count }) { core throws(StorageFailure) in
            for certificate in certificates { try core.keepDisputed(number, certificate.hash, certificate.bytes) }
        }
    }

    /// The certificates that contradict each other, in order of number and hash; empty where none do.
    public func disputed() throws(StorageFailure) -> [DisputedCertificate] {
        try read { reader, _ throws(StorageFailure) in
            let rows = try reader.connection.prepare(
                "SELECT number, hash, certificate FROM dispute ORDER BY number, hash")
            var found: [DisputedCertificate] = []
            while try rows.step() {
                guard let hash: Hash = rows.value(1) else { continue }
                found.append(DisputedCertificate(number: Int(rows.integer(0)), hash: hash, bytes: rows.bytes(2)))
            }
            return found
        }
    }
}
