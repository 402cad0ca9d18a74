// SPDX-License-Identifier: EUPL-1.2
import Simulation
import Testing

@Suite("Simulation: seeds of consensus, Protocol/consensus.md §4 to §7")
struct CouncilTests {
    /// Seeds that once showed a fault. They stay.
    static let regressionSeeds: [UInt64] = [81, 241, 621, 2_838, 16_428, 3_641, 3_744, 16_202, 16_860]

    @Test("two hundred seeds break no promise, and all correct members close epochs once healed")
    func noViolation() throws {
        let simulator = Simulator(.consensus)
        let report = try simulator.run(from: 1, count: 200, threads: 2)
        #expect(report.failed == 0, "\(report.failures.map { "seed \($0.seed): \($0.violation)" })")
        let hit = report.namedMarks.filter { $0.count > 0 }.count
        #expect(hit >= 70, "marks never hit: \(report.namedMarks.filter { $0.count == 0 }.map(\.name))")
    }

    @Test("seeds that once showed a fault show none", arguments: regressionSeeds)
    func regression(seed: UInt64) throws {
        var simulator = Simulator(.consensus)
        let violations = try simulator.run(seed: seed).violations
        #expect(violations == [])
    }

    @Test("where so many of so many lie: no number has two hashes up to f; beyond it every two are seen, liars named",
          arguments: [(1, 4), (2, 7), (1, 3), (3, 7)])
    func liars(liars: Int, members: Int) throws {
        let simulator = Simulator(.consensus, nodes: members, liars: liars)
        let report = try simulator.run(from: 1, count: 25, threads: 2)
        #expect(report.failed == 0, "\(report.failures.map { "seed \($0.seed): \($0.violation)" })")
    }

    @Test("one seed gives one trace, and a report does not depend on the number of threads")
    func sameTrace() throws {
        var first = Simulator(.consensus)
        var second = Simulator(.consensus)
        _ = try second.run(seed: 8)
        for seed in [3, 17, 40] as [UInt64] {
            let hashes = (try first.run(seed: seed).traceHash, try second.run(seed: seed).traceHash)
            #expect(hashes.0 == hashes.1)
        }
        let one = try first.run(from: 1, count: 40, threads: 1).namedMarks.map(\.count)
        #expect(try first.run(from: 1, count: 40, threads: 3).namedMarks.map(\.count) == one)
    }

    /// Where a run over seeds from 1 on first finds each; when a change moves one, `korf-simulate --bugs` tells.
    static let found: [(PlantedBug, UInt64)] = [
        (.lockLeftOut, 128), (.restoredLockLeftOut, 1_499), (.certificateWaitsForProposal, 990),
        (.polkaOfValidRoundLeftOut, 640), (.quorumTooLow, 1), (.voteOfEachBranch, 2), (.roundNotSigned, 3),
        (.timerBeforeTrigger, 1), (.secondCounts, 30), (.onlyFirstBranch, 6), (.countsBeforeDurable, 1),
        (.polkaNotFetched, 170), (.validRoundJudged, 138), (.polkaJudged, 52), (.anybodyProposes, 54),
        (.laterRoundByAnybody, 25),
        (.recordsNotRead, 10), (.polkaNotKept, 6), (.polkaNotServed, 6), (.ownHeadNotAsked, 71),
        (.ownHeadOutsideIgnored, 497), (.ballotLeftOutAllowed, 126), (.ballotAboveEndMissed, 14),
        (.ballotCountedTwice, 15), (.proposesUntriggered, 1), (.triggerNotJudged, 1),
        (.coversAboveEnd, 21), (.branchDropped, 6), (.leavesBeforeSync, 1), (.disputeIgnored, 6),
        (.digestIgnored, 9),
    ]

    @Test("each planted bug is found", arguments: found)
    func isFound(bug: PlantedBug, seed: UInt64) throws {
        var simulator = Simulator(.consensus, planted: bug)
        let violations = try simulator.run(seed: seed).violations
        #expect(!violations.isEmpty, "\(bug.rawValue) was not found in seed \(seed)")
    }

    @Test("every planted bug of consensus has such a seed")
    func allAreFound() {
        #expect(Set(Self.found.map(\.0)) == Set(PlantedBug.allCases.filter { $0.family == .consensus }))
    }
}
