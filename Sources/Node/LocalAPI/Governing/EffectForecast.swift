// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// What would come of a payload if it were carried now: why it could have no effect. The conditions are those of
/// Protocol/voting.md §5; they are judged again when an epoch closes the decision.
enum EffectForecast {
    static func refusal(_ payload: DecisionPayload, _ state: CooperativeState) -> EffectRefusal? {
        let isMember = { (oin: OIN) in state.member(oin)?.standing == .member }
        switch payload {
        case .admission(let card): return admission(card, state)
        case .exit(let oin, _):
            return isMember(oin) ? voters(without: oin, state) : .memberUnknown
        case .expulsion(let oin):
            guard [.member, .leaving].contains(state.member(oin)?.standing) else { return .memberUnknown }
            return voters(without: oin, state)
        case .votingFlag(let oin, let votes):
            guard isMember(oin) else { return .memberUnknown }
            return votes ? nil : voters(without: oin, state)
        case .keyReplacement(let keys):
            guard isMember(keys.card.oin) else { return .memberUnknown }
            guard state.log(of: keys.card.oin) == keys.log else { return .log }
            return isKnown(keys.card.logKey, state) ? .keyKnown : nil
        default:
            var rules = state.rules
            do throws(EffectRefusal) { try rules.apply(payload, isMember: isMember) } catch { return error }
            return nil
        }
    }

    private static func admission(_ card: Card, _ state: CooperativeState) -> EffectRefusal? {
        if let member = state.member(card.oin), member.standing != .candidate { return .memberKnown }
        let isAdopted = state.decisions().contains { decision in
            guard decision.standing == .carried, case .admission(let adopted) = decision.proposal.payload else {
                return false
            }
            return adopted.oin == card.oin
        }
        if isAdopted { return .memberKnown }
        return isKnown(card.logKey, state) ? .keyKnown : nil
    }

    private static func isKnown(_ key: PublicKey, _ state: CooperativeState) -> Bool {
        state.members().contains { $0.logs.contains { $0.key == key } }
    }

    private static func voters(without oin: OIN, _ state: CooperativeState) -> EffectRefusal? {
        state.members().contains { $0.oin != oin && $0.isVoting } ? nil : .lastVoter
    }
}
