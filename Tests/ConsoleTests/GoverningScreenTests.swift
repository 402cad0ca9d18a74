// SPDX-License-Identifier: EUPL-1.2
@testable import Console
import Notation
import Testing

@Suite("Screens: governing, Protocol/local-api.md §9")
struct GoverningScreenTests {
    private static let node = FixtureNode([
        "/v1/besluiten": (200, Fixtures.decisions), "/v1/besluiten?alle=true": (200, Fixtures.decisions),
        "/v1/besluiten/2563bbff-12": (200, Fixtures.openDecision),
        "/v1/besluiten/closed": (200, Fixtures.closedDecision),
        "/v1/taken": (200, Fixtures.tasks), "/v1/leden": (200, Fixtures.members),
        "/v1/leden/00000099000000757000": (200, Fixtures.member),
    ])

    private func shown(_ words: String, _ language: String = "nl") async -> String {
        await korf(words.split(separator: " ").map(String.init), Self.node, language: language).out
    }

    @Test("a list says where each decision stands, and whether we voted")
    func list() async {
        #expect(await shown("decision list") == GoverningGoldens.listDutch)
        #expect(await shown("decision list", "en") == GoverningGoldens.listEnglish)
    }

    @Test("an open decision: rule, payload, who voted, tally against the rule, what it waits for")
    func open() async {
        #expect(await shown("decision show 2563bbff-12") == GoverningGoldens.openDutch)
        #expect(await shown("decision show 2563bbff-12", "en") == GoverningGoldens.openEnglish)
    }

    @Test("a closed decision: the epoch, and why it has no effect")
    func closed() async {
        #expect(await shown("decision show closed") == GoverningGoldens.closedDutch)
        #expect(await shown("decision show closed", "en") == GoverningGoldens.closedEnglish)
    }

    @Test("closing by hand there is not: it says what it waits for")
    func close() async {
        #expect(await shown("decision close 2563bbff-12") == GoverningGoldens.closeDutch)
        #expect(await shown("decision close 2563bbff-12", "en") == GoverningGoldens.closeEnglish)
    }

    @Test("the worklist: what is due first, each with its command")
    func todo() async {
        #expect(await shown("todo") == GoverningGoldens.todoDutch)
        #expect(await shown("todo", "en") == GoverningGoldens.todoEnglish)
    }

    @Test("members with standing, and a mark where the node does not vote")
    func members() async {
        #expect(await shown("member list") == GoverningGoldens.membersDutch)
        #expect(await shown("member list", "en") == GoverningGoldens.membersEnglish)
    }

    @Test("a member with the logs that it had")
    func member() async {
        #expect(await shown("member show 00000099000000757000") == GoverningGoldens.memberDutch)
        #expect(await shown("member show 00000099000000757000", "en") == GoverningGoldens.memberEnglish)
    }

    @Test("no line passes the columns", arguments: [
        "decision list",
        "decision show 2563bbff-12",
        "decision show closed",
        "decision close 2563bbff-12",
        "todo",
        "member list",
        "member show 00000099000000757000",
    ])
    func columns(words: String) async {
        for language in ["nl", "en"] {
            let text = await shown(words, language)
            #expect(!text.isEmpty && text.split(separator: "\n").allSatisfy { $0.count <= 100 })
        }
    }
}
