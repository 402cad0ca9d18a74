// SPDX-License-Identifier: EUPL-1.2
@testable import Console
import Cooperative
import Foundation
import Journal
import Node
import Notation
import Testing
import Transport

@Suite("korf network and member: files that are handed over, Protocol/membership.md §1")
struct HandedFileTests {
    private static func network(_ founder: MadeNode) async throws -> String {
        let description = founder.directory + "/network.yaml"
        let genesis = founder.directory + "/proef.korf-genesis"
        try PlainFile.create(description, Array("""
            name: Proef
            date: 2026-11-02
            cooperative: {name: Coöperatie Proef U.A., books: "\(founder.card.oin)"}
            applications:
              - id: zaaksysteem
                name: Zaaksysteem
                lead: "\(founder.card.oin)"
                participants: [{member: "\(founder.card.oin)", since: 2026-01-01}]
            tariffs:
              - {application: zaaksysteem, from: 2026-01, price: "0.10", vat: S, rate: "21"}
            inhabitants: [{member: "\(founder.card.oin)", code: GM0632, year: 2026, count: 1, final: true}]
            """.utf8))
        let made = await korf([
            "network", "create", "--description", description, "--out", genesis, founder.directory + "/card.korf-card",
        ])
        try #require(made.code == .fine, "\(made.err)")
        return genesis
    }

    @Test("network join prints name and id of the network, and what to do next")
    func joins() async throws {
        let founder = try await MadeNode()
        let genesis = try await Self.network(founder)
        let id = try NetworkFounding.genesis(genesis).network.description
        let joined = await korf(["network", "join", genesis, "--directory", founder.directory])
        #expect(joined.code == .fine)
        #expect(joined.out == """
            Netwerk Proef staat in \(founder.directory)/network.korf-genesis.
            Netwerk-id \(id)
            Vergelijk het netwerk-id met dat van een ander lid.
            Start nu korfd.

            """)
    }

    @Test("network show prints the rules of a genesis, each with where it comes from")
    func shows() async throws {
        let founder = try await MadeNode()
        let genesis = try await Self.network(founder)
        let shown = await korf(["network", "show", genesis])
        #expect(shown.code == .fine && shown.out.contains("Regels van de stichting"))
        #expect(shown.out.contains("zaaksysteem  Woerden  Woerden"))
        #expect(shown.out.contains("zaaksysteem  standaard  2026-01  -    € 0,100  21%  genesis:8.0"))
        #expect(shown.out.contains("Inwoners van Woerden (GM0632) in 2026: 1 (definitief)"))
        #expect(shown.out.contains("Dagen om te betalen: 30"))
        #expect(shown.out.split(separator: "\n").allSatisfy { $0.count <= 100 })
    }

    @Test("a network of another one is refused where one is joined already, and nothing changes")
    func otherNetwork() async throws {
        let (founder, other) = (try await MadeNode(), try await MadeNode("00000099000000772000", name: "Eindhoven"))
        let genesis = try await Self.network(founder)
        #expect(await korf(["network", "join", genesis, "--directory", founder.directory]).code == .fine)
        let before = founder.files
        let told = await korf(["network", "join", try await Self.network(other), "--directory", founder.directory])
        #expect(told.code == .finding && told.out.isEmpty && told.err.contains("is on no founder's card"))
        #expect(founder.files == before)
    }

    @Test("a card, a certificate request or a description in the place of a network is told what it is")
    func insteadOfNetwork() async throws {
        let founder = try await MadeNode()
        let genesis = try await Self.network(founder)
        let before = founder.files
        for command in ["join", "show"] {
            func told(_ file: String) async -> String {
                let answer = await korf([
                    "network", command, "\(founder.directory)/\(file)", "--directory", founder.directory,
                ])
                #expect(answer.code == .finding && answer.out.isEmpty)
                return answer.err
            }
            let card = await told("card.korf-card")
            #expect(card.contains("is the card of Woerden (00000099000000632000)"))
            #expect(card.contains("korf member propose") && card.contains("korf network show --join"))
            #expect(await told("tls/request.pem").contains("is a certificate, a request or a key"))
            #expect(await told("network.yaml").contains("`korf network create` makes the genesis"))
        }
        #expect(founder.files == before)
        for file in [genesis, founder.directory + "/tls/request.pem"] {
            let proposed = await korf(["member", "propose", file])
            #expect(proposed.code == .finding && proposed.err.contains("card.korf-card"))
        }
    }

    @Test("a refused card is told in the words of the call: the file that was given")
    func refusedCard() async throws {
        let made = try await MadeNode()
        let card = made.directory + "/card.korf-card"
        let problem = """
            {"status": 409, "title": "Conflict", "detail": "Dit voorstel kan zo niet; er is niets ingediend.",
             "violations": [{"path": "inhoud.kaart", "message": "Woerden is al lid"},
                            {"path": "termijnDatum", "message": "ligt in het verleden"}]}
            """
        let node = FixtureNode(["/v1/besluiten": (409, problem)])
        let told = await korf(["member", "propose", card, "--deadline", "2020-01-01"], node)
        #expect(told.err == """
            Dit voorstel kan zo niet; er is niets ingediend.
              \(card): Woerden is al lid
              --deadline: ligt in het verleden

            """)
        let options = await korf(
            ["decision", "propose", "--kind", "admission", "--card", card, "--title", "T"], node)
        #expect(options.err.contains("  --card: \(card): Woerden is al lid\n"))
    }
}
