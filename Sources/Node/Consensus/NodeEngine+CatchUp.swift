// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Replication
import Storage

// Epochs that others have. Certificates need no logs: each is checked with the voters of the epoch before.
// Spec: Protocol/exchange.md §8.
extension NodeEngine {
    /// A partner has said which epoch it has applied.
    func heard(epoch number: Int, from peer: OIN) {
        partners[peer, default: PartnerStanding()].epoch = number
        if number > chain.number { need(.epochs(first: chain.number + 1)) }
    }

    /// Takes epochs that a partner sent from the next number on. Answers false when they are not what was asked for.
    func take(_ answer: EpochsAnswer, from peer: OIN) -> Bool {
        let following = answer.items.filter { $0.number > chain.number }
        guard following.enumerated().allSatisfy({ $1.number == chain.number + 1 + $0 }) else {
            count("epoch-out-of-order", for: peer)
            return false
        }
        guard !following.isEmpty else { return false }
        catchingUp = (peer, following)
        return goOnCatchingUp()
    }

    /// Checks the next of the epochs that a partner sent.
    @discardableResult
    func goOnCatchingUp() -> Bool {
        guard let (peer, items) = catchingUp, height?.decided == nil else { return false }
        guard let item = items.first(where: { $0.number == chain.number + 1 }) else {
            catchingUp = nil
            if let known = partners[peer]?.epoch, known > chain.number { need(.epochs(first: chain.number + 1)) }
            return false
        }
        do throws(CertificateRefusal) {
            let certificate = try Certificate(item.certificate, chain.voters, suite)
            guard take(chain.epoch.heads(applying: item.delta.covered), for: certificate.header) else {
                count("proposal-vector-root", for: peer)
                catchingUp = nil
                return false
            }
            take(.certificate(certificate.claim))
            return true
        } catch {
            count(error.rawValue, for: peer)
            catchingUp = nil
            if error == .doesNotFollow, chain.number > 0 { need(.pastEpochs(through: chain.number)) }
            return false
        }
    }

    /// Takes a polka or certificate of the running number that a partner sent; false where it is none.
    func take(_ proof: [UInt8], isPolka: Bool, of number: Int, _ hash: Hash, from peer: OIN) -> Bool {
        // The epoch was applied while the answer was on its way: nothing is wrong with it.
        if number <= chain.number { return true }
        do throws(CertificateRefusal) {
            if isPolka {
                let polka = try Polka(proof, chain.voters, suite)
                guard polka.hash.hash == hash else { throw .doesNotFollow }
                take(.polka(polka.claim))
            } else {
                take(.certificate(try Certificate(proof, chain.voters, suite).claim))
            }
            return true
        } catch {
            count(error.rawValue, for: peer)
            return false
        }
    }

    /// Takes the heads behind a root that a proposal or a certificate of the running number names.
    func take(_ delta: VectorDelta, of number: Int, root: Hash, from peer: OIN) -> Bool {
        if number <= chain.number { return true }
        let heads = chain.epoch.heads(applying: delta.covered)
        guard EpochHeader.vectorRoot(heads, suite) == root else {
            count("proposal-vector-root", for: peer)
            return false
        }
        height?.know(heads, root: root)
        scheduleView()
        return true
    }
}
