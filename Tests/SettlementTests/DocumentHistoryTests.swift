// SPDX-License-Identifier: EUPL-1.2
import Journal
import Settlement
import Testing

@Suite("Documents from what epochs fixed, Protocol/settlement-documents.md §4")
struct DocumentHistoryTests {
    private let october = CivilMonth(year: 2026, month: 10)!
    private let november = CivilMonth(year: 2026, month: 11)!
    private let december = CivilMonth(year: 2026, month: 12)!

    private func input() throws -> SettlementInput {
        try StatementCase.input(try #require(try Repository.vectors("settlement-statement.json").first)["case"])
    }

    private func day(_ month: Int) throws -> CivilDate { try #require(CivilDate("2026-\(month)-15")) }

    private func first(_ input: SettlementInput) throws -> BillingEvent {
        BillingEvent(
            epoch: 3, date: try day(11), month: october, isFirst: true,
            cells: input.cells.filter { $0.key.month == october })
    }

    /// A change of the cell of Woerden and the Zaaksysteem, of which 900 were billed at EUR 0.10.
    private func change(
        _ input: SettlementInput, to count: Int64, epoch: Int, in month: CivilMonth
    ) throws -> BillingEvent {
        let zaak = try ApplicationID("zaak")
        let cell = try #require(input.cells.first { $0.key.application == zaak && $0.key.month == october })
        return BillingEvent(
            epoch: epoch, date: try day(12), month: month, isFirst: false,
            cells: [Cell(cell.key, CellCounts(provider: count, consumer: count))])
    }

    private func history(
        _ input: SettlementInput, _ events: [BillingEvent], run: CorrectionRun = CorrectionRun(), leg: Leg = .memberPays
    ) throws -> DocumentHistory {
        let months = [
            BillingMonth(october, epoch: 3, date: try day(11)), BillingMonth(november, epoch: 5, date: try day(12)),
        ]
        let billed = try BilledMonths(
            input, cooperative: try PartyID("cooperatie"), events: events, months: months, run: run)
        return try billed.history(of: try PartyID(leg == .memberPays ? "Woerden" : "MijnGemeenteDichtbij"), in: leg)
    }

    @Test("what is billed first is what the statement says", arguments: Leg.allCases)
    func asStated(leg: Leg) throws {
        let input = try input()
        let party = try PartyID(leg == .memberPays ? "Woerden" : "MijnGemeenteDichtbij")
        let made = try history(input, [first(input)], leg: leg).documents.filter { $0.month == october }
        let stated = try input.statement(of: party, in: october)
            .billingDocuments(of: leg, facts: try BillingDocumentTests.facts())
        #expect(made.map(\.name) == stated.map { $0.number.description })
        #expect(made.map(\.lines) == stated.map(\.lines))
        #expect(made.allSatisfy { $0.originals.isEmpty })
    }

    @Test("a change takes the whole cell back and bills it anew, and names what it corrects")
    func corrected() throws {
        let input = try input()
        let made = try history(input, [first(input), change(input, to: 1_000, epoch: 5, in: november)])
        let correction = try #require(made.documents.last { !$0.originals.isEmpty })
        #expect(correction.month == november && correction.net == Cents(1_000))
        #expect(correction.lines.map(\.units) == [-900, 1_000])
        #expect(correction.lines.allSatisfy { $0.serviceMonth == october })
        #expect(correction.originals.map { $0.number.description } == ["P-2026-10/Woerden/member-pays/1"])
    }

    @Test("less than the smallest amount is carried and comes back as part of the whole cell")
    func carried() throws {
        let input = try input()
        let small = try history(input, [first(input), change(input, to: 940, epoch: 5, in: november)])
        #expect(small.carried.map(\.net) == [Cents(400)])
        #expect(small.documents.allSatisfy { $0.originals.isEmpty })
        let later = try history(input, [
            first(input), change(input, to: 940, epoch: 5, in: november),
            change(input, to: 960, epoch: 7, in: december),
        ])
        #expect(later.carried.isEmpty)
        #expect(later.documents.last.map(\.net) == Cents(600))
    }

    @Test("what was fixed stays: later epochs add documents and change none", arguments: UInt64(1)...20)
    func stays(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let input = try input()
        var events = [try first(input)]
        for epoch in 5...12 {
            let count = Int64.random(in: 0...2_000, using: &random)
            events.append(try change(input, to: count, epoch: epoch, in: epoch < 9 ? november : december))
        }
        var run = CorrectionRun()
        if seed.isMultiple(of: 2) { run.smallestAmount = .zero }
        let whole = try history(input, events, run: run).documents
        for length in 1..<events.count {
            let part = try history(input, Array(events.prefix(length)), run: run).documents
            #expect(part.filter { $0.epoch < 5 + length - 1 } == whole.filter { $0.epoch < 5 + length - 1 })
        }
        // All documents of a cell together bill what its last count makes.
        guard run.smallestAmount == .zero, let last = events.last?.cells.first else { return }
        let lines = whole.flatMap(\.lines).filter { $0.cell == last.key }
        #expect(lines.reduce(0) { $0 + ($1.units ?? 0) } == last.counts.provider)
        #expect(lines.reduce(0) { $0 + $1.amount.value } == (last.counts.provider ?? 0) * 10)
    }
}
