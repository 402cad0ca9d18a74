// SPDX-License-Identifier: EUPL-1.2

/// What a run keeps of one event for ever: 32 bytes.
struct RunRecord: Comparable, Sendable {
    static let byteCount = 32

    let identity: EventIdentity
    let content: UInt64
    let position: UInt64

    static func < (left: Self, right: Self) -> Bool { left.identity < right.identity }
}

/// A page of a run: records in the order of their identities, as they lie in the database.
struct RunPage: Sendable {
    private let numbers: [UInt64]

    var count: Int { numbers.count / 4 }

    init(_ bytes: UnsafeRawBufferPointer) {
        numbers = (0..<bytes.count / 8).map {
            UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self))
        }
    }

    subscript(position: Int) -> RunRecord {
        let start = position * 4
        return RunRecord(
            identity: EventIdentity(high: numbers[start], low: numbers[start + 1]),
            content: numbers[start + 2], position: numbers[start + 3])
    }

    func record(of identity: EventIdentity) -> RunRecord? {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].identity < identity { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low].identity == identity ? self[low] : nil
    }
}

/// A finished run: sorted pages in the database, filter and fences in memory.
struct Run: Sendable {
    enum State: Int { case building = 0, live = 1, dropping = 2 }

    let number: Int
    let tier: Int
    let count: Int
    let filter: RunFilter
    /// The first half of the first identity of each page.
    let fences: [UInt64]

    static func pageKey(_ run: Int, _ page: Int) -> Int { run << 32 | page }

    /// The last page that can hold the identity, `nil` when it lies before the first.
    func page(for identity: EventIdentity) -> Int? {
        var (low, high) = (0, fences.count)
        while low < high {
            let middle = (low + high) / 2
            if fences[middle] <= identity.high { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? nil : low - 1
    }
}
