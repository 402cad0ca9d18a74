// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// What is remembered of one peer across restarts.
public struct PeerRecord: Sendable, Equatable {
    /// The peer.
    public let oin: OIN
    /// The token of the last complete exchange.
    public let token: [UInt8]?
    /// This store's own sequence up to which the peer has been told everything.
    public let toldUpTo: UInt64?
    /// Seconds since 1970 of the last complete exchange; shown, never decided upon.
    public let lastSuccessSeconds: Int?
    /// What went wrong last, in words.
    public let lastError: String?
    /// Seconds since 1970 of that error.
    public let lastErrorSeconds: Int?
    /// How often each reason led to a refusal, in either direction.
    public let refusals: [String: Int]
    /// The largest head of each log that the peer has shown.
    public let heads: [LogID: LogSize]
}

/// Something worth remembering of a peer. Sizes are bounded: what is too long is cut, what is too much is counted
/// together as `other`.
public enum PeerNote: Sendable {
    /// An exchange ended well.
    case success(OIN, atSeconds: Int)
    /// An exchange failed.
    case failure(OIN, sentence: String, atSeconds: Int)
    /// Something was refused so many times, with its reason.
    case refusal(OIN, reason: String, times: Int = 1)
    /// The peer showed heads.
    case heads(OIN, [LogID: LogSize])
}

/// Rows of peers.
enum PeerRows {
    static func write(_ token: PeerToken, _ connection: borrowing Connection) throws(StorageFailure) {
        let statement = try connection.prepare("""
            INSERT INTO peer(oin, token, told_up_to) VALUES (?, ?, ?)
            ON CONFLICT DO UPDATE SET token = excluded.token, told_up_to = excluded.told_up_to
            """)
        statement.bind(token.peer.digits, at: 1)
        if let bytes = token.token { statement.bind(bytes, at: 2) } else { statement.bindNull(at: 2) }
        if let told = token.toldUpTo { statement.bind(told, at: 3) } else { statement.bindNull(at: 3) }
        try statement.run()
    }

    static func write(_ note: PeerNote, _ connection: borrowing Connection) throws(StorageFailure) {
        switch note {
        case .success(let peer, let seconds):
            let statement = try connection.prepare("""
                INSERT INTO peer(oin, last_success) VALUES (?, ?)
                ON CONFLICT DO UPDATE SET last_success = excluded.last_success
                """)
            statement.bind(peer.digits, at: 1)
            statement.bind(seconds, at: 2)
            try statement.run()
        case .failure(let peer, let sentence, let seconds):
            let statement = try connection.prepare("""
                INSERT INTO peer(oin, last_error, last_error_at) VALUES (?, ?, ?) ON CONFLICT DO UPDATE
                SET last_error = excluded.last_error, last_error_at = excluded.last_error_at
                """)
            statement.bind(peer.digits, at: 1)
            statement.bind(bounded(sentence), at: 2)
            statement.bind(seconds, at: 3)
            try statement.run()
        case .refusal(let peer, let reason, let times): try count(bounded(reason), times, of: peer, connection)
        case .heads(let peer, let heads): try raise(heads, of: peer, connection)
        }
    }

    private static func count(
        _ reason: String, _ times: Int, of peer: OIN, _ connection: borrowing Connection
    ) throws(StorageFailure) {
        let statement = try connection.prepare("""
            INSERT INTO peer_refusal VALUES (?1,
              CASE WHEN EXISTS (SELECT 1 FROM peer_refusal WHERE oin = ?1 AND reason = ?2)
                OR (SELECT count(*) FROM peer_refusal WHERE oin = ?1) < \(Limits.peerRefusalKinds)
              THEN ?2 ELSE 'other' END, ?3)
            ON CONFLICT DO UPDATE SET count = count + excluded.count
            """)
        statement.bind(peer.digits, at: 1)
        statement.bind(reason, at: 2)
        statement.bind(times, at: 3)
        try statement.run()
    }

    private static func raise(
        _ heads: [LogID: LogSize], of peer: OIN, _ connection: borrowing Connection
    ) throws(StorageFailure) {
        let statement = try connection.prepare("""
            INSERT INTO peer_head VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET size = max(size, excluded.size)
            """)
        for (log, size) in heads.sorted(by: { $0.key < $1.key }).prefix(Limits.peerHeads) {
            statement.bind(peer.digits, at: 1)
            statement.bind(log, at: 2)
            statement.bind(size.count, at: 3)
            try statement.run()
        }
    }

    static func read(_ connection: borrowing Connection) throws(StorageFailure) -> [PeerRecord] {
        var refusals: [String: [String: Int]] = [:]
        let counted = try connection.prepare("SELECT oin, reason, count FROM peer_refusal")
        while try counted.step() {
            refusals[counted.text(0), default: [:]][counted.text(1)] = Int(counted.integer(2))
        }
        var heads: [String: [LogID: LogSize]] = [:]
        let shown = try connection.prepare("SELECT oin, log, size FROM peer_head")
        while try shown.step() {
            guard let log: LogID = shown.value(1), let size = LogSize(Int(shown.integer(2))) else { continue }
            heads[shown.text(0), default: [:]][log] = size
        }
        let facts = try connection.prepare("""
            SELECT oin, token, last_success, last_error, last_error_at, told_up_to FROM peer
            UNION SELECT oin, NULL, NULL, NULL, NULL, NULL
            FROM (SELECT oin FROM peer_refusal UNION SELECT oin FROM peer_head)
            WHERE oin NOT IN (SELECT oin FROM peer) ORDER BY oin LIMIT \(Limits.peers)
            """)
        var records: [PeerRecord] = []
        while try facts.step() {
            guard let oin = OIN(facts.text(0)) else { continue }
            records.append(PeerRecord(
                oin: oin, token: facts.isNull(1) ? nil : facts.bytes(1),
                toldUpTo: facts.isNull(5) ? nil : facts.size(5),
                lastSuccessSeconds: facts.isNull(2) ? nil : Int(facts.integer(2)),
                lastError: facts.isNull(3) ? nil : facts.text(3),
                lastErrorSeconds: facts.isNull(4) ? nil : Int(facts.integer(4)),
                refusals: refusals[oin.digits] ?? [:], heads: heads[oin.digits] ?? [:]))
        }
        return records
    }

    private static func bounded(_ text: String) -> String {
        String(decoding: text.utf8.prefix(Limits.peerTextBytes), as: UTF8.self)
    }
}
