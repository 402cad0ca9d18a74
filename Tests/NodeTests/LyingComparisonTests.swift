// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
@testable import Node
import Notation
import Settlement
import Testing
import Transport

@Suite("A counterparty that lies in a comparison, Protocol/comparison.md §7", .serialized)
struct LyingComparisonTests {
    private static let path = "/v1/vergelijkingen/2026-10/_verschillen"

    /// Answers to every question, each with the name that it gets.
    private static let lies: [(body: [UInt8], name: String)] = [
        (Array("geen antwoord".utf8), "body-not-canonical"),
        ([], "body-not-canonical"),
        ([0xA0], "body-field"),
        (header(version: 2) + opened(sums: [1]), "version-unsupported"),
        (header(version: 1) + opened(sums: [UInt8](repeating: 0, count: 8 * 256)), "root"),
        (header(version: 1) + opened(sums: [1]), "body-field"),
        ([UInt8](repeating: 0, count: (1 << 20) + 1), "body-oversize"),
    ]

    /// `{1: version, 4: a root, 5: three records, 7: open, ..` of a map of six.
    private static func header(version: UInt8) -> [UInt8] {
        [0xA6, 1, version, 4, 0x58, 32] + [UInt8](repeating: 7, count: 32) + [5, 3, 7, 0]
    }

    /// `.. 15: 256 leaves of one hash, 16: sums}`.
    private static func opened(sums: [UInt8]) -> [UInt8] {
        let length: [UInt8] = sums.count < 24 ? [0x40 + UInt8(sums.count)] : [
            0x59, UInt8(sums.count >> 8), UInt8(sums.count & 0xFF),
        ]
        return [15, 0x59, 0x20, 0x00] + [UInt8](repeating: 9, count: 32 * 256) + [16] + length + sums
    }

    @Test("garbage is named with its reason, nothing of it is kept, and the pair beside it goes on", arguments: lies)
    func named(body: [UInt8], name: String) async throws {
        let network = try TestNetwork(["west", "bad", "east"])
        defer { network.remove() }
        let hostile = try HostileMember(network.founders[1]) { path, _, _ in path == "/v1/compare" ? body : [] }
        let nodes = [try await TestNode(network.founders[0]), try await TestNode(network.founders[2])]
        let (west, bad, east) = (network.founders[0].oin, network.founders[1].oin, network.founders[2].oin)
        for (number, node) in nodes.enumerated() {
            let events = try (number..<20).map { try usage($0, west, east) }
            _ = try await node.node.metering.accept(events).get()
        }
        _ = try await nodes[0].node.metering.accept([try usage(100, west, bad)]).get()
        let answer = try await asked(nodes[0], bad)
        #expect(answer["paren"]?[0]?["stand"]?.text == "niet vergeleken")
        let code = answer["paren"]?[0]?["reden"]?["code"]?.text
        // What passes its bound is never read to its end.
        #expect(code == "genoemd \(name)" || name == "body-oversize" && code == "onbereikbaar")
        let rest = try await asked(nodes[0], east)
        #expect(rest["paren"]?[0]?["stand"]?.text == "verschil")
        #expect(rest["paren"]?[0]?["transactiesTotaal"]?.wholeNumber == 1)
        if code == "genoemd \(name)" {
            let counted = await nodes[0].standing(of: network.founders[1]).refusals["compare-\(name)"]
            #expect(counted == 1)
        }
        await hostile.stop()
        for node in nodes { try await node.stop() }
    }

    @Test("a counterparty that says nothing holds up nobody else, and is called out of reach at the end")
    func stalls() async throws {
        let network = try TestNetwork(["west", "bad", "east"])
        defer { network.remove() }
        let silent = try await SilentListener(port: network.founders[1].port)
        let nodes = [try await TestNode(network.founders[0]), try await TestNode(network.founders[2])]
        let (west, bad, east) = (network.founders[0].oin, network.founders[1].oin, network.founders[2].oin)
        for node in nodes { _ = try await node.node.metering.accept([try usage(1, west, east)]).get() }
        let first = nodes[0]
        async let waiting = asked(first, bad)
        let rest = try await asked(first, east)
        #expect(rest["paren"]?[0]?["stand"]?.text == "gelijk")
        silent.close()
        let answer = try await waiting
        #expect(answer["paren"]?[0]?["reden"]?["code"]?.text == "onbereikbaar")
        for node in nodes { try await node.stop() }
    }

    private func asked(_ node: TestNode, _ other: OIN) async throws -> JSON {
        try await Asked(api: LocalAPI(node.node)).json(
            .post, Self.path, "application/json", "{\"wederpartij\":\"\(other)\",\"grondslag\":\"aanwezig\"}")
    }
}
