// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// The side that wants to know: splits the codes where the sums differ until few are left in a range, lists those, has
/// the differing records told, and proves the outcome against the root that the other side stated. What it keeps, asks
/// and waits for is bounded whatever the other side answers. Spec: Protocol/comparison.md §3.
public struct ComparisonAsker: Sendable {
    /// What to do next.
    public enum Step: Sendable {
        /// Send this request and hand in the answer with `receive`.
        case ask(ComparisonRequest)
        /// Look up the own records at these places, ascending, and hand them in with `provide`.
        case lookUp(places: [UInt64])
        /// Both sides have the same records.
        case equal
        /// They differ in these, and in nothing else.
        case narrowed(NarrowedRecords)
        /// They differ in more than narrowing is good for: a whole feed is missing somewhere.
        case tooDifferent(own: RecordRoot, other: RecordRoot)
    }

    let records: CodedRecords
    let scope: ComparisonScope
    let parties: ComparisonParties
    let own: RecordRoot
    private let ownLeaves: [Hash]
    var other: RecordRoot?
    var theirLeaves: [Hash] = []
    var unequalLeaves: [Int] = []
    /// Ranges whose sums differ, all of one level, still to be split; and their parts that differ.
    var open: [OpenRange] = []
    var parts: [OpenRange] = []
    var bits = 4
    /// Ranges that are small enough to be listed.
    var listing: [OpenRange] = []
    /// What the last request was about.
    var asked: [OpenRange] = []
    var surplus = SurplusCodes()
    /// In how many places the sides may differ; tests set less.
    var differencesLimit = Limits.differences
    /// Records of the other side that its lists named.
    private var listedRecords = 0
    private var answers = 0
    private var answerBytes = 0

    /// A range in which the other side's codes have another sum than the own ones.
    struct OpenRange: Sendable {
        let range: CodeRange
        let theirSum: UInt64
    }

    /// Begins with sealed codes. `stated` is what the other side stated, `nil` where nothing is stated yet.
    public init(
        _ records: CodedRecords, scope: ComparisonScope, parties: ComparisonParties, stated: RecordRoot?,
        _ hashing: some Hashing
    ) {
        self.records = records
        self.scope = scope
        self.parties = parties
        ownLeaves = records.leafHashes(hashing)
        own = RecordRoot(CodedRecords.root(of: ownLeaves, hashing), records: records.count)
        other = stated
    }

    /// The first step.
    public mutating func start() -> Step {
        if let other, other.root == own.root { return .equal }
        return .ask(request(.open))
    }

    /// Takes an answer; what does not fit names the other side.
    public mutating func receive(
        _ body: [UInt8], _ hashing: some Hashing, _ key: some KeyedHashing
    ) throws(ComparisonRefusal) -> Step {
        answers += 1
        answerBytes += body.count
        guard answers <= Limits.comparisonAnswers, answerBytes <= Limits.comparisonBytes else { throw .endless }
        let answer = try ComparisonAnswer(decoding: body, month: scope.month, parties)
        if let other, answer.own != other { throw .root }
        switch answer.content {
        case .opened(let leaves, let sums):
            guard asked.isEmpty, theirLeaves.isEmpty else { throw .field(7) }
            return try takeOpening(answer.own, leaves, sums, hashing)
        case .equal:
            guard asked.isEmpty, theirLeaves.isEmpty else { throw .field(7) }
            guard answer.own == own else { throw .root }
            return .equal
        case .sums(let sums):
            guard !asked.isEmpty, !open.isEmpty else { throw .field(7) }
            return try takeSums(sums)
        case .codes(let lists):
            guard !asked.isEmpty, open.isEmpty else { throw .field(7) }
            return try takeCodes(lists)
        case .records(let rows, let neighbours):
            guard asked.isEmpty, surplus.isDisclosing else { throw .field(7) }
            try surplus.take(rows, neighbours, in: scope.month, key)
            return try disclose(hashing)
        }
    }

    /// Takes the own records that were looked up; `nil` where one of them is gone.
    public mutating func provide(_ held: [HeldRecord], _ hashing: some Hashing) -> Step? {
        guard surplus.provide(held), let step = try? disclose(hashing) else { return nil }
        return step
    }

    func request(_ question: ComparisonRequest.Question) -> ComparisonRequest {
        ComparisonRequest(scope: scope, own: own, other: other?.root, question: question)
    }

    private mutating func takeOpening(
        _ theirs: RecordRoot, _ leaves: [Hash], _ sums: [UInt64], _ hashing: some Hashing
    ) throws(ComparisonRefusal) -> Step {
        guard CodedRecords.root(of: leaves, hashing) == theirs.root, theirs.root != own.root else { throw .root }
        other = theirs
        theirLeaves = leaves
        let ownSums = records.leafSums()
        for leaf in 0..<CodedRecords.leafCount {
            guard (leaves[leaf] == ownLeaves[leaf]) == (sums[leaf] == ownSums[leaf]) else { throw .leafSums }
            guard leaves[leaf] != ownLeaves[leaf] else { continue }
            unequalLeaves.append(leaf)
            parts.append(OpenRange(range: CodeRange(level: 8, prefix: UInt64(leaf)), theirSum: sums[leaf]))
        }
        sortOut()
        return next()
    }

    private mutating func takeSums(_ sums: [UInt64]) throws(ComparisonRefusal) -> Step {
        let known = 1 << bits - 1
        guard sums.count == asked.count * known else { throw .sums }
        for (index, parent) in asked.enumerated() {
            let mine = records.parts(of: parent.range, bits: bits)
            var rest = parent.theirSum
            for part in 0...known {
                let theirs = part < known ? sums[index * known + part] : rest
                rest &-= theirs
                guard theirs != mine[part] else { continue }
                parts.append(OpenRange(range: parent.range.part(part, bits: bits), theirSum: theirs))
            }
        }
        open.removeFirst(asked.count)
        asked = []
        if open.isEmpty { sortOut() }
        return next()
    }

    private mutating func takeCodes(
        _ lists: [[ComparisonAnswer.ListedCode]]
    ) throws(ComparisonRefusal) -> Step {
        guard lists.count <= asked.count else { throw .codes }
        for (listed, list) in zip(asked, lists) {
            let sum = list.reduce(UInt64(0)) { $0 &+ $1.low &* UInt64($1.occurrences) }
            listedRecords += list.reduce(0) { $0 + $1.occurrences }
            guard sum == listed.theirSum, listedRecords <= other?.records ?? 0 else { throw .codes }
            surplus.compare(ListedRange(records.elements(in: listed.range)).groups, list, in: listed.range)
        }
        listing.removeFirst(lists.count)
        asked = []
        return next()
    }

    /// Which of the parts are listed and which split again.
    private mutating func sortOut() {
        let theirs = other?.records ?? 0
        for part in parts {
            let expected = theirs >> part.range.level
            let mine = records.count(in: part.range)
            let isSmall = expected <= NarrowingPace.listedCodes && mine <= NarrowingPace.listedCodes * 4
            if isSmall || part.range.level + 2 > Limits.finestLevel {
                listing.append(part)
            } else {
                open.append(part)
            }
        }
        parts = []
        bits = NarrowingPace.bits(ranges: open.count)
        if let level = open.first?.range.level { bits = min(bits, Limits.finestLevel - level) }
    }

    private mutating func next() -> Step {
        guard open.count + listing.count + surplus.count <= differencesLimit else {
            return .tooDifferent(own: own, other: other ?? own)
        }
        if let level = open.first?.range.level {
            let count = min(open.count, Limits.comparedRanges, Limits.comparedSums >> bits)
            asked = Array(open.prefix(count))
            let ranges = RangeList(level: level, prefixes: asked.map(\.range.prefix))
            return .ask(request(.sums(ranges, bits: bits)))
        }
        if let level = listing.first?.range.level {
            let same = listing.prefix(Limits.comparedRanges).prefix { $0.range.level == level }
            asked = Array(same)
            return .ask(request(.codes(RangeList(level: level, prefixes: asked.map(\.range.prefix)))))
        }
        surplus.seal()
        return .lookUp(places: surplus.ownPlaces)
    }

    /// The next records to tell and to be told; at the end the proof.
    private mutating func disclose(_ hashing: some Hashing) throws(ComparisonRefusal) -> Step {
        guard let other else { throw .root }
        if let question = surplus.nextQuestion() { return .ask(request(question)) }
        guard own.records + surplus.balance == other.records else { throw .root }
        for leaf in unequalLeaves {
            guard surplus.leafHash(leaf, records.bucket(leaf), hashing) == theirLeaves[leaf] else { throw .leaf }
        }
        return .narrowed(surplus.narrowed(own: own, other: other))
    }
}

/// How fast narrowing goes down: many ranges by two bits at a time, for fewer bytes; few by four, for fewer rounds.
enum NarrowingPace {
    /// A range that should hold no more codes is listed.
    static let listedCodes = 6
    private static let manyRanges = 1_024

    static func bits(ranges: Int) -> Int { ranges > manyRanges ? 2 : 4 }
}

extension CodedRecords {
    /// The sums of the parts of a range.
    func parts(of range: CodeRange, bits: Int) -> [UInt64] {
        var sums: [UInt64] = []
        sums.reserveCapacity(1 << bits)
        forEachPart(of: range, bits: bits) { _, sum, _ in sums.append(sum) }
        return sums
    }
}
