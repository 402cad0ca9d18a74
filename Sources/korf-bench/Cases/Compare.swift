// SPDX-License-Identifier: EUPL-1.2
import Cryptography
import Glibc
import Journal
import Settlement

/// P10: two members with 5,000,000 records each of one month find 20,000 planted defects between themselves, over
/// nothing but the bytes of the messages. Each member codes its own records; the two work at the same time.
enum Compare {
    private static let records = 5_000_000
    private static let defects = 20_000

    static func run(_ workspace: Workspace) async throws {
        let months = try ComparedMonths(count: records, defects: defects)
        if let path = getenv("KORF_BENCH_KEEP").map({ String(cString: $0) }) {
            try Workspace.write(ComparedMonths.csv(months.provider), to: path + "/provider.csv")
            try Workspace.write(ComparedMonths.csv(months.consumer), to: path + "/consumer.csv")
            let planted = months.defects.map { "\($0.key),\($0.value)\n" }.joined()
            try Workspace.write(Array(planted.utf8), to: path + "/defects.csv")
        }
        guard let month = ComparedMonths.month, let provider = ComparedMonths.provider,
              let consumer = ComparedMonths.consumer
        else { throw BenchFailure("names of the workload") }
        let parties = ComparisonParties(asker: consumer, answerer: provider)
        Measure.forgetPeak()
        let before = Measure.residentBytes()
        let watch = Stopwatch()
        async let theirs = Side(months.provider, month, provider).answerer()
        let own = Side(months.consumer, month, provider)
        let coded = own.coded()
        let answerer = await theirs
        let codedSeconds = watch.wallSeconds
        var figure = Figure("P10", "5,000,000 + 5,000,000 records, 20,000 defects")
        let other = Side(months.provider, month, provider)
        var conversation = Conversation(own: own, other: other, parties: parties)
        let narrowed = try conversation.narrow(coded, answerer, month)
        let narrowedSeconds = watch.wallSeconds
        let sheet = own.sheet(narrowed)
        figure.wallSeconds = watch.wallSeconds
        figure.cpuSeconds = watch.cpuSeconds
        figure.residentBytes = Measure.peakBytes() - before
        figure.bytes = conversation.bytes
        figure.roundTrips = conversation.rounds
        try report(&figure, months, sheet, coded: codedSeconds, narrowed: narrowedSeconds)
    }

    private static func report(
        _ figure: inout Figure, _ months: ComparedMonths, _ sheet: DifferenceSheet, coded: Double, narrowed: Double
    ) throws {
        let right = sheet.transactions.count { found in
            months.defects[found.key.matchID].map { fits(found, $0) } ?? false
        }
        let precision = Double(right) / Double(max(1, sheet.transactions.count))
        let recall = Double(right) / Double(months.defects.count)
        let recordBytes = 92 * (months.provider.count + months.consumer.count)
        figure.add("coding_s", coded)
        figure.add("narrowing_s", narrowed - coded)
        figure.add("sheet_s", figure.wallSeconds - narrowed)
        figure.add("precision", precision)
        figure.add("recall", recall)
        figure.add("bytes_per_defect", figure.bytes / months.defects.count)
        figure.add("part_of_records", Double(figure.bytes) / Double(recordBytes))
        figure.limit = "precision and recall 1, at most 1 % of the records' bytes (92 a record), no longer than DuckDB"
        figure.isMet = right == months.defects.count && right == sheet.transactions.count
            && figure.bytes * 100 <= recordBytes
        try demand(right == months.defects.count, "\(months.defects.count - right) defects were not found")
        figure.print()
    }

    private static func fits(_ found: DifferingTransaction, _ defect: ComparedMonths.Defect) -> Bool {
        switch defect {
        case .missingAtConsumer: found.kind == .missing && found.side == .own
        case .missingAtProvider: found.kind == .missing && found.side == .other
        case .doubledAtProvider: found.kind == .doubled && found.side == .other
        case .doubledAtConsumer: found.kind == .doubled && found.side == .own
        case .otherQuantity: found.cause == .otherQuantity
        case .otherClass: found.cause == .otherClass
        case .otherDay: found.cause == .midnight
        }
    }

    /// One member with its records.
    private struct Side: Sendable {
        let rows: [ComparedMonths.Row]
        let month: CivilMonth
        let provider: OIN
        let days: [CivilDate]
        static let key = KeyedHash(key: [UInt8](repeating: 7, count: 32))

        init(_ rows: [ComparedMonths.Row], _ month: CivilMonth, _ provider: OIN) {
            self.rows = rows
            self.month = month
            self.provider = provider
            days = (0..<31).compactMap { month.firstDay.adding(days: $0) }
        }

        func record(_ row: ComparedMonths.Row) -> TransactionRecord {
            TransactionRecord(
                provider: provider, application: ComparedMonths.applications[Int(row.application)],
                tariffClass: ComparedMonths.classes[Int(row.tariffClass)], day: days[Int(row.day) - 1],
                matchID: row.matchID, quantity: row.quantity)
        }

        func coded() -> CodedRecords {
            var coder = RecordCoder(Self.key)
            var coded = CodedRecords(expecting: rows.count)
            for (place, row) in rows.enumerated() { coded.add(coder.code(of: record(row)), place: UInt64(place)) }
            coded.seal()
            return coded
        }

        func answerer() async -> ComparisonAnswerer { ComparisonAnswerer(coded(), OpenSSLSuite()) }

        func held(_ places: [UInt64]) -> [HeldRecord] {
            places.map { HeldRecord(place: $0, record: record(rows[Int($0)]), sources: 1) }
        }

        func sheet(_ narrowed: NarrowedRecords) -> DifferenceSheet {
            var finder = DifferenceFinder(narrowed, month: month)
            for row in rows { finder.see(record(row), source: 0) }
            return finder.sheet()
        }
    }

    /// Messages from one member to the other and back.
    private struct Conversation {
        let own: Side
        let other: Side
        let parties: ComparisonParties
        var bytes = 0
        var rounds = 0

        mutating func narrow(
            _ coded: CodedRecords, _ answerer: ComparisonAnswerer, _ month: CivilMonth
        ) throws -> NarrowedRecords {
            let suite = OpenSSLSuite()
            var asker = ComparisonAsker(
                coded, scope: ComparisonScope(month, .stated), parties: parties, stated: answerer.root, suite)
            var step = asker.start()
            while true {
                switch step {
                case .ask(let request):
                    let body = request.encode(parties)
                    let answer = try reply(answerer, ComparisonRequest(decoding: body, parties))
                    bytes += body.count + answer.count
                    rounds += 1
                    step = try asker.receive(answer, suite, Side.key)
                case .lookUp(let places):
                    guard let next = asker.provide(own.held(places), suite) else {
                        throw BenchFailure("a record is gone")
                    }
                    step = next
                case .narrowed(let narrowed): return narrowed
                case .equal, .tooDifferent: throw BenchFailure("the defects were not narrowed down")
                }
            }
        }

        private func reply(_ answerer: ComparisonAnswerer, _ request: ComparisonRequest) throws -> [UInt8] {
            switch try answerer.answer(request, parties) {
            case .answer(let body): return body
            case .lookUp(let question):
                let held = other.held(question.places)
                guard let body = answerer.answer(question, with: held, neighbours: [:], parties) else {
                    throw BenchFailure("a record is gone")
                }
                return body
            }
        }
    }
}
