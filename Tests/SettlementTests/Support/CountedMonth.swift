// SPDX-License-Identifier: EUPL-1.2
import Journal
@testable import Settlement

/// What one party counted, for tests: records in the order of receipt, each from a source.
struct CountedMonth {
    static let month = CivilMonth("2026-10") ?? CivilMonth(containing: CivilDate(dayNumber: 0)!)
    static let provider = OIN("00000099000000000001")!
    static let consumer = OIN("00000099000000000002")!
    static let key = CheapHashing(seed: 77)

    var rows: [(record: TransactionRecord, source: UInt64)] = []

    mutating func add(_ record: TransactionRecord, source: UInt64 = 1) { rows.append((record, source)) }

    var coded: CodedRecords {
        var records = CodedRecords(expecting: rows.count)
        for (place, row) in rows.enumerated() { records.add(row.record.code(Self.key), place: UInt64(place)) }
        records.seal()
        return records
    }

    func held(_ places: [UInt64]) -> [HeldRecord] {
        let wanted = Set(places.map { rows[Int($0)].record.key })
        var sources: [MatchKey: Set<UInt64>] = [:]
        for row in rows where wanted.contains(row.record.key) {
            sources[row.record.key, default: []].insert(row.source)
        }
        return places.map { place in
            let record = rows[Int(place)].record
            return HeldRecord(place: place, record: record, sources: sources[record.key]?.count ?? 1)
        }
    }

    func neighbours(_ keys: [MatchKey]) -> [MatchKey: CivilDate] {
        let beside = rows.filter { Self.month.isBeside($0.record.day) }
        return Dictionary(beside.map { ($0.record.key, $0.record.day) }.filter { keys.contains($0.0) }) { a, _ in a }
    }

    /// The days of the month alone.
    var inMonth: CountedMonth { CountedMonth(rows: rows.filter { $0.record.day.month == Self.month }) }

    /// A record of the month: UUIDs of version 7, every one in `cheapIDs` some other text.
    static func record(
        _ number: Int, day: Int, quantity: Int64 = 1, tariffClass: String = "standaard", application: String = "corv",
        isPlain: Bool = false, provider: OIN = provider
    ) -> TransactionRecord {
        let date = month.firstDay.adding(days: day - 1)!
        let moment = Int64(date.dayNumber) * 86_400_000 + Int64(number % 80_000) * 1_000
        let hex = String(moment, radix: 16), tail = String(number, radix: 16)
        let padded = String(repeating: "0", count: 12 - hex.count) + hex
        let last = String(repeating: "0", count: 12 - tail.count) + tail
        return TransactionRecord(
            provider: provider, application: application, tariffClass: tariffClass, day: date,
            matchID: isPlain ? "zaak-\(number)" : "\(padded.prefix(8))-\(padded.suffix(4))-7000-8000-\(last)",
            quantity: quantity)
    }
}

/// Two parties that compare over nothing but bytes.
struct Conversation {
    let asker: CountedMonth
    let answerer: CountedMonth
    /// What the answerer stated; the truth unless set.
    var stated: RecordRoot?
    var isHeld = false
    var hashing = CheapHashing(seed: 5)
    /// In how many places the sides may differ.
    var differencesLimit = Limits.differences
    /// The answerer does not mind which root it is asked about.
    var isLax = false
    /// Changes an answer on its way, by its number.
    var tamper: (Int, [UInt8]) -> [UInt8] = { $1 }

    static let parties = ComparisonParties(asker: CountedMonth.consumer, answerer: CountedMonth.provider)

    struct Outcome {
        var narrowed: NarrowedRecords?
        var isEqual = false
        var isTooDifferent = false
        var bytes = 0
        var rounds = 0
    }

    func run() throws -> Outcome {
        let records = asker.inMonth.coded
        let answers = ComparisonAnswerer(answerer.inMonth.coded, hashing)
        var side = ComparisonAsker(
            records, scope: ComparisonScope(CountedMonth.month, isHeld ? .held : .stated), parties: Self.parties,
            stated: isHeld ? nil : stated ?? answers.root, hashing)
        side.differencesLimit = differencesLimit
        var outcome = Outcome()
        var step = side.start()
        while true {
            switch step {
            case .ask(let request):
                let body = request.encode(Self.parties)
                let read = try ComparisonRequest(decoding: body, Self.parties)
                let answer = tamper(outcome.rounds, try reply(answers, read))
                outcome.bytes += body.count + answer.count
                outcome.rounds += 1
                step = try side.receive(answer, hashing, CountedMonth.key)
            case .lookUp(let places):
                guard let next = side.provide(asker.inMonth.held(places), hashing) else { throw Lost() }
                step = next
            case .equal:
                outcome.isEqual = true
                return outcome
            case .tooDifferent:
                outcome.isTooDifferent = true
                return outcome
            case .narrowed(let narrowed):
                outcome.narrowed = narrowed
                return outcome
            }
        }
    }

    struct Lost: Error {}

    private func reply(_ answers: ComparisonAnswerer, _ asked: ComparisonRequest) throws -> [UInt8] {
        let request = isLax
            ? ComparisonRequest(scope: asked.scope, own: asked.own, other: nil, question: asked.question) : asked
        switch try answers.answer(request, Self.parties) {
        case .answer(let body): return body
        case .lookUp(let question):
            guard let body = answers.answer(
                question, with: answerer.inMonth.held(question.places),
                neighbours: answerer.neighbours(question.keys), Self.parties)
            else { throw Lost() }
            return body
        }
    }

    /// The sheet of the asker.
    func sheet() throws -> DifferenceSheet? {
        guard let narrowed = try run().narrowed else { return nil }
        var finder = DifferenceFinder(narrowed, month: CountedMonth.month)
        for row in asker.rows { finder.see(row.record, source: row.source) }
        return finder.sheet()
    }
}
