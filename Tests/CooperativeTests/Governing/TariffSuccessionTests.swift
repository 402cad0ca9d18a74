// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Journal
import Testing

@Suite("Tariffs: which one ends when, Protocol/voting.md §5")
struct TariffSuccessionTests {
    private static func tariff(_ first: String, _ last: String? = nil) throws -> Genesis.Tariff {
        Genesis.Tariff(
            application: try #require(Slug("zaaksysteem")), tariffClass: try #require(TariffClass("standaard")),
            firstMonth: try #require(CivilMonth(first)), lastMonth: last.flatMap { CivilMonth($0) },
            tiers: [.init(upTo: nil, priceMicroEuro: 1)], vatCategory: "S", vatRateBasisPoints: 2_100, funder: nil)
    }

    private static func rules(_ tariffs: [Genesis.Tariff]) throws -> RulesInForce {
        var rules = RulesInForce(try World(founders: 1).genesis)
        rules.tariffs = tariffs
        return rules
    }

    @Test("an open tariff bills until the month before; one with a last month ends by itself")
    func ends() throws {
        let (open, bounded) = (try Self.tariff("2026-01"), try Self.tariff("2026-01", "2026-06"))
        let next = try Self.tariff("2027-01")
        #expect(try Self.rules([open]).succession(of: next).ended == open)
        #expect(try Self.rules([bounded]).succession(of: next).ended == nil)
        #expect(try Self.rules([]).succession(of: next).ended == nil)
    }

    @Test("a tariff bills until its last month, or until the next one begins, decided before it or after")
    func bills() throws {
        let (first, second) = (try Self.tariff("2026-01"), try Self.tariff("2027-01"))
        let rules = try Self.rules([first, second])
        #expect(rules.succession(of: first).lastMonth == CivilMonth("2026-12"))
        #expect(rules.succession(of: first).nextMonth == second.firstMonth)
        #expect(rules.succession(of: second).lastMonth == nil)
        let between = try Self.tariff("2026-06", "2026-08")
        #expect(rules.succession(of: between).lastMonth == between.lastMonth)
        #expect(rules.succession(of: between).ended == first)
    }
}
