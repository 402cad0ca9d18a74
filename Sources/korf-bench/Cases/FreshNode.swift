// SPDX-License-Identifier: EUPL-1.2
import Journal
import Node
import Storage

/// P3: a fresh node obtains 1,000,000 entries from another process over mutual TLS: verified, folded, durable.
enum FreshNode {
    static func run(_ workspace: Workspace) async throws {
        try HeldStores.ensure(workspace)
        guard let server = ChildProcess(["--serve", workspace.path, HeldStores.held(workspace)], isPiped: true),
              let port = server.line().flatMap({ UInt16($0) })
        else { throw BenchFailure("the server did not start") }
        defer { server.wait() }
        let network = try BenchNetwork(workspace)
        let directory = workspace.folder("fresh")
        let node = try await BenchNode(network, founder: 1, directory: directory)
        Measure.forgetPeak()
        let serverBefore = Measure.cpuSeconds(of: server.process)
        let watch = Stopwatch()
        var exchanges = 0
        var held = 0
        while held < HeldStores.entries, exchanges < 8 {
            try demand(try await node.exchange(with: 0, at: port), "the exchange failed")
            exchanges += 1
            held = await node.engine.tips.values.reduce(0) { $0 + $1.held.count }
        }
        var figure = Figure("P3", "fresh node, 1,000,000 entries over 400 logs")
        figure.wallSeconds = watch.wallSeconds
        let own = watch.cpuSeconds
        let serving = Measure.cpuSeconds(of: server.process) - serverBefore
        figure.cpuSeconds = own + serving
        figure.residentBytes = Measure.peakBytes()
        let digest = await node.engine.stateDigest()
        server.endInput()
        let summary = try PageServer.Summary(server.line())
        try demand(held >= HeldStores.entries, "only \(held) entries arrived")
        try demand("\(digest)" == summary.stateDigest, "the two nodes fold to different states")
        figure.bytes = summary.bytes
        figure.roundTrips = summary.requests
        figure.limit = "wall 4 s, memory 268435456 bytes"
        figure.isMet = figure.wallSeconds <= 4 && figure.residentBytes <= 256 << 20
        figure.add("entries_per_s", Int(Double(HeldStores.entries) / figure.wallSeconds))
        figure.add("own_cpu_s", own)
        figure.add("server_cpu_s", serving)
        figure.add("server_rss_bytes", summary.peakBytes)
        figure.add("store_bytes", node.store.directory.byteCount)
        figure.print()
        await node.stop()
    }
}
