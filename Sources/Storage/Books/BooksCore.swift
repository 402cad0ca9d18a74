// SPDX-License-Identifier: EUPL-1.2

import Journal

/// The writer of `books.db`.
struct BooksCore: TransactionCore, ~Copyable {
    let connection: Connection
    let directory: String
    let hashing: any Hashing

    mutating func begin(bytes: Int) throws(StorageFailure) {
        try FreeSpace.demand(bytes + Limits.groupBytes, at: directory)
        try connection.execute("BEGIN IMMEDIATE")
    }

    mutating func commit() throws(StorageFailure) { try connection.execute("COMMIT") }

    mutating func publish() {}

    mutating func rollBack() throws(StorageFailure) {
        if connection.isInTransaction { try connection.execute("ROLLBACK") }
    }

    /// Gives each proposal the next number of the series, with its data, all in this transaction.
    mutating func number(
        _ proposals: [BooksProposal], in wanted: BooksSeries, by person: String, at milliseconds: Int64
    ) throws(StorageFailure) -> [NumberingOutcome] {
        let held = try BooksRows.series(connection, prefix: wanted.prefix).first
        if let held {
            guard held.log == wanted.log, held.issuer == wanted.issuer else {
                throw .refused(.seriesOfAnother(prefix: wanted.prefix))
            }
        }
        var last = held?.last ?? wanted.first - 1
        var outcomes: [NumberingOutcome] = []
        for proposal in proposals {
            if let document = try BooksRows.standing(connection, proposal: proposal.name) {
                outcomes.append(
                    document.inputs == proposal.inputs ? .had(document.prefix, document.sequence)
                        : .changed(document.prefix, document.sequence))
                continue
            }
            last += 1
            try insert(proposal, wanted.prefix, last, person, milliseconds)
            outcomes.append(.given(last))
        }
        guard last >= wanted.first, last != held?.last else { return outcomes }
        let write = try connection.prepare("INSERT OR REPLACE INTO series VALUES (?, ?, ?, ?, ?)")
        write.bind(wanted.prefix, at: 1)
        write.bind(wanted.issuer, at: 2)
        write.bind(wanted.log, at: 3)
        write.bind(held?.first ?? wanted.first, at: 4)
        write.bind(last, at: 5)
        try write.run()
        return outcomes
    }

    private func insert(
        _ proposal: BooksProposal, _ prefix: String, _ sequence: Int, _ person: String, _ milliseconds: Int64
    ) throws(StorageFailure) {
        let write = try connection.prepare("INSERT INTO document VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0)")
        write.bind(prefix, at: 1)
        write.bind(sequence, at: 2)
        write.bind(proposal.name, at: 3)
        write.bind(proposal.inputs, at: 4)
        write.bind(hashing.hash(proposal.body), at: 5)
        write.bind(proposal.body, at: 6)
        write.bind(person, at: 7)
        write.bind(milliseconds, at: 8)
        try write.run()
    }

    /// Notes acts, and rejects the document that one of them names.
    mutating func note(
        _ acts: [(kind: String, subject: String, body: [UInt8])], rejecting rejected: (prefix: String, sequence: Int)?,
        by person: String, at milliseconds: Int64
    ) throws(StorageFailure) {
        for act in acts {
            let write = try connection.prepare(
                "INSERT INTO act(kind, subject, body, person, at) VALUES (?, ?, ?, ?, ?)")
            write.bind(act.kind, at: 1)
            write.bind(act.subject, at: 2)
            write.bind(act.body, at: 3)
            write.bind(person, at: 4)
            write.bind(milliseconds, at: 5)
            try write.run()
        }
        guard let rejected else { return }
        let write = try connection.prepare("UPDATE document SET is_rejected = 1 WHERE prefix = ? AND sequence = ?")
        write.bind(rejected.prefix, at: 1)
        write.bind(rejected.sequence, at: 2)
        try write.run()
    }
}
