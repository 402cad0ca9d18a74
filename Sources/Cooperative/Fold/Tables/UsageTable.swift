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

/// One cell of one log.
struct UsageRow: Sendable {
    let key: UsageKey
    /// The first bits of the row's position.
    var word: UInt64 = 0
    var counters = UsageCounters()
    /// Index of the entry that set what was counted, and of the one that set what was retracted; not in the
    /// digest. Known limit: an index above 2^32-1 is kept as that.
    var countedEntry = UInt32.max
    var retractedEntry = UInt32.max

    /// Merges what the entry at `index` says.
    @inline(__always)
    mutating func merge(_ other: UsageCounters, at index: Int) {
        let entry = UInt32(clamping: index)
        if other.eventsCounted > counters.eventsCounted || other.quantityCounted > counters.quantityCounted {
            countedEntry = entry
        } else if other.eventsCounted == counters.eventsCounted, other.quantityCounted == counters.quantityCounted {
            countedEntry = min(countedEntry, entry)
        }
        if other.eventsRetracted > counters.eventsRetracted
            || other.quantityRetracted > counters.quantityRetracted {
            retractedEntry = entry
        } else if other.eventsRetracted == counters.eventsRetracted,
                  other.quantityRetracted == counters.quantityRetracted {
            retractedEntry = min(retractedEntry, entry)
        }
        counters.merge(other)
    }
}

/// All usage cells of all logs. Spec: Protocol/state.md §2, table 6.
struct UsageTable: Sendable {
    static let rowsPerPage = 256

    var rows = PagedRows<UsageRow>(rowsPerPage: rowsPerPage)
    // Row number + 1 in each slot, 0 for none; a power of two long.
    private var slots: ContiguousArray<UInt32> = ContiguousArray(repeating: 0, count: 1 << 10)

    /// The number of a cell, `nil` when there is none.
    @inline(__always)
    func number(of key: UsageKey) -> UInt32? {
        let mask = slots.count - 1
        var slot = key.hash & mask
        while slots[slot] != 0 {
            if rows[slots[slot] - 1].key == key { return slots[slot] - 1 }
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
