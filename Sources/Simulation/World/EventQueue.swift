// SPDX-License-Identifier: EUPL-1.2

/// What is to happen, by time and, at one time, in the order in which it was asked for: a binary heap.
struct EventQueue<Event> {
    private struct Item {
        let time: Int
        let serial: Int
        let event: Event

        func isBefore(_ other: Item) -> Bool { time == other.time ? serial < other.serial : time < other.time }
    }

    private var items: [Item] = []
    private var serial = 0

    var count: Int { items.count }

    mutating func add(_ event: Event, at time: Int) {
        serial += 1
        items.append(Item(time: time, serial: serial, event: event))
        var child = items.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard items[child].isBefore(items[parent]) else { break }
            items.swapAt(child, parent)
            child = parent
        }
    }

    mutating func next() -> (time: Int, event: Event)? {
        guard let first = items.first, let last = items.popLast() else { return nil }
        guard !items.isEmpty else { return (first.time, first.event) }
        items[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [parent * 2 + 1, parent * 2 + 2] where child < items.count {
                if items[child].isBefore(items[least]) { least = child }
            }
            guard least != parent else { break }
            items.swapAt(parent, least)
            parent = least
        }
        return (first.time, first.event)
    }
}
