// SPDX-License-Identifier: EUPL-1.2
import Journal
@testable import Settlement
import Testing

/// Both sides' months with defects that are known.
struct PlantedMonths {
    var own = CountedMonth()
    var other = CountedMonth()

    init(seed: UInt64, records: Int, defects: Int) {
        var random = SeededGenerator(seed: seed)
        for number in 0..<records {
            let record = CountedMonth.record(
                number, day: Int.random(in: 1...31, using: &random),
                quantity: Int64.random(in: 1...3, using: &random),
                application: Bool.random(using: &random) ? "corv" : "zaaksysteem",
                isPlain: Int.random(in: 0..<10, using: &random) == 0)
            guard number < defects else {
                own.add(record)
                other.add(record)
                continue
            }
            plant(record, &random)
        }
        own.rows.shuffle(using: &random)
        other.rows.shuffle(using: &random)
    }

    private mutating func plant(_ record: TransactionRecord, _ random: inout SeededGenerator) {
        var changed = record
        switch Int.random(in: 0..<6, using: &random) {
        case 0: return own.add(record)
        case 1: return other.add(record)
        case 2: for _ in 0..<Int.random(in: 2...4, using: &random) { own.add(record) }
        case 3: for _ in 0..<2 { other.add(record) }
        case 4: changed = Self.copy(record, quantity: record.quantity + 1)
        default: changed = Self.copy(record, tariffClass: "spoed")
        }
        own.add(record)
        other.add(changed)
    }

    static func copy(
        _ record: TransactionRecord, quantity: Int64? = nil, tariffClass: String? = nil
    ) -> TransactionRecord {
        TransactionRecord(
            provider: record.provider, application: record.application,
            tariffClass: tariffClass ?? record.tariffClass, day: record.day, matchID: record.matchID,
            quantity: quantity ?? record.quantity)
    }

    /// What each side has more of, counted the plain way.
    static func surplus(_ left: CountedMonth, _ right: CountedMonth) -> [TransactionRecord: Int] {
        var counts: [TransactionRecord: Int] = [:]
        for row in left.rows { counts[row.record, default: 0] += 1 }
        for row in right.rows { counts[row.record, default: 0] -= 1 }
        return counts.filter { $0.value > 0 }
    }
}

@Suite("Narrowing down, Protocol/comparison.md §3")
struct NarrowingTests {
    @Test(
        "finds exactly what differs, from any number of records and defects",
        arguments: 1...24 as ClosedRange<UInt64>)
    func findsExactly(seed: UInt64) throws {
        let sizes = [0, 1, 7, 64, 300, 1_200, 5_000, 9_000]
        let records = sizes[Int(seed) % sizes.count]
        let defects = min(records, [0, 1, 5, 40, 400][Int(seed) % 5])
        let months = PlantedMonths(seed: seed, records: records, defects: defects)
        let outcome = try Conversation(asker: months.own, answerer: months.other, isHeld: seed % 3 == 0).run()
        let (more, fewer) = (
            PlantedMonths.surplus(months.own, months.other), PlantedMonths.surplus(months.other, months.own))
        if more.isEmpty, fewer.isEmpty {
            #expect(outcome.isEqual)
            #expect(outcome.bytes < 400)
            return
        }
        let narrowed = try #require(outcome.narrowed)
        #expect(Dictionary(uniqueKeysWithValues: narrowed.ownSurplus.map { ($0.record, $0.surplus) }) == more)
        #expect(Dictionary(uniqueKeysWithValues: narrowed.otherSurplus.map { ($0.record, $0.surplus) }) == fewer)
    }

    @Test("the cost in bytes follows the differences, not the records")
    func costFollowsDifferences() throws {
        var last = 0
        for defects in [1, 10, 100, 1_000] {
            let months = PlantedMonths(seed: 9, records: 8_000, defects: defects)
            let outcome = try Conversation(asker: months.own, answerer: months.other).run()
            #expect(outcome.bytes < 12_000 + defects * 500)
            #expect(outcome.bytes > last)
            last = outcome.bytes
        }
    }

    @Test("equal roots let no id leave: the second question of equal sides is refused")
    func equalTellsNothing() throws {
        let months = PlantedMonths(seed: 4, records: 500, defects: 0)
        let outcome = try Conversation(asker: months.own, answerer: months.other).run()
        #expect(outcome.isEqual && outcome.rounds == 0)
        let answerer = ComparisonAnswerer(months.other.coded, CheapHashing(seed: 5))
        let request = ComparisonRequest(
            scope: ComparisonScope(CountedMonth.month, .held), own: answerer.root, other: nil,
            question: .codes(RangeList(level: 8, prefixes: [3])))
        #expect(throws: ComparisonRefusal.equal) { try answerer.answer(request, Conversation.parties) }
    }

    @Test("a whole feed that is missing is told as such, within bounds")
    func givesUp() throws {
        var (full, empty) = (CountedMonth(), CountedMonth())
        for number in 0..<3_000 { full.add(CountedMonth.record(number, day: number % 31 + 1)) }
        empty.add(CountedMonth.record(1, day: 2))
        for (asker, answerer) in [(full, empty), (empty, full)] {
            #expect(try Conversation(asker: asker, answerer: answerer, differencesLimit: 2_000).run().isTooDifferent)
        }
    }

    @Test("codes that crowd into one range are still found", arguments: [1, 2, 3] as [UInt64])
    func crowdedRanges(seed: UInt64) throws {
        var months = PlantedMonths(seed: seed, records: 3_000, defects: 10)
        for _ in 0..<2_000 { months.own.add(CountedMonth.record(999_999, day: 9)) }
        let narrowed = try #require(try Conversation(asker: months.own, answerer: months.other).run().narrowed)
        #expect(narrowed.ownSurplus.contains { $0.surplus == 2_000 && $0.elsewhere == 0 })
    }
}

@Suite("Who answers falsely is named, Protocol/comparison.md §7")
struct FalseAnswerTests {
    @Test("one changed byte anywhere gives a named refusal or nothing false", arguments: 1...40 as ClosedRange<UInt64>)
    func changedBytes(seed: UInt64) throws {
        let months = PlantedMonths(seed: seed, records: 2_000, defects: 30)
        let truth = try #require(try Conversation(asker: months.own, answerer: months.other).run().narrowed)
        var random = SeededGenerator(seed: seed)
        let round = Int.random(in: 0..<5, using: &random)
        let conversation = Conversation(asker: months.own, answerer: months.other, isHeld: false) { number, body in
            guard number == round, !body.isEmpty else { return body }
            var body = body
            body[Int.random(in: 0..<body.count, using: &random)] ^= UInt8.random(in: 1...255, using: &random)
            return body
        }
        do {
            let outcome = try conversation.run()
            // Known limit: from how many sources the other side has a record is its word alone.
            #expect(outcome.narrowed?.ownSurplus.map(\.record) == truth.ownSurplus.map(\.record))
            #expect(outcome.narrowed?.otherSurplus.map(\.surplus) == truth.otherSurplus.map(\.surplus))
        } catch let refusal as ComparisonRefusal {
            #expect(!refusal.name.isEmpty)
        }
    }

    @Test("who stated another root than its records have is named at the first answer")
    func otherRoot() throws {
        let months = PlantedMonths(seed: 3, records: 400, defects: 5)
        let lie = RecordRoot(Hash(Bytes32((1, 2, 3, 4))), records: 400)
        #expect(throws: ComparisonRefusal.root) {
            try Conversation(asker: months.own, answerer: months.other, stated: lie, isLax: true).run()
        }
    }

    @Test("who passes another one's leaves off as its own is named by what it then tells")
    func hiddenRecord() throws {
        let months = PlantedMonths(seed: 8, records: 800, defects: 6)
        var hiding = months.other
        let hidden = try #require(PlantedMonths.surplus(months.other, months.own).keys.first)
        hiding.rows.removeAll { $0.record == hidden }
        let honest = ComparisonAnswerer(months.other.coded, CheapHashing(seed: 5))
        let request = ComparisonRequest(
            scope: ComparisonScope(CountedMonth.month, .stated),
            own: RecordRoot(months.own.coded, CheapHashing(seed: 5)), other: honest.root.root, question: .open)
        guard case .answer(let opening) = try honest.answer(request, Conversation.parties) else { return }
        let conversation = Conversation(
            asker: months.own, answerer: hiding, stated: honest.root, isLax: true
        ) { number, body in number == 0 ? opening : body }
        #expect(throws: ComparisonRefusal.self) { try conversation.run() }
    }

    @Test("garbage is a named refusal, whatever it is", arguments: 1...30 as ClosedRange<UInt64>)
    func garbage(seed: UInt64) throws {
        let months = PlantedMonths(seed: 2, records: 600, defects: 20)
        var random = SeededGenerator(seed: seed)
        let count = Int.random(in: 0...4_000, using: &random)
        let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
        let round = Int(seed % 3)
        let conversation = Conversation(asker: months.own, answerer: months.other) { $0 == round ? bytes : $1 }
        #expect(throws: ComparisonRefusal.self) { _ = try conversation.run() }
        #expect(throws: ComparisonRefusal.self) { try ComparisonRequest(decoding: bytes, Conversation.parties) }
    }

    @Test("an oversize answer and answers without end are named")
    func bounded() throws {
        let months = PlantedMonths(seed: 2, records: 600, defects: 20)
        let long = [UInt8](repeating: 0, count: Limits.comparisonBodyBytes + 1)
        #expect(throws: ComparisonRefusal.oversize(bytes: long.count)) {
            try Conversation(asker: months.own, answerer: months.other) { _, _ in long }.run()
        }
        var side = ComparisonAsker(
            months.own.coded, scope: ComparisonScope(CountedMonth.month, .held), parties: Conversation.parties,
            stated: nil, CheapHashing(seed: 5))
        _ = side.start()
        for _ in 0..<Limits.comparisonAnswers {
            _ = try? side.receive([0xA0], CheapHashing(seed: 5), CountedMonth.key)
        }
        #expect(throws: ComparisonRefusal.endless) {
            try side.receive([0xA0], CheapHashing(seed: 5), CountedMonth.key)
        }
    }
}
