// SPDX-License-Identifier: EUPL-1.2
import Journal

/// Finds missing transactions that follow each other without any that the lacking side has between them: nothing was
/// metered there for a while. Spec: Protocol/comparison.md §6.
struct FeedGaps: Sendable {
    /// How many in a row make a gap.
    static let leastRun = 3

    /// What the feed of one side about one application of one provider lacks.
    private struct Lack: Sendable {
        /// In order of time.
        var moments: [(milliseconds: Int64, key: MatchKey)] = []
        /// The same times by themselves, for the search.
        var times: [Int64] = []
        /// Whether the side has something after each and before the next.
        var isBroken: [Bool] = []
        /// Of ids without a moment, by day.
        var days: [CivilDate: [MatchKey]] = [:]
    }

    /// Both sides of one application of one provider.
    private struct Feed: Sendable {
        var own = Lack()
        var other = Lack()
    }

    private var numbers = UseNumbers()
    private var feeds: [Feed] = []
    private var inGap: [Holder: Set<MatchKey>] = [:]
    /// Records that the other side lacks, which are no witness for it.
    private var missingElsewhere: Set<TransactionRecord> = []

    init(_ narrowed: NarrowedRecords) {
        for surplus in narrowed.ownSurplus where surplus.elsewhere == 0 {
            missingElsewhere.insert(surplus.record)
            Self.add(surplus.record, to: &feeds[number(of: surplus.record)].other)
        }
        for surplus in narrowed.otherSurplus where surplus.elsewhere == 0 {
            Self.add(surplus.record, to: &feeds[number(of: surplus.record)].own)
        }
        for index in feeds.indices {
            Self.sort(&feeds[index].own)
            Self.sort(&feeds[index].other)
        }
        for surplus in narrowed.otherSurplus { witness(surplus.record, own: false, other: true) }
    }

    private mutating func number(of record: TransactionRecord) -> Int {
        let number = numbers.number(record.provider, record.application, "")
        if number == feeds.count { feeds.append(Feed()) }
        return number
    }

    private static func add(_ record: TransactionRecord, to lack: inout Lack) {
        if let moment = MatchID.milliseconds(record.matchID) {
            lack.moments.append((moment, record.key))
        } else {
            lack.days[record.day, default: []].append(record.key)
        }
    }

    private static func sort(_ lack: inout Lack) {
        lack.moments.sort { ($0.milliseconds, $0.key) < ($1.milliseconds, $1.key) }
        lack.times = lack.moments.map(\.milliseconds)
        lack.isBroken = [Bool](repeating: false, count: lack.moments.count)
    }

    /// An own record: it is there, and unless it is missing there, the other side has it too. `mayDiffer` is false
    /// where the record belongs to no difference for sure.
    mutating func see(_ record: TransactionRecord, mayDiffer: Bool) {
        witness(record, own: true, other: !mayDiffer || !missingElsewhere.contains(record))
    }

    private mutating func witness(_ record: TransactionRecord, own: Bool, other: Bool) {
        let number = number(of: record)
        guard !feeds[number].own.times.isEmpty || !feeds[number].other.times.isEmpty,
              let moment = MatchID.firstDigits(record.matchID)
        else { return }
        let ownGap = own ? Self.gap(at: moment, feeds[number].own) : nil
        let otherGap = other ? Self.gap(at: moment, feeds[number].other) : nil
        // Nearly every record lies where one was seen before; only the others are looked at closely.
        guard ownGap != nil || otherGap != nil, MatchID.milliseconds(record.matchID) == moment else { return }
        if let ownGap { feeds[number].own.isBroken[ownGap] = true }
        if let otherGap { feeds[number].other.isBroken[otherGap] = true }
    }

    /// After which missing one a moment lies, where nothing was seen there yet.
    private static func gap(at moment: Int64, _ lack: borrowing Lack) -> Int? {
        let low = lack.times.withUnsafeBufferPointer { times in
            var (low, end) = (0, times.count)
            while low < end {
                let middle = (low + end) / 2
                if times[middle] <= moment { low = middle + 1 } else { end = middle }
            }
            return low
        }
        return low > 0 && !lack.isBroken[low - 1] ? low - 1 : nil
    }

    /// Ends the search, with what each side has on each day and the keys that a side has no record of at all.
    mutating func close(_ days: DayTotals, missing: [Holder: Set<MatchKey>]) {
        for (number, feed) in feeds.enumerated() {
            close(feed.own, .own, numbers.uses[number], days, missing[.own] ?? [])
            close(feed.other, .other, numbers.uses[number], days, missing[.other] ?? [])
        }
    }

    private mutating func close(
        _ lack: Lack, _ lacking: Holder, _ use: PricedUse, _ totals: DayTotals, _ missing: Set<MatchKey>
    ) {
        var run: [MatchKey] = []
        for (index, moment) in lack.moments.enumerated() {
            if missing.contains(moment.key), run.last != moment.key { run.append(moment.key) }
            guard lack.isBroken[index] || index == lack.moments.count - 1 else { continue }
            keep(run, lacking)
            run = []
        }
        for (day, keys) in lack.days.sorted(by: { $0.key < $1.key })
        where !totals.has(use.provider, use.application, day, lacking) {
            keep(Set(keys).filter { missing.contains($0) }.sorted(), lacking)
        }
    }

    private mutating func keep(_ run: [MatchKey], _ lacking: Holder) {
        guard run.count >= Self.leastRun else { return }
        inGap[lacking, default: []].formUnion(run)
    }

    /// Whether a missing transaction lies in a gap.
    func hold(_ key: MatchKey, missingAt holder: Holder) -> Bool { inGap[holder]?.contains(key) ?? false }
}
