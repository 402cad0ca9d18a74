// SPDX-License-Identifier: EUPL-1.2

/// What a range of seeds came to.
public struct RangeReport: Sendable {
    /// Seeds run.
    public internal(set) var seeds = 0
    /// Seeds with a violation, with the first of each, at most as many as were asked for.
    public internal(set) var failures: [(seed: UInt64, violation: Violation)] = []
    /// How many seeds had a violation.
    public internal(set) var failed = 0
    var marks = SimulationMarks()

    /// Name and count of each mark.
    public var namedMarks: [(name: String, count: Int)] { marks.named }

    mutating func add(_ other: RangeReport) {
        seeds += other.seeds
        failed += other.failed
        failures += other.failures.prefix(SimulationLimits.failuresKept - failures.count)
        marks.add(other.marks)
    }
}

extension Simulator {
    /// Runs `count` seeds from `first` on; ends early at the first violation where `stopsAtFirst`.
    public mutating func run(
        from first: UInt64, count: Int, stopsAtFirst: Bool = false, each: (SeedReport) -> Void = { _ in }
    ) throws -> RangeReport {
        var report = RangeReport()
        for offset in 0..<count {
            let seed = try run(seed: first &+ UInt64(offset))
            report.seeds += 1
            report.marks.add(seed.marks)
            each(seed)
            guard let violation = seed.violations.first else { continue }
            report.failed += 1
            if report.failures.count < SimulationLimits.failuresKept {
                report.failures.append((seed.seed, violation))
            }
            if stopsAtFirst { break }
        }
        return report
    }

    /// The same on so many threads at a time, with the same report.
    public func run(
        from first: UInt64, count: Int, stopsAtFirst: Bool = false, threads: Int
    ) throws -> RangeReport {
        try SeedThreads(simulator: self, first: first, count: count, stopsAtFirst: stopsAtFirst).run(on: threads)
    }
}
