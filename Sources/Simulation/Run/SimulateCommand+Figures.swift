// SPDX-License-Identifier: EUPL-1.2

extension SimulateCommand {
    /// The distribution of rounds over seeds, in one JSON line.
    static func rounds(_ members: Int, _ options: Options, _ write: (String) -> Void) throws -> Int32 {
        let start = seconds()
        let report = try RoundSimulation(members: members).run(from: options.seed, count: options.count)
        let perSecond = Double(report.rounds.count) / max(0.001, seconds() - start)
        let most = report.rounds.max() ?? 0
        let counts = (1...max(1, most)).map { round in "\"\(round)\":\(report.rounds.count { $0 == round })" }
        let within = report.rounds.count { $0 <= 5 }
        write("{\"members\":\(members),\"seeds\":\(report.rounds.count),\"downPercent\":\(RoundSimulation.downPercent),"
            + "\"lossPercent\":\(RoundSimulation.lossPercent),\"rounds\":{\(counts.joined(separator: ","))},"
            + "\"withinFive\":\(within),\"p95\":\(report.percentile(95)),\"worst\":\(most),"
            + "\"seedsPerSecond\":\(tenths(perSecond))}")
        return within * 100 >= report.rounds.count * 95 ? 0 : 1
    }

    /// Orders of one history, which is exported where that is asked for.
    static func orders(_ count: Int, _ options: Options, _ write: (String) -> Void) throws -> Int32 {
        let start = seconds()
        let run = try OrdersRun()
        if let directory = options.directory, !run.export(to: directory) {
            write("The history cannot be written to \(directory).")
            return 1
        }
        let report = run.run(from: options.seed, count: count, threads: options.threads)
        let perSecond = Double(report.orders) / max(0.001, seconds() - start)
        for seed in report.different { write("order \(seed) comes to another digest") }
        write("{\"orders\":\(report.orders),\"entries\":\(run.entryCount),\"epochs\":\(run.epochCount),"
            + "\"complete\":\(run.isComplete),\"digest\":\"\(run.digest)\",\"different\":\(report.different.count),"
            + "\"ordersPerSecond\":\(tenths(perSecond))}")
        return report.different.isEmpty && run.isComplete ? 0 : 1
    }
}
