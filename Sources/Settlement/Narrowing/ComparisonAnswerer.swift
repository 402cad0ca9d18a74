// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Answers the questions of a comparison from sealed codes. It keeps nothing between two questions, and what one
/// question costs is bounded by its size and by the number of codes. Spec: Protocol/comparison.md §5.
public struct ComparisonAnswerer: Sendable {
    private let records: CodedRecords
    private let own: RecordRoot
    private let leaves: [Hash]
    private let sums: [UInt64]

    /// What became of a question.
    public enum Reply: Sendable {
        /// The body of the answer.
        case answer([UInt8])
        /// Records in plain words are wanted: look these up and go on with `answer(_:with:)`.
        case lookUp(RecordsQuestion)
    }

    /// The records that an answer tells, to be looked up by whoever keeps them.
    public struct RecordsQuestion: Sendable {
        /// Places of records, ascending; each is wanted.
        public let places: [UInt64]
        /// Match keys of the asker's records: is there any of these on the day before or after the month?
        public let keys: [MatchKey]
        fileprivate let occurrences: [Int]
    }

    /// Answers from these codes, sealed.
    public init(_ records: CodedRecords, _ hashing: some Hashing) {
        self.records = records
        leaves = records.leafHashes(hashing)
        own = RecordRoot(CodedRecords.root(of: leaves, hashing), records: records.count)
        sums = records.leafSums()
    }

    /// The root of the codes.
    public var root: RecordRoot { own }

    /// Answers one request, after whoever received it has found that it is about these codes.
    public func answer(
        _ request: ComparisonRequest, _ parties: ComparisonParties
    ) throws(ComparisonRefusal) -> Reply {
        if let other = request.other, other != own.root { throw .changed }
        // Equal roots say all: nothing of any record leaves this node.
        guard request.own.root != own.root else {
            guard request.isOpening else { throw .equal }
            return reply(.equal, parties)
        }
        switch request.question {
        case .open: return reply(.opened(leaves: leaves, sums: sums), parties)
        case .sums(let ranges, let bits): return reply(.sums(partSums(ranges, bits)), parties)
        case .codes(let ranges): return reply(.codes(try lists(ranges)), parties)
        case .records(let wanted, let theirs):
            var places: [UInt64] = []
            var occurrences: [Int] = []
            if let wanted {
                for (range, lows) in zip(wanted.ranges.ranges, wanted.lows) {
                    let held = ListedRange(records.elements(in: range))
                    for low in lows {
                        guard let group = held.group(low) else { throw .field(11) }
                        places.append(group.place)
                        occurrences.append(group.occurrences)
                    }
                }
            }
            return .lookUp(RecordsQuestion(
                places: places, keys: theirs.map(\.record.key), occurrences: occurrences))
        }
    }

    /// The answer that tells records: those of the question's places in its order, and the day that was found for a
    /// key. `nil` where a record is gone.
    public func answer(
        _ question: RecordsQuestion, with held: [HeldRecord], neighbours: [MatchKey: CivilDate],
        _ parties: ComparisonParties
    ) -> [UInt8]? {
        let found = Dictionary(held.map { ($0.place, $0) }) { first, _ in first }
        var rows: [DisclosedRecord] = []
        for (place, occurrences) in zip(question.places, question.occurrences) {
            guard let record = found[place] else { return nil }
            rows.append(DisclosedRecord(record.record, occurrences: occurrences, sources: record.sources))
        }
        let beside = question.keys.enumerated().compactMap { row, key in
            neighbours[key].map { ComparisonAnswer.Neighbour(row: row, day: $0) }
        }
        return ComparisonAnswer(own: own, content: .records(rows, neighbours: beside)).encode(parties)
    }

    private func reply(_ content: ComparisonAnswer.Content, _ parties: ComparisonParties) -> Reply {
        .answer(ComparisonAnswer(own: own, content: content).encode(parties))
    }

    private func partSums(_ ranges: RangeList, _ bits: Int) -> [UInt64] {
        var sums: [UInt64] = []
        sums.reserveCapacity(ranges.prefixes.count << bits)
        let last = 1 << bits - 1
        for range in ranges.ranges {
            records.forEachPart(of: range, bits: bits) { part, sum, _ in if part < last { sums.append(sum) } }
        }
        return sums
    }

    /// As many whole lists as an answer holds, one at least.
    private func lists(_ ranges: RangeList) throws(ComparisonRefusal) -> [[ComparisonAnswer.ListedCode]] {
        var lists: [[ComparisonAnswer.ListedCode]] = []
        var total = 0
        for range in ranges.ranges {
            let listed = ListedRange(records.elements(in: range)).groups
            total += listed.count
            guard total <= Limits.listedCodes else {
                guard !lists.isEmpty else { throw .field(8) }
                break
            }
            lists.append(listed.map { ComparisonAnswer.ListedCode(low: $0.low, occurrences: $0.occurrences) })
        }
        return lists
    }
}

/// The codes of a range by their second halves, each with how often it stands.
struct ListedRange {
    struct Group {
        let low: UInt64
        let code: RecordCode
        let place: UInt64
        var occurrences: Int
    }

    private(set) var groups: [Group] = []

    init(_ elements: ArraySlice<CodedRecords.Element>) {
        let sorted = elements.count < 2 ? Array(elements) : elements.sorted { left, right in
            left.code.low != right.code.low ? left.code.low < right.code.low : left.place < right.place
        }
        for element in sorted {
            if let last = groups.last, last.low == element.code.low {
                groups[groups.count - 1].occurrences += 1
            } else {
                groups.append(Group(
                    low: element.code.low, code: element.code, place: element.place, occurrences: 1))
            }
        }
    }

    func group(_ low: UInt64) -> Group? { groups.first { $0.low == low } }
}
