// SPDX-License-Identifier: EUPL-1.2
import Journal

// What of a month is billed between two parties, and what changes of it afterwards. Spec: Protocol/settling.md §6.
extension CooperativeState {
    /// The month whose documents are made from the date of the epoch on; of the first months that there are the first.
    /// Spec: Protocol/settling.md §6.1.
    var billingMonth: CivilMonth {
        let back = epoch.date.day >= max(rules.terms.billingDay, 1) ? 1 : 2
        return epoch.date.month.adding(months: -back) ?? epoch.date.month
    }

    /// Fixes what is billed now, then what changed of what was billed.
    mutating func billPeriods(_ open: [(key: PeriodTable.Key, period: OpenPeriod)]) {
        let day = rules.terms.billingDay
        let month = billingMonth.monthNumber
        let isBillingEpoch = history.last.map { $0.billingMonth.monthNumber < month } ?? true
        var due: Set<PeriodTable.Key> = []
        // Any order: each is billed by what it holds alone.
        for (key, period) in open where billings.number(of: .init(period: key, number: 0)) == nil {
            let isClosed = periods.number(of: key) != nil
            guard day == 0 ? isClosed : key.month <= month && (isClosed || period.authors.count == 2)
            else { continue }
            due.insert(key)
        }
        let corrected = changeable(beside: due, isBillingEpoch ? month : nil)
        let stated = due.filter { periods.number(of: $0) == nil }
        let counts = counts(of: stated.union(corrected.map(\.key)))
        // Any order: the rows stand under their keys.
        for key in due { bill(key, counts[key] ?? [:]) }
        for (key, month) in corrected { correct(key, in: month, counts[key] ?? [:]) }
    }

    /// Closed months that were billed before, with the month whose documents a change of them stands in: the latest
    /// that is billed between the same two now, else `month`, where this epoch is the first to bill it.
    private func changeable(
        beside due: Set<PeriodTable.Key>, _ month: Int32?
    ) -> [(key: PeriodTable.Key, month: Int32)] {
        guard !due.isEmpty || month != nil else { return [] }
        var latest: [PeriodTable.Key: Int32] = [:]
        // Any order: the largest is kept.
        for key in due { latest[key.ofPair] = max(latest[key.ofPair] ?? 0, key.month) }
        return periods.rows.pages.lazy.joined().compactMap { row in
            let key = row.key
            guard billings.number(of: .init(period: key, number: 0)) != nil else { return nil }
            let beside = latest[key.ofPair].flatMap { $0 > key.month ? $0 : nil }
            guard let billing = beside ?? month, billing > key.month,
                  billing - key.month <= CooperativeLimits.correctionMonths
            else { return nil }
            return (key, billing)
        }
    }

    private mutating func bill(_ key: PeriodTable.Key, _ counts: [DecidedCountTable.Key: CellCounts]) {
        guard let number = periods.number(of: key) else {
            // Any order: cells are sorted before they are cut.
            let cells = counts.map { cell, counts in
                self.cell(cell, key, decided(cell)?.counts(beside: counts) ?? counts)
            }
            return addBilling(key, 0, in: key.month, cells)
        }
        addBilling(key, 0, in: key.month, periods.rows[number].cut.cells.map(\.unsettled))
    }

    /// The cells of which another count counts than was billed last.
    private mutating func correct(
        _ key: PeriodTable.Key, in month: Int32, _ counts: [DecidedCountTable.Key: CellCounts]
    ) {
        guard let closed = periods.number(of: key).map({ periods.rows[$0] }) else { return }
        var billed: [DecidedCountTable.Key: CellCounts] = [:]
        var number = 0
        while let row = billings.number(of: .init(period: key, number: number)) {
            for cell in billings.rows[row].counts.cells { billed[name(of: cell, key)] = cell.counts }
            number += 1
        }
        var cut: [DecidedCountTable.Key: PeriodCut.Cell] = [:]
        for cell in closed.cut.cells { cut[name(of: cell, key)] = cell }
        var changed: [PeriodCut.Cell] = []
        // Any order: cells are sorted before they are cut.
        for name in Set(counts.keys).union(cut.keys) {
            let now = counts[name] ?? CellCounts()
            let counting = decided(name)?.counts(beside: now) ?? cut[name]?.settledCounts(beside: now) ?? now
            if counting != billed[name] ?? CellCounts() { changed.append(cell(name, key, counting)) }
        }
        if !changed.isEmpty { addBilling(key, number, in: month, changed) }
    }

    private mutating func addBilling(
        _ key: PeriodTable.Key, _ number: Int, in month: Int32, _ cells: [PeriodCut.Cell]
    ) {
        guard let counts = cut(key, cells) else { return }
        let row = billings.add(.init(
            key: .init(period: key, number: number), billingMonth: month, body: hashing.hash(counts.encode()),
            counts: counts))
        let reference = RowReference(.billing, row)
        billings.rows[row].word = word(reference)
        index.add(reference, at: billings.rows[row].word)
    }

    private func cell(
        _ name: DecidedCountTable.Key, _ key: PeriodTable.Key, _ counts: CellCounts
    ) -> PeriodCut.Cell {
        PeriodCut.Cell(
            application: applications.text(name.application), tariffClass: classes.text(name.tariffClass),
            isProvidedByLower: name.provider == key.lower, providerCount: counts.provider,
            consumerCount: counts.consumer, settled: nil)
    }

    private mutating func name(of cell: PeriodCut.Cell, _ key: PeriodTable.Key) -> DecidedCountTable.Key {
        DecidedCountTable.Key(
            application: applications.intern(cell.application),
            provider: cell.isProvidedByLower ? key.lower : key.higher,
            consumer: cell.isProvidedByLower ? key.higher : key.lower,
            tariffClass: classes.intern(cell.tariffClass), month: key.month)
    }
}

// What the deciding organ says of a cell. Spec: Protocol/voting.md §5, kind 15.
extension CooperativeState {
    func decided(_ cell: DecidedCountTable.Key) -> DecidedCountTable.Row? {
        decidedCounts.number(of: cell).map { decidedCounts.rows[$0] }
    }

    /// Demands that the cell is one on which the parties could not agree.
    func checkEscalated(_ count: DecidedCount) throws(EffectRefusal) {
        guard let key = key(of: count) else { throw .cellUnknown }
        let period = self.key(month: key.month, key.provider, key.consumer)
        guard let counts = counts(of: [period])[period]?[key] else { throw .cellUnknown }
        guard let closed = periods.number(of: period).map({ periods.rows[$0] }) else {
            guard isEscalated(key) else { throw .notEscalated }
            return
        }
        // After a lapse whatever was not released: a month that both signed stays as they signed it.
        let released = closed.cut.cells.first {
            $0.application == count.application && $0.tariffClass == count.tariffClass
                && $0.isProvidedByLower == (key.provider == period.lower)
        }
        guard closed.ending == .lapsed, released.map({ $0.counts.settledQuantity == nil }) ?? true,
              counts.settledQuantity == nil
        else { throw .notEscalated }
    }

    /// Whether the stance of a log of either party hands the cell over.
    private func isEscalated(_ key: DecidedCountTable.Key) -> Bool {
        logs.indices.contains { log in
            guard [key.provider, key.consumer].contains(logs[log].party) else { return false }
            let stance = stances.number(of: .init(
                log: UInt32(log), application: key.application, provider: key.provider, consumer: key.consumer,
                tariffClass: key.tariffClass, month: key.month))
            return stance.map { stances.rows[$0].stance == .escalates } ?? false
        }
    }

    mutating func noteDecided(_ count: DecidedCount, by decision: UInt32) {
        guard let key = key(of: count) else { return }
        let period = self.key(month: key.month, key.provider, key.consumer)
        let counts = counts(of: [period])[period]?[key] ?? CellCounts()
        let proposal = proposals.rows[Int(decision)]
        var row = DecidedCountTable.Row(
            key: key, log: proposal.log, index: proposal.index, quantity: count.quantity,
            providerCount: counts.provider, consumerCount: counts.consumer)
        if let known = decidedCounts.number(of: key) {
            row.word = decidedCounts.rows[known].word
            decidedCounts.rows[known] = row
            return index.touch(row.word)
        }
        let number = decidedCounts.add(row)
        let reference = RowReference(.decidedCount, number)
        decidedCounts.rows[number].word = word(reference)
        index.add(reference, at: decidedCounts.rows[number].word)
    }

    private func key(of count: DecidedCount) -> DecidedCountTable.Key? {
        guard let application = applications.number(of: count.application),
              let provider = parties.number(of: count.provider.digits),
              let consumer = parties.number(of: count.consumer.digits),
              let tariffClass = classes.number(of: count.tariffClass)
        else { return nil }
        return .init(
            application: application, provider: provider, consumer: consumer, tariffClass: tariffClass,
            month: count.month.monthNumber)
    }
}

extension DecidedCountTable.Row {
    /// What was decided, and what each side counted since.
    func counts(beside now: CellCounts) -> CellCounts {
        CellCounts(
            provider: quantity.since(providerCount, now.provider),
            consumer: quantity.since(consumerCount, now.consumer))
    }
}

extension PeriodCut.Cell {
    /// What the cut says that counts.
    fileprivate var counts: CellCounts {
        CellCounts(provider: settled ?? providerCount, consumer: settled ?? consumerCount)
    }

    /// The same without a settled quantity: both sides have it.
    fileprivate var unsettled: Self {
        Self(
            application: application, tariffClass: tariffClass, isProvidedByLower: isProvidedByLower,
            providerCount: counts.provider, consumerCount: counts.consumer, settled: nil)
    }

    /// What was settled, and what each side counted since; `nil` where nothing was.
    fileprivate func settledCounts(beside now: CellCounts) -> CellCounts? {
        settled.map { settled in
            CellCounts(
                provider: settled.since(providerCount, now.provider),
                consumer: settled.since(consumerCount, now.consumer))
        }
    }
}

extension Int64 {
    /// This and what a count grew or fell by since; never below 0 or past what a cut can say.
    fileprivate func since(_ then: Int64?, _ now: Int64?) -> Int64 {
        let (sum, overflows) = addingReportingOverflow((now ?? 0) - (then ?? 0))
        return overflows ? UsageCounters.largest : Swift.min(Swift.max(sum, 0), UsageCounters.largest)
    }
}

extension PeriodTable.Key {
    /// The same for all months of the two.
    fileprivate var ofPair: Self { Self(month: 0, lower: lower, higher: higher) }
}
