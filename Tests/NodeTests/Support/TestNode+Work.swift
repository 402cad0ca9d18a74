// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Foundation
import Journal
@testable import Node
import Replication
import Storage
import Testing
import Transport

extension TestNode {
    var engine: NodeEngine { node.engine }

    /// Writes a value to the catalogue of the test network's application.
    @discardableResult
    func write(_ hosting: String) async throws -> [AppendedEntry] {
        let engine = engine
        return try await engine.append(try await engine.read { try $0.hostingEdit(hosting) })
    }

    func mode() async -> OwnLogMode { await engine.read { $0.mode } }

    func standing(of founder: TestNetwork.Founder) async -> PartnerStanding {
        await engine.read { $0.partners[founder.oin] ?? PartnerStanding() }
    }

    /// Entries held of a log.
    func held(_ log: LogID) async -> Int { await engine.read { $0.tips[log]?.held.count ?? -1 } }

    /// Reads that every value of the application's hosting field has.
    func hostings() async throws -> [String] {
        try await engine.read { engine in
            let view = try #require(engine.state.application("zaaksysteem"))
            return view.values(.hosting).map { value in
                String(decoding: value.value.dropFirst(value.value.count > 24 ? 2 : 1), as: UTF8.self)
            }
        }
    }
}

extension NodeEngine {
    func hostingEdit(_ hosting: String) throws -> [[UInt8]] {
        var draft = EditDraft(try #require(state.application("zaaksysteem")), author: ownLogID)
        draft.set(.hosting, .text(hosting))
        return try draft.entries()
    }
}

extension TestNetwork.Founder {
    var dataDirectory: String { folder + "/data" }

    /// What stands in this founder's `korf.yaml` is replaced.
    func reconfigure(_ old: String, _ new: String) throws {
        let path = folder + "/korf.yaml"
        let text = String(decoding: try PlainFile.read(path), as: UTF8.self)
        try #require(text.contains(old))
        try PlainFile.replace(path, Array(text.replacingOccurrences(of: old, with: new).utf8))
    }

    func copyFolder(_ name: String, to copy: String) throws {
        try? FileManager.default.removeItem(atPath: folder + "/" + copy)
        try FileManager.default.copyItem(atPath: folder + "/" + name, toPath: folder + "/" + copy)
    }

    /// Waits until this process has closed every file of a node that was stopped and released: what still runs of it
    /// lets go a moment later, and until then its files change or vanish under a copy or a check.
    func closed() async throws {
        let prefix = URL(filePath: dataDirectory).resolvingSymlinksInPath().path + "/"
        try await eventually("the files of \(name) are closed") {
            for descriptor in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
                // The one that the listing itself used is gone by now.
                let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/" + descriptor)
                if path?.hasPrefix(prefix) == true { return false }
            }
            return true
        }
    }

    func signer() throws -> SigningKey { try SigningKey(file: folder + "/keys/log.key") }
}

/// Runs a daemon for as long as `body` needs it; after that its store is free for the next one.
func running<Value>(
    _ founder: TestNetwork.Founder, limits: NodeLimits = NodeLimits(), _ body: (TestNode) async throws -> Value
) async throws -> Value {
    let node = try await TestNode(founder, limits: limits)
    let value = try await body(node)
    try await node.stop()
    return value
}

/// Nodes agree on heads and on state.
func areEqual(_ nodes: [TestNode]) async -> Bool {
    var heads: Set<Hash> = []
    var states: Set<Hash> = []
    for node in nodes {
        heads.insert(await node.engine.headTableDigest())
        states.insert(await node.engine.stateDigest())
    }
    return heads.count == 1 && states.count == 1
}

/// A usage event of the test network.
func usage(
    _ number: Int, _ provider: OIN, _ consumer: OIN, quantity: Int64 = 1, month: String = "2026-10",
    application: String = "zaaksysteem", day: CivilDate? = nil
) throws -> UsageEvent {
    let day = day?.description ?? "\(month)-\(10 + number % 10)"
    let text = """
        {"specversion":"1.0","type":"nl.beware.korf.verbruik.v1","source":"urn:test","id":"\(number)",
        "time":"\(day)T12:00:00Z","data":{"applicatie":"\(application)",
        "aanbieder":"\(provider)","afnemer":"\(consumer)","aantal":\(quantity),"transactie":"t-\(number)"}}
        """
    return try UsageEventReader.single(Array(text.utf8))
}

extension TestNetwork.Founder {
    func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: folder + "/" + name) }
}
