// SPDX-License-Identifier: EUPL-1.2
import Journal

/// Entries whose time has not come: they name something that is not held. Only where they stand is kept; the
/// entry is read again when it is released. Spec: Protocol/state.md §1.2 and §2, table 8.
struct WaitingEntries: Sendable {
    struct Item: Hashable, Sendable {
        let log: UInt32
        let index: Int
        let leaf: Hash
        let need: Need
        /// The first bits of the row's position.
        var word: UInt64 = 0
    }

    private(set) var slots: [Item?] = []
    private var free: [UInt32] = []
    private var byLog: [LogID: [UInt32]] = [:]
    private var byApplication: [String: [UInt32]] = [:]

    /// How many entries wait.
    var count: Int { slots.count - free.count }

    /// Keeps an entry and answers its slot.
    mutating func add(_ item: Item) -> UInt32 {
        let slot: UInt32
        if let last = free.popLast() {
            slot = last
            slots[Int(slot)] = item
        } else {
            slot = UInt32(slots.count)
            slots.append(item)
        }
        switch item.need {
        case .entry(let log, _): byLog[log, default: []].append(slot)
        case .application(let id): byApplication[id, default: []].append(slot)
        }
        return slot
    }

    /// Keeps where the row of a slot stands.
    mutating func setWord(_ word: UInt64, of slot: UInt32) { slots[Int(slot)]?.word = word }

    /// Takes out what waited for entries of a log below `size`, in order of slot.
    mutating func releaseEntries(of log: LogID, below size: Int) -> [(slot: UInt32, item: Item)] {
        guard let waiting = byLog[log] else { return [] }
        var released: [UInt32] = []
        var rest: [UInt32] = []
        for slot in waiting {
            if case .entry(_, let index)? = slots[Int(slot)]?.need, index < size {
                released.append(slot)
            } else {
                rest.append(slot)
            }
        }
        byLog[log] = rest.isEmpty ? nil : rest
        return take(released)
    }

    /// Takes out what waited for an application.
    mutating func releaseApplication(_ id: String) -> [(slot: UInt32, item: Item)] {
        take(byApplication.removeValue(forKey: id) ?? [])
    }

    private mutating func take(_ released: [UInt32]) -> [(slot: UInt32, item: Item)] {
        released.sorted().compactMap { slot in
            guard let item = slots[Int(slot)] else { return nil }
            slots[Int(slot)] = nil
            free.append(slot)
            return (slot, item)
        }
    }
}
