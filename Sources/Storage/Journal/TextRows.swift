// SPDX-License-Identifier: EUPL-1.2

import Journal

/// Texts beside the logs. Spec: Protocol/exchange.md §6.
enum TextRows {
    static func hold(_ text: HeldText, _ connection: borrowing Connection) throws(StorageFailure) {
        let insert = try connection.prepare("INSERT OR IGNORE INTO text VALUES (?, ?, ?)")
        insert.bind(text.commitment, at: 1)
        insert.bind(text.salt, at: 2)
        insert.bind(text.text, at: 3)
        try insert.run()
        try unwant(text.commitment, connection)
    }

    static func want(_ commitment: TextCommitment, _ connection: borrowing Connection) throws(StorageFailure) {
        let insert = try connection.prepare("""
            INSERT OR IGNORE INTO text_wanted SELECT ?1 WHERE NOT EXISTS (SELECT 1 FROM text WHERE commitment = ?1)
            """)
        insert.bind(commitment, at: 1)
        try insert.run()
    }

    /// Deletes text and salt, overwriting them in the database with zeros.
    static func destroy(_ commitment: TextCommitment, _ connection: borrowing Connection) throws(StorageFailure) {
        try connection.execute("PRAGMA secure_delete = ON")
        let delete = try connection.prepare("DELETE FROM text WHERE commitment = ?")
        delete.bind(commitment, at: 1)
        try delete.run()
        try unwant(commitment, connection)
        try connection.execute("PRAGMA secure_delete = OFF")
    }

    private static func unwant(
        _ commitment: TextCommitment, _ connection: borrowing Connection
    ) throws(StorageFailure) {
        let delete = try connection.prepare("DELETE FROM text_wanted WHERE commitment = ?")
        delete.bind(commitment, at: 1)
        try delete.run()
    }
}
