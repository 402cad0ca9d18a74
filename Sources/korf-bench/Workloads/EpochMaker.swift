// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal

/// Entries of the catch-up workload in memory, and epochs over them.
struct EpochMaker {
    let network: BenchNetwork
    private(set) var held = EntriesInMemory()
    private let signer: EpochSigner
    private var workload: CatchUpWorkload
    private var tips: [LogID: LogTip] = [:]

    init(_ network: BenchNetwork) throws {
        self.network = network
        signer = try EpochSigner(network)
        workload = try CatchUpWorkload(network)
        keep(workload.logs.begun)
    }

    /// Adds entries over all logs, signed.
    mutating func add(_ count: Int) throws {
        workload.add(count)
        keep(try workload.signAll())
    }

    private mutating func keep(_ pages: [AdmittedPage]) {
        for page in pages {
            tips[page.log] = page.tip
            for position in 0..<page.entries.count {
                held.append(Array(page.entries[position]), to: page.log, hashing: network.suite)
            }
        }
    }

    /// The newest signed head of a log.
    func head(_ log: LogID) -> Head? { tips[log]?.head?.signed.head }

    /// Everything that is held, as the vector after an epoch.
    func heads(after settled: CooperativeState) -> [CoveredHead] {
        settled.epoch.heads.map { CoveredHead(log: $0.log, head: head($0.log) ?? $0.head) }
    }

    /// The next epoch, which covers everything that is held.
    func epoch(after settled: CooperativeState) throws -> Epoch {
        try signer.epoch(after: settled, heads(after: settled))
    }
}
