// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// What an epoch costs a node beside the signatures: 100,000 new entries folded onto a settled state that holds as
/// many, closed, and the digest after it.
enum EpochFold {
    private static let newEntries = 100_000
    private static let cpuSecondsLimit = 0.3

    static func run(_ workspace: Workspace) async throws {
        var maker = try EpochMaker(BenchNetwork(workspace))
        var settled = CooperativeState(genesis: maker.network.genesis, hashing: maker.network.suite)
        var figure = Figure("fold", "an epoch with \(newEntries) new entries over \(BenchNetwork.authorCount) logs")
        for number in 1...2 {
            try maker.add(newEntries)
            let next = try maker.epoch(after: settled)
            let watch = Stopwatch()
            settled = settled.settled(by: next, held: maker.held)
            let digest = settled.digest()
            figure.wallSeconds = watch.wallSeconds
            figure.cpuSeconds = watch.cpuSeconds
            try demand(settled.epoch.number == number, "the epoch was not applied, state \(digest)")
        }
        figure.residentBytes = Measure.peakBytes()
        figure.limit = "0.3 s of processor time"
        figure.isMet = figure.cpuSeconds <= cpuSecondsLimit
        figure.print()
    }
}
