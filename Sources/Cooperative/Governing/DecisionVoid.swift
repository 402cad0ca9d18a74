// SPDX-License-Identifier: EUPL-1.2
public import Journal

extension DecisionProposal {
    /// Whether a well-formed proposal counts under the epoch that judges it: E_j with this date, these rules and
    /// these members. The first reason of the page decides. Spec: Protocol/voting.md §2.
    public func check(
        author: OIN, isMember: (OIN) -> Bool, under rules: RulesInForce, date: CivilDate
    ) throws(VoidReason) {
        if let first = faults(author: author, isMember: isMember, under: rules, date: date).first { throw first }
    }

    /// Every reason for which the proposal would be void, in the order of the page; what cannot be judged for
    /// another reason is left out. Spec: Protocol/voting.md §2.
    public func faults(
        author: OIN, isMember: (OIN) -> Bool, under rules: RulesInForce, date: CivilDate
    ) -> [VoidReason] {
        var faults: [VoidReason] = []
        if !isMember(author) { faults.append(.decisionNotMember) }
        if let organ = rules.organ(organ), (organ.electorate == .participants) == (application != nil) {
            if let application { faults += communityFaults(author: author, application, rules) }
        } else {
            faults.append(.decisionOrgan)
        }
        let days = Int(deadline.dayNumber) - Int(date.dayNumber)
        if !(0...CooperativeLimits.deadlineDays).contains(days) { faults.append(.decisionDeadline) }
        if costCents != nil || payload.isSpending, cover == nil { faults.append(.decisionCoverMissing) }
        return faults
    }

    /// What participants of an application may not decide, or not this author.
    private func communityFaults(author: OIN, _ application: Slug, _ rules: RulesInForce) -> [VoidReason] {
        guard rules.application(application) != nil else { return [.decisionApplication] }
        var faults: [VoidReason] = []
        if !rules.takesPart(author, in: application) { faults.append(.decisionNotParticipant) }
        // About another application, too, it is not theirs to decide.
        if !payload.kind.isOfParticipants || payload.application ?? application != application {
            faults.append(.decisionKindOfOrgan)
        }
        return faults
    }
}

extension VoidReason {
    /// The body is no proposal.
    public static let decisionShape = VoidReason("decision-shape")
    /// The author is no member.
    public static let decisionNotMember = VoidReason("decision-not-member")
    /// There is no such organ, or it is one of participants without an application, or the reverse.
    public static let decisionOrgan = VoidReason("decision-organ")
    /// There is no such application.
    public static let decisionApplication = VoidReason("decision-application")
    /// The author does not take part in the application.
    public static let decisionNotParticipant = VoidReason("decision-not-participant")
    /// Participants do not decide this.
    public static let decisionKindOfOrgan = VoidReason("decision-kind-of-organ")
    /// The deadline has passed or is more than 400 days off.
    public static let decisionDeadline = VoidReason("decision-deadline")
    /// It costs money and says not where that comes from.
    public static let decisionCoverMissing = VoidReason("decision-cover-missing")

    /// The body is no ballot.
    public static let ballotShape = VoidReason("ballot-shape")
    /// What is named is no proposal that counts.
    public static let ballotDecision = VoidReason("ballot-decision")
    /// The voter is not of the electorate.
    public static let ballotNotEntitled = VoidReason("ballot-not-entitled")
    /// The decision was closed before.
    public static let ballotLate = VoidReason("ballot-late")
    /// Another own ballot stands, or what is replaced is none.
    public static let ballotSecond = VoidReason("ballot-second")
    /// The ballot that is replaced is final.
    public static let ballotFinal = VoidReason("ballot-final")
}
