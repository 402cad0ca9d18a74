// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// The newest stance of a log on a cell. Spec: Protocol/kinds.md §4.
public struct StanceView: Hashable, Sendable {
    /// Who takes it.
    public let author: OIN
    /// The entry.
    public let source: WriteSource
    /// The cell, and what is said of it.
    public let stance: CellStance
    /// The commitment to the reason or the evidence.
    public let commitment: TextCommitment?
    /// The number of the epoch that judges it.
    public let judge: Int
    /// The number of the epoch that judges the first dispute of this log on the cell.
    public let disputedSince: Int?
}

/// A cut that a log signed. Spec: Protocol/kinds.md §5.
public struct CutView: Hashable, Sendable {
    /// Who signed it.
    public let author: OIN
    /// The entry.
    public let source: WriteSource
    /// What counts.
    public let cut: PeriodCut
    /// `H(canonical body)`: equal where the two parties signed the same.
    public let bodyHash: Hash
    /// The number of the epoch that judges it.
    public let judge: Int
}

/// A month that is closed between two parties. Spec: Protocol/settling.md §3.
public struct ClosedPeriod: Hashable, Sendable {
    /// How it ended.
    public let ending: PeriodEnding
    /// What counts.
    public let cut: PeriodCut
    /// `H(canonical body)` of the cut.
    public let bodyHash: Hash
    /// The number of the epoch that closes it.
    public let closing: Int
}

/// What of a month between two parties stands in the documents of a month. Spec: Protocol/settling.md §6.
public struct BillingView: Hashable, Sendable {
    /// The month whose documents it stands in.
    public let billingMonth: CivilMonth
    /// 0 for what was billed first, then 1, 2, ... for what changed since.
    public let number: Int
    /// The cells with what counts of them, as of the epoch that fixed it; of a change those that changed.
    public let counts: PeriodCut
}

/// What the deciding organ said of a cell. Spec: Protocol/voting.md §5, kind 15.
public struct DecidedCountView: Hashable, Sendable {
    /// The decision.
    public let decision: Decision.ID
    /// The cell and the quantity.
    public let count: DecidedCount
}

extension CooperativeState {
    /// What was billed of months, in the order in which it was fixed; of one epoch by month of use and parties.
    public func billingViews() -> [BillingView] {
        billings.rows.pages.flatMap { page in
            page.map { row in
                guard let month = CivilMonth(monthNumber: Int(row.billingMonth)) else {
                    preconditionFailure("the month of an epoch's date is one")
                }
                return BillingView(billingMonth: month, number: row.key.number, counts: row.counts)
            }
        }.sorted { left, right in
            let (one, other) = (left.counts, right.counts)
            return (one.epoch, one.month, one.lower, one.higher) < (other.epoch, other.month, other.lower, other.higher)
        }
    }

    /// The cells on which the deciding organ spoke, by month, application, provider, consumer and class.
    public func decidedCountViews() -> [DecidedCountView] {
        decidedCounts.rows.pages.flatMap { page in
            page.map { row in
                guard let month = CivilMonth(monthNumber: Int(row.key.month)), let count = DecidedCount(
                    month: month, application: applications.text(row.key.application),
                    provider: party(row.key.provider), consumer: party(row.key.consumer),
                    tariffClass: classes.text(row.key.tariffClass), quantity: row.quantity)
                else { preconditionFailure("the decision was checked") }
                return DecidedCountView(
                    decision: .init(log: logs[Int(row.log)].id, index: EntryIndex(known: row.index)), count: count)
            }
        }.sorted { left, right in
            let (one, other) = (left.count, right.count)
            if one.month != other.month { return one.month < other.month }
            if one.application != other.application { return one.application.utf8Precedes(other.application) }
            if one.provider != other.provider { return one.provider < other.provider }
            if one.consumer != other.consumer { return one.consumer < other.consumer }
            return one.tariffClass.utf8Precedes(other.tariffClass)
        }
    }

    /// The closed months, by month and parties.
    public func closedPeriods() -> [ClosedPeriod] {
        periods.rows.pages.flatMap { page in
            page.map { ClosedPeriod(ending: $0.ending, cut: $0.cut, bodyHash: $0.body, closing: $0.closing) }
        }.sorted { left, right in
            let (one, other) = (left.cut, right.cut)
            return (one.month, one.lower, one.higher) < (other.month, other.lower, other.higher)
        }
    }

    /// All stances, by month, application, provider, consumer, class and log.
    /// Of one month alone where that is named.
    public func stanceViews(of month: CivilMonth? = nil) -> [StanceView] {
        stances.rows.pages.flatMap { page in
            page.filter { row in month.map { Int($0.monthNumber) == Int(row.key.month) } ?? true }.map(view)
        }.sorted { left, right in
            let (one, other) = (left.stance, right.stance)
            if one.month != other.month { return one.month < other.month }
            if one.application != other.application { return one.application.utf8Precedes(other.application) }
            if one.provider != other.provider { return one.provider < other.provider }
            if one.consumer != other.consumer { return one.consumer < other.consumer }
            if one.tariffClass != other.tariffClass { return one.tariffClass.utf8Precedes(other.tariffClass) }
            return left.source.log < right.source.log
        }
    }

    private func view(_ row: StanceTable.Row) -> StanceView {
        let key = row.key
        guard let month = CivilMonth(monthNumber: Int(key.month)), let stance = CellStance(
            month: month, application: applications.text(key.application), provider: party(key.provider),
            consumer: party(key.consumer), tariffClass: classes.text(key.tariffClass), word: row.stance)
        else { preconditionFailure("the stance was checked") }
        return StanceView(
            author: oin(key.log), source: source(key.log, row.index, row.leaf), stance: stance,
            commitment: row.commitment, judge: row.judge, disputedSince: row.disputedSince)
    }

    /// All cuts, by month, parties, epoch and log.
    /// Of one month alone where that is named.
    public func cutViews(of month: CivilMonth? = nil) -> [CutView] {
        cuts.rows.pages.flatMap { page in
            page.filter { row in month.map { $0 == row.cut.month } ?? true }.map { row in
                CutView(
                    author: oin(row.key.log), source: source(row.key.log, row.index, row.leaf), cut: row.cut,
                    bodyHash: row.body, judge: row.judge)
            }
        }.sorted { left, right in
            let (one, other) = (left.cut, right.cut)
            if one.month != other.month { return one.month < other.month }
            if one.lower != other.lower { return one.lower < other.lower }
            if one.higher != other.higher { return one.higher < other.higher }
            if one.epoch != other.epoch { return one.epoch < other.epoch }
            return left.source.log < right.source.log
        }
    }

    private func source(_ log: UInt32, _ index: Int, _ leaf: Hash) -> WriteSource {
        WriteSource(log: logs[Int(log)].id, author: oin(log), index: EntryIndex(known: index), leaf: leaf)
    }
}
