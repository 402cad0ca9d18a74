// SPDX-License-Identifier: EUPL-1.2
import Journal
import Node

/// P2: of two nodes with 999,000 equal entries one gets 1,000 more over 400 logs; the other asks for them.
enum MissingEntries {
    private static let overheadLimit = 50_000
    private static let wallLimit = 0.05

    static func run(_ workspace: Workspace) async throws {
        try HeldStores.ensure(workspace)
        let network = try BenchNetwork(workspace)
        let copy = "\(workspace.path)/p2"
        try Workspace.copy(HeldStores.almost(workspace), to: copy)
        let left = try await BenchNode(network, founder: 0, directory: copy)
        let right = try await BenchNode(network, founder: 1, directory: HeldStores.almost(workspace))
        try await BenchNode.equalise(left, right)
        let sizes = await left.engine.tips.mapValues { $0.held.count }
        let pages = try HeldStores.rest(workspace, network, beyond: sizes)
        let payload = pages.reduce(0) { $0 + $1.entries.byteCount }
        let entries = pages.reduce(0) { $0 + $1.entries.count }
        try demand(entries == HeldStores.missing, "\(entries) entries are missing instead of \(HeldStores.missing)")
        let outcome = try await left.engine.admit(pages)
        try demand(outcome.refused.isEmpty, "a page was refused")
        let before = left.traffic.current
        let watch = Stopwatch()
        try demand(try await right.exchange(with: 0, at: left.port), "the exchange failed")
        var figure = Figure("P2", "1,000 of 1,000,000 entries missing over \(pages.count) logs")
        figure.wallSeconds = watch.wallSeconds
        figure.cpuSeconds = watch.cpuSeconds
        let after = left.traffic.current
        let digests = await (left.engine.stateDigest(), right.engine.stateDigest())
        try demand(digests.0 == digests.1, "the two nodes fold to different states")
        figure.roundTrips = after.requests - before.requests
        figure.bytes = after.bytes - before.bytes
        figure.residentBytes = Measure.peakBytes()
        figure.limit = "1 round trip, \(overheadLimit) bytes above the payload, wall 0.05 s"
        let overhead = figure.bytes - payload
        figure.isMet = figure.roundTrips == 1 && overhead <= overheadLimit && figure.wallSeconds <= wallLimit
        figure.add("payload_bytes", payload)
        figure.add("overhead_bytes", overhead)
        figure.print()
        await left.stop()
        await right.stop()
    }
}
