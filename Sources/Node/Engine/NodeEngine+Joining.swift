// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Replication
import Storage

// How a newcomer becomes a member: caught up and adopted, it says that it is ready; an epoch does the rest.
// Spec: Protocol/membership.md §1.
extension NodeEngine {
    /// What a newcomer's admission waits for.
    enum JoiningStep: Equatable {
        /// No invitation of this member is held here yet; before that and until it is carried others show nothing.
        case invitation
        /// The card that was invited is another than this node's.
        case otherCard
        /// The decision is open.
        case decision(Decision.ID, absent: [OIN])
        /// Entries or epochs are still to come.
        case catchingUp
        /// The next epoch.
        case epoch
        /// Nothing: it is a member.
        case member
        /// Nothing any more: its membership ended.
        case ended
    }

    /// Where the admission of this node's member is.
    var joiningStep: JoiningStep {
        if isMember { return .member }
        if state.member(member.oin)?.standing == .ended { return .ended }
        guard let invitation = state.invitation(of: member.oin) else { return .invitation }
        guard state.member(member.oin)?.card == member else { return .otherCard }
        guard invitation.isAdopted else {
            return .decision(invitation.decision.id, absent: invitation.decision.absent)
        }
        return invitation.isReady ? .epoch : .catchingUp
    }

    /// Goes on as far as it can; called again and again until the member is one.
    func goOnJoining() async {
        guard mode == .joins else { return }
        let step = joiningStep
        if step == .member {
            do { try await beginNewcomersLog() } catch {
                log(.error, "join", member.oin.digits, result: "failed", ["reason": "\(error)"])
                return
            }
            mode = .writes
            log(.info, "join", member.oin.digits, result: "member", ["epoch": String(chain.number)])
            refreshPermission()
            return
        }
        guard step == .catchingUp, isCaughtUp, readyEpoch != chain.number else { return }
        readyEpoch = chain.number
        do {
            try await beginNewcomersLog()
            let ready = Ready(
                epoch: EpochNumber(known: chain.number), hash: chain.epoch.hash, stateDigest: settledDigest)
            _ = try await submitOwn(OwnEntries([ready.entry()]))
            log(.info, "join", member.oin.digits, result: "ready", ["epoch": String(chain.number)])
        } catch {
            log(.error, "join", member.oin.digits, result: "failed", ["reason": "\(error)"])
        }
    }

    private func beginNewcomersLog() async throws {
        guard tips[ownLogID]?.held ?? .empty == .empty else { return }
        let zero = EntryZero(network: genesis.network, card: member)
        let hasOlder = store.ownLog.map { $0 != ownLogID } ?? false
        if store.ownLog == nil { try await store.declareOwnLog(zero) }
        let opening = OwnLogOpening(entryZero: zero, signer: signer, isSuccessor: hasOlder)
        _ = try await submit { .begin(opening, $0) }
    }

    /// Whether somebody who was reached holds nothing that is missing here.
    private var isCaughtUp: Bool {
        partners.values.contains {
            $0.isReachable == true && $0.entriesBehind == 0 && $0.epoch <= chain.number
        }
    }

    /// A log that is durable with its entry 0 is the own one from now on.
    func takeUp(_ opening: OwnLogOpening) {
        signer = opening.signer
        ownLog.replace(by: LogIdentity(opening.entryZero, suite))
        if opening.isSuccessor {
            mode = .writes
            log(.info, "own-log", ownLogID.description, result: "successor")
        }
    }
}
