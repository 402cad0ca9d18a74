// SPDX-License-Identifier: EUPL-1.2
import Glibc
import Journal
import Node
import Storage

/// P8: the daemon with 402 members and 1,000,000 entries held, from its start to ten idle seconds.
enum IdleNode {
    private static let idleSeconds = 10.0

    static func run(_ workspace: Workspace) async throws {
        try HeldStores.ensure(workspace)
        let network = try BenchNetwork(workspace)
        try await measure(workspace, network, "idle node, 402 members, 1,000,000 entries held")
        try await SettledStore.settle(network, HeldStores.held(workspace))
        try await measure(workspace, network, "the same after an epoch: settled state and overlay")
    }

    private static func measure(_ workspace: Workspace, _ network: BenchNetwork, _ name: String) async throws {
        let data = HeldStores.held(workspace)
        // The first life folds what the store holds, if no state was saved yet, and saves it at its end.
        try DaemonProcess(workspace, network, name: "idle", data: data).stop()
        let watch = Stopwatch()
        let daemon = try DaemonProcess(workspace, network, name: "idle", data: data)
        var figure = Figure("P8", name)
        figure.wallSeconds = watch.wallSeconds
        sleep(1)
        let startCPU = Measure.cpuSeconds(of: daemon.process)
        usleep(UInt32(idleSeconds * 1e6))
        figure.cpuSeconds = Measure.cpuSeconds(of: daemon.process) - startCPU
        figure.residentBytes = Measure.residentBytes(of: daemon.process)
        let peak = Measure.peakBytes(of: daemon.process)
        try daemon.stop()
        let (reads, entries) = try await reopen(network, data)
        figure.limit = "resident 67108864 bytes, 0.05 CPU s in 10 s, ready in 0.3 s, 0 blobs read"
        figure.isMet = figure.residentBytes <= 64 << 20 && figure.cpuSeconds <= 0.05 && figure.wallSeconds <= 0.3
            && reads == 0
        figure.add("rss_peak_bytes", peak)
        figure.add("start_cpu_s", startCPU)
        figure.add("blob_reads_at_start", reads)
        figure.add("entries", entries)
        figure.print()
    }

    /// Opens store and engine once more in this process, to count the blobs that a start reads.
    private static func reopen(_ network: BenchNetwork, _ data: String) async throws -> (reads: Int, entries: Int) {
        let (store, engine) = try await BenchNode.open(network, founder: 0, directory: data)
        let entries = await engine.tips.values.reduce(0) { $0 + $1.held.count }
        return (store.journal.blobReadCount, entries)
    }
}
