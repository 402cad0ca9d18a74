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
        draft.organ = "raad"
        let proposal = try draft.checked()
        let faults = proposal.faults(
            author: World.oin(9), isMember: members.contains, under: rules, date: today)
        #expect(faults == [.decisionNotMember, .decisionOrgan, .decisionDeadline], "all of them, in order")
    }
}
