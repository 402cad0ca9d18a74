// SPDX-License-Identifier: EUPL-1.2
import Journal
import Settlement
import Testing

@Suite("Two-sided comparison, Protocol/settlement.md §8")
struct ComparisonTests {
    private func key(_ month: String, class tariffClass: String = "basis") throws -> CellKey {
        CellKey(
            application: try ApplicationID("corv"), provider: try PartyID("Eindhoven"),
            consumer: try PartyID("Woerden"), tariffClass: try ClassID(tariffClass),
            month: try #require(CivilMonth(month)))
    }

    private func input(_ cells: [Cell]) throws -> SettlementInput {
        let joined = try #require(CivilDate("2025-01-01"))
        let (provider, consumer) = try (PartyID("Eindhoven"), PartyID("Woerden"))
        return SettlementInput(
            members: [BilledMember(provider, joined: joined), BilledMember(consumer, joined: joined)],
            applications: [BilledApplication(
                try ApplicationID("corv"), lead: provider,
                participants: [Participation(consumer, joined: joined)], providers: [provider])],
            tariffs: try TariffTable(["basis", "extra"].map { tariffClass in
                try Tariff(
                    decision: try DecisionID("B-\(tariffClass)"), application: try ApplicationID("corv"),
                    tariffClass: try ClassID(tariffClass), firstMonth: try #require(CivilMonth("2025-01")),
                    prices: .flat(MicroEuro(100_000)))
            }),
            vat: VATTable(), cells: cells)
    }

    /// 40 units of 0.10 apart: EUR 4 each, within tolerance by itself.
    private func tolerated(_ month: String, class tariffClass: String = "basis") throws -> Cell {
        Cell(try key(month, class: tariffClass), CellCounts(provider: 1_040, consumer: 1_000))
    }

    @Test("§8.5: tolerance adds up over the calendar year in order of month, then class, and starts anew")
    func capsTheYear() throws {
        var input = try input([])
        input.terms.toleratedYearAmount = Cents(1_200)
        let months = ["2026-01", "2026-02"]
        let cells = try months.flatMap { month in
            try ["basis", "extra"].map { try tolerated(month, class: $0) }
        }
        for order in permutations(cells) {
            input.cells = order
            let january = try input.outcomes(in: try #require(CivilMonth("2026-01")))
            let february = try input.outcomes(in: try #require(CivilMonth("2026-02")))
            #expect(january.map(\.state) == [.withinTolerance, .withinTolerance])
            #expect(february.map(\.state) == [.withinTolerance, .differs])
            #expect(february.map(\.dispute) == [nil, .aboveYearAmount])
        }
        input.cells = cells + [try tolerated("2027-01")]
        let next = try input.outcomes(in: try #require(CivilMonth("2027-01")))
        #expect(next.map(\.state) == [.withinTolerance])
    }

    @Test("§8.5: a cell that would pass the year's amount is not counted, a smaller later one still fits")
    func doesNotCountWhatDiffers() throws {
        var input = try input([
            tolerated("2026-01"), tolerated("2026-02"),
            Cell(key("2026-03"), CellCounts(provider: 1_010, consumer: 1_000)),
        ])
        input.terms.toleratedYearAmount = Cents(500)
        let months = ["2026-01", "2026-02", "2026-03"].compactMap { CivilMonth($0) }
        let states = try months.flatMap { try input.outcomes(in: $0).map(\.state) }
        #expect(states == [.withinTolerance, .differs, .withinTolerance])
    }

    @Test("§8.6: the lower count is billed and the disputed rest is not", arguments: [1, 2, 3] as [UInt64])
    func billsTheLower(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<500 {
            let low = Int64.random(in: 0...3_000, using: &generator)
            let high = low + Int64.random(in: 0...200, using: &generator)
            let swapped = Bool.random(using: &generator)
            let counts = CellCounts(provider: swapped ? low : high, consumer: swapped ? high : low)
            let october = try #require(CivilMonth("2026-10"))
            let outcomes = try input([Cell(key("2026-10"), counts)]).outcomes(in: october)
            let outcome = try #require(outcomes.first)
            #expect(outcome.billed?.value == low)
            #expect(outcome.difference?.value == high - low)
            #expect(outcome.lowerSide == (low == high ? nil : swapped ? .provider : .consumer))
            #expect((outcome.state == .matched) == (low == high))
            #expect((outcome.disputedAmount != nil) == (outcome.state == .differs))
        }
    }

    @Test("§8.2: a party takes part from its month of joining to its month of leaving")
    func knowsParties() throws {
        let application = BilledApplication(
            try ApplicationID("corv"), lead: try PartyID("Helmond"),
            participants: [Participation(
                try PartyID("Woerden"), joined: try #require(CivilDate("2026-03-31")),
                left: CivilDate("2026-05-01"))],
            providers: [try PartyID("Eindhoven")])
        let months = ["2026-02", "2026-03", "2026-04", "2026-05", "2026-06"]
        let standings = try months.map { application.standing(of: try key($0)) }
        #expect(standings.map(\.consumerIsParty) == [false, true, true, true, false])
        #expect(standings.allSatisfy { $0.providerIsParty && !$0.consumerIsCustomer })
    }

    @Test("§8.1: a cell that stands twice is refused with its name")
    func refusesDuplicates() throws {
        let cell = try tolerated("2026-10")
        let (input, october) = try (input([cell, cell]), #require(CivilMonth("2026-10")))
        #expect(throws: SettlementRefusal.duplicateCell(cell.key)) { try input.outcomes(in: october) }
    }
}
