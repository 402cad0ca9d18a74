// SPDX-License-Identifier: EUPL-1.2

extension DatabaseFile {
    /// Logs, evidence, texts, peers and the snapshot of the state. Spec: Protocol/storage.md §4.
    /// The key of a blob or tail row is `log number << 40 | position`.
    static let journal = DatabaseFile(
        name: "korf.db", applicationID: 0x4B72_664A, pageBytes: 4_096,
        schema: """
        CREATE TABLE store(
          id INTEGER PRIMARY KEY CHECK (id = 1),
          instance BLOB NOT NULL,            -- 16 bytes, drawn when made or restored
          sequence INTEGER NOT NULL,         -- commits that changed heads or evidence
          dropped_through INTEGER NOT NULL,  -- the history of changes begins after this sequence
          own_log BLOB,
          own_entry_zero BLOB,
          published INTEGER NOT NULL,        -- size of the own log whose external head was known to be written
          reads_only INTEGER NOT NULL        -- 1: the own log must never be signed again
        ) STRICT;
        CREATE TABLE log(
          number INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, entry_zero BLOB NOT NULL,
          held INTEGER NOT NULL, edge BLOB NOT NULL,
          head_size INTEGER NOT NULL, head_root BLOB, head_signature BLOB, right_hand BLOB NOT NULL,
          bytes INTEGER NOT NULL             -- of all entries held
        ) STRICT;
        CREATE TABLE own_bytes(class INTEGER PRIMARY KEY, bytes INTEGER NOT NULL) STRICT;
        CREATE TABLE blob(key INTEGER PRIMARY KEY, root BLOB NOT NULL, entries BLOB NOT NULL) STRICT;
        CREATE TABLE tail(key INTEGER PRIMARY KEY, count INTEGER NOT NULL, entries BLOB NOT NULL) STRICT;
        CREATE TABLE evidence(log BLOB PRIMARY KEY, bytes BLOB NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE head_change(
          sequence INTEGER, kind INTEGER, log BLOB, before INTEGER NOT NULL, after INTEGER NOT NULL,
          PRIMARY KEY (sequence, kind, log)) STRICT, WITHOUT ROWID;
        CREATE TABLE text(commitment BLOB PRIMARY KEY, salt BLOB NOT NULL, text BLOB NOT NULL) STRICT;
        CREATE TABLE text_wanted(commitment BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
        CREATE TABLE snapshot_cursor(log BLOB PRIMARY KEY, size INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE snapshot_chunk(key BLOB PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
        CREATE TABLE peer(
          oin TEXT PRIMARY KEY, token BLOB, told_up_to INTEGER, last_success INTEGER, last_error TEXT,
          last_error_at INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE peer_refusal(
          oin TEXT, reason TEXT, count INTEGER NOT NULL, PRIMARY KEY (oin, reason)) STRICT, WITHOUT ROWID;
        CREATE TABLE peer_head(
          oin TEXT, log BLOB, size INTEGER NOT NULL, PRIMARY KEY (oin, log)) STRICT, WITHOUT ROWID
        """,
        steps: [epochTables, branchTables])

    /// Schema 2: epochs, what justifies own messages of consensus, and the settled state.
    private static let epochTables = """
        CREATE TABLE epoch(
          number INTEGER PRIMARY KEY,        -- from 1, dense
          certificate BLOB NOT NULL, delta BLOB NOT NULL,
          settled BLOB NOT NULL,             -- digest of the settled state after it
          voters BLOB NOT NULL               -- the logs that vote on the number after it
        ) STRICT;
        CREATE TABLE covered_bytes(log BLOB PRIMARY KEY, bytes INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE polka(
          number INTEGER, round INTEGER, hash BLOB, bytes BLOB NOT NULL, PRIMARY KEY (number, round, hash)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE dispute(
          number INTEGER, hash BLOB, certificate BLOB NOT NULL, PRIMARY KEY (number, hash)) STRICT, WITHOUT ROWID;
        CREATE TABLE justification(
          own_index INTEGER PRIMARY KEY, number INTEGER NOT NULL, header BLOB, polka BLOB) STRICT;
        CREATE TABLE settled_cursor(log BLOB PRIMARY KEY, size INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE settled_chunk(key BLOB PRIMARY KEY, bytes BLOB NOT NULL) STRICT
        """

    /// Schema 3: a branch that another one replaced, and the last head below which everything was held.
    private static let branchTables = """
        CREATE TABLE dead_branch(
          number INTEGER PRIMARY KEY,        -- of its rows in blob and tail, as the log had it
          id BLOB NOT NULL, entry_zero BLOB NOT NULL, held INTEGER NOT NULL, edge BLOB NOT NULL,
          head_size INTEGER NOT NULL, head_root BLOB, head_signature BLOB, right_hand BLOB NOT NULL,
          bytes INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE whole_head(
          log BLOB PRIMARY KEY, size INTEGER NOT NULL, root BLOB NOT NULL, signature BLOB NOT NULL
        ) STRICT, WITHOUT ROWID
        """

    /// The version of the tables since which epochs are kept.
    static let epochSchemaVersion = 2
    /// The version since which dead branches are.
    static let branchSchemaVersion = 3

    /// Positions of one log that a key can name.
    static let positionBits = 40

    static func key(_ log: Int, _ position: Int) -> Int { log << positionBits | position }
}
