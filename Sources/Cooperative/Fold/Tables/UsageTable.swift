// SPDX-License-Identifier: EUPL-1.2

/// Which cell of which log, in numbers of this state. Spec: Protocol/state.md §2, table 6.
struct UsageKey: Hashable, Sendable {
    let log: UInt32
    let application: UInt32
    let provider: UInt32
    let consumer: UInt32
    let tariffClass: UInt32
    /// `CivilMonth.monthNumber`.
    let month: UInt16
    /// 0 provider, 1 consumer.
    let side: UInt16

    @inline(__always)
    var hash: Int {
        var mixed = (UInt64(application) << 32 | UInt64(tariffClass)) &* 0x9E37_79B9_7F4A_7C15
        mixed = (mixed ^ mixed >> 29 ^ (UInt64(provider) << 32 | UInt64(consumer))) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 32 ^ (UInt64(log) << 32 | UInt64(month) << 16 | UInt64(side)))
            &* 0x94D0_49BB_1331_11EB
        return Int(truncatingIfNeeded: mixed ^ mixed >> 31)
    }

    @inline(__always)
    static func == (left: Self, right: Self) -> Bool {
        left.log == right.log && left.application == right.application && left.provider == right.provider
            && left.consumer == right.consumer && left.tariffClass == right.tariffClass
            && left.month == right.month && left.side == right.side
    }
}

/// One cell of one log. There are more of these than of all else, so what is rare stands in the table beside them.
struct UsageRow: Sendable {
    let log: UInt32
    let application: UInt32
    let provider: UInt32
    let consumer: UInt32
    let tariffClass: UInt32
    // Months reach to the year 2199, which leaves the last bit for the side.
    private let monthAndSide: UInt16
    /// Whether the table has a retraction of this cell.
    fileprivate(set) var isRetracted = false
    private var leading: UInt32
    /// Index of the entry that set what was counted; not in the digest. Known limit: an index above 2^32-1 is kept
    /// as that.
    var countedEntry = UInt32.max
    var eventsCounted: Int64 = 0
    var quantityCounted: Int64 = 0
    var inboxPosition: Int64 = 0

    init(key: UsageKey, word: UInt64 = 0) {
        (log, application, provider) = (key.log, key.application, key.provider)
        (consumer, tariffClass) = (key.consumer, key.tariffClass)
        monthAndSide = key.month << 1 | key.side
        leading = UInt32(word >> 32)
    }

    var month: UInt16 { monthAndSide >> 1 }

    var key: UsageKey {
        UsageKey(
            log: log, application: application, provider: provider, consumer: consumer, tariffClass: tariffClass,
            month: month, side: monthAndSide & 1)
    }

    /// The first bits of the row's position, of which it keeps thirty-two.
    var word: UInt64 {
        get { UInt64(leading) << 32 }
        set { leading = UInt32(newValue >> 32) }
    }

    @inline(__always)
    func isOf(_ key: UsageKey) -> Bool {
        log == key.log && application == key.application && provider == key.provider && consumer == key.consumer
            && tariffClass == key.tariffClass && monthAndSide == key.month << 1 | key.side
    }

    /// Merges what the entry at `index` says of what was counted.
    @inline(__always)
    fileprivate mutating func merge(_ other: UsageCounters, at index: UInt32) {
        if other.eventsCounted > eventsCounted || other.quantityCounted > quantityCounted {
            countedEntry = index
        } else if other.eventsCounted == eventsCounted, other.quantityCounted == quantityCounted {
            countedEntry = min(countedEntry, index)
        }
        eventsCounted = max(eventsCounted, other.eventsCounted)
        quantityCounted = max(quantityCounted, other.quantityCounted)
        inboxPosition = max(inboxPosition, other.inboxPosition)
    }
}

/// What was retracted of one cell of one log.
struct UsageRetraction: Sendable {
    var events: Int64
    var quantity: Int64
    /// Index of the entry that set it; not in the digest.
    var entry: UInt32

    fileprivate mutating func merge(_ other: UsageRetraction) {
        if other.events > events || other.quantity > quantity {
            entry = other.entry
        } else if other.events == events, other.quantity == quantity {
            entry = min(entry, other.entry)
        }
        events = max(events, other.events)
        quantity = max(quantity, other.quantity)
    }
}

/// All usage cells of all logs. Spec: Protocol/state.md §2, table 6.
struct UsageTable: Sendable {
    static let rowsPerPage = 64

    var rows = PagedRows<UsageRow>(rowsPerPage: rowsPerPage)
    /// By number of the row; rare.
    private(set) var retractions: [UInt32: UsageRetraction] = [:]
    // Row number + 1 in each slot, 0 for none; a power of two long.
    private var slots: ContiguousArray<UInt32> = ContiguousArray(repeating: 0, count: 1 << 10)

    /// The number of a cell, `nil` when there is none.
    @inline(__always)
    func number(of key: UsageKey) -> UInt32? {
        let mask = slots.count - 1
        var slot = key.hash & mask
        while slots[slot] != 0 {
            if rows[slots[slot] - 1].isOf(key) { return slots[slot] - 1 }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Adds a cell that is not there yet.
    mutating func add(_ row: UsageRow) -> UInt32 {
        if (rows.count + 1) * 4 > slots.count * 3 { grow() }
        let number = rows.append(row)
        place(number)
        return number
    }

    /// Puts a saved row in its place; false where that is another row's or rows before it are missing.
    mutating func put(_ row: UsageRow, _ retraction: UsageRetraction?, at number: Int) -> Bool {
        if number < rows.count {
            guard rows[UInt32(number)].isOf(row.key) else { return false }
            rows[UInt32(number)] = row
            retractions[UInt32(number)] = nil
        } else {
            guard number == rows.count, self.number(of: row.key) == nil else { return false }
            _ = add(row)
        }
        if let retraction { setRetraction(retraction, of: UInt32(number)) }
        return true
    }

    /// Raises the counters of a row to what the entry at `index` says.
    @inline(__always)
    mutating func merge(_ counters: UsageCounters, at index: Int, into number: UInt32) {
        let entry = UInt32(clamping: index)
        rows[number].merge(counters, at: entry)
        guard counters.eventsRetracted > 0 || counters.quantityRetracted > 0 else { return }
        setRetraction(
            UsageRetraction(events: counters.eventsRetracted, quantity: counters.quantityRetracted, entry: entry),
            of: number)
    }

    /// Merges a retraction of a row.
    mutating func setRetraction(_ retraction: UsageRetraction, of number: UInt32) {
        rows[number].isRetracted = true
        retractions[number, default: retraction].merge(retraction)
    }

    /// The counters of a row.
    func counters(of number: UInt32) -> UsageCounters { counters(of: rows[number], number) }

    private func counters(of row: UsageRow, _ number: UInt32) -> UsageCounters {
        let retraction = row.isRetracted ? retractions[number] : nil
        return UsageCounters(
            eventsCounted: row.eventsCounted, eventsRetracted: retraction?.events ?? 0,
            quantityCounted: row.quantityCounted, quantityRetracted: retraction?.quantity ?? 0,
            inboxPosition: row.inboxPosition)
    }

    /// Visits every row with its counters, in order of number.
    func forEach(_ visit: (UsageRow, UsageCounters) -> Void) {
        var number: UInt32 = 0
        for page in rows.pages {
            for row in page {
                visit(row, counters(of: row, number))
                number += 1
            }
        }
    }

    private mutating func grow() {
        slots = ContiguousArray(repeating: 0, count: slots.count * 2)
        for number in 0..<UInt32(rows.count) { place(number) }
    }

    private mutating func place(_ number: UInt32) {
        let mask = slots.count - 1
        var slot = rows[number].key.hash & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = number + 1
    }
}
