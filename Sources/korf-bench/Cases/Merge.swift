// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Node
import Storage

/// P5: W1 admitted (each signed head verified), made durable and folded, up to the state digest.
enum Merge {
    private static let limit = 650_000.0
    /// As much as an exchange hands over at once.
    private static let chunkBytes = 1 << 20

    static func run(_ workspace: Workspace) async throws {
        let network = try BenchNetwork(workspace)
        let workload = try MergeWorkload(network)
        let directory = workspace.folder("merge")
        let (store, engine) = try await BenchNode.open(network, founder: 0, directory: directory)
        let chunks = chunks(workload.pages)
        Measure.forgetPeak()
        let watch = Stopwatch()
        for chunk in chunks {
            let outcome = try await engine.admit(chunk)
            try demand(outcome.refused.isEmpty, "a page was refused: \(outcome.refused)")
        }
        _ = await engine.stateDigest()
        var figure = Figure("P5", "merge of 1,000,000 counter updates and 100,000 register writes")
        figure.wallSeconds = watch.wallSeconds
        figure.cpuSeconds = watch.cpuSeconds
        figure.residentBytes = Measure.peakBytes()
        figure.bytes = workload.pages.reduce(0) { $0 + $1.entries.byteCount }
        try await check(engine, workload)
        let rate = Double(MergeWorkload.updates + MergeWorkload.writes) / figure.cpuSeconds
        figure.limit = "650000 updates per CPU second"
        figure.isMet = rate >= limit
        figure.add("updates_per_cpu_s", Int(rate))
        figure.add("entries", workload.entryCount)
        figure.add("signed_pages", workload.pages.count)
        figure.add("store_bytes", store.directory.byteCount)
        figure.print()
    }

    private static func chunks(_ pages: [Page]) -> [[Page]] {
        var chunks: [[Page]] = [[]]
        var bytes = 0
        for page in pages {
            if bytes > chunkBytes {
                chunks.append([])
                bytes = 0
            }
            chunks[chunks.count - 1].append(page)
            bytes += page.entries.byteCount
        }
        return chunks
    }

    /// Every counter of the generator, and how many values stand in every register.
    private static func check(_ engine: NodeEngine, _ workload: MergeWorkload) async throws {
        let state = await engine.state
        for (pair, counters) in workload.totals {
            let found = state.counters(of: workload.cell(pair), log: workload.log(pair))
            try demand(found == counters, "a counter differs from the generator's")
        }
        for number in 0..<BenchNetwork.sharedApplications {
            let id = BenchNetwork.applicationID(number)
            guard let view = state.application(id) else { throw BenchFailure("\(id) is not in the state") }
            let standing = Dictionary(uniqueKeysWithValues: view.fields.map { ($0.field, $0.values.count) })
            for register in 0..<MergeWorkload.registers where workload.book.place(register).application == id {
                let expected = workload.book.standingCount(register)
                let found = standing[workload.book.place(register).field] ?? 0
                try demand(found == expected, "register \(register) holds \(found) values instead of \(expected)")
            }
        }
    }
}
