// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Replication

/// The epochs that were applied: the last one, who votes on the next, and how each numbers logs on the wire.
/// Spec: Protocol/genesis.md §2, Protocol/exchange.md §1.
struct EpochChain: Sendable {
    /// E_k.
    private(set) var epoch: Epoch
    /// Who votes on the number after it.
    private(set) var voters: VotingSet
    /// By number; epochs that name the same logs share one vector.
    private var vectors: [LogNumbers]

    /// The chain before any epoch.
    init(genesis: Genesis, voters: VotingSet, _ hashing: some Hashing) {
        epoch = Epoch(genesis: genesis, hashing)
        self.voters = voters
        vectors = [LogNumbers(epoch: 0, logs: epoch.vector.logs)]
    }

    /// The chain up to the epoch of a settled state that was saved, with the deltas that led to it.
    init?(genesis: Genesis, settled: CooperativeState, deltas: [VectorDelta], _ hashing: some Hashing) {
        guard deltas.count == settled.epoch.number else { return nil }
        self.init(genesis: genesis, voters: settled.votingSet, hashing)
        for (position, delta) in deltas.enumerated() { addVector(of: position + 1, named: delta.heads.map(\.log)) }
        guard vectors.last?.logs == settled.epoch.vector.logs else { return nil }
        epoch = settled.epoch
    }

    /// k.
    var number: Int { epoch.number }

    /// The log numbers of an epoch; `nil` for one that is not held.
    func numbers(of epoch: Int) -> LogNumbers? { vectors.indices.contains(epoch) ? vectors[epoch] : nil }

    /// The log numbers of the genesis.
    var founding: LogNumbers { vectors[0] }

    /// Goes on with the next epoch.
    mutating func append(_ next: Epoch, voters: VotingSet) {
        precondition(next.number == epoch.number + 1, "epochs are applied one by one")
        addVector(of: next.number, named: next.vector.logs)
        epoch = next
        self.voters = voters
    }

    private mutating func addVector(of number: Int, named logs: [LogID]) {
        let before = vectors[number - 1]
        let new = logs.filter { log in
            if case .id = before.reference(to: log) { true } else { false }
        }
        vectors.append(new.isEmpty ? before.renamed(epoch: number) : LogNumbers(epoch: number, logs: before.logs + new))
    }
}

extension [CoveredHead] {
    /// The same places as the messages of exchange carry them.
    var delta: VectorDelta { VectorDelta(map { DeltaHead(log: $0.log, head: $0.head) }) }
}

extension VectorDelta {
    /// The same places as epochs carry them.
    var covered: [CoveredHead] { heads.map { CoveredHead(log: $0.log, head: $0.head) } }
}
