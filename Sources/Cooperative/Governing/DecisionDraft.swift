// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// A proposal as a person gives it, in plain values that may be wrong. Spec: Protocol/voting.md §2.
public struct DecisionDraft: Sendable {
    /// Id of the organ that decides.
    public var organ = ""
    /// What it does when carried.
    public var payload: DecisionPayloadDraft
    /// One line for people.
    public var title = ""
    /// `YYYY-MM-DD`.
    public var deadline = ""
    /// What it costs, in cents.
    public var costCents: Int64?
    /// Where the money comes from.
    public var cover: String?
    /// Slug of the application whose participants decide.
    public var application: String?

    /// A draft without organ, title and deadline.
    public init(_ payload: DecisionPayloadDraft) { self.payload = payload }

    /// The proposal, lists sorted, or all that is wrong with it; every finding names its field.
    public func checked() throws(DecisionFindings) -> DecisionProposal {
        var check = GenesisCheck(formsOf: GenesisDraft())
        let root = GenesisPath.whole
        let organ = check.slug(organ, root.key(1, "organ"))
        let payload = payload.payload(&check, root.key(3, self.payload.word))
        if !DecisionProposal.isTitle(title) {
            let sentence = "A title has 1 to \(CooperativeLimits.titleBytes) bytes on one line."
            check.note(.field, root.key(4, "title"), sentence)
        }
        let deadline = check.date(deadline, root.key(5, "deadline"))
        if let costCents, costCents < 1 {
            check.note(.field, root.key(6, "cost"), "A cost is at least 0.01 euro; leave it out where there is none.")
        }
        checkCover(&check, root.key(7, "cover"))
        let slug = application.flatMap { check.slug($0, root.key(8, "application")) }
        let findings = check.refusals.map { DecisionFindings.Finding(field: $0.path.words, sentence: $0.sentence) }
        guard findings.isEmpty, let organ, let payload, let deadline else {
            throw DecisionFindings(all: findings)
        }
        do throws(VoidReason) {
            return try DecisionProposal(
                organ: organ, payload: payload, title: title, deadline: deadline, costCents: costCents,
                cover: cover, application: slug)
        } catch { preconditionFailure("a draft without faults is a proposal") }
    }

    private func checkCover(_ check: inout GenesisCheck, _ path: GenesisPath) {
        guard let cover else {
            if costCents != nil { check.note(.field, path, "What costs money says where the money comes from.") }
            return
        }
        if costCents == nil { check.note(.field, path, "A cover belongs to a cost; give the cost or leave this out.") }
        if !(1...CooperativeLimits.titleBytes).contains(cover.utf8.count) {
            check.note(.field, path, "A cover has 1 to \(CooperativeLimits.titleBytes) bytes.")
        }
    }

    /// The proposal, or all that is wrong with it: first its forms, then every reason for which it would be void
    /// at this moment, each with what would be right. Spec: Protocol/voting.md §2.
    public func checked(
        author: OIN, isMember: (OIN) -> Bool, under rules: RulesInForce, date: CivilDate
    ) throws(DecisionFindings) -> DecisionProposal {
        let proposal = try checked()
        let faults = proposal.faults(author: author, isMember: isMember, under: rules, date: date)
        guard faults.isEmpty else {
            throw DecisionFindings(
                all: faults.map { DecisionAdvice.finding($0, proposal, rules: rules, date: date) })
        }
        return proposal
    }
}

/// Everything that is wrong with a draft of a decision.
public struct DecisionFindings: Error, Hashable, Sendable {
    /// One thing that is wrong.
    public struct Finding: Hashable, Sendable {
        /// The field, such as `tariff.from`.
        public let field: String
        /// What is wrong and what would be right.
        public let sentence: String

        /// Names a field and what would be right there.
        public init(field: String, sentence: String) { (self.field, self.sentence) = (field, sentence) }
    }

    /// At least one, in the order of the fields.
    public let all: [Finding]

    /// At least one finding.
    public init(all: [Finding]) { self.all = all }
}

extension DecisionPayloadDraft {
    /// The word of the payload in a draft.
    var word: String {
        switch self {
        case .admission: "admission"
        case .exit: "exit"
        case .expulsion: "expulsion"
        case .tariff: "tariff"
        case .contribution: "contribution"
        case .costSharing: "costSharing"
        case .inhabitants: "inhabitants"
        case .application: "newApplication"
        case .communityJoining: "joining"
        case .communityLeaving: "leaving"
        case .votingFlag: "votingFlag"
        case .keyReplacement: "keyReplacement"
        case .networkTerms: "network"
        case .freeText: "text"
        case .cellCount: "cell"
        case .line: "line"
        case .advanceSettlement: "advance"
        case .sharingTerms: "sharingTerms"
        }
    }
}
