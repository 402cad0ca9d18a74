// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// A place in the head vector of an epoch. Spec: Protocol/genesis.md §3.
public struct CoveredHead: Hashable, Sendable {
    /// The log.
    public let log: LogID
    /// What the epoch covers of it.
    public let head: Head

    /// What an epoch covers of a log.
    public init(log: LogID, head: Head) { (self.log, self.head) = (log, head) }
}

/// An agreed step of the network's slow chain; here the first, which the genesis gives.
/// Spec: Protocol/genesis.md §2.
public struct Epoch: Hashable, Sendable {
    /// From 0.
    public let number: Int
    /// The hash of the header; of epoch 0 the network's id.
    public let hash: Hash
    /// The only date that counts.
    public let date: CivilDate
    /// The rule version in force.
    public let ruleVersion: Int
    /// The logs in order of id, with what is covered of each.
    public let heads: [CoveredHead]
    /// The numbers of the logs on the wire.
    public let vector: LogVector

    /// Epoch 0: every founder's log at size 0.
    public init(genesis: Genesis, _ hashing: some Hashing) {
        number = 0
        hash = Hash(genesis.network.value)
        date = genesis.date
        ruleVersion = genesis.ruleVersion
        let logs = genesis.founders.map { EntryZero(network: genesis.network, card: $0).log(hashing) }.sorted()
        let empty = Head(size: .empty, root: hashing.emptyRoot)
        heads = logs.map { CoveredHead(log: $0, head: empty) }
        vector = LogVector(logs)
    }
}

/// The logs of an epoch in order of id; a log's position is its number on the wire.
/// Spec: Protocol/genesis.md §2.
public struct LogVector: Hashable, Sendable {
    /// In order of id.
    public let logs: [LogID]

    /// Sorts the logs; each stands once.
    public init(_ logs: [LogID]) {
        self.logs = logs.sorted()
        precondition(zip(self.logs, self.logs.dropFirst()).allSatisfy { $0 < $1 }, "a log has one number")
    }

    /// The number of a log, `nil` when the epoch does not name it.
    public func number(of log: LogID) -> Int? {
        var (low, high) = (0, logs.count)
        while low < high {
            let middle = (low + high) / 2
            if logs[middle] < log { low = middle + 1 } else { high = middle }
        }
        return low < logs.count && logs[low] == log ? low : nil
    }

    /// The log with a number, `nil` when there is none.
    public func log(number: Int) -> LogID? { logs.indices.contains(number) ? logs[number] : nil }
}
