// SPDX-License-Identifier: EUPL-1.2
public import Journal

extension Epoch {
    /// The epoch that a certificate decided, with the vector behind its root; `nil` for another vector.
    /// Spec: Protocol/genesis.md §3.
    public init?(_ certificate: Certificate, heads: [CoveredHead], _ hashing: some Hashing) {
        let header = certificate.header
        guard EpochHeader.isOrdered(heads), EpochHeader.vectorRoot(heads, hashing) == header.vectorRoot else {
            return nil
        }
        number = header.number
        hash = certificate.hash.hash
        date = header.date
        ruleVersion = header.ruleVersion
        self.heads = heads
        vector = LogVector(heads.map(\.log))
    }

    /// The vector that a delta makes of this epoch's. The delta is in order of log id.
    /// Spec: Protocol/consensus.md §2.
    public func heads(applying delta: [CoveredHead]) -> [CoveredHead] {
        var merged: [CoveredHead] = []
        merged.reserveCapacity(heads.count + delta.count)
        var old = heads[...]
        for new in delta {
            while let next = old.first, next.log < new.log { merged.append(old.removeFirst()) }
            if old.first?.log == new.log { old.removeFirst() }
            merged.append(new)
        }
        return merged + old
    }

    /// The heads in which a vector differs from this epoch's, in its order. No log left it.
    /// Spec: Protocol/consensus.md §2.
    public func delta(to vector: [CoveredHead]) -> [CoveredHead] {
        vector.filter { covered in
            let place = heads.partitioningIndex { $0.log >= covered.log }
            return place == heads.count || heads[place] != covered
        }
    }
}

extension VotingSet {
    /// The voters of the genesis: every founder. Spec: Protocol/consensus.md §1.
    public init(genesis: Genesis, _ hashing: some Hashing) {
        let logs = genesis.founders.map {
            LogIdentity(EntryZero(network: genesis.network, card: $0), hashing)
        }
        let hash = EpochHash(genesis.network.value)
        let recovery = zip(logs, genesis.founders).map { ($0.log, $1.recoveryKey) }
        self.init(
            network: genesis.network, number: EpochNumber(known: 0), hash: hash, logs: logs,
            recoveryKeys: Dictionary(uniqueKeysWithValues: recovery), hashing)
    }
}
