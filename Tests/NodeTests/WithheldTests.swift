// SPDX-License-Identifier: EUPL-1.2

import Cryptography
import Foundation
import Journal
@testable import Node
import Replication
import Storage
import Testing

@Suite("Entries that an owner withholds: Protocol/local-api.md §2 and §8", .serialized)
struct WithheldTests {
    @Test("a head whose entries nobody shows is one log's matter, and an export ends at the newest whole head")
    func oneLogsMatter() async throws {
        let network = try TestNetwork(["west", "east", "owner"])
        defer { network.remove() }
        let nodes = [try await TestNode(network.founders[0]), try await TestNode(network.founders[1])]
        var log = try ForgedLog(network.founders[2], nodes[0].engine)
        try await log.write("one", nodes[0].engine)
        #expect(try await nodes[0].engine.admit([try log.page()]).refused.isEmpty)
        let whole = try #require(log.own.head)
        try await log.write("two", nodes[0].engine)
        let huge = LogSize(known: 1 << 40)
        #expect(try await nodes[0].engine.admit([try log.withholding(huge)]).refused.isEmpty)
        try await eventually("one state") { await areEqual(nodes) }
        try await eventually("compared") {
            await nodes[0].engine.read { $0.partners.values.contains { $0.digests == .equal } }
        }
        for node in nodes {
            let completeness = await node.engine.read { Completeness($0) }
            #expect(completeness.shortfalls.map(\.oin) == [network.founders[2].oin])
            #expect(completeness.shortfalls.first?.reason == .entriesMissing)
            #expect(completeness.shortfalls.first?.since != nil)
        }
        let engine = nodes[0].engine
        let tips = await engine.read { $0.tips.values.sorted { $0.log < $1.log } }
        var export = TileExport(
            store: nodes[0].node.store.journal, suite: engine.suite, directory: network.base + "/tiles")
        for tip in tips { try export.add(tip) }
        #expect(export.logs.map(\.log).sorted() == tips.filter { $0.head != nil }.map(\.log))
        #expect(export.logs.first { $0.log == log.log }?.size == whole.size)
        let short = try #require(export.shortfalls.first)
        #expect(export.shortfalls.count == 1 && short.log == log.log && short.written == whole.size)
        #expect(short.signed == huge && short.held.count == log.entries.count)
        let folder = TilePath.directory(of: log.identity.origin, engine.suite)
        let note = try String(contentsOfFile: "\(network.base)/tiles/\(folder)/checkpoint", encoding: .utf8)
        #expect(note == whole.signed.note(log.identity, engine.suite).format())
        for node in nodes { try await node.stop() }
    }
}
