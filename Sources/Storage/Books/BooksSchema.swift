// SPDX-License-Identifier: EUPL-1.2

extension DatabaseFile {
    /// The member's own books. Spec: Protocol/storage.md §5a.
    static let books = DatabaseFile(
        name: "books.db", applicationID: 0x4B72_6642, pageBytes: 4_096,
        schema: """
        CREATE TABLE series(
          prefix TEXT PRIMARY KEY,
          issuer TEXT NOT NULL,             -- whose documents it numbers
          log BLOB NOT NULL,                -- the own log of that time: the incarnation
          first INTEGER NOT NULL, last INTEGER NOT NULL) STRICT, WITHOUT ROWID;
        CREATE TABLE document(
          prefix TEXT, sequence INTEGER, proposal TEXT NOT NULL, inputs BLOB NOT NULL,
          hash BLOB NOT NULL, body BLOB NOT NULL,
          person TEXT NOT NULL, at INTEGER NOT NULL,
          is_rejected INTEGER NOT NULL,
          PRIMARY KEY (prefix, sequence)) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX document_proposal ON document(proposal) WHERE is_rejected = 0;
        CREATE TABLE act(
          sequence INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject TEXT NOT NULL, body BLOB NOT NULL,
          person TEXT NOT NULL, at INTEGER NOT NULL) STRICT;
        CREATE INDEX act_subject ON act(kind, subject)
        """)
}
