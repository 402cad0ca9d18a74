// SPDX-License-Identifier: EUPL-1.2
import Journal
import Settlement
import Testing

@Suite("Tariffs and rating, Protocol/settlement.md §7")
struct TariffTests {
    private func tariff(_ id: String, from first: String, through last: String? = nil) throws -> Tariff {
        try Tariff(
            decision: try DecisionID(id), application: try ApplicationID("corv"), tariffClass: try ClassID("basis"),
            firstMonth: try #require(CivilMonth(first)), lastMonth: last.flatMap { CivilMonth($0) },
            prices: .flat(MicroEuro(35_000)))
    }

    @Test("§7.2: an overlap is refused with a sentence that names both tariffs, in either order")
    func namesBoth() throws {
        let first = try tariff("B-014", from: "2026-01", through: "2026-07")
        let second = try tariff("B-021", from: "2026-07")
        for order in [[first, second], [second, first]] {
            let refusal = #expect(throws: SettlementRefusal.self) { try TariffTable(order) }
            #expect(refusal?.name == "tariffs-overlap")
            let sentence = refusal?.description ?? ""
            #expect(sentence.contains("B-014") && sentence.contains("B-021") && sentence.contains("2026-07"))
        }
    }

    @Test("§7.1: a tariff holds from its first month to the month before the next")
    func looksUp() throws {
        let table = try TariffTable([
            tariff("B-3", from: "2026-07"), tariff("B-1", from: "2026-01"),
            tariff("B-2", from: "2026-03", through: "2026-05"),
        ])
        let expected = [nil, "B-1", "B-1", "B-2", "B-2", "B-2", nil, "B-3", "B-3"]
        for (offset, decision) in expected.enumerated() {
            let month = try #require(CivilMonth(year: 2025, month: 12)?.adding(months: offset))
            let (application, tariffClass) = try (ApplicationID("corv"), ClassID("basis"))
            for day in [month.firstDay, month.lastDay] {
                #expect(table.tariff(of: application, class: tariffClass, on: day)?.decision.text == decision)
            }
            #expect(try table.tariff(of: application, class: ClassID("extra"), in: month) == nil)
        }
    }

    @Test("§7.4: tiers hold all units, each line is rounded once", arguments: [1, 2, 3, 4, 5] as [UInt64])
    func ratesEveryUnit(seed: UInt64) throws {
        var generator = SeededGenerator(seed: seed)
        for _ in 0..<400 {
            let ends = Set((0..<3).map { _ in Int64.random(in: 1...1_000, using: &generator) }).sorted()
            let tiers = try (ends.map { try Quantity($0) } + [nil]).map {
                Tier(upTo: $0, price: MicroEuro(Int64.random(in: 0...1_000_000, using: &generator)))
            }
            let quantity = Int64.random(in: 0...2_000, using: &generator)
            let lines = try Rating.lines(of: try Quantity(quantity), at: .graduated(tiers))
            #expect(lines.reduce(0) { $0 + $1.quantity.value } == quantity)
            #expect(lines.map(\.tier) == Array(1...lines.count))
            // Unit by unit: a tier holds the units above the last end up to and including its own.
            var exact = Array(repeating: Int64(0), count: tiers.count)
            for unit in stride(from: Int64(1), through: quantity, by: 1) {
                let tier = tiers.firstIndex { $0.upTo.map { unit <= $0.value } ?? true } ?? 0
                exact[tier] += tiers[tier].price.value
            }
            for line in lines { #expect(line.amount.value == (exact[line.tier - 1] + 5_000) / 10_000) }
        }
    }

    @Test("§7.3: one tier above the limit is refused")
    func limitsTiers() throws {
        let tiers = try (1...Int64(Limits.tierCount)).map { Tier(upTo: try Quantity($0), price: .zero) }
        let month = try #require(CivilMonth("2026-01"))
        let refusal = #expect(throws: SettlementRefusal.self) {
            try Tariff(
                decision: try DecisionID("B-1"), application: try ApplicationID("a"), tariffClass: try ClassID("b"),
                firstMonth: month,
                prices: .graduated(tiers + [Tier(upTo: nil, price: .zero)]))
        }
        #expect(refusal?.name == "tiers-malformed")
    }
}

@Suite("Contribution, Protocol/settlement.md §6")
struct ContributionTests {
    @Test("§6.1: Woerden pays 18,011.00, MijnGemeenteDichtbij rounds once over both municipalities")
    func roundsOnce() throws {
        let rate = MicroEuro(350_000)
        #expect(try Contribution(rate: rate, inhabitants: [Quantity(51_460)]).amount() == Cents(1_801_100))
        let both = try Contribution(rate: MicroEuro(4_000), inhabitants: [Quantity(1), Quantity(1)])
        #expect(try both.amount() == Cents(1))
        #expect(try both.exitCap() == Cents(1))
    }

    @Test("§6.2: instalments sum to the year's amount, whatever their number", arguments: 1...12)
    func instalmentsSum(count: Int) throws {
        var generator = SeededGenerator(seed: UInt64(count))
        for _ in 0..<100 {
            let contribution = try Contribution(
                rate: MicroEuro(Int64.random(in: 0...1_000_000, using: &generator)),
                inhabitants: [Quantity(Int64.random(in: 0...900_000, using: &generator))], monthCount: count)
            let instalments = try (1...count).map { try contribution.instalment($0, of: count) }
            #expect(try Cents.sum(instalments) == contribution.amount())
        }
    }

    @Test("§6.3: the months of joining and leaving count whole")
    func countsWholeMonths() throws {
        func months(_ joined: String, _ left: String?) throws -> [String] {
            let range = Contribution.months(
                ofYear: 2026, joined: try #require(CivilDate(joined)), left: left.flatMap { CivilDate($0) })
            return range.map { [$0.lowerBound.description, $0.upperBound.description] } ?? []
        }
        #expect(try months("2017-01-12", nil) == ["2026-01", "2026-12"])
        #expect(try months("2026-10-31", nil) == ["2026-10", "2026-12"])
        #expect(try months("2017-01-12", "2026-03-01") == ["2026-01", "2026-03"])
        #expect(try months("2027-01-01", nil).isEmpty)
        #expect(try months("2017-01-12", "2025-12-31").isEmpty)
    }
}
