// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// A saved state: opaque chunks, and how far the logs were folded into them. A start reads this and folds on from
/// there; it reads no entry that the state holds already. Spec: Protocol/storage.md §4.
public struct Snapshot: Sendable, Equatable {
    /// The size of each log up to which the chunks hold it.
    public let cursor: [LogID: LogSize]
    /// The chunks, in the order of their keys' bytes.
    public let chunks: [SnapshotChunk]
}

/// The two states that are saved. Spec: Protocol/state.md §4.
public enum SnapshotSpace: String, Sendable {
    /// The settled state of the last epoch.
    case settled
    /// The overlay: what is held above it.
    case overlay = "snapshot"
}

/// A part of a snapshot that changes as a whole.
public struct SnapshotChunk: Sendable, Equatable {
    /// Which part.
    public let key: [UInt8]
    /// Its content; `nil` in a change removes the part.
    public let bytes: [UInt8]?

    /// Joins key and content.
    public init(key: [UInt8], bytes: [UInt8]?) {
        self.key = key
        self.bytes = bytes
    }
}

extension JournalStore {
    /// Saves the chunks that changed since the last save and the cursor that belongs to all of them, in one
    /// transaction. The cursor never names more of a log than is held. With `replacingAll` older chunks go.
    public func saveSnapshot(
        cursor: [LogID: LogSize], chunks: [SnapshotChunk], replacingAll: Bool = false
    ) async throws(StorageFailure) {
        let bytes = chunks.reduce(0) { $0 + $1.key.count + ($1.bytes?.count ?? 0) }
        try await write(bytes: bytes) { core throws(StorageFailure) in
            try core.saveSnapshot(cursor, chunks, in: .overlay, replacingAll: replacingAll)
        }
    }

    /// Hands out the chunks of the saved state one by one, in the order of their keys' bytes, until `visit` says no;
    /// none when there never was one.
    public func forEachSnapshotChunk(
        in space: SnapshotSpace = .overlay, _ visit: (SnapshotChunk) -> Bool
    ) throws(StorageFailure) {
        try read { reader, _ throws(StorageFailure) in
            let rows = try reader.connection.prepare("SELECT key, bytes FROM \(space.rawValue)_chunk ORDER BY key")
            while try rows.step(), visit(SnapshotChunk(key: rows.bytes(0), bytes: rows.bytes(1))) {}
        }
    }

    /// A saved state; `nil` when there never was one.
    public func loadSnapshot(of space: SnapshotSpace = .overlay) throws(StorageFailure) -> Snapshot? {
        try read { reader, _ throws(StorageFailure) in
            try reader.connection.execute("BEGIN")
            let result: Result<Snapshot, StorageFailure>
            do throws(StorageFailure) {
                result = .success(try reader.snapshot(of: space))
            } catch { result = .failure(error) }
            try reader.connection.execute("COMMIT")
            let snapshot = try result.get()
            return snapshot.chunks.isEmpty && snapshot.cursor.isEmpty ? nil : snapshot
        }
    }
}

extension JournalReader {
    func snapshot(of space: SnapshotSpace) throws(StorageFailure) -> Snapshot {
        let cursor = try JournalLoading.snapshotCursor(connection, of: space)
        var chunks: [SnapshotChunk] = []
        let rows = try connection.prepare("SELECT key, bytes FROM \(space.rawValue)_chunk ORDER BY key")
        while try rows.step() { chunks.append(SnapshotChunk(key: rows.bytes(0), bytes: rows.bytes(1))) }
        return Snapshot(cursor: cursor, chunks: chunks)
    }
}

extension JournalCore {
    mutating func saveSnapshot(
        _ cursor: [LogID: LogSize], _ chunks: [SnapshotChunk], in space: SnapshotSpace, replacingAll: Bool
    ) throws(StorageFailure) {
        let name = space.rawValue
        for (log, size) in cursor.sorted(by: { $0.key < $1.key }) {
            guard size <= shelf.logs[log]?.tip.held ?? .empty else { throw .refused(.cursorAhead(log: log)) }
        }
        if replacingAll {
            try connection.execute("DELETE FROM \(name)_chunk; DELETE FROM \(name)_cursor")
            snapshotCursors[space] = [:]
        }
        let move = try connection.prepare("INSERT OR REPLACE INTO \(name)_cursor VALUES (?, ?)")
        let known = snapshotCursors[space] ?? [:]
        for (log, size) in cursor.sorted(by: { $0.key < $1.key }) where known[log] != size {
            move.bind(log, at: 1)
            move.bind(size.count, at: 2)
            try move.run()
        }
        snapshotCursors[space] = known.merging(cursor) { $1 }
        let put = try connection.prepare("INSERT OR REPLACE INTO \(name)_chunk VALUES (?, ?)")
        let remove = try connection.prepare("DELETE FROM \(name)_chunk WHERE key = ?")
        for chunk in chunks {
            guard let bytes = chunk.bytes else {
                remove.bind(chunk.key, at: 1)
                try remove.run()
                continue
            }
            put.bind(chunk.key, at: 1)
            put.bind(bytes, at: 2)
            try put.run()
        }
    }
}
