// SPDX-License-Identifier: EUPL-1.2

public import Journal

/// What a consumer that cannot count events states of a cell from its own administration.
/// Spec: Protocol/metering-events.md §10.
public struct StatedTotal: Hashable, Sendable {
    /// The cell, on the consumer's side.
    public let cell: InboxCell
    /// The whole quantity of the month.
    public let quantity: UInt64

    /// Takes both as they are.
    public init(_ cell: InboxCell, quantity: UInt64) { (self.cell, self.quantity) = (cell, quantity) }
}

/// What became of a total.
public enum TotalOutcome: Sendable, Equatable {
    /// The first one of its cell, or the one that the reason replaced an earlier one with.
    case kept
    /// The same as the one that stands.
    case same
    /// Another one replaced it.
    case replaced(UInt64)
}

extension InboxStore {
    /// The totals that stand, by cell.
    public func totals(months: ClosedRange<CivilMonth>? = nil) throws(StorageFailure) -> [InboxCell: UInt64] {
        try read { connection throws(StorageFailure) in try TotalRows.standing(connection, months: months) }
    }

    /// Keeps totals, all or none, each in place of an earlier one of its cell; earlier ones stay on record.
    /// Without a reason nothing is replaced: the positions of those that would be are answered, and nothing is kept.
    public func keep(
        _ totals: [StatedTotal], reason: String?, atSeconds: Int
    ) async throws(StorageFailure) -> Result<[TotalOutcome], TotalConflict> {
        try await write { core throws(StorageFailure) in
            let standing = try TotalRows.standing(core.connection, months: nil)
            let outcomes = totals.map { total -> TotalOutcome in
                guard let earlier = standing[total.cell] else { return .kept }
                return earlier == total.quantity ? .same : .replaced(earlier)
            }
            var conflicts: [TotalConflict.Item] = []
            for (position, outcome) in outcomes.enumerated() {
                if case .replaced(let earlier) = outcome { conflicts.append(.init(position: position, held: earlier)) }
            }
            guard conflicts.isEmpty || reason != nil else { return .failure(TotalConflict(items: conflicts)) }
            for (total, outcome) in zip(totals, outcomes) where outcome != .same {
                try TotalRows.put(total, reason: reason, atSeconds: atSeconds, core.connection)
            }
            return .success(outcomes)
        }
    }
}

/// Totals that differ from those that stand, and no reason was given.
public struct TotalConflict: Error, Sendable {
    /// One of them.
    public struct Item: Sendable {
        /// Its place among those that were handed over.
        public let position: Int
        /// The total that stands.
        public let held: UInt64
    }

    /// In their order.
    public let items: [Item]
}

/// Rows of `stated_total`; the newest of a cell stands.
enum TotalRows {
    static func standing(
        _ connection: borrowing Connection, months: ClosedRange<CivilMonth>?
    ) throws(StorageFailure) -> [InboxCell: UInt64] {
        let rows = try connection.prepare("""
            SELECT application, provider, consumer, class, month, quantity FROM stated_total
            WHERE month BETWEEN ? AND ? ORDER BY number
            """)
        rows.bind(months.map { Int($0.lowerBound.monthNumber) } ?? 0, at: 1)
        rows.bind(months.map { Int($0.upperBound.monthNumber) } ?? .max, at: 2)
        var standing: [InboxCell: UInt64] = [:]
        while try rows.step() {
            guard let provider = OIN(rows.text(1)), let consumer = OIN(rows.text(2)),
                  let month = CivilMonth(monthNumber: Int(rows.integer(4)))
            else {
                throw .notOurs(path: DatabaseFile.inbox.name, sentence: "a total names no party or month")
            }
            let cell = InboxCell(
                application: rows.text(0), provider: provider, consumer: consumer, usageClass: rows.text(3),
                month: month, side: .consumer)
            standing[cell] = rows.size(5)
        }
        return standing
    }

    static func put(
        _ total: StatedTotal, reason: String?, atSeconds: Int, _ connection: borrowing Connection
    ) throws(StorageFailure) {
        let put = try connection.prepare("""
            INSERT INTO stated_total(application, provider, consumer, class, month, quantity, reason, at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """)
        put.bind(total.cell.application, at: 1)
        put.bind(total.cell.provider.digits, at: 2)
        put.bind(total.cell.consumer.digits, at: 3)
        put.bind(total.cell.usageClass, at: 4)
        put.bind(Int(total.cell.month.monthNumber), at: 5)
        put.bind(total.quantity, at: 6)
        if let reason { put.bind(reason, at: 7) } else { put.bindNull(at: 7) }
        put.bind(atSeconds, at: 8)
        try put.run()
    }
}
