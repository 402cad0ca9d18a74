// SPDX-License-Identifier: EUPL-1.2
import Journal

/// Codes that stand more often on one side, and how they become records in plain words.
/// Spec: Protocol/comparison.md §3.
struct SurplusCodes: Sendable {
    /// A code of which the asker has more; the place of one of its records.
    private struct Own {
        let code: RecordCode
        let place: UInt64
        let occurrences: Int
        let theirs: Int
        var held: HeldRecord?
        var neighbour: CivilDate?
    }

    /// A code of which the other side has more; its first half is known up to the range until the record is told.
    private struct Other {
        let range: CodeRange
        let low: UInt64
        let occurrences: Int
        let mine: Int
        var code: RecordCode?
        var told: DisclosedRecord?
    }

    private var own: [Own] = []
    private var others: [Other] = []
    private(set) var isDisclosing = false
    /// How many of each were told, and how many the last request is about.
    private var toldOwn = 0
    private var toldOthers = 0
    private var askedOwn = 0
    private var askedOthers = 0

    var count: Int { own.count + others.count }

    /// How many more records the other side has.
    var balance: Int {
        others.reduce(0) { $0 + $1.occurrences - $1.mine } - own.reduce(0) { $0 + $1.occurrences - $1.theirs }
    }

    /// Places of the own records, ascending.
    var ownPlaces: [UInt64] { own.map(\.place).sorted() }

    /// Compares the codes of a range.
    mutating func compare(
        _ mine: [ListedRange.Group], _ theirs: [ComparisonAnswer.ListedCode], in range: CodeRange
    ) {
        var (left, right) = (0, 0)
        while left < mine.count || right < theirs.count {
            if right == theirs.count || left < mine.count && mine[left].low < theirs[right].low {
                add(mine[left], theirs: 0)
                left += 1
            } else if left == mine.count || theirs[right].low < mine[left].low {
                others.append(Other(
                    range: range, low: theirs[right].low, occurrences: theirs[right].occurrences, mine: 0))
                right += 1
            } else {
                let (here, there) = (mine[left].occurrences, theirs[right].occurrences)
                if here > there { add(mine[left], theirs: there) }
                if there > here {
                    others.append(Other(range: range, low: theirs[right].low, occurrences: there, mine: here))
                }
                left += 1
                right += 1
            }
        }
    }

    private mutating func add(_ group: ListedRange.Group, theirs: Int) {
        own.append(Own(code: group.code, place: group.place, occurrences: group.occurrences, theirs: theirs))
    }

    /// Puts both in order: what is asked for goes by level and range.
    mutating func seal() {
        own.sort { $0.code < $1.code }
        others.sort { left, right in
            if left.range.level != right.range.level { return left.range.level < right.range.level }
            return left.range == right.range ? left.low < right.low : left.range < right.range
        }
        isDisclosing = true
    }

    /// Takes the own records; false where one is missing.
    mutating func provide(_ held: [HeldRecord]) -> Bool {
        let found = Dictionary(held.map { ($0.place, $0) }) { first, _ in first }
        for index in own.indices {
            guard let record = found[own[index].place] else { return false }
            own[index].held = record
        }
        return true
    }

    /// The next own records to tell and others to be told; `nil` when there is none left.
    mutating func nextQuestion() -> ComparisonRequest.Question? {
        let mine = own[toldOwn...].prefix(Limits.disclosedRecords).compactMap { surplus in
            surplus.held.map {
                DisclosedRecord($0.record, occurrences: surplus.occurrences, sources: $0.sources)
            }
        }
        let level = toldOthers < others.count ? others[toldOthers].range.level : 0
        let wanted = others[toldOthers...].prefix(Limits.disclosedRecords).prefix { $0.range.level == level }
        guard !mine.isEmpty || !wanted.isEmpty else { return nil }
        askedOwn = mine.count
        askedOthers = wanted.count
        var prefixes: [UInt64] = []
        var lows: [[UInt64]] = []
        for code in wanted {
            if prefixes.last != code.range.prefix {
                prefixes.append(code.range.prefix)
                lows.append([])
            }
            lows[lows.count - 1].append(code.low)
        }
        let codes = wanted.isEmpty
            ? nil : WantedCodes(ranges: RangeList(level: level, prefixes: prefixes), lows: lows)
        return .records(codes, own: mine)
    }

    /// Takes what the other side told.
    mutating func take(
        _ rows: [DisclosedRecord], _ neighbours: [ComparisonAnswer.Neighbour], in month: CivilMonth,
        _ key: some KeyedHashing
    ) throws(ComparisonRefusal) {
        guard rows.count == askedOthers else { throw .record }
        var coder = RecordCoder(key)
        for (offset, row) in rows.enumerated() {
            let index = toldOthers + offset
            let code = coder.code(of: row.record)
            guard others[index].range.contains(code), others[index].low == code.low,
                  others[index].occurrences == row.occurrences
            else { throw .record }
            others[index].code = code
            others[index].told = row
        }
        for neighbour in neighbours {
            guard neighbour.row < askedOwn, month.isBeside(neighbour.day) else { throw .field(18) }
            own[toldOwn + neighbour.row].neighbour = neighbour.day
        }
        toldOwn += askedOwn
        toldOthers += askedOthers
    }

    /// The hash of a leaf as the other side has to have it, by all that it told.
    func leafHash(
        _ leaf: Int, _ bucket: ContiguousArray<CodedRecords.Element>, _ hashing: some Hashing
    ) -> Hash {
        var theirs: [RecordCode: Int] = [:]
        for surplus in own where Int(surplus.code.high >> 56) == leaf { theirs[surplus.code] = surplus.theirs }
        var added: [RecordCode] = []
        for surplus in others where surplus.range.leaf == leaf {
            guard let code = surplus.code else { continue }
            if surplus.mine > 0 { theirs[code] = surplus.occurrences } else {
                added += Array(repeating: code, count: surplus.occurrences)
            }
        }
        var codes: [RecordCode] = []
        codes.reserveCapacity(bucket.count + added.count)
        var last: RecordCode?
        for element in bucket {
            guard let occurrences = theirs[element.code] else {
                codes.append(element.code)
                continue
            }
            if element.code != last { codes += Array(repeating: element.code, count: occurrences) }
            last = element.code
        }
        if !added.isEmpty {
            codes += added
            codes.sort()
        }
        var bytes: [UInt8] = []
        CodeBytes.lay(codes, count: codes.count, into: &bytes)
        return hashing.leafHash(bytes)
    }

    /// Everything in plain words.
    func narrowed(own root: RecordRoot, other: RecordRoot) -> NarrowedRecords {
        NarrowedRecords(
            own: root, other: other,
            ownSurplus: own.compactMap { surplus in
                surplus.held.map {
                    UnequalRecord(
                        $0.record, occurrences: surplus.occurrences, elsewhere: surplus.theirs,
                        sources: $0.sources, neighbour: surplus.neighbour)
                }
            },
            otherSurplus: others.sorted { ($0.range.bounds.from, $0.low) < ($1.range.bounds.from, $1.low) }
                .compactMap { surplus in
                    surplus.told.map {
                        UnequalRecord(
                            $0.record, occurrences: surplus.occurrences, elsewhere: surplus.mine,
                            sources: $0.sources)
                    }
                })
    }
}

extension CivilMonth {
    /// Whether a day is the last before the month or the first after it.
    func isBeside(_ day: CivilDate) -> Bool {
        day == firstDay.adding(days: -1) || day == lastDay.adding(days: 1)
    }
}
