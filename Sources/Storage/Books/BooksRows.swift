// SPDX-License-Identifier: EUPL-1.2

import Journal

/// Reads the rows of `books.db`.
enum BooksRows {
    static func series(
        _ connection: borrowing Connection, prefix: String? = nil
    ) throws(StorageFailure) -> [BooksSeries] {
        let rows = try connection.prepare(
            "SELECT prefix, issuer, log, first, last FROM series WHERE ?1 IS NULL OR prefix = ?1 ORDER BY prefix")
        if let prefix { rows.bind(prefix, at: 1) } else { rows.bindNull(at: 1) }
        var found: [BooksSeries] = []
        while try rows.step() {
            guard let log: Hash = rows.value(2) else { throw broken("series \(rows.text(0)) has no log") }
            found.append(BooksSeries(
                prefix: rows.text(0), issuer: rows.text(1), log: LogID(log), first: Int(rows.integer(3)),
                last: Int(rows.integer(4))))
        }
        return found
    }

    /// Every document in the order of prefix and number; a body that is not what was written is refused.
    static func documents(
        _ connection: borrowing Connection, _ hashing: any Hashing
    ) throws(StorageFailure) -> [BooksDocument] {
        let rows = try connection.prepare(selection + " ORDER BY prefix, sequence")
        var found: [BooksDocument] = []
        while try rows.step() {
            let document = try document(rows)
            guard rows.value(8) == hashing.hash(document.body) else {
                throw broken("document \(document.prefix)-\(document.sequence) is not what was written")
            }
            found.append(document)
        }
        return found
    }

    /// The document of a proposal that was not rejected.
    static func standing(
        _ connection: borrowing Connection, proposal: String
    ) throws(StorageFailure) -> BooksDocument? {
        let rows = try connection.prepare(selection + " WHERE proposal = ? AND is_rejected = 0")
        rows.bind(proposal, at: 1)
        guard try rows.step() else { return nil }
        let found = try document(rows)
        rows.reset()
        return found
    }

    static func acts(_ connection: borrowing Connection) throws(StorageFailure) -> [BooksAct] {
        let rows = try connection.prepare(
            "SELECT sequence, kind, subject, body, person, at FROM act ORDER BY sequence")
        var found: [BooksAct] = []
        while try rows.step() {
            found.append(BooksAct(
                sequence: Int(rows.integer(0)), kind: rows.text(1), subject: rows.text(2), body: rows.bytes(3),
                person: rows.text(4), atMilliseconds: rows.integer(5)))
        }
        return found
    }

    private static let selection =
        "SELECT prefix, sequence, proposal, inputs, body, person, at, is_rejected, hash FROM document"

    private static func document(_ rows: borrowing Statement) throws(StorageFailure) -> BooksDocument {
        guard let inputs: Hash = rows.value(3) else { throw broken("a document has no digest of its inputs") }
        return BooksDocument(
            prefix: rows.text(0), sequence: Int(rows.integer(1)), proposal: rows.text(2), inputs: inputs,
            body: rows.bytes(4), person: rows.text(5), atMilliseconds: rows.integer(6),
            isRejected: rows.integer(7) != 0)
    }

    private static func broken(_ sentence: String) -> StorageFailure {
        .notOurs(path: DatabaseFile.books.name, sentence: sentence)
    }
}
