// SPDX-License-Identifier: EUPL-1.2
@testable import Console
import Foundation
import Node
import Notation
import Testing
import Transport

@Suite("korf keys: successors of the own log, Protocol/membership.md §4")
struct KeysTests {
    private func replace(
        _ made: MadeNode, _ node: FixtureNode, _ words: [String] = [], typing lines: [String] = []
    ) async -> (code: ExitCode, out: String, err: String) {
        await korf(["keys", "replace", "--directory", made.directory] + words, node, typing: lines)
    }

    private func isUntouched(_ node: FixtureNode) -> Bool { node.calls.allSatisfy { $0.method == .get } }

    @Test("a node that writes its log has nothing to replace: it says so, names rotate, and writes nothing")
    func healthy() async throws {
        let made = try await MadeNode()
        let (node, before) = (made.daemon(made.logEnd("schrijft")), made.files)
        for lines in [[], ["ja"]] {
            let told = await replace(made, node, typing: lines)
            #expect(told.code == .finding && told.out.isEmpty)
            #expect(told.err.contains("er hoeft niets vervangen te worden"))
            #expect(told.err.contains("korf keys rotate") && told.err.contains("--yes"))
        }
        #expect(isUntouched(node) && made.files == before)
        #expect(await replace(made, node, ["--yes"]).code == .fine)
    }

    @Test("without a terminal it needs --yes; on one it says what it will do and asks")
    func confirmation() async throws {
        let made = try await MadeNode()
        let (node, before) = (made.daemon(made.logEnd("alleen lezen")), made.files)
        let unattended = await replace(made, node)
        #expect(unattended.code == .finding && unattended.err.contains("geef --yes"))
        let declined = await replace(made, node, typing: ["nee"])
        #expect(declined.code == .finding && declined.err.contains("eindigt voorgoed na 9 regels"))
        #expect(declined.err.contains("de volgende sleutel, \(made.directory)/keys/next.key"))
        #expect(declined.err.contains("Niet bevestigd; er is niets geschreven."))
        #expect(isUntouched(node) && made.files == before)
        let done = await replace(made, node, typing: ["ja"])
        #expect(done.code == .fine && done.out.hasPrefix("Opvolger 9b4f7dae720b49af geopend; de oude log eindigt na 9"))
        #expect(node.calls.contains { $0.target == "/v1/eigen-log/_opvolgen" })
        let (new, old) = (made.files["keys/log.key"], before["keys/log.key"])
        #expect(new != old && made.files.values.contains(old ?? []))
    }

    @Test("the recovery key is read from its file or typed; a wrong one is told before anything is made")
    func recovery() async throws {
        let (made, other) = (try await MadeNode(), try await MadeNode("00000099000000772000", name: "Eindhoven"))
        let node = made.daemon(made.logEnd("alleen lezen"))
        let before = made.files
        let wrong = await replace(made, node, ["--yes", "--recovery-file", other.recoveryFile])
        #expect(wrong.code == .finding)
        #expect(wrong.err.contains("Dit is niet de sleutel van Woerden") && wrong.err.contains("het papier"))
        let card = made.directory + "/card.korf-card"
        let shapeless = await replace(made, node, ["--yes", "--recovery-file", card])
        #expect(shapeless.code == .finding && shapeless.err.contains("64 cijfers"))
        #expect(isUntouched(node) && made.files == before)
        try FileManager.default.removeItem(atPath: made.directory + "/keys/next.key")
        let typed = String(decoding: try PlainFile.read(made.recoveryFile), as: UTF8.self)
            .split(separator: "\n").last.map(String.init) ?? ""
        let done = await replace(made, node, typing: [typed, "ja"])
        #expect(done.code == .fine && done.err.contains("Getekend met de herstelsleutel."))
    }

    @Test("where the old log ends must be known: nobody answers, and nothing is written")
    func noEnd() async throws {
        let made = try await MadeNode()
        let before = made.files
        let node = FixtureNode(["/v1/eigen-log": (200, #"{"modus": "alleen lezen"}"#)])
        let told = await korf(["keys", "rotate", "--directory", made.directory], node)
        #expect(told.code == .finding && told.err.contains("Waar de oude log eindigt, is nog niet bekend"))
        #expect(isUntouched(node) && made.files == before)
    }

    @Test("rotating needs a node that writes and more than two members, and the next key")
    func rotate() async throws {
        let made = try await MadeNode()
        let before = made.files
        func rotate(_ node: FixtureNode) async -> (code: ExitCode, out: String, err: String) {
            await korf(["keys", "rotate", "--directory", made.directory], node)
        }
        let reading = made.daemon(made.logEnd("alleen lezen"))
        #expect(await rotate(reading).err.contains("korf keys replace"))
        let two = made.daemon(made.logEnd("schrijft", others: 1))
        #expect(await rotate(two).err.contains("Met twee leden"))
        #expect(isUntouched(reading) && isUntouched(two) && made.files == before)
        let node = made.daemon(made.logEnd("schrijft"))
        #expect(await rotate(node).code == .fine)
        #expect(made.files["keys/next.key"] != before["keys/next.key"])
        let again = await rotate(node)
        #expect(again.code == .finding && again.err.contains("Dit is niet de sleutel van Woerden"))
    }
}
