// SPDX-License-Identifier: EUPL-1.2
public import Journal

// Logs that nothing held here authorises, and that a quorum holds. Spec: Protocol/log.md §4, Protocol/consensus.md §4.
extension ConsensusCore {
    /// The headers of E_{k+1} behind which a quorum's signatures are known here: the decided one and those with a
    /// polka. More than f correct members hold and verified every head of their vectors.
    public var upheldHeaders: [EpochHeader] {
        let polkas = rounds.withPolka.flatMap { rounds[$0].prevotes.quorums(quorum) }.compactMap { values[$0]?.header }
        return (decision.map { [$0.header] } ?? []) + polkas
    }
}

extension CooperativeState {
    /// The logs of vectors of upheld headers that are not known here, each with the size that is named: so much of
    /// it may be taken, by whoever is shown the entry 0 that its id is the hash of. An invitation may stand where
    /// evidence that is held here lets nothing count, or in what a restored disk no longer has.
    public func unknownLogs(of vectors: [[CoveredHead]]) -> [LogID: LogSize] {
        var sizes: [LogID: LogSize] = [:]
        for covered in vectors.joined() where logNumber(covered.log) == nil && covered.head.size > .empty {
            sizes[covered.log] = max(sizes[covered.log] ?? .empty, covered.head.size)
        }
        return sizes
    }
}
