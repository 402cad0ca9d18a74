// SPDX-License-Identifier: EUPL-1.2
import Journal
import Node

/// P1: exchanges between two nodes that hold the same and have each other's token.
enum EqualNodes {
    private static let repeats = 50
    static let bodiesLimit = 200

    static func run(_ workspace: Workspace) async throws {
        try await realLogs(workspace)
        try await SyntheticHeads.run(workspace, logs: 10_000, repeats: repeats)
    }

    private static func realLogs(_ workspace: Workspace) async throws {
        let network = try BenchNetwork(workspace)
        let left = try await BenchNode(network, founder: 0, directory: workspace.folder("p1-left"))
        let right = try await BenchNode(network, founder: 1, directory: workspace.folder("p1-right"))
        var workload = try CatchUpWorkload(network)
        workload.add(4_000)
        let pages = (workload.logs.begun + (try workload.signAll())).map { Page(whole: $0) }
        _ = try await left.engine.admit(pages)
        try await BenchNode.equalise(left, right)
        let route = try await right.route(to: 0, at: left.port)
        let before = left.traffic.current
        let watch = Stopwatch()
        for _ in 0..<repeats { try demand(await right.exchange(over: route), "the exchange failed") }
        let after = left.traffic.current
        report(
            "400 logs", watch, requests: after.requests - before.requests, bytes: after.bytes - before.bytes, repeats)
        await left.stop()
        await right.stop()
    }

    /// Prints the mean of one exchange.
    static func report(_ name: String, _ watch: Stopwatch, requests: Int, bytes: Int, _ repeats: Int) {
        var figure = Figure("P1", "equal nodes, valid token, \(name)")
        figure.wallSeconds = watch.wallSeconds / Double(repeats)
        figure.cpuSeconds = watch.cpuSeconds / Double(repeats)
        figure.bytes = bytes / repeats
        figure.roundTrips = requests / repeats
        figure.residentBytes = Measure.peakBytes()
        figure.limit = "1 round trip, \(bodiesLimit) bytes of bodies"
        figure.isMet = requests == repeats && bytes <= bodiesLimit * repeats
        figure.add("exchanges", repeats)
        figure.print()
    }
}
