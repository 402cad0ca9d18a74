// SPDX-License-Identifier: EUPL-1.2
import Cooperative
public import Journal
import Replication

// Who may ask what, by what the state says of members and candidates. Spec: Protocol/membership.md §1.
extension NodeEngine {
    /// Members and candidates with the keys that they have named: of the newest contact, else of the card.
    public var knownPeers: [OIN: KnownPeer] {
        Dictionary(uniqueKeysWithValues: (state.members() + state.candidates()).map { member in
            (member.oin, KnownPeer(pins: member.pins, lane: lane(of: member)))
        })
    }

    private func lane(of other: MemberView) -> FederationLane {
        switch other.standing {
        case .member, .leaving: return .member
        case .ended: return .visitor(reason: "\(other.oin) is no member of this network any more.")
        case .candidate: break
        }
        guard let invitation = state.invitation(of: other.oin) else {
            return .visitor(reason: "\(other.oin) is no member of this network.")
        }
        return invitation.isAdopted ? .adopted : .candidate(waitsFor: waiting(for: invitation.decision))
    }

    /// What an open admission waits for, in a sentence for the candidate's operator.
    private func waiting(for decision: DecisionView) -> String {
        let names = decision.absent.prefix(Self.absentNamed).map { state.member($0)?.card.name ?? $0.digits }
        let more = decision.absent.count - names.count
        let absent = names.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
        return "The admission (decision \(decision.id), until \(decision.proposal.deadline)) is open"
            + (absent.isEmpty ? "." : "; not voted yet: \(absent).")
    }

    private static let absentNamed = 10

    /// Whether this node exchanges with a member's node of its own accord.
    func isPartner(_ other: MemberView) -> Bool { other.oin != member.oin && other.standing < .ended }

    /// Members and adopted candidates.
    var possiblePartners: [MemberView] {
        state.members() + state.candidates().filter { state.invitation(of: $0.oin)?.isAdopted ?? false }
    }

    /// Takes the pages of its own log that a candidate hands in; nothing is compared with it and nothing told.
    /// `nil` where it hands in none.
    func takeCandidateLog(_ body: [UInt8], from candidate: OIN) async -> ExchangeReply? {
        let asked: ResolvedRequest
        do throws(BodyRefusal) {
            let request = try ExchangeRequest(decoding: body)
            guard let numbers = chain.numbers(of: request.numberingEpoch) else { throw .field(key: 11) }
            asked = try ResolvedRequest(request, numbers)
        } catch {
            count(error.reason, for: candidate)
            return .refused(error.reason)
        }
        guard !asked.pages.isEmpty else { return nil }
        let own = Set(state.member(candidate)?.logs.map(\.log) ?? [])
        var refusals: [LogRefusal] = []
        do throws(EngineFailure) {
            let outcome = try await admit(asked.pages.filter { own.contains($0.log) })
            for (log, refusal) in outcome.refused { refusals.append(LogRefusal(log: log, reason: refusal.reason)) }
        } catch {
            log(.error, "exchange", candidate.digits, result: "failed", ["reason": error.description])
            return .failed
        }
        for page in asked.pages where !own.contains(page.log) {
            refusals.append(LogRefusal(log: page.log, reason: PageRefusal.logNotAuthorised.reason))
        }
        for refusal in refusals { count(refusal.reason, for: candidate) }
        var answer = ExchangeAnswer(epoch: chain.number, digest: headTableDigest())
        answer.refusals = refusals.map { PushRefusal(log: asked.numbers.reference(to: $0.log), reason: $0.reason) }
        return .answered(answer.encode())
    }
}
