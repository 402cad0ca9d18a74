// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// What both sides counted of one use in one month.
public struct UsageView: Hashable, Sendable {
    /// The application's id.
    public let application: String
    /// Who offered the use.
    public let provider: OIN
    /// Who used it.
    public let consumer: OIN
    /// The tariff class.
    public let tariffClass: String
    /// The month.
    public let month: CivilMonth
    /// What the provider's logs say together; `nil` when they name no such cell.
    public let providerSide: UsageCounters?
    /// What the consumer's logs say together; `nil` when they name no such cell.
    public let consumerSide: UsageCounters?

    /// The cell of a side.
    public func cell(_ side: UsageSide) -> UsageCell {
        UsageCell(
            application: application, provider: provider, consumer: consumer, tariffClass: tariffClass,
            month: month, side: side)
    }
}

/// Where the counters of a cell come from.
public struct UsageSource: Hashable, Sendable {
    /// The log.
    public let log: LogID
    /// Its counters.
    public let counters: UsageCounters
    /// The entry that set what was counted.
    public let countedEntry: EntryIndex
    /// The entry that set what was retracted; `nil` where nothing was.
    public let retractedEntry: EntryIndex?
}

extension CooperativeState {
    /// The months in which something was counted, ascending.
    public func usageMonths() -> [CivilMonth] {
        var months: Set<UInt16> = []
        for page in usage.rows.pages { for row in page { months.insert(row.month) } }
        return months.sorted().compactMap { CivilMonth(monthNumber: Int($0)) }
    }

    /// The cells of a month, both sides side by side, in the order of the wire.
    public func usage(in month: CivilMonth) -> [UsageView] {
        var sides: [UsageKey: UsageCounters] = [:]
        usage.forEach { row, counters in
            guard Int32(row.month) == month.monthNumber else { return }
            sides[row.key.ofAnyLog, default: UsageCounters()].add(counters)
        }
        let cells = Set(sides.keys.map(\.ofProvider))
        // Any order: the result is sorted.
        return cells.map { key in
            UsageView(
                application: applications.text(key.application), provider: party(key.provider),
                consumer: party(key.consumer), tariffClass: classes.text(key.tariffClass), month: month,
                providerSide: sides[key], consumerSide: sides[key.ofConsumer])
        }.sorted { $0.cell(.provider) < $1.cell(.provider) }
    }

    /// What one log says, in the order of the wire: for its author, what was flushed so far.
    public func flushed(by log: LogID) -> [CountedCell] {
        guard let number = logNumber(log) else { return [] }
        var cells: [CountedCell] = []
        usage.forEach { row, counters in
            if row.log == number { cells.append(CountedCell(cell(row.key), counters)) }
        }
        return cells.sorted { $0.cell < $1.cell }
    }

    /// What one log says of a cell; zeros when it never named the cell.
    public func counters(of cell: UsageCell, log: LogID) -> UsageCounters {
        guard let log = logNumber(log), let key = key(cell, log: log), let row = usage.number(of: key) else {
            return UsageCounters()
        }
        return usage.counters(of: row)
    }

    /// Which logs say what of a cell, by log id, and in which entries they said it.
    public func sources(of cell: UsageCell) -> [UsageSource] {
        logs.indices.sorted { ranks[$0] < ranks[$1] }.compactMap { log in
            guard let key = key(cell, log: UInt32(log)), let number = usage.number(of: key) else { return nil }
            return UsageSource(
                log: logs[log].id, counters: usage.counters(of: number),
                countedEntry: EntryIndex(known: Int(usage.rows[number].countedEntry)),
                retractedEntry: usage.retractions[number].map { EntryIndex(known: Int($0.entry)) })
        }
    }

    private func cell(_ key: UsageKey) -> UsageCell {
        guard let month = CivilMonth(monthNumber: Int(key.month)), let side = UsageSide(rawValue: Int(key.side))
        else { preconditionFailure("the flush was checked") }
        return UsageCell(
            application: applications.text(key.application), provider: party(key.provider),
            consumer: party(key.consumer), tariffClass: classes.text(key.tariffClass), month: month, side: side)
    }

    private func key(_ cell: UsageCell, log: UInt32) -> UsageKey? {
        guard let application = applications.number(of: cell.application),
              let provider = parties.number(of: cell.provider.digits),
              let consumer = parties.number(of: cell.consumer.digits),
              let tariffClass = classes.number(of: cell.tariffClass)
        else { return nil }
        return UsageKey(
            log: log, application: application, provider: provider, consumer: consumer,
            tariffClass: tariffClass, month: UInt16(cell.month.monthNumber), side: UInt16(cell.side.rawValue))
    }
}

extension UsageKey {
    fileprivate var ofAnyLog: UsageKey { with(log: 0, side: side) }
    fileprivate var ofProvider: UsageKey { with(log: 0, side: 0) }
    fileprivate var ofConsumer: UsageKey { with(log: 0, side: 1) }

    private func with(log: UInt32, side: UInt16) -> UsageKey {
        UsageKey(
            log: log, application: application, provider: provider, consumer: consumer,
            tariffClass: tariffClass, month: month, side: side)
    }

    func hash(into hasher: inout Hasher) { hasher.combine(hash) }
}
