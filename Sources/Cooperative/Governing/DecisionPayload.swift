// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// What a decision does when it is carried. Every value is well-formed; whom and which applications it names
/// is judged when it is closed. Spec: Protocol/voting.md §5.
public enum DecisionPayload: Hashable, Sendable {
    case admission(Card)
    case exit(member: OIN, lastDate: CivilDate)
    case expulsion(member: OIN)
    case tariff(Genesis.Tariff)
    case contribution(Genesis.Contribution)
    case costSharing(Genesis.CostSharing)
    case inhabitants(InhabitantCounts)
    case application(Genesis.Application)
    case communityJoining(application: Slug, member: OIN, since: CivilDate)
    case communityLeaving(application: Slug, member: OIN, until: CivilDate)
    case votingFlag(member: OIN, votes: Bool)
    case keyReplacement(KeyReplacement)
    case networkTerms(NetworkTerms)
    case freeText
    case cellCount(DecidedCount)
    case line(DecidedLine)
    /// An advance that stands is carried back in a month.
    case advanceSettlement(advance: Decision.ID, month: CivilMonth)
    case sharingTerms(application: Slug, Genesis.SharingTerms)

    /// The kinds, by their number on the wire. Spec: Protocol/voting.md §5.
    public enum Kind: Int, Sendable, CaseIterable {
        case admission = 1
        case exit = 2
        case expulsion = 3
        case tariff = 4
        case contribution = 5
        case costSharing = 6
        case inhabitants = 7
        case application = 8
        case communityJoining = 9
        case communityLeaving = 10
        case votingFlag = 11
        case keyReplacement = 12
        case networkTerms = 13
        case freeText = 14
        case cellCount = 15
        case line = 18
        case advanceSettlement = 19
        case sharingTerms = 20

        /// The name of the kind in files and on the command line, such as `cost-sharing`.
        public var name: String { Self.names.first { $0.kind == self }?.name ?? "" }

        /// The kind with that name.
        public init?(name: some StringProtocol) {
            guard let known = Self.names.first(where: { $0.name == name }) else { return nil }
            self = known.kind
        }

        private static let names: [(kind: Kind, name: String)] = [
            (.admission, "admission"), (.exit, "exit"), (.expulsion, "expulsion"), (.tariff, "tariff"),
            (.contribution, "contribution"), (.costSharing, "cost-sharing"), (.inhabitants, "inhabitants"),
            (.application, "application"), (.communityJoining, "community-joining"),
            (.communityLeaving, "community-leaving"), (.votingFlag, "voting-flag"),
            (.keyReplacement, "key-replacement"), (.networkTerms, "network-terms"), (.freeText, "free-text"),
            (.cellCount, "cell-count"), (.line, "line"), (.advanceSettlement, "advance-settlement"),
            (.sharingTerms, "cost-sharing-terms"),
        ]

        /// Whether the participants of an application may decide this. Spec: Protocol/voting.md §2.
        public var isOfParticipants: Bool {
            switch self {
            case .tariff, .costSharing, .application, .communityJoining, .communityLeaving, .freeText,
                 .sharingTerms: true
            default: false
            }
        }
    }

    /// The kind.
    public var kind: Kind {
        switch self {
        case .admission: .admission
        case .exit: .exit
        case .expulsion: .expulsion
        case .tariff: .tariff
        case .contribution: .contribution
        case .costSharing: .costSharing
        case .inhabitants: .inhabitants
        case .application: .application
        case .communityJoining: .communityJoining
        case .communityLeaving: .communityLeaving
        case .votingFlag: .votingFlag
        case .keyReplacement: .keyReplacement
        case .networkTerms: .networkTerms
        case .freeText: .freeText
        case .cellCount: .cellCount
        case .line: .line
        case .advanceSettlement: .advanceSettlement
        case .sharingTerms: .sharingTerms
        }
    }

    /// The application that a decision of kind 4, 6, 9, 10 or 20 is about. Spec: Protocol/voting.md §2.
    public var application: Slug? {
        switch self {
        case .tariff(let tariff): tariff.application
        case .costSharing(let sharing): sharing.application
        case .sharingTerms(let application, _): application
        case .communityJoining(let application, _, _), .communityLeaving(let application, _, _): application
        default: nil
        }
    }

    /// Whether it may make the cooperative pay, so that a cover is needed. Spec: Protocol/voting.md §2.
    public var isSpending: Bool {
        switch self {
        case .line(let line): line.isSpending
        case .costSharing(let sharing): sharing.terms.contains { $0.mayPayBack }
        case .sharingTerms(_, let terms): terms.mayPayBack
        default: false
        }
    }

    /// The one member that a decision of kind 1 to 3 or 9 to 12 is about.
    public var member: OIN? {
        switch self {
        case .admission(let card): card.oin
        case .exit(let member, _), .expulsion(let member), .votingFlag(let member, _): member
        case .communityJoining(_, let member, _), .communityLeaving(_, let member, _): member
        case .keyReplacement(let replacement): replacement.card.oin
        default: nil
        }
    }
}

/// Inhabitants that a decision fixes: at least one row, in the order of the wire. Spec: Protocol/voting.md §5, kind 7.
public struct InhabitantCounts: Hashable, Sendable {
    /// By member, code and year, each once.
    public let rows: [Genesis.Inhabitants]

    /// The rows are checked and sorted.
    init?(sorted rows: [Genesis.Inhabitants]) {
        guard !rows.isEmpty else { return nil }
        self.rows = rows
    }
}

/// New keys for a member that lost its own, and where its old log ends. Spec: Protocol/voting.md §5, kind 12.
public struct KeyReplacement: Hashable, Sendable {
    /// The card that replaces the member's.
    public let card: Card
    /// The log that is succeeded.
    public let log: LogID
    /// Its end.
    public let end: Head

    /// `nil` where the end holds no entry.
    public init?(card: Card, log: LogID, end: Head) {
        guard end.size > .empty else { return nil }
        (self.card, self.log, self.end) = (card, log, end)
    }
}

/// New terms, new timings or both. Spec: Protocol/voting.md §5, kind 13.
public struct NetworkTerms: Hashable, Sendable {
    /// The terms that replace those in force.
    public let terms: Genesis.Terms?
    /// The timings that replace those in force.
    public let timings: Genesis.Timings?

    /// `nil` where both are absent or a number is negative.
    public init?(terms: Genesis.Terms?, timings: Genesis.Timings?) {
        let values = (terms?.values ?? []) + (timings?.values ?? [])
        guard !values.isEmpty, values.allSatisfy({ $0 >= 0 }) else { return nil }
        (self.terms, self.timings) = (terms, timings)
    }
}
