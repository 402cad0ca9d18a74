// SPDX-License-Identifier: EUPL-1.2

/// Several runs of one tier on their way into one of the next, a few records with each transaction, so that no
/// caller waits for a whole merge.
struct RunMerge {
    /// How far one input has been read.
    private struct Cursor {
        let run: Run
        var page = 0
        var records: RunPage?
        var offset = 0
        var head: RunRecord?
    }

    let inputs: [Run]
    private var cursors: [Cursor]
    private var builder: RunBuilder

    init(
        _ inputs: [Run], number: Int, _ connection: borrowing Connection, _ statements: borrowing InboxStatements
    ) throws(StorageFailure) {
        self.inputs = inputs
        let total = inputs.reduce(0) { $0 + $1.count }
        builder = try RunBuilder(number: number, tier: inputs[0].tier + 1, expecting: total, connection)
        cursors = inputs.map { Cursor(run: $0) }
        for index in cursors.indices { try Self.advance(&cursors[index], statements) }
    }

    /// Moves up to `budget` records; answers the new run when all are moved.
    mutating func step(
        _ budget: Int, _ connection: borrowing Connection, _ statements: borrowing InboxStatements
    ) throws(StorageFailure) -> Run? {
        for _ in 0..<budget {
            var least: Int?
            for index in cursors.indices {
                guard let record = cursors[index].head else { continue }
                if let best = least.flatMap({ cursors[$0].head }), best < record { continue }
                least = index
            }
            guard let least, let record = cursors[least].head else {
                return try builder.finish(connection, statements)
            }
            try builder.append(record, statements)
            try Self.advance(&cursors[least], statements)
        }
        return nil
    }

    private static func advance(
        _ cursor: inout Cursor, _ statements: borrowing InboxStatements
    ) throws(StorageFailure) {
        if let records = cursor.records, cursor.offset < records.count {
            cursor.head = records[cursor.offset]
            cursor.offset += 1
            return
        }
        guard cursor.page < cursor.run.fences.count else {
            cursor.records = nil
            cursor.head = nil
            return
        }
        let records = try statements.page(cursor.run.number, cursor.page)
        cursor.page += 1
        cursor.records = records
        cursor.head = records[0]
        cursor.offset = 1
    }
}
