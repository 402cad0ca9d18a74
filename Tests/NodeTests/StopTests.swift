// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Foundation
import Journal
@testable import Node
import Replication
import Storage
import Testing

@Suite("Ends and reloads under load", .serialized)
struct StopTests {
    @Test("a node that meters and exchanges ends within 5 s, keeps what it acknowledged, and its store is sound")
    func stopsUnderLoad() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        let (west, east) = (network.founders[0], network.founders[1])
        let other = try await TestNode(east)
        let acknowledged = Counter()
        do {
            let node = try await TestNode(west)
            let load = meter(node, west, east, acknowledged)
            let writing = write(other)
            try await eventually("both are under way") {
                await node.held(other.engine.ownLogID) > 5 && acknowledged.value > 50
            }
            let begun = ContinuousClock.now
            try await node.stop()
            #expect(ContinuousClock.now - begun < .seconds(5))
            load.cancel()
            writing.cancel()
            _ = await (load.value, writing.value)
        }
        try await west.closed()
        #expect(try Fsck.check(west.dataDirectory, OpenSSLSuite()).findings == [])
        try await running(west) { again in
            let counted = try await again.node.store.inbox.cells().map(\.current.eventsCounted).reduce(0, +)
            #expect(Int(counted) >= acknowledged.value)
        }
        try await other.stop()
    }

    @Test("a partner that never answers does not hold up the end")
    func stopsWhileAsking() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        let silent = try await SilentListener(port: network.founders[1].port)
        let node = try await TestNode(network.founders[0])
        try await Task.sleep(for: .milliseconds(300))
        let begun = ContinuousClock.now
        try await node.stop()
        #expect(ContinuousClock.now - begun < .seconds(5))
        silent.close()
    }

    @Test("certificates change under load and no exchange fails")
    func reloads() async throws {
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        let nodes = [try await TestNode(network.founders[0]), try await TestNode(network.founders[1])]
        try await eventually("in step") { await areEqual(nodes) }
        // Before both had started a first attempt may have found nobody; after that none fails.
        let before = await failures(nodes, network)
        let writing = write(nodes[0])
        for round in 0..<20 {
            for founder in network.founders {
                let name = round % 2 == 0 ? "next.pem" : "certificate.pem.first"
                let tls = founder.folder + "/tls/"
                if round == 0 {
                    try PlainFile.create(tls + "certificate.pem.first", PlainFile.read(tls + "certificate.pem"))
                }
                try PlainFile.replace(tls + "certificate.pem", PlainFile.read(tls + name))
            }
            for node in nodes { node.reload() }
            try await Task.sleep(for: .milliseconds(50))
        }
        writing.cancel()
        await writing.value
        try await eventually("in step") { await areEqual(nodes) }
        #expect(await failures(nodes, network) == before)
        #expect(await nodes[1].held(nodes[0].engine.ownLogID) > 20)
        for node in nodes { try await node.stop() }
    }

    @Test("the program itself: SIGTERM ends it with exit code 0 within 5 s, and its store is sound")
    func program() async throws {
        let program = try #require(Self.program, "korfd is built with the tests")
        let network = try TestNetwork(["west", "east"])
        defer { network.remove() }
        let west = network.founders[0]
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = ["--config", west.folder + "/korf.yaml"]
        try process.run()
        try await eventually("it serves its socket") { PlainFile.exists(west.folder + "/korf.sock") }
        kill(process.processIdentifier, SIGHUP)
        try await Task.sleep(for: .milliseconds(200))
        #expect(process.isRunning, "SIGHUP only loads certificates anew")
        let begun = ContinuousClock.now
        kill(process.processIdentifier, SIGTERM)
        try await eventually("it ends", seconds: 10) { !process.isRunning }
        #expect(ContinuousClock.now - begun < .seconds(5))
        #expect(process.terminationReason == .exit && process.terminationStatus == 0)
        #expect(try Fsck.check(west.dataDirectory, OpenSSLSuite()).findings == [])
    }

    /// `korfd` beside the tests that run.
    private static var program: String? {
        let own = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
        let path = URL(filePath: own).deletingLastPathComponent().appending(path: "korfd").path
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }

    private func failures(_ nodes: [TestNode], _ network: TestNetwork) async -> [PeerHealth.Failure?] {
        var failures: [PeerHealth.Failure?] = []
        for (node, founder) in zip(nodes, network.founders.reversed()) {
            failures.append(await node.standing(of: founder).health.lastFailure)
        }
        return failures
    }

    private func meter(
        _ node: TestNode, _ west: TestNetwork.Founder, _ east: TestNetwork.Founder, _ acknowledged: Counter
    ) -> Task<Void, Never> {
        let metering = node.node.metering
        return Task {
            for number in 0..<100_000 where !Task.isCancelled {
                guard let event = try? usage(number, west.oin, east.oin),
                      case .success? = try? await metering.accept([event])
                else { return }
                _ = acknowledged.next()
            }
        }
    }

    private func write(_ node: TestNode) -> Task<Void, Never> {
        Task {
            for number in 0..<100_000 where !Task.isCancelled {
                do { try await node.write("value \(number)") } catch { return }
                try? await Task.sleep(for: .milliseconds(5))
            }
        }
    }
}
