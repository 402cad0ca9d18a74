// SPDX-License-Identifier: EUPL-1.2

import Cooperative
import Journal
import Replication
import Storage

// Exchanges carry the hash of the highest epoch, so that two certificates of one number are seen wherever two nodes
// that hold one each meet. Spec: Protocol/exchange.md §3, key 17, and Protocol/consensus.md §7.
extension NodeEngine {
    /// What an asker is told: the own epoch of the smaller number, unless its hash is the one that was asked with, and
    /// both epochs that are disputed here, once the asker can check them.
    func epochsToCompare(with request: ExchangeRequest) -> [EpochMention] {
        var mentions: [EpochMention] = []
        let number = min(request.epoch, chain.number)
        if number > 0 {
            let own = settled.epochs[number].hash
            if request.epoch > number || request.epochHash != nil && request.epochHash != own {
                mentions.append(EpochMention(number: number, hash: own))
            }
        }
        guard let dispute, request.epoch >= dispute.number - 1 else { return mentions }
        return mentions + dispute.hashes.map { EpochMention(number: dispute.number, hash: $0.hash) }
            .filter { !mentions.contains($0) }
    }

    /// Asks a member for the certificates of epochs that it holds and that are none of those held here.
    func compare(_ mentions: [EpochMention], from peer: OIN) {
        guard dispute == nil else { return }
        for mention in mentions where isOther(mention) { need(.otherEpoch(mention, of: peer)) }
    }

    /// Whether an epoch is another one than what is held under its number. Of the running number any is of use.
    private func isOther(_ mention: EpochMention) -> Bool {
        if settled.epochs.indices.contains(mention.number) {
            return settled.epochs[mention.number].hash != mention.hash
        }
        return mention.number == chain.number + 1 && height?.decided?.hash.hash != mention.hash
    }

    /// Takes a certificate that contradicts what is held; false where it cannot be judged by what is held here.
    func takeOther(_ proof: [UInt8], _ mention: EpochMention, from peer: OIN) async -> Bool {
        guard let voters = votingSet(before: EpochNumber(known: mention.number)) else { return true }
        let theirs: Certificate
        do throws(CertificateRefusal) { theirs = try Certificate(proof, voters, suite) } catch {
            if error != .doesNotFollow { count(error.rawValue, for: peer) }
            return false
        }
        guard theirs.hash.hash == mention.hash else { return false }
        guard mention.number <= chain.number else {
            take(.certificate(theirs.claim))
            return true
        }
        guard isOther(mention), let kept = try? store.epochs(from: mention.number, bytesLimit: 1).first,
              let own = try? Certificate(kept.certificate, voters, suite)
        else { return true }
        await stopDisputed(own, theirs)
        return true
    }
}
