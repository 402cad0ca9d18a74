// SPDX-License-Identifier: EUPL-1.2
import Journal

// Months end between two parties: signed by both, or lapsed. Spec: Protocol/settling.md §1 to §3.
extension CooperativeState {
    /// What is known of a month between two parties before it is closed and billed.
    struct OpenPeriod {
        /// The numbers of the epochs that judge the first and the latest statement of either; `nil` without one.
        var judges: ClosedRange<Int>?
        /// Who of the two has a statement.
        var authors: Set<UInt32> = []
        /// Cuts by author: each with the number of its row.
        var cuts: [(author: UInt32, row: UInt32)] = []
    }

    mutating func periodKey(_ cut: PeriodCut) -> PeriodTable.Key {
        .init(
            month: cut.month.monthNumber, lower: parties.intern(cut.lower.digits),
            higher: parties.intern(cut.higher.digits))
    }

    /// Whether the month was closed between the two when the epoch of this number ruled.
    func isClosed(_ month: CivilMonth, _ one: OIN, _ other: OIN, under judge: Int) -> Bool {
        guard let lower = parties.number(of: min(one, other).digits),
              let higher = parties.number(of: max(one, other).digits),
              let number = periods.number(of: .init(month: month.monthNumber, lower: lower, higher: higher))
        else { return false }
        return periods.rows[number].closing <= judge
    }

    /// Closes the months that both parties signed, and those whose window has passed.
    mutating func closePeriods(_ open: [(key: PeriodTable.Key, period: OpenPeriod)]) {
        var lapsed: [PeriodTable.Key] = []
        var windows = DisputeWindows(
            workingDays: rules.terms.disputeWindow, dates: history.map(\.date) + [epoch.date])
        for (key, period) in open where periods.number(of: key) == nil {
            if let row = agreed(period) {
                let signed = cuts.rows[row]
                close(key, .signed, signed.cut, signed.body)
            } else if let judges = period.judges, let last = windows.lastDay(judges), epoch.date > last {
                lapsed.append(key)
            }
        }
        guard !lapsed.isEmpty else { return }
        let counts = counts(of: Set(lapsed))
        for key in lapsed {
            let cells = (counts[key] ?? [:]).compactMap { cell, counts -> PeriodCut.Cell? in
                let settled = decided(cell).map { $0.counts(beside: counts) }?.settledQuantity
                guard settled != nil || counts.provider != nil && counts.consumer != nil else { return nil }
                return PeriodCut.Cell(
                    application: applications.text(cell.application), tariffClass: classes.text(cell.tariffClass),
                    isProvidedByLower: cell.provider == key.lower, providerCount: counts.provider,
                    consumerCount: counts.consumer, settled: settled)
            }
            guard let cut = cut(key, cells) else { continue }
            close(key, .lapsed, cut, hashing.hash(cut.encode()))
        }
    }

    /// Cells of a month between two as of this epoch: of more than fit the first in their order.
    func cut(_ key: PeriodTable.Key, _ cells: [PeriodCut.Cell]) -> PeriodCut? {
        CivilMonth(monthNumber: Int(key.month)).flatMap { month in
            PeriodCut(
                month: month, between: party(key.lower), and: party(key.higher), epoch: epoch.number,
                epochHash: epoch.hash, cells: Array(cells.sorted().prefix(CooperativeLimits.cells)))
        }
    }

    private mutating func close(_ key: PeriodTable.Key, _ ending: PeriodEnding, _ cut: PeriodCut, _ body: Hash) {
        let number = periods.add(.init(key: key, ending: ending, cut: cut, body: body, closing: epoch.number))
        let row = RowReference(.period, number)
        periods.rows[number].word = word(row)
        index.add(row, at: periods.rows[number].word)
    }

    /// Months with a statement or a cut that are not both closed and billed, in an order of its own for every state:
    /// what becomes of one depends on it alone.
    func openPeriods() -> [(key: PeriodTable.Key, period: OpenPeriod)] {
        var found: [PeriodTable.Key: OpenPeriod] = [:]
        for page in statements.rows.pages {
            for row in page {
                guard let judges = row.judges else { continue }
                let author = logs[Int(row.key.log)].party
                let key = key(month: row.key.month, author, row.key.counterparty)
                guard isOpen(key) else { continue }
                found[key, default: OpenPeriod()].judges = found[key]?.judges?.joined(with: judges) ?? judges
                found[key, default: OpenPeriod()].authors.insert(author)
            }
        }
        for number in 0..<UInt32(cuts.rows.count) {
            let row = cuts.rows[number].key
            let key = PeriodTable.Key(month: row.month, lower: row.lower, higher: row.higher)
            guard isOpen(key) else { continue }
            found[key, default: OpenPeriod()].cuts.append((author: logs[Int(row.log)].party, row: number))
        }
        // Any order: each is closed by what it holds alone.
        return found.map { (key: $0.key, period: $0.value) }
    }

    private func isOpen(_ key: PeriodTable.Key) -> Bool {
        periods.number(of: key) == nil || billings.number(of: .init(period: key, number: 0)) == nil
    }

    func key(month: Int32, _ one: UInt32, _ other: UInt32) -> PeriodTable.Key {
        let isOrdered = parties.withName(one) { one in parties.withName(other) { one.precedes($0) } }
        return .init(month: month, lower: isOrdered ? one : other, higher: isOrdered ? other : one)
    }

    /// The cut of which a log of each party has one with the same body: of several the one as of the lowest epoch.
    private func agreed(_ period: OpenPeriod) -> UInt32? {
        var first: [Hash: UInt32] = [:]
        var best: UInt32?
        for one in period.cuts {
            let row = cuts.rows[one.row]
            guard let author = first[row.body] else {
                first[row.body] = one.author
                continue
            }
            guard author != one.author else { continue }
            if let known = best, cuts.rows[known].key.epoch <= row.key.epoch { continue }
            best = one.row
        }
        return best
    }

    /// The net counts of the cells of these months, as the epoch covers them; no count where a party has none.
    func counts(of keys: Set<PeriodTable.Key>) -> [PeriodTable.Key: [DecidedCountTable.Key: CellCounts]] {
        var counts: [PeriodTable.Key: [DecidedCountTable.Key: CellCounts]] = [:]
        let months = Set(keys.map(\.month))
        usage.forEach { row, counters in
            guard months.contains(Int32(row.month)), row.provider != row.consumer else { return }
            let key = key(month: Int32(row.month), row.provider, row.consumer)
            guard keys.contains(key) else { return }
            let (own, net) = (row.key, counters.quantity)
            let cell = DecidedCountTable.Key(
                application: own.application, provider: own.provider, consumer: own.consumer,
                tariffClass: own.tariffClass, month: Int32(own.month))
            counts[key, default: [:]][cell, default: CellCounts()].add(net, side: own.side)
        }
        return counts
    }
}

/// What the two sides of a cell counted.
struct CellCounts: Hashable, Sendable {
    var provider: Int64?
    var consumer: Int64?

    /// The quantity of both, where they are equal.
    var settledQuantity: Int64? { provider == consumer ? provider : nil }

    /// Never past what a cut can say.
    mutating func add(_ net: Int64, side: UInt16) {
        let known = side == 0 ? provider : consumer
        let sum = Int64(min(UInt64(known ?? 0) + UInt64(net), UInt64(UsageCounters.largest)))
        if side == 0 { provider = sum } else { consumer = sum }
    }
}

/// The last days of windows, each worked out once: many pairs state under the same few epochs.
/// Spec: Protocol/settling.md §2.
private struct DisputeWindows {
    let workingDays: Int
    /// Of the epochs, by number.
    let dates: [CivilDate]
    private var ends: [Window: CivilDate?] = [:]

    private struct Window: Hashable {
        let workingDays: Int
        let covering: Int
    }

    init(workingDays: Int, dates: [CivilDate]) {
        self.workingDays = workingDays
        self.dates = dates
    }

    /// Working days after the latest statement, at most three windows after the first.
    mutating func lastDay(_ judges: ClosedRange<Int>) -> CivilDate? {
        guard workingDays > 0, let latest = end(workingDays, judges.upperBound + 1),
              let cap = end(workingDays * CooperativeLimits.disputeWindows, judges.lowerBound + 1)
        else { return nil }
        return min(latest, cap)
    }

    private mutating func end(_ count: Int, _ covering: Int) -> CivilDate? {
        let window = Window(workingDays: count, covering: covering)
        if let known = ends[window] { return known }
        let end = WorkingDays().workingDay(count, after: dates[covering])
        ends.updateValue(end, forKey: window)
        return end
    }
}

extension ClosedRange<Int> {
    /// The smallest range that holds both.
    func joined(with other: Self) -> Self {
        Swift.min(lowerBound, other.lowerBound)...Swift.max(upperBound, other.upperBound)
    }
}
