// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// An epoch that covers little on a state that holds much: what a member does for its own proposal (the overlay and
/// the trial), to apply it, and to save what changed. It must cost what is new, not what is held: the same is done
/// on a small state.
enum LargeEpochs {
    private static let heldEntries = 1_000_000
    private static let smallEntries = 10_000
    private static let newEntries = 1_000
    private static let rounds = 3
    private static let cpuSecondsLimit = 0.1

    /// Processor seconds of the parts.
    private struct Cost {
        var overlay = 0.0
        var trial = 0.0
        var apply = 0.0
        var save = 0.0
        var savedBytes = 0

        var total: Double { overlay + trial + apply + save }
    }

    static func run(_ workspace: Workspace) async throws {
        let network = try BenchNetwork(workspace)
        let small = try cost(network, held: smallEntries)
        let large = try cost(network, held: heldEntries)
        var figure = Figure("epoch-large", "an epoch with \(newEntries) new entries on \(heldEntries) held")
        figure.cpuSeconds = large.total
        figure.wallSeconds = large.total
        figure.bytes = large.savedBytes
        figure.residentBytes = Measure.peakBytes()
        figure.limit = "0.1 s of processor time"
        figure.isMet = large.total <= cpuSecondsLimit
        figure.add("overlay_cpu_s", large.overlay)
        figure.add("trial_cpu_s", large.trial)
        figure.add("apply_cpu_s", large.apply)
        figure.add("save_cpu_s", large.save)
        figure.add("on_\(smallEntries)_held_cpu_s", small.total)
        figure.print()
    }

    /// The smallest of some epochs in a row.
    private static func cost(_ network: BenchNetwork, held count: Int) throws -> Cost {
        var maker = try EpochMaker(network)
        try maker.add(count)
        let founding = CooperativeState(genesis: network.genesis, hashing: network.suite)
        var settled = founding.settled(by: try maker.epoch(after: founding), held: maker.held)
        _ = settled.snapshotChunks()
        var best: Cost?
        for _ in 0..<rounds {
            try maker.add(newEntries)
            let found = try step(&settled, maker)
            if found.total < best?.total ?? .infinity { best = found }
        }
        guard let best else { throw BenchFailure("nothing was measured") }
        return best
    }

    private static func step(_ settled: inout CooperativeState, _ maker: EpochMaker) throws -> Cost {
        var cost = Cost()
        let next = try maker.epoch(after: settled)
        var watch = Stopwatch()
        let overlay = settled.overlay(convicted: [], held: maker.held)
        cost.overlay = watch.cpuSeconds
        watch = Stopwatch()
        let own = view(settled, overlay, maker).trigger(maker.heads(after: settled), next.date)
        cost.trial = watch.cpuSeconds
        watch = Stopwatch()
        var following = settled.settled(by: next, held: maker.held)
        cost.apply = watch.cpuSeconds
        watch = Stopwatch()
        cost.savedBytes = following.snapshotChunks().reduce(0) { $0 + $1.bytes.count }
        cost.save = watch.cpuSeconds
        var provisional = overlay
        try demand(own == nil && following.epochs[next.number].stateDigest == following.rehash(),
                   "another digest, overlay \(provisional.digest())")
        settled = following
        return cost
    }

    private static func view(
        _ settled: CooperativeState, _ overlay: CooperativeState, _ maker: EpochMaker
    ) -> EpochView<EntriesInMemory> {
        EpochView(
            settled: settled, overlay: overlay, convicted: [], ownDate: settled.epoch.date, entries: maker.held,
            holdings: .init(
                holding: { _ in .held }, held: { maker.head($0) }, vector: { _ in nil },
                isHeldLong: { _, _ in false }))
    }
}
