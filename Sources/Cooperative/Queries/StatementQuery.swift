// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// The newest statement of a log on one month with one counterparty. Spec: Protocol/kinds.md §3.
public struct StatementView: Hashable, Sendable {
    /// The member that states.
    public let author: OIN
    /// With whom.
    public let counterparty: OIN
    /// The month.
    public let month: CivilMonth
    /// The entry.
    public let source: WriteSource
    /// `H(canonical body)`.
    public let bodyHash: Hash
    /// The root over the keyed hashes of the records.
    public let root: Hash
    /// How many records.
    public let records: Int
    /// The numbers of the epochs that judge the first and the latest statement that the log made after the month: the
    /// next one covers it. `nil` where all were made before its end.
    public let judges: ClosedRange<Int>?
}

/// An entry that waits for something that is not held. Spec: Protocol/state.md §1.
public struct WaitingEntry: Hashable, Sendable {
    /// What it waits for.
    public enum Reason: Hashable, Sendable {
        case entry(LogID, EntryIndex)
        case application(String)
    }

    /// The entry.
    public let source: WriteSource
    /// What it waits for, the first where there is more.
    public let reason: Reason
}

extension CooperativeState {
    /// All statements, by month, author and counterparty.
    /// Of one month alone where that is named: only its rows are made views of.
    public func statementViews(of month: CivilMonth? = nil) -> [StatementView] {
        var views: [StatementView] = []
        for page in statements.rows.pages {
            for row in page where month.map({ $0.monthNumber == row.key.month }) ?? true { views.append(view(row)) }
        }
        return views.sorted {
            if $0.month != $1.month { return $0.month < $1.month }
            if $0.author != $1.author { return $0.author < $1.author }
            if $0.counterparty != $1.counterparty { return $0.counterparty < $1.counterparty }
            return $0.source.log < $1.source.log
        }
    }

    private func view(_ row: StatementTable.Row) -> StatementView {
        guard let month = CivilMonth(monthNumber: Int(row.key.month)) else {
            preconditionFailure("the statement was checked")
        }
        return StatementView(
            author: oin(row.key.log), counterparty: party(row.key.counterparty), month: month,
            source: WriteSource(
                log: logs[Int(row.key.log)].id, author: oin(row.key.log), index: EntryIndex(known: row.index),
                leaf: row.leaf),
            bodyHash: row.body, root: row.root, records: row.records, judges: row.judges)
    }

    /// The entries that wait, by log id and index.
    public func waitingEntries() -> [WaitingEntry] {
        waiting.slots.compactMap { $0 }.sorted {
            (ranks[Int($0.log)], $0.index) < (ranks[Int($1.log)], $1.index)
        }.map { item in
            let reason: WaitingEntry.Reason = switch item.needs[0] {
            case .entry(let log, let index): .entry(log, EntryIndex(known: index))
            case .application(let id): .application(id)
            }
            return WaitingEntry(
                source: WriteSource(
                    log: logs[Int(item.log)].id, author: oin(item.log), index: EntryIndex(known: item.index),
                    leaf: item.leaf),
                reason: reason)
        }
    }

    /// How many entries, or single cells, were void, by reason.
    public func voidCounts() -> [(reason: VoidReason, count: Int)] {
        voids.filter { $0.value > 0 }.sorted { $0.key < $1.key }.map { (reason: $0.key, count: $0.value) }
    }

    /// The commitments whose texts must no longer be kept, sorted.
    public func destroyedTexts() -> [TextCommitment] { Set(destroyed.rows.map(\.commitment)).sorted() }

    /// The newest heartbeat of each log that has one, by log id.
    public func heartbeats() -> [(log: LogID, date: CivilDate)] {
        logs.sorted { $0.id < $1.id }.compactMap { log in log.heartbeat.map { (log.id, $0) } }
    }
}
