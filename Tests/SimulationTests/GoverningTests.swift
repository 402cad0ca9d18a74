// SPDX-License-Identifier: EUPL-1.2
import Simulation
import Testing

@Suite("Simulation: seeds of governing, Protocol/state.md §4, Protocol/membership.md §4")
struct GoverningTests {
    /// Seeds that once showed a fault. They stay.
    static let regressionSeeds: [UInt64] = [
        79, 88, 145, 203, 223, 233, 306, 1_066, 1_126, 1_624, 1_718, 6_717, 11_178,
        16_669, 19_138,
    ]

    @Test("sixty seeds break no promise, and all correct members come to one state once healed")
    func noViolation() throws {
        let report = try Simulator(.governing).run(from: 1, count: 60, threads: 2)
        #expect(report.failed == 0, "\(report.failures.map { "seed \($0.seed): \($0.violation)" })")
        let hit = report.namedMarks.filter { $0.count > 0 }.count
        #expect(hit >= 50, "marks never hit: \(report.namedMarks.filter { $0.count == 0 }.map(\.name))")
    }

    @Test("seeds that once showed a fault show none", arguments: regressionSeeds)
    func regression(seed: UInt64) throws {
        var simulator = Simulator(.governing)
        #expect(try simulator.run(seed: seed).violations == [])
    }

    @Test("two members, one lost disk: the successor is acknowledged, goes on in the running number, and votes on")
    func twoMembers() throws {
        let report = try Simulator(.governing, nodes: 2).run(from: 1, count: 40, threads: 2)
        #expect(report.failed == 0, "\(report.failures.map { "seed \($0.seed): \($0.violation)" })")
        for name in ["successor-acknowledged", "number-gone-on-with", "successor-votes-in-epoch"] {
            #expect(report.namedMarks.contains { $0.name == name && $0.count > 0 }, "\(name) was never reached")
        }
    }

    @Test("one seed gives one trace")
    func sameTrace() throws {
        var first = Simulator(.governing)
        var second = Simulator(.governing)
        _ = try second.run(seed: 8)
        let hashes = (try first.run(seed: 5).traceHash, try second.run(seed: 5).traceHash)
        #expect(hashes.0 == hashes.1)
    }

    @Test("each planted bug is found", arguments: PlantedBug.allCases.filter { $0.family == .governing })
    func isFound(bug: PlantedBug) throws {
        let report = try Simulator(.governing, planted: bug).run(from: 1, count: 400, stopsAtFirst: true, threads: 2)
        #expect(report.failed > 0, "\(bug.rawValue) was not found")
    }
}

@Suite("Simulation: delivery orders and large networks, Protocol/state.md §1")
struct OrderTests {
    @Test("every order of one history of admission, fork, successor and expulsion comes to one digest")
    func orders() throws {
        let run = try OrdersRun()
        #expect(run.isComplete && run.epochCount == 3 && run.entryCount > 40)
        let report = run.run(from: 1, count: 60, threads: 2)
        #expect(report.orders == 60 && report.different == [])
    }

    @Test("forty members of whom twelve are down decide within rounds")
    func rounds() throws {
        #expect(try RoundSimulation(members: 40).run(from: 1, count: 2).percentile(100) <= 10)
    }
}
