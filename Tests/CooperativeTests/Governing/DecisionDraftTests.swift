// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Testing

@Suite("Decisions: what a person drafts, Protocol/voting.md §2")
struct DecisionDraftTests {
    private static let today = CivilDate(dayNumber: 20_500)

    private static func draft(_ payload: DecisionPayloadDraft = .freeText) -> DecisionDraft {
        var draft = DecisionDraft(payload)
        draft.organ = "alv"
        draft.title = "Wij besluiten"
        draft.deadline = "2026-03-01"
        return draft
    }

    private static func tariff() -> GenesisDraft.Tariff {
        var tariff = GenesisDraft.Tariff()
        tariff.application = "zaak"
        tariff.tariffClass = "standaard"
        tariff.firstMonth = "2026-12"
        tariff.tiers = [(nil, 1_250_000)]
        tariff.vatCategory = "S"
        tariff.vatRate = 2_100
        return tariff
    }

    private static func fields(_ draft: DecisionDraft) -> [String] {
        do throws(DecisionFindings) {
            _ = try draft.checked()
            return []
        } catch { return error.all.map(\.field) }
    }

    @Test("a draft becomes a proposal that reads back")
    func becomesProposal() throws {
        var draft = Self.draft(.tariff(Self.tariff()))
        (draft.costCents, draft.cover) = (100, "begroting")
        let proposal = try draft.checked()
        #expect(try DecisionProposal.parse(proposal.encode()) == proposal)
        #expect(proposal.payload.kind == .tariff && proposal.payload.application?.description == "zaak")
    }

    @Test("lists are sorted for the person")
    func sorts() throws {
        var rows = [GenesisDraft.Inhabitants(), GenesisDraft.Inhabitants()]
        for (index, number) in [2, 1].enumerated() {
            rows[index].member = World.oin(number).digits
            rows[index].year = 2026
        }
        let proposal = try Self.draft(.inhabitants(rows)).checked()
        guard case .inhabitants(let counts) = proposal.payload else { throw DecisionFindings(all: []) }
        #expect(counts.rows.map(\.member) == [World.oin(1), World.oin(2)])
        #expect(try DecisionProposal.parse(proposal.encode()) == proposal)
    }

    @Test("all that is wrong is told at once, by field")
    func findings() {
        var tariff = Self.tariff()
        tariff.firstMonth = "december"
        tariff.vatRate = 20_000
        var draft = Self.draft(.tariff(tariff))
        (draft.organ, draft.title, draft.deadline, draft.costCents) = ("ALV", "", "1 maart", 0)
        #expect(Self.fields(draft) == [
            "organ", "tariff.from", "tariff.rate", "title", "deadline", "cost", "cover",
        ])
    }

    @Test("a cover without a cost, members and terms are told by field")
    func otherFields() {
        var draft = Self.draft(.exit(member: "123", lastDate: "ooit"))
        draft.cover = "begroting"
        #expect(Self.fields(draft) == ["exit.member", "exit.lastDate", "cover"])
        #expect(Self.fields(Self.draft(.networkTerms(nil, nil))) == ["network"])
        #expect(Self.fields(Self.draft(.inhabitants([]))) == ["inhabitants"])
        #expect(Self.fields(Self.draft(.communityJoining(application: "Z", member: "", since: ""))) == [
            "joining.application", "joining.member", "joining.since",
        ])
    }

    @Test("what would be void is told with what would be right")
    func advice() throws {
        let world = try World(founders: 3)
        let rules = RulesInForce(world.genesis)
        let members = world.genesis.founders.map(\.oin)
        let today = try #require(Self.today)
        func field(_ draft: DecisionDraft, by author: Int = 1) -> String? {
            do throws(DecisionFindings) {
                _ = try draft.checked(author: World.oin(author), isMember: members.contains, under: rules, date: today)
                return nil
            } catch { return error.all.first.map { "\($0.field): \($0.sentence)" } }
        }
        #expect(field(Self.draft()) == nil)
        #expect(field(Self.draft(), by: 9) == "author: Only a member proposes.")
        var draft = Self.draft()
        draft.organ = "raad"
        #expect(field(draft) == "organ: There is no organ raad; known are: alv.")
        draft = Self.draft()
        draft.application = "zaak"
        #expect(field(draft) == "application: alv is an organ of all members; leave the application out.")
        draft = Self.draft()
        draft.deadline = "2026-01-01"
        #expect(field(draft)?.hasPrefix("deadline: The last day to vote is 2026-02-16") == true)
    }
}

@Suite("Decisions: rules in force, Protocol/voting.md §5")
struct RulesInForceTests {
    @Test("a price holds from its first month until its end or the next")
    func tariffs() throws {
        var draft = try World.draft(founders: 2)
        for (first, last) in [("2026-01", nil), ("2026-04", "2026-06")] as [(String, String?)] {
            var tariff = GenesisDraft.Tariff()
            (tariff.application, tariff.tariffClass, tariff.firstMonth, tariff.lastMonth) = (
                "zaak", "standaard", first, last)
            (tariff.tiers, tariff.vatCategory) = ([(nil, 1)], "S")
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
            .communityLeaving(application: slug, member: World.oin(2), until: last), isMember: { _ in true })
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
