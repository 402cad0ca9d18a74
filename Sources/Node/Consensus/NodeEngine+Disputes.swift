// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Replication
import Storage

extension Lie {
    /// Whether two signatures alone show it, whatever polkas there are.
    fileprivate var isDouble: Bool {
        switch self {
        case .doublePrecommit, .doublePrevote: true
        case .brokenLock, .precommitWithoutPolka: false
        }
    }
}

// Two certificates of one number with different hashes: consensus stops for good, both are kept and served, and who
// lied is named once everybody was asked for polkas. Spec: Protocol/consensus.md §7.
extension NodeEngine {
    /// Stops at two certificates that contradict each other.
    func stopDisputed(_ one: Certificate, _ other: Certificate) async {
        guard dispute == nil, let conflict = Conflict(one, other),
              let voters = votingSet(before: conflict.first.number)
        else { return }
        let number = conflict.first.number.value
        dispute = ConsensusStanding.Dispute(
            number: number, hashes: [conflict.first.hash, conflict.second.hash], liars: [])
        self.conflict = conflict
        log(.error, "epoch", String(number), result: "disputed", [
            "first": conflict.first.hash.description, "second": conflict.second.hash.description,
        ])
        refreshPermission()
        do throws(StorageFailure) {
            try await store.keepDisputed(number, [conflict.first, conflict.second].map {
                (hash: $0.hash.hash, bytes: $0.encode(voters))
            })
        } catch { log(.error, "dispute", result: "not-kept", ["reason": error.description]) }
        need(.disputePolkas(number: number))
    }

    /// What was stopped at before this start.
    func loadDispute() throws(StorageFailure) {
        let kept = try store.disputed()
        guard let number = kept.first?.number, let voters = votingSet(before: EpochNumber(known: number)) else {
            return
        }
        let certificates = kept.filter { $0.number == number }.compactMap { try? Certificate($0.bytes, voters, suite) }
        guard certificates.count >= 2, let conflict = Conflict(certificates[0], certificates[1]) else { return }
        dispute = ConsensusStanding.Dispute(
            number: number, hashes: [conflict.first.hash, conflict.second.hash], liars: [])
        self.conflict = conflict
    }

    /// The rounds and hashes whose polkas are asked of everyone.
    var polkasDisputed: [ConsensusNeed] {
        guard let conflict else { return [] }
        let last = min(conflict.roundsAsked.upperBound.value, conflict.first.round.value + NodeLimits.disputedRounds)
        return (conflict.first.round.value...last).flatMap { round in
            [conflict.first.hash, conflict.second.hash].map {
                .polka(number: conflict.first.number.value, round: round, hash: $0.hash)
            }
        }
    }

    /// Names the liars by the polkas that everybody produced, those held here included. While somebody was not asked,
    /// only those whom the certificates alone show.
    func nameLiars(by produced: [(peer: OIN, bytes: [UInt8])], isEveryoneAsked: Bool) {
        guard let conflict, let voters = votingSet(before: conflict.first.number) else { return }
        let number = conflict.first.number.value
        let own = ((try? store.polkas(of: number)) ?? []).map(\.bytes)
        let polkas = (own + produced.map(\.bytes)).compactMap { try? Polka($0, voters, suite) }
        let liars = conflict.liars(polkas: polkas, voters).filter { isEveryoneAsked || $0.lie.isDouble }
        guard liars != dispute?.liars else { return }
        dispute?.liars = liars
        dispute?.liarMembers = Set(liars.compactMap { tips[$0.log]?.identity.origin.oin }).sorted()
        for liar in liars {
            let oin = tips[liar.log]?.identity.origin.oin.digits ?? liar.log.description
            log(.error, "liar", oin, result: "\(liar.lie)", ["epoch": String(number)])
        }
    }

    /// Looks through what a partner holds as epochs that are applied here for one that contradicts them.
    func compare(_ past: EpochsAnswer, from peer: OIN) async {
        for item in past.items {
            guard settled.epochs.indices.contains(item.number),
                  let voters = votingSet(before: EpochNumber(known: item.number))
            else { return }
            do throws(CertificateRefusal) {
                let theirs = try Certificate(item.certificate, voters, suite)
                guard theirs.hash.hash != settled.epochs[item.number].hash else { continue }
                guard let kept = try? store.epochs(from: item.number, bytesLimit: 1).first else { return }
                return await stopDisputed(try Certificate(kept.certificate, voters, suite), theirs)
            } catch {
                count(error.rawValue, for: peer)
                return
            }
        }
    }

    /// Who voted on a number.
    func votingSet(before number: EpochNumber) -> VotingSet? {
        let previous = number.value - 1
        if previous == chain.number { return chain.voters }
        if previous == 0 { return VotingSet(genesis: genesis, suite) }
        guard settled.epochs.indices.contains(previous),
              let kept = try? store.epochs(from: previous, bytesLimit: 1).first, kept.number == previous
        else { return nil }
        let logs = kept.voters.compactMap { tips[$0]?.identity }
        guard logs.count == kept.voters.count, !logs.isEmpty else { return nil }
        return VotingSet(
            network: genesis.network, number: EpochNumber(known: previous),
            hash: EpochHash(settled.epochs[previous].hash.value), logs: logs,
            recoveryKeys: Dictionary(uniqueKeysWithValues: logs.compactMap { log in
                settled.member(log.origin.oin).map { (log.log, $0.card.recoveryKey) }
            }), suite)
    }
}
