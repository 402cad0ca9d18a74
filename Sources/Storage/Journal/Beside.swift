// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// What is kept beside the logs: texts, and what is known of peers.
extension JournalStore {
    /// The text of a commitment, where it is held.
    public func text(of commitment: TextCommitment) throws(StorageFailure) -> HeldText? {
        try read { reader, _ throws(StorageFailure) in
            let row = try reader.connection.prepare("SELECT salt, text FROM text WHERE commitment = ?")
            row.bind(commitment, at: 1)
            guard try row.step(), let salt: Salt = row.value(0) else { return nil }
            return HeldText(commitment: commitment, salt: salt, text: row.bytes(1))
        }
    }

    /// Commitments whose texts are wanted, in order, at most `limit`.
    public func wantedTexts(limit: Int) throws(StorageFailure) -> [TextCommitment] {
        try read { reader, _ throws(StorageFailure) in
            let rows = try reader.connection.prepare("SELECT commitment FROM text_wanted ORDER BY 1 LIMIT ?")
            rows.bind(limit, at: 1)
            var wanted: [TextCommitment] = []
            while try rows.step() { if let commitment: TextCommitment = rows.value(0) { wanted.append(commitment) } }
            return wanted
        }
    }

    /// How many texts are wanted, for `status`.
    public func wantedTextCount() throws(StorageFailure) -> Int {
        try read { reader, _ throws(StorageFailure) in
            Int(try reader.connection.integer("SELECT count(*) FROM text_wanted") ?? 0)
        }
    }

    /// Deletes texts with their salts and stops wanting them. Spec: Protocol/exchange.md §6.
    public func destroyTexts(_ commitments: [TextCommitment]) async throws(StorageFailure) {
        try await write { core throws(StorageFailure) in
            for commitment in commitments { try TextRows.destroy(commitment, core.connection) }
        }
    }

    /// The token to show to a peer; `nil` asks it for a full exchange. Spec: Protocol/exchange.md §1.
    public func token(for peer: OIN) throws(StorageFailure) -> [UInt8]? {
        try read { reader, _ throws(StorageFailure) in
            let row = try reader.connection.prepare("SELECT token FROM peer WHERE oin = ?")
            row.bind(peer.digits, at: 1)
            guard try row.step(), !row.isNull(0) else { return nil }
            return row.bytes(0)
        }
    }

    /// All peers of which something is remembered, in the order of their OINs.
    public func peers() throws(StorageFailure) -> [PeerRecord] {
        try read { reader, _ throws(StorageFailure) in try PeerRows.read(reader.connection) }
    }

    /// Remembers things of peers.
    public func record(_ notes: [PeerNote]) async throws(StorageFailure) {
        try await write(bytes: notes.count * 256) { core throws(StorageFailure) in
            for note in notes { try PeerRows.write(note, core.connection) }
        }
    }
}
