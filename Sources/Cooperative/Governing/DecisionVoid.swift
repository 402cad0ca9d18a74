// SPDX-License-Identifier: EUPL-1.2
public import Journal

extension DecisionProposal {
    /// Whether a well-formed proposal counts under the epoch that judges it: E_j with this date, these rules and
    /// these members. The reasons in the order of the page. Spec: Protocol/voting.md §2.
    public func check(
        author: OIN, isMember: (OIN) -> Bool, under rules: RulesInForce, date: CivilDate
    ) throws(VoidReason) {
        guard isMember(author) else { throw .decisionNotMember }
        guard let organ = rules.organ(organ), (organ.electorate == .participants) == (application != nil) else {
            throw .decisionOrgan
        }
        if let application {
            guard rules.application(application) != nil else { throw .decisionApplication }
            guard rules.takesPart(author, in: application) else { throw .decisionNotParticipant }
            guard payload.kind.isOfParticipants, payload.application ?? application == application else {
                throw .decisionKindOfOrgan
            }
        }
        let days = deadline.dayNumber - date.dayNumber
        guard (0...CooperativeLimits.deadlineDays).contains(Int(days)) else { throw .decisionDeadline }
        guard costCents == nil || cover != nil else { throw .decisionCoverMissing }
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
