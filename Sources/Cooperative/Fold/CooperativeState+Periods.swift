// SPDX-License-Identifier: EUPL-1.2
import Journal

// Months end between two parties: signed by both, or lapsed. Spec: Protocol/settling.md §2 and §3.
extension CooperativeState {
    /// What is known of a month between two parties before it is closed.
    private struct OpenPeriod {
        /// The numbers of the epochs that judge the first and the latest statement of either; `nil` without one.
        var judges: ClosedRange<Int>?
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
    mutating func closePeriods() {
        var lapsed: [PeriodTable.Key] = []
        var windows = DisputeWindows(
            workingDays: rules.terms.disputeWindow, dates: history.map(\.date) + [epoch.date])
        for (key, period) in openPeriods() {
            if let row = agreed(period) {
                let signed = cuts.rows[row]
                close(key, .signed, signed.cut, signed.body)
            } else if let judges = period.judges, let last = windows.lastDay(judges), epoch.date > last {
                lapsed.append(key)
            }
        }
        guard !lapsed.isEmpty else { return }
        let cells = cells(of: Set(lapsed))
        for key in lapsed {
            guard let month = CivilMonth(monthNumber: Int(key.month)), let cut = PeriodCut(
                month: month, between: party(key.lower), and: party(key.higher), epoch: epoch.number,
                epochHash: epoch.hash,
                cells: Array((cells[key] ?? []).sorted().prefix(CooperativeLimits.cells)))
            else { continue }
            close(key, .lapsed, cut, hashing.hash(cut.encode()))
        }
    }

    private mutating func close(_ key: PeriodTable.Key, _ ending: PeriodEnding, _ cut: PeriodCut, _ body: Hash) {
        let number = periods.add(.init(key: key, ending: ending, cut: cut, body: body, closing: epoch.number))
        let row = RowReference(.period, number)
        periods.rows[number].word = word(row)
        index.add(row, at: periods.rows[number].word)
    }

    /// Months with a statement or a cut that are not closed, in an order of its own for every state: what is closed
    /// depends on each alone.
    private func openPeriods() -> [(key: PeriodTable.Key, period: OpenPeriod)] {
        var found: [PeriodTable.Key: OpenPeriod] = [:]
        for page in statements.rows.pages {
            for row in page {
                let key = key(month: row.key.month, logs[Int(row.key.log)].party, row.key.counterparty)
                guard periods.number(of: key) == nil else { continue }
                guard let judges = row.judges else { continue }
                found[key, default: OpenPeriod()].judges = found[key]?.judges?.joined(with: judges) ?? judges
            }
        }
        for number in 0..<UInt32(cuts.rows.count) {
            let row = cuts.rows[number].key
            let key = PeriodTable.Key(month: row.month, lower: row.lower, higher: row.higher)
            guard periods.number(of: key) == nil else { continue }
            found[key, default: OpenPeriod()].cuts.append((author: logs[Int(row.log)].party, row: number))
        }
        // Any order: each is closed by what it holds alone.
        return found.map { (key: $0.key, period: $0.value) }
    }

    private func key(month: Int32, _ one: UInt32, _ other: UInt32) -> PeriodTable.Key {
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

    /// The net counts of the cells of these months that both parties counted, as the epoch covers them.
    private func cells(of keys: Set<PeriodTable.Key>) -> [PeriodTable.Key: [PeriodCut.Cell]] {
        var counts: [UsageKey: (provider: Int64?, consumer: Int64?)] = [:]
        usage.forEach { row, counters in
            guard row.provider != row.consumer,
                  keys.contains(key(month: Int32(row.month), row.provider, row.consumer))
            else { return }
            let (own, net) = (row.key, counters.quantity)
            let cell = UsageKey(
                log: 0, application: own.application, provider: own.provider, consumer: own.consumer,
                tariffClass: own.tariffClass, month: own.month, side: 0)
            var known = counts[cell] ?? (nil, nil)
            if own.side == 0 { known.provider = sum(known.provider, net) }
            if own.side == 1 { known.consumer = sum(known.consumer, net) }
            counts[cell] = known
        }
        var cells: [PeriodTable.Key: [PeriodCut.Cell]] = [:]
        // Any order: cells are sorted before they are cut.
        for (cell, known) in counts where known.provider != nil && known.consumer != nil {
            let key = key(month: Int32(cell.month), cell.provider, cell.consumer)
            cells[key, default: []].append(PeriodCut.Cell(
                application: applications.text(cell.application), tariffClass: classes.text(cell.tariffClass),
                isProvidedByLower: cell.provider == key.lower, providerCount: known.provider,
                consumerCount: known.consumer, settled: nil))
        }
        return cells
    }

    /// Never past what a cut can say.
    private func sum(_ known: Int64?, _ net: Int64) -> Int64 {
        let sum = UInt64(known ?? 0) + UInt64(net)
        return Int64(min(sum, UInt64(UsageCounters.largest)))
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
