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

    /// A payload of each kind, and the first line that says what it does.
    private static let payloads: [(kind: String, payload: String, dutch: String, english: String)] = [
        ("toelating", #"{"lid": \#(Fixtures.woerden), "eindpunten": []}"#,
         "Woerden (00000099000000632000) wordt lid", "Woerden (00000099000000632000) becomes a member"),
        ("uittreding", #"{"lid": \#(Fixtures.woerden), "laatsteDatum": "2027-12-31"}"#,
         "Woerden treedt uit, laatste dag 31 december 2027", "Woerden leaves, last day 31 December 2027"),
        ("ontzetting", #"{"lid": \#(Fixtures.woerden)}"#,
         "Woerden wordt uit het lidmaatschap ontzet", "Woerden is expelled"),
        ("contributie", #"{"vanafJaar": 2027, "perInwonerMicroEuro": 360000}"#,
         "Contributie vanaf 2027: € 0,360 per inwoner", "Contribution from 2027: € 0,360 per inhabitant"),
        ("kostenverdeling", #"{"applicatie": "corv", "totaalCent": 12000000, "sleuteljaar": 2026}"#,
         "€ 120.000,00 voor corv, verdeeld naar inwoners op 1 januari 2026",
         "€ 120.000,00 for corv, shared by inhabitants of 1 January 2026"),
        ("inwoners", #"{"aantallen": [{"lid": \#(Fixtures.woerden), "code": "GM0632", "jaar": 2027, "aantal": 9}]}"#,
         "Inwoners van Woerden (GM0632) in 2027: 9 (voorlopig)",
         "Inhabitants of Woerden (GM0632) in 2027: 9 (provisional)"),
        ("applicatie", #"{"id": "nieuw", "naam": "Nieuw", "lead": \#(Fixtures.woerden)}"#,
         "Nieuwe applicatie Nieuw (nieuw), trekker Woerden", "New application Nieuw (nieuw), lead Woerden"),
        ("deelname", #"{"applicatie": "corv", "lid": \#(Fixtures.woerden), "sindsDatum": "2027-01-01"}"#,
         "Woerden neemt deel aan corv vanaf 1 januari 2027", "Woerden takes part in corv from 1 January 2027"),
        ("einde deelname", #"{"applicatie": "corv", "lid": \#(Fixtures.woerden), "totDatum": "2027-01-01"}"#,
         "Woerden neemt deel aan corv tot 1 januari 2027", "Woerden takes part in corv until 1 January 2027"),
        ("stemvlag", #"{"lid": \#(Fixtures.woerden), "stemt": false}"#,
         "De knoop van Woerden stemt niet meer mee over tijdperken", "The node of Woerden no longer votes on epochs"),
        ("sleutelvervanging", #"{"lid": \#(Fixtures.woerden), "logId": "901ca8f5ca84be05", "eindOmvang": 1}"#,
         "Woerden krijgt een nieuwe sleutel; van log 901ca8f5ca84 staat 1 regel vast",
         "Woerden gets a new key; of log 901ca8f5ca84 1 entry stands"),
        ("netwerktermijnen", #"{"termijnen": {"kleinAantal": 12}}"#,
         "Meldingen die een cel groeit voordat zij wordt verstuurd: 12",
         "Events that a cell grows by before it is sent: 12"),
        ("vrije tekst", "null", "Geen gevolg dat de knoop uitvoert", "Nothing that the node carries out"),
    ]

    @Test("each kind says in plain words what it does", arguments: payloads.indices)
    func kinds(index: Int) throws {
        let (kind, payload, dutch, english) = Self.payloads[index]
        let decision = try JSON(parsing: Fixtures.decision(kind, payload, Fixtures.openRest))
        #expect(PayloadWords(decision: decision, texts: Texts(.nl)).lines.first == dutch)
        #expect(PayloadWords(decision: decision, texts: Texts(.en)).lines.first == english)
    }

    @Test("the epoch: unknown is unknown, too few is said, and up to three voters tolerate no liar")
    func epoch() throws {
        func lines(_ rest: String) throws -> [String] {
            let epoch = try JSON(parsing: #"{"nummer": 2, "datum": "2026-11-24", "quorum": 2, \#(rest)}"#)
            return EpochLines(epoch: epoch, texts: Texts(.nl)).lines
        }
        let begin = "Tijdperk 2 van 24 november 2026 · "
        #expect(try lines(#""stemmers": 2, "uitvalMogelijk": -1, "volgend": null"#) == [
            begin + "2 stemmers, 2 nodig · er kan nu niets besloten worden",
            "Met 2 stemmers wordt geen enkele leugenaar verdragen; dat kan pas vanaf vier.",
        ])
        #expect(try lines(#""stemmers": 4, "uitvalMogelijk": null, "volgend": {"nummer": 3, "besloten": true}"#) == [
            begin + "4 stemmers, 2 nodig · bereikbaarheid onbekend",
            "Tijdperk 3 is besloten en wacht op regels die het dekt",
        ])
        #expect(try lines(#""stemmers": 4, "uitvalMogelijk": 1, "volgend": {"nummer": 3, "verschuldigd": false}"#) == [
            begin + "4 stemmers, 2 nodig · nog 2 uitvallers tot er niets meer besloten kan worden",
        ])
        func stalled(_ silent: String) throws -> String? {
            let round = #""ronde": 7, "stap": "eindstem", "stilstand": {"seconden": 720, "nietGestemd": [\#(silent)]}"#
            return try lines(
                #""stemmers": 4, "volgend": {"nummer": 3, "verschuldigd": true, "besloten": false, \#(round)}"#).last
        }
        let told = "Ronde 7 loopt al 12 min zonder voortgang"
        #expect(try stalled(Fixtures.woerden) == told + "; stem ontbreekt van: Woerden")
        #expect(try stalled("") == told + ", al stemde iedereen erin")
    }

    @Test("why a node does not vote is a sentence in both languages", arguments: [
        "geen-stemmer", "alleen-lezen", "eigen-hoofd", "stichters", "toestand-ongelijk", "betwist",
    ])
    func obstacles(code: String) throws {
        let facts = #"{"reden": "r", "leden": [\#(Fixtures.woerden)], "nummer": 3}"#
        let obstacle = try JSON(parsing: #"{"code": "\#(code)", "gegevens": \#(facts)}"#)
        let told = [Language.nl, .en].map { ObstacleWords.sentence(obstacle, Texts($0)) }
        #expect(told[0] != told[1] && told.allSatisfy { $0 != code && !$0.isEmpty })
    }
}
