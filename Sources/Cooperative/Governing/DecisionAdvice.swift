// SPDX-License-Identifier: EUPL-1.2
import Journal

/// What a person who drafts a decision is told where it would be void. Spec: Protocol/voting.md §2.
enum DecisionAdvice {
    static func finding(
        _ reason: VoidReason, _ proposal: DecisionProposal, rules: RulesInForce, date: CivilDate
    ) -> DecisionFindings.Finding {
        let (field, sentence) = switch reason {
        case .decisionNotMember: ("author", "Only a member proposes.")
        case .decisionOrgan: organ(proposal, rules)
        case .decisionApplication: ("application", "Known are: \(list(rules.applications.map(\.id))).")
        case .decisionNotParticipant: ("application", "Only who takes part in it proposes to its participants.")
        case .decisionKindOfOrgan:
            ("organ", "Participants decide about tariffs, cost sharing and its terms, joining and leaving of their own "
                + "application, a new application and free texts; the rest is for an organ of all members.")
        case .decisionDeadline: deadline(date)
        case .decisionCoverMissing: ("cover", "What costs money says where the money comes from.")
        default: ("", reason.rawValue)
        }
        return DecisionFindings.Finding(field: field, sentence: sentence)
    }

    private static func organ(_ proposal: DecisionProposal, _ rules: RulesInForce) -> (String, String) {
        guard let organ = rules.organ(proposal.organ) else {
            return ("organ", "There is no organ \(proposal.organ); known are: \(list(rules.organs.map(\.id))).")
        }
        return organ.electorate == .participants
            ? ("application", "\(organ.id) is an organ of participants; name their application.")
            : ("application", "\(organ.id) is an organ of all members; leave the application out.")
    }

    private static func deadline(_ date: CivilDate) -> (String, String) {
        let last = date.adding(days: CooperativeLimits.deadlineDays)
        return ("deadline", "The last day to vote is \(date) at the earliest and \(last ?? date) at the latest.")
    }

    private static func list(_ slugs: [Slug]) -> String { slugs.map(\.description).joined(separator: ", ") }
}

extension EffectRefusal {
    /// Why a carried decision has no effect, or would have none now, for an operator.
    public var sentence: String {
        switch self {
        case .memberKnown: "This OIN is that of a member already, or of an admitted candidate."
        case .keyKnown: "A log has this key already; a member begins with a key of its own."
        case .memberUnknown: "Somebody whom it names is no member."
        case .applicationUnknown: "There is no such application."
        case .classUnknown: "The application has no such class."
        case .tariffsOverlap: "Another tariff of this class holds in one of these months."
        case .exists: "What it would add stands already."
        case .notParticipant: "The member does not take part in the application, or leads it."
        case .date: "The member would leave too early, or the advance would be carried back too early."
        case .lineUnknown: "No advance was decided so."
        case .costSharingUnknown: "The cost of this application is not shared."
        case .lastVoter: "Nobody would be left to vote about epochs."
        case .log: "The log is not the newest of this member."
        case .cellUnknown: "Nobody counted anything in this cell."
        case .notEscalated: "Neither party handed this cell to the organ, and no lapse left it open."
        }
    }
}
