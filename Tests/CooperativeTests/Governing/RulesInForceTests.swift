// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
import Testing

@Suite("Decisions: rules in force, Protocol/voting.md §5")
struct RulesInForceTests {
    @Test("a price holds from its first month until its end or the next")
    func tariffs() throws {
        var draft = try World.draft(founders: 2)
        for (first, last) in [("2026-01", nil), ("2026-04", "2026-06")] as [(String, String?)] {
            var tariff = GenesisDraft.Tariff()
            (tariff.application, tariff.tariffClass, tariff.firstMonth, tariff.lastMonth) = (
                "zaak", "standaard", first, last)
            (tariff.tiers, tariff.vatCategory, tariff.vatRate) = ([(nil, 1)], "S", 2_100)
            draft.tariffs.append(tariff)
        }
        let rules = RulesInForce(try draft.checked(suite))
        let (slug, tariffClass) = (try #require(Slug("zaak")), try #require(TariffClass("standaard")))
        func first(_ month: String) -> String? {
            CivilMonth(month).flatMap { rules.tariff(of: slug, tariffClass, in: $0)?.firstMonth.description }
        }
        #expect([first("2025-12"), first("2026-03"), first("2026-04"), first("2026-06"), first("2026-07")]
            == [nil, "2026-01", "2026-04", "2026-04", nil])
    }

    @Test("who left takes part no more, and did on its last day")
    func participants() throws {
        var rules = RulesInForce(try World(founders: 3).genesis)
        let slug = try #require(Slug("zaak"))
        let last = try #require(CivilDate("2026-05-31"))
        #expect(rules.participants(of: slug) == [World.oin(1), World.oin(2)])
        try rules.apply(
            .communityLeaving(application: slug, member: World.oin(2), until: last),
            EffectGround(month: last.month, decision: World.decision(0), isMember: { _ in true }))
        #expect(rules.participants(of: slug) == [World.oin(1)] && !rules.takesPart(World.oin(2), in: slug))
        #expect(rules.participants(of: slug, on: last) == [World.oin(1), World.oin(2)])
        #expect(rules.participants(of: slug, on: try #require(last.adding(days: 1))) == [World.oin(1)])
        #expect(RulesInForce(rules.encode()) == rules)
    }

    @Test("bytes that are not those of rules are refused")
    func parsing() throws {
        let bytes = RulesInForce(try World(founders: 2).genesis).encode()
        #expect(RulesInForce(bytes)?.encode() == bytes)
        #expect(RulesInForce(Array(bytes.dropLast())) == nil)
        #expect(RulesInForce(bytes + [0]) == nil)
        #expect(RulesInForce([0xA0]) == nil)
        #expect(RulesInForce(try World(founders: 2).genesis.bytes) == nil)
    }
}
