// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Foundation
import Journal
@testable import Node
import Notation
import Testing
import Transport

@Suite("Year bundles, Protocol/bundle.md §1 to §4", .serialized)
struct YearBundleTests {
    private static let json = "application/json"

    @Test("every node writes the same; what is altered, gone or new is named, whatever the manifest says")
    func bundles() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        var nodes: [TestNode] = []
        for founder in network.founders { nodes.append(try await TestNode(founder)) }
        let month = try #require(SystemClock().today().month.adding(months: -1))
        for node in nodes {
            let events = try (0..<40).map { number in
                try usage(
                    number, network.founders[0].oin, network.founders[1].oin, quantity: 3, month: "\(month)")
            }
            _ = try await node.node.metering.accept(events).get()
            _ = try await node.node.statements.state(month, reason: nil)
        }
        try await eventually("the same held and the same state") { await areEqual(nodes) }
        for node in nodes { try await eventually("it may vote") { await node.engine.votingObstacle == nil } }
        let decision = try await nodes[0].propose("Een")
        for node in nodes { try await node.vote(.for, on: decision) }
        try await eventually("both have closed the decision, at one epoch, and none is due") {
            var standings: [ConsensusStanding] = []
            for node in nodes {
                guard await node.standing(of: decision) == .carried else { return false }
                standings.append(await node.engine.consensusStanding())
            }
            return standings.allSatisfy { $0.epoch == standings[0].epoch && !$0.isDue && !$0.isDecided }
        }
        var made: [[String]] = []
        let folders = ["one", "other"].map { network.base + "/" + $0 }
        for (node, folder) in zip(nodes, folders) {
            let ask = Asked(api: LocalAPI(node.node))
            let body = "{\"map\": \"\(folder)\", \"jaar\": \(month.year)}"
            let answer = await ask(.post, "/v1/_jaarbundel", Self.json, body)
            #expect(answer.status == 201, "\(String(decoding: answer.body, as: UTF8.self))")
            #expect(await ask(.post, "/v1/_jaarbundel", Self.json, body).status == 409)
            let lines = try String(contentsOfFile: folder + "/manifest", encoding: .utf8).split(separator: "\n")
            made.append(lines.filter { !$0.contains(" logs/") }.map(String.init))
            let check = BundleCheck(folder)
            #expect(check.finding == nil && check.statementCount > 0)
        }
        #expect(Set(made[0]).symmetricDifference(made[1]).sorted() == [])
        #expect(made[0] == made[1] && made[0].contains { $0.hasSuffix(".csv") })
        let text = try String(
            contentsOfFile: folders[0] + "/statements/\(month)/\(network.founders[1].oin).canonical", encoding: .utf8)
        #expect(text.contains("matched 120 120 120"))
        try await refusals(folders[0], month, network)
        for node in nodes { try await node.stop() }
    }

    private func refusals(_ folder: String, _ month: CivilMonth, _ network: TestNetwork) async throws {
        let statement = "statements/\(month)/\(network.founders[1].oin).canonical"
        let original = try PlainFile.read("\(folder)/\(statement)")
        let manifest = try PlainFile.read(folder + "/manifest")
        let forged = Array(String(decoding: original, as: UTF8.self).replacing("120", with: "119").utf8)
        try PlainFile.replace("\(folder)/\(statement)", forged)
        #expect(BundleCheck(folder).finding?.path == statement)
        try rewrite(folder, statement, forged)
        #expect(BundleCheck(folder).finding?.description
            == "\(statement): says something else than follows from the logs")
        try PlainFile.replace("\(folder)/\(statement)", original)
        try PlainFile.replace(folder + "/manifest", manifest)
        #expect(BundleCheck(folder).finding == nil)

        try PlainFile.create(folder + "/statements/extra.txt", [1])
        #expect(BundleCheck(folder).finding?.path == "statements/extra.txt")
        try FileManager.default.removeItem(atPath: folder + "/statements/extra.txt")

        let logs = try PlainFile.all(below: folder + "/logs")
        let entries = try #require(logs.first { $0.contains("/entries/") })
        var bytes = try PlainFile.read("\(folder)/logs/\(entries)")
        bytes[bytes.count - 1] ^= 1
        try PlainFile.replace("\(folder)/logs/\(entries)", bytes)
        try rewrite(folder, "logs/" + entries, bytes)
        #expect(BundleCheck(folder).finding?.sentence == "signs another log than these entries")
        try FileManager.default.removeItem(atPath: "\(folder)/logs/\(entries)")
        #expect(BundleCheck(folder).finding == .init(path: "logs/" + entries, sentence: "is missing"))
        try PlainFile.replace(folder + "/manifest", [1])
        #expect(!BundleCheck.isBundle(folder) && BundleCheck(folder).finding?.path == "manifest")
    }

    /// As a forger would: the manifest says what the file holds.
    private func rewrite(_ folder: String, _ path: String, _ bytes: [UInt8]) throws {
        let text = try String(contentsOfFile: folder + "/manifest", encoding: .utf8)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
            line.hasSuffix(" " + path) ? "file \(OpenSSLSuite().hash(bytes)) \(bytes.count) \(path)" : String(line)
        }
        try PlainFile.replace(folder + "/manifest", Array(lines.joined(separator: "\n").utf8))
    }

    @Test("a year without a month that is over, a folder that is not empty, a path that is none: refused, by name")
    func refuses() async throws {
        let network = try TestNetwork(["west"])
        defer { network.remove() }
        let node = try await TestNode(network.founders[0])
        let ask = Asked(api: LocalAPI(node.node))
        let year = SystemClock().today().year
        for (body, status) in [
            ("{\"map\": \"\(network.base)/b\", \"jaar\": \(year + 1)}", 409),
            ("{\"map\": \"\(network.base)\", \"jaar\": \(year - 1)}", 409),
            ("{\"map\": \"b\", \"jaar\": \(year)}", 400), ("{\"map\": \"/b\", \"jaar\": \"dit\"}", 400),
            ("{\"map\": \"/b\"}", 400),
        ] {
            #expect(await ask(.post, "/v1/_jaarbundel", Self.json, body).status == status, "\(body)")
        }
        #expect(!PlainFile.exists(network.base + "/b"))
        try await node.stop()
    }
}
