// SPDX-License-Identifier: EUPL-1.2
import Journal

/// Entries whose time has not come: they name something that is not held. Only where they stand is kept; the
/// entry is read again when it is released. Spec: Protocol/state.md §1.2 and §2, table 8.
struct WaitingEntries: Sendable {
    struct Item: Hashable, Sendable {
        let log: UInt32
        let index: Int
        let leaf: Hash
        /// The number of the epoch that judges it, also where it waits longer.
        let judge: Int
        let need: Need
        /// The decision that a ballot names.
        let decision: Decision.ID?
        /// The first bits of the row's position.
        var word: UInt64 = 0
    }

    private(set) var slots: [Item?] = []
    private var free: [UInt32] = []
    private var byLog: [LogID: [UInt32]] = [:]
    private var byApplication: [String: [UInt32]] = [:]
    /// Slots of ballots, by log and decision.
    private var byBallot: [BallotKey: [UInt32]] = [:]

    private struct BallotKey: Hashable {
        let log: UInt32
        let decision: Decision.ID
    }

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
        if let decision = item.decision {
            byBallot[BallotKey(log: item.log, decision: decision), default: []].append(slot)
        }
        return slot
    }

    /// Keeps where the row of a slot stands.
    mutating func setWord(_ word: UInt64, of slot: UInt32) { slots[Int(slot)]?.word = word }

    /// Takes out what waited for entries of a log below `size`, in order of slot.
    mutating func releaseEntries(
        of log: LogID, _ number: UInt32, below size: Int
    ) -> [(slot: UInt32, item: Item)] {
        guard let waiting = byLog[log] else { return [] }
        var released: [UInt32] = []
        var rest: [UInt32] = []
        for slot in waiting {
            // A ballot that waits for an earlier one of its log waits until that one is judged.
            if let item = slots[Int(slot)], case .entry(_, let index) = item.need, index < size,
               item.log != number {
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

    /// The first earlier ballot of a log on a decision that waits. Spec: Protocol/voting.md §3.
    func ballot(of log: UInt32, on decision: Decision.ID, before index: Int) -> Int? {
        byBallot[BallotKey(log: log, decision: decision)]?.compactMap { slots[Int($0)]?.index }.min()
            .flatMap { $0 < index ? $0 : nil }
    }

    /// Takes out the ballots that waited for an earlier one of their log.
    mutating func releaseBallots(behind index: Int, of log: UInt32, id: LogID) -> [(slot: UInt32, item: Item)] {
        guard let waiting = byLog[id] else { return [] }
        let released = waiting.filter { slot in
            guard let item = slots[Int(slot)] else { return false }
            return item.log == log && item.need == .entry(id, index: index)
        }
        guard !released.isEmpty else { return [] }
        let rest = waiting.filter { !released.contains($0) }
        byLog[id] = rest.isEmpty ? nil : rest
        return take(released)
    }

    private mutating func take(_ released: [UInt32]) -> [(slot: UInt32, item: Item)] {
        released.sorted().compactMap { slot in
            guard let item = slots[Int(slot)] else { return nil }
            slots[Int(slot)] = nil
            free.append(slot)
            if let decision = item.decision {
                let key = BallotKey(log: item.log, decision: decision)
                byBallot[key]?.removeAll { $0 == slot }
                if byBallot[key]?.isEmpty == true { byBallot[key] = nil }
            }
            return (slot, item)
        }
    }
}
