// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Makes the difference sheet of two narrowed sides: is shown every own record of the month and of the day before and
/// after it, in any order, and remembers only what belongs to a difference. Spec: Protocol/comparison.md §6.
public struct DifferenceFinder: Sendable {
    private let month: CivilMonth
    private let narrowed: NarrowedRecords
    private var wanted: WantedKeys
    private var rows: [MatchKey: [TransactionRecord: Int]] = [:]
    private var sources: [MatchKey: Set<UInt64>] = [:]
    private var beside: Set<MatchKey> = []
    private var gaps: FeedGaps
    private var days: DayTotals
    private let firstDay: CivilDate
    private let lastDay: CivilDate

    /// Begins with what narrowing found.
    public init(_ narrowed: NarrowedRecords, month: CivilMonth) {
        self.narrowed = narrowed
        self.month = month
        wanted = WantedKeys((narrowed.ownSurplus + narrowed.otherSurplus).map(\.record.key))
        gaps = FeedGaps(narrowed)
        days = DayTotals(month)
        (firstDay, lastDay) = (month.firstDay, month.lastDay)
    }

    /// Shows an own record. `source` says which of them came from one source.
    public mutating func see(_ record: TransactionRecord, source: UInt64) {
        guard record.day >= firstDay, record.day <= lastDay else {
            if month.isBeside(record.day), wanted.contains(record.matchID), wanted.contains(record.key) {
                beside.insert(record.key)
            }
            return
        }
        days.add(record, occurrences: 1, to: .own)
        let mayDiffer = wanted.contains(record.matchID)
        gaps.see(record, mayDiffer: mayDiffer)
        guard mayDiffer, wanted.contains(record.key) else { return }
        rows[record.key, default: [:]][record, default: 0] += 1
        sources[record.key, default: []].insert(source)
    }

    /// The sheet.
    public consuming func sheet() -> DifferenceSheet {
        var theirs = rows
        var otherSources: [MatchKey: Int] = [:]
        var ownBeside: Set<MatchKey> = []
        days.copyOwnToOther()
        for surplus in narrowed.ownSurplus {
            theirs[surplus.record.key, default: [:]][surplus.record] = surplus.elsewhere
            days.add(surplus.record, occurrences: -surplus.surplus, to: .other)
            if surplus.neighbour != nil { ownBeside.insert(surplus.record.key) }
        }
        for surplus in narrowed.otherSurplus {
            let key = surplus.record.key
            theirs[key, default: [:]][surplus.record] = surplus.occurrences
            otherSources[key] = max(otherSources[key] ?? 1, surplus.sources)
            days.add(surplus.record, occurrences: surplus.surplus, to: .other)
        }
        let found = wanted.keys.map { key in
            var found = KeyedDifference(
                key: key, own: Self.counted(rows[key] ?? [:]), other: Self.counted(theirs[key] ?? [:]))
            found.ownSources = sources[key]?.count ?? 1
            found.otherSources = otherSources[key] ?? 1
            found.hasNeighbour = (found.side == .own ? beside : ownBeside).contains(key)
            return found
        }
        gaps.close(days, missing: Self.missing(found))
        let transactions = found.map { found in
            let isGap = found.side.map { gaps.hold(found.key, missingAt: $0) } ?? false
            return DifferingTransaction(
                key: found.key, kind: found.kind, side: found.side,
                cause: found.cause ?? (isGap ? .missingHours : .unknown), own: found.own, other: found.other)
        }
        return DifferenceSheet(
            month: month, own: narrowed.own, other: narrowed.other, days: days.rows(),
            transactions: transactions.sorted {
                ($0.key.provider, $0.day.dayNumber) == ($1.key.provider, $1.day.dayNumber)
                    ? $0.key < $1.key : ($0.key.provider, $0.day) < ($1.key.provider, $1.day)
            })
    }

    private static func missing(_ all: [KeyedDifference]) -> [Holder: Set<MatchKey>] {
        var missing: [Holder: Set<MatchKey>] = [:]
        for found in all where found.kind == .missing {
            if let side = found.side { missing[side, default: []].insert(found.key) }
        }
        return missing
    }

    private static func counted(_ rows: [TransactionRecord: Int]) -> [CountedRecord] {
        rows.filter { $0.value > 0 }.map { record, occurrences in // Any order: sorted below.
            CountedRecord(
                day: record.day, tariffClass: record.tariffClass, quantity: record.quantity,
                occurrences: occurrences)
        }.sorted(by: CountedRecord.precedes)
    }
}

/// The match keys of differences; a filter in front answers for most of the others.
struct WantedKeys: Sendable {
    /// In order.
    let keys: [MatchKey]
    private let set: Set<MatchKey>
    private var filter: [UInt64]
    private let mask: UInt64

    init(_ all: [MatchKey]) {
        set = Set(all)
        keys = set.sorted()
        var words = 1_024
        while words < keys.count { words *= 2 }
        mask = UInt64(words * 64 - 1)
        filter = [UInt64](repeating: 0, count: words)
        for key in keys {
            let bit = Self.hash(key.matchID) & mask
            filter[Int(bit >> 6)] |= 1 << (bit & 63)
        }
    }

    /// False says for sure that no difference has this id.
    func contains(_ matchID: String) -> Bool {
        let bit = Self.hash(matchID) & mask
        return filter[Int(bit >> 6)] >> (bit & 63) & 1 == 1
    }

    func contains(_ key: MatchKey) -> Bool { set.contains(key) }

    /// Eight bytes at a time. Who chooses ids to hit the filter makes it useless, not wrong.
    private static func hash(_ text: String) -> UInt64 {
        var text = text
        return text.withUTF8 { bytes in
            let raw = UnsafeRawBufferPointer(bytes)
            var hash = UInt64(raw.count)
            var at = 0
            while at + 8 <= raw.count {
                hash = (hash ^ raw.loadUnaligned(fromByteOffset: at, as: UInt64.self)) &* 0x9E37_79B9_7F4A_7C15
                hash ^= hash >> 29
                at += 8
            }
            while at < raw.count {
                hash = (hash ^ UInt64(raw[at])) &* 0x100_0000_01B3
                at += 1
            }
            return hash ^ hash >> 32
        }
    }
}
