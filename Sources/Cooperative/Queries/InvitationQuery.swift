// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// How far the admission of a candidate is. Spec: Protocol/membership.md §1.
public struct InvitationView: Hashable, Sendable {
    /// The decision: the one that was carried, else the open one that votes carry so far, else an open one.
    public let decision: DecisionView
    /// Whether it is carried, by an epoch or provisionally.
    public let isAdopted: Bool
    /// Whether a *ready* of the candidate counts.
    public let isReady: Bool
}

extension CooperativeState {
    /// The invitation of a candidate; `nil` for a member, and for whoever is not invited.
    public func invitation(of oin: OIN) -> InvitationView? {
        guard let number = memberNumbers[oin], folk[Int(number)].isShown, folk[Int(number)].standing == .candidate
        else { return nil }
        let views = folk[Int(number)].invitations.map { decision(at: $0) }
        let carried = views.filter { $0.standing == .carried }
        let open = views.filter { $0.standing == .open }
        let provisional = open.filter { $0.outcome == .carried }
        guard let decision = (carried + provisional + open).first else { return nil }
        let log = EntryZero(network: genesis.network, card: folk[Int(number)].card).log(hashing)
        return InvitationView(
            decision: decision, isAdopted: !carried.isEmpty || !provisional.isEmpty,
            isReady: logNumber(log).map { logs[Int($0)].readyMark > 0 } ?? false)
    }
}
