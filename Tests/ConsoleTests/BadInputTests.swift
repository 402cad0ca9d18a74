// SPDX-License-Identifier: EUPL-1.2
@testable import Console
import Cryptography
import Foundation
import Journal
import Node
import Notation
import Storage
import Testing

@Suite("korf: what is wrong is told in a sentence, Protocol/local-api.md §3 and §9")
struct BadInputTests {
    private static func progress(_ step: String, _ rest: String = "") -> String {
        """
        {"lid": \(Fixtures.woerden), "netwerk": "Beware", "stap": "\(step)", "besluit": "2563bbff-12",
         "nietGestemd": [\(Fixtures.eindhoven)], "tijdperk": 4, "antwoorden": [\(rest)]}
        """
    }

    /// Each step of joining: what it waits for.
    private static let steps: [(answer: String, dutch: String, english: String)] = [
        (progress("uitnodiging", #"{"oin": "1", "naam": "Eindhoven", "reden": "Not invited."}"#),
         "Wacht op een uitnodiging: een lid legt Woerden met korf member propose aan de leden voor.\n"
            + "  Eindhoven: Not invited.\n",
         "Waits for an invitation: a member proposes Woerden to the members with korf member propose.\n"
            + "  Eindhoven: Not invited.\n"),
        (progress("andere kaart"),
         "De leden nodigden een andere kaart uit dan die van deze knoop; laat de juiste voorleggen.\n",
         "The members invited another card than this node's; have the right one proposed.\n"),
        (progress("besluit"), "Besluit 2563bbff-12 over de toelating is open; nog niet gestemd: Eindhoven.\n",
         "Decision 2563bbff-12 on the admission is open; not voted yet: Eindhoven.\n"),
        (progress("bijlezen"),
         "De toelating is aangenomen (voorlopig); deze knoop leest bij en meldt zich dan gereed.\n",
         "The admission is carried (provisionally); this node catches up and then says that it is ready.\n"),
        (progress("tijdperk"), "Gereed gemeld; wacht op het tijdperk dat de toelating vastlegt (nu 4).\n",
         "Ready; waits for the epoch that settles the admission (now 4).\n"),
        (progress("lid"), "Woerden is lid van Beware.\n", "Woerden is a member of Beware.\n"),
    ]

    @Test("network join says what the admission waits for, and ends well only for a member", arguments: steps.indices)
    func joining(index: Int) async throws {
        let made = try await MadeNode()
        let (answer, dutch, english) = Self.steps[index]
        let node = FixtureNode(["/v1/toetreding": (200, answer)])
        for (language, expected) in [("nl", dutch), ("en", english)] {
            let told = await korf(["network", "join", "--directory", made.directory], node, language: language)
            #expect(told.out == expected && told.err.isEmpty)
            #expect(told.code == (index == Self.steps.count - 1 ? .fine : .finding))
        }
    }

    @Test("a vote that the node refuses is told in its sentence", arguments: [
        (404, "Er is geen besluit 2563bbff-99; korf decision list --all noemt ze allemaal."),
        (409, "Besluit 2563bbff-99 is gesloten door tijdperk 4; er kan niet meer worden gestemd."),
        (409, "Over 2563bbff-99 is al voor gestemd; met --replace wordt die stem vervangen."),
    ])
    func votes(status: Int, sentence: String) async {
        let problem = #"{"status": \#(status), "title": "Conflict", "detail": "\#(sentence)"}"#
        let node = FixtureNode(["/v1/besluiten/2563bbff-99/stemmen": (status, problem)])
        let told = await korf(["decision", "vote", "2563bbff-99", "voor"], node)
        #expect(told == (.finding, "", sentence + "\n"))
        #expect(await korf(["decision", "vote", "2563bbff-99", "misschien"], node).code == .usage)
    }

    @Test("a payload that lacks a field is told before anything is sent, by option or by field and line")
    func payload() async throws {
        let node = FixtureNode([:])
        let options = await korf(
            ["decision", "propose", "--kind", "tariff", "--title", "T", "--application", "corv", "--from", "2027-01"],
            node)
        #expect(options.code == .usage && options.err.contains("--vat: is missing"))
        let path = FileManager.default.temporaryDirectory.appending(path: "besluit-\(UUID().uuidString).yaml").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try PlainFile.create(path, Array("kind: exit\ntitle: T\npayload: {date: 2027-12-31}\n".utf8))
        let file = await korf(["decision", "propose", "--file", path], node)
        #expect(file.code == .finding && file.err.contains("\(path): line 3: payload.member: is missing"))
        #expect(node.calls.isEmpty)
    }

    @Test("a restore says what to do next; a folder that is no backup, or data that is there, is refused")
    func restores() async throws {
        let made = try await MadeNode()
        let (backup, data) = (made.directory + "/backup", made.directory + "/data")
        let absent = await korf(["restore", backup, "--directory", made.directory])
        #expect(absent.code == .finding && absent.err.contains("this is no finished backup"))
        do {
            let store = try NodeStore(
                path: made.directory + "/old", headFile: made.directory + "/old-head", suite: OpenSSLSuite())
            try store.backup(to: backup)
        }
        let done = await korf(["restore", backup, "--directory", made.directory, "--data", data])
        #expect(done.code == .fine && done.out.hasPrefix("Teruggezet in \(data)\nDe knoop leest alleen"))
        #expect(done.out.contains("korf keys replace") && done.out.contains("korf usage release"))
        let again = await korf(["restore", backup, "--directory", made.directory, "--data", data])
        #expect(again.code == .finding && again.out.isEmpty && again.err.contains(data))
    }
}
