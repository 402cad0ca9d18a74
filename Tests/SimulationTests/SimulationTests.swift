// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Simulation
import Testing

@Suite("Simulation: seeds of the exchange, Protocol/exchange.md §3")
struct SimulationTests {
    /// Seeds that once showed a fault. They stay.
    static let regressionSeeds: [UInt64] = []

    @Test("a hundred seeds break no promise, and all correct nodes end equal")
    func noViolation() throws {
        var simulator = Simulator()
        let report = try simulator.run(from: 1, count: 100)
        #expect(report.failed == 0, "\(report.failures.map { "seed \($0.seed): \($0.violation)" })")
        let hit = report.namedMarks.filter { $0.count > 0 }.count
        #expect(hit >= 60, "marks never hit: \(report.namedMarks.filter { $0.count == 0 }.map(\.name))")
    }

    @Test("seeds that once showed a fault show none", arguments: regressionSeeds)
    func regression(seed: UInt64) throws {
        var simulator = Simulator()
        let violations = try simulator.run(seed: seed).violations
        #expect(violations == [])
    }

    @Test("one seed gives one trace", arguments: [3, 17, 40] as [UInt64])
    func sameTrace(seed: UInt64) throws {
        var first = Simulator()
        var second = Simulator()
        _ = try second.run(seed: seed &+ 1)
        let hashes = (try first.run(seed: seed).traceHash, try second.run(seed: seed).traceHash)
        #expect(hashes.0 == hashes.1)
    }

    @Test("one seed gives one trace in another process too", arguments: [5, 23] as [UInt64])
    func sameTraceElsewhere(seed: UInt64) throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let program = root.appending(path: ".build/debug/korf-simulate")
        try #require(FileManager.default.isExecutableFile(atPath: program.path), "the program is built with the tests")
        let process = Process()
        process.executableURL = program
        process.arguments = ["--replay", String(seed)]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        var simulator = Simulator()
        let hash = String(try simulator.run(seed: seed).traceHash, radix: 16)
        let last = String(decoding: data, as: UTF8.self).split(separator: "\n").last ?? ""
        #expect(last.hasPrefix("seed \(seed), trace "))
        #expect(last.hasSuffix(hash))
    }

    @Test("wrong clocks change nothing that happens", arguments: 1...12 as ClosedRange<UInt64>)
    func clocksHaveNoEffect(seed: UInt64) throws {
        var right = Simulator(hasClockFaults: false)
        var wrong = Simulator()
        let shapes = (try right.run(seed: seed).shapeHash, try wrong.run(seed: seed).shapeHash)
        #expect(shapes.0 == shapes.1)
    }
}

@Suite("Simulation: planted bugs are found")
struct PlantedBugTests {
    @Test("each planted bug is found within 2,000 seeds",
          arguments: PlantedBug.allCases.filter { $0.family == .exchange })
    func isFound(bug: PlantedBug) throws {
        var simulator = Simulator(planted: bug)
        let report = try simulator.run(from: 1, count: 2_000, stopsAtFirst: true)
        #expect(report.failed > 0, "\(bug.rawValue) was not found")
    }

    @Test("the alarm rings: a run with a planted bug ends with exit code 1")
    func canary() {
        var lines: [String] = []
        let arguments = ["--seed", "1", "--count", "200", "--plant", PlantedBug.forgetsToFold.rawValue]
        let code = SimulateCommand.run(arguments) { lines.append($0) }
        #expect(code == 1)
        #expect(lines.last?.hasPrefix("{\"first\":1,\"seeds\":200,") == true)
    }
}

@Suite("Simulation: gossip, Protocol/exchange.md §3")
struct GossipTests {
    @Test("an entry reaches all members that are up")
    func reachesAll() throws {
        let report = try GossipSimulation(members: 40).run(from: 1, count: 5)
        #expect(report.percentile(100) <= 10)
    }

    @Test("arguments that mean nothing are answered with the usage and code 2", arguments: [
        ["--seed"], ["--seed", "x"], ["--nodes", "1"], ["--gossip", "0"], ["--plant", "none"], ["--what", "1"],
        ["--events"],
    ])
    func usage(arguments: [String]) {
        var lines: [String] = []
        let code = SimulateCommand.run(arguments) { lines.append($0) }
        #expect(code == 2)
        #expect(lines.count == 1)
    }

    @Test("recorded events that cannot be read, or are none, are answered with code 1",
          arguments: ["", "00\n", "8301\n"])
    func events(text: String) throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "korf-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        if !text.isEmpty { try Data(text.utf8).write(to: URL(filePath: path)) }
        var lines: [String] = []
        #expect(SimulateCommand.run(["--events", path]) { lines.append($0) } == 1)
        #expect(lines.first?.contains(text.isEmpty ? "cannot be read" : "line 1") == true)
    }
}
