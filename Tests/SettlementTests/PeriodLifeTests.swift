// SPDX-License-Identifier: EUPL-1.2
import Journal
import Settlement
import Testing

@Suite("Periods, Protocol/settlement-cells.md §1 to §5")
struct PeriodLifeTests {
    private let month = CivilMonth(year: 2026, month: 10)!

    private func cell(_ application: String, _ provider: String, _ consumer: String) throws -> (CellKey, CellTerms) {
        let key = CellKey(
            application: try ApplicationID(application), provider: try PartyID(provider),
            consumer: try PartyID(consumer), tariffClass: try ClassID("basis"), month: month)
        let tariff = try Tariff(
            decision: try DecisionID("B-1"), application: key.application, tariffClass: key.tariffClass,
            firstMonth: month, prices: .flat(MicroEuro(100_000)))
        return (key, CellTerms(
            standing: CellStanding(mode: .twoSided, providerIsParty: true, consumerIsParty: true), tariff: tariff))
    }

    private func day(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }

    @Test("§4: acts in both directions; a signature falls with any later act; what is signed stays")
    func signs() throws {
        let cells = [try cell("corv", "a", "b"), try cell("zaak", "b", "a")]
        let (one, other) = (try PartyID("a"), try PartyID("b"))
        var period = try PeriodLife(month, between: other, and: one, cells: cells)
        let (stated, later) = (try day("2026-11-03"), try day("2026-11-04"))
        for (key, _) in cells {
            for party in [one, other] {
                try period.act(key, by: party, on: stated) { (life, side) throws(CellLifeRefusal) in
                    try life.state(side, 10, on: stated)
                }
            }
        }
        #expect(period.stage == .stated)
        let cut = SignedCut(epoch: 7, digest: try #require(Hash(Array(repeating: 7, count: 32))))
        try period.sign(one, cut, on: later)
        try period.act(cells[0].0, by: other, on: later) { (life, side) throws(CellLifeRefusal) in
            try life.state(side, 11, on: later)
        }
        #expect(period.signatures.isEmpty)
        try period.sign(one, cut, on: later)
        try period.sign(other, cut, on: later)
        #expect(period.stage == .signed && period.cut == cut)
        #expect(period.cells.allSatisfy { $0.stage == .signed })
        #expect(throws: CellLifeRefusal.periodSettled) { try period.lapse(at: cut, on: try day("2027-01-04")) }
        try period.close(on: later)
        #expect(period.stage == .closed)
    }

    @Test("a cell of another month or pair, and one that stands twice, are no cells of the period")
    func refusesCells() throws {
        let (one, other) = (try PartyID("a"), try PartyID("b"))
        let right = try cell("corv", "a", "b")
        let wrong = try cell("corv", "a", "c")
        #expect(throws: CellLifeRefusal.unknownCell(wrong.0)) {
            try PeriodLife(month, between: one, and: other, cells: [right, wrong])
        }
        #expect(throws: CellLifeRefusal.calculation(.duplicateCell(right.0))) {
            try PeriodLife(month, between: one, and: other, cells: [right, right])
        }
    }

    @Test("§5: on the 15th what both stated is billed, the rest is flagged")
    func undisputed() throws {
        let value = try #require(try Repository.vectors("settlement-statement.json").first)["case"]
        let outcomes = try StatementCase.input(value).outcomes(in: month)
        let part = try UndisputedPart(of: outcomes, in: month)
        #expect(part.lastDay.description == "2026-11-15")
        #expect(part.billed.map(\.state) == [.singleSided, .matched, .withinTolerance, .differs])
        #expect(part.missing.isEmpty)
        let silent = Cell(outcomes[0].cell.key, CellCounts(provider: 5, consumer: nil))
        let terms = try cell("corv", "a", "b").1
        let outcome = try Comparison().outcome(of: silent, standing: terms.standing, tariff: terms.tariff)
        #expect(try UndisputedPart(of: [outcome], in: month).missing.count == 1 || outcome.state == .ownUse)
    }
}
