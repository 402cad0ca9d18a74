// SPDX-License-Identifier: EUPL-1.2
import Journal

/// Entries whose time has not come: they name something that is not held. Where they stand is kept, and of some also
/// their bytes; the others are read again when they are released. Spec: Protocol/state.md §1.2 and §2, table 8.
struct WaitingEntries: Sendable {
    struct Item: Hashable, Sendable {
        let log: UInt32
        let index: Int
        let leaf: Hash
        /// The number of the epoch that judges it, also where it waits longer.
        let judge: Int
        /// All that it waits for, at least one thing: any of them may show that it is void.
        let needs: [Need]
        /// The decision that a ballot names.
        let decision: Decision.ID?
        /// Its bytes, while those of all that wait are not too many; never saved.
        var bytes: [UInt8]?
        /// The first bits of the row's position.
        var word: UInt64 = 0
    }

    private(set) var slots: [Item?] = []
    private var bytesKept = 0
    private var places: [Place: UInt32] = [:]
    private var free: [UInt32] = []
    private var byLog: [LogID: Set<UInt32>] = [:]
    private var byApplication: [String: Set<UInt32>] = [:]
    /// Slots of ballots, by log and decision.
    private var byBallot: [BallotKey: [UInt32]] = [:]

    private struct Place: Hashable {
        let log: UInt32
        let index: Int
    }

    private struct BallotKey: Hashable {
        let log: UInt32
        let decision: Decision.ID
    }

    /// How many entries wait.
    var count: Int { slots.count - free.count }

    /// Keeps an entry and answers its slot.
    mutating func add(_ given: Item) -> UInt32 {
        var item = given
        if let bytes = item.bytes {
            if bytesKept + bytes.count > CooperativeLimits.waitingBytesKept {
                item.bytes = nil
            } else {
                bytesKept += bytes.count
            }
        }
        let slot: UInt32
        if let last = free.popLast() {
            slot = last
            slots[Int(slot)] = item
        } else {
            slot = UInt32(slots.count)
            slots.append(item)
        }
        places[Place(log: item.log, index: item.index)] = slot
        for need in item.needs {
            switch need {
            case .entry(let log, _): byLog[log, default: []].insert(slot)
            case .application(let id): byApplication[id, default: []].insert(slot)
            }
        }
        if let decision = item.decision {
            byBallot[BallotKey(log: item.log, decision: decision), default: []].append(slot)
        }
        return slot
    }

    /// The leaf hash of an entry that waits.
    func leaf(log: UInt32, index: Int) -> Hash? {
        places[Place(log: log, index: index)].flatMap { slots[Int($0)]?.leaf }
    }

    /// Keeps where the row of a slot stands.
    mutating func setWord(_ word: UInt64, of slot: UInt32) { slots[Int(slot)]?.word = word }

    /// Takes out what waited for entries of a log below `size`, in order of slot.
    mutating func releaseEntries(
        of log: LogID, _ number: UInt32, below size: Int
    ) -> [(slot: UInt32, item: Item)] {
        take((byLog[log] ?? []).filter { slot in
            // A ballot that waits for an earlier one of its log waits until that one is judged.
            guard let item = slots[Int(slot)], item.log != number else { return false }
            return item.needs.contains { need in
                if case .entry(log, let index) = need { index < size } else { false }
            }
        })
    }

    /// Takes out what waited for an application.
    mutating func releaseApplication(_ id: String) -> [(slot: UInt32, item: Item)] {
        take(byApplication[id] ?? [])
    }

    /// The first earlier ballot of a log on a decision that waits. Spec: Protocol/voting.md §3.
    func ballot(of log: UInt32, on decision: Decision.ID, before index: Int) -> Int? {
        byBallot[BallotKey(log: log, decision: decision)]?.compactMap { slots[Int($0)]?.index }.min()
            .flatMap { $0 < index ? $0 : nil }
    }

    /// Takes out the ballots that waited for an earlier one of their log.
    mutating func releaseBallots(behind index: Int, of log: UInt32, id: LogID) -> [(slot: UInt32, item: Item)] {
        take((byLog[id] ?? []).filter { slot in
            guard let item = slots[Int(slot)] else { return false }
            return item.log == log && item.needs.contains(.entry(id, index: index))
        })
    }

    private mutating func take(_ released: Set<UInt32>) -> [(slot: UInt32, item: Item)] {
        released.sorted().compactMap { slot in
            guard let item = slots[Int(slot)] else { return nil }
            slots[Int(slot)] = nil
            free.append(slot)
            bytesKept -= item.bytes?.count ?? 0
            places[Place(log: item.log, index: item.index)] = nil
            for need in item.needs { forget(slot, need) }
            if let decision = item.decision {
                let key = BallotKey(log: item.log, decision: decision)
                byBallot[key]?.removeAll { $0 == slot }
                if byBallot[key]?.isEmpty == true { byBallot[key] = nil }
            }
            return (slot, item)
        }
    }

    private mutating func forget(_ slot: UInt32, _ need: Need) {
        switch need {
        case .entry(let log, _):
            byLog[log]?.remove(slot)
            if byLog[log]?.isEmpty == true { byLog[log] = nil }
        case .application(let id):
            byApplication[id]?.remove(slot)
            if byApplication[id]?.isEmpty == true { byApplication[id] = nil }
        }
    }
}
