// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// A genesis as people write it, in plain values that may be wrong. `checked()` makes the genesis of it or lists
/// everything that is wrong. Spec: Protocol/genesis.md §1. Lists need not be sorted.
public struct GenesisDraft: Sendable {
    /// A member and a date or month, in text.
    public struct Since: Sendable {
        /// Twenty digits.
        public var member: String
        /// `YYYY-MM-DD` or `YYYY-MM`.
        public var since: String
        /// `YYYY-MM-DD`, the last day of one that left; never in a genesis.
        var until: String?
        /// A member and when it joined.
        public init(member: String, since: String) { (self.member, self.since) = (member, since) }
    }

    /// The cooperative as a party.
    public struct Party: Sendable {
        /// Its name.
        public var name = ""
        /// Its own OIN, if it has one.
        public var oin: String?
        /// What an invoice needs.
        public var invoiceFacts: InvoiceFacts?
        /// The member that keeps its books.
        public var books = ""
        /// An empty party.
        public init() {}
    }

    /// An organ and its rule.
    public struct Organ: Sendable {
        /// Slug.
        public var id: String
        /// Name.
        public var name: String
        /// 0 members, 1 participants of an application.
        public var electorate: Int
        /// Threshold numerator and denominator, base, quorum numerator and denominator.
        public var rule: [Int]
        /// An organ.
        public init(id: String, name: String, electorate: Int, rule: [Int]) {
            (self.id, self.name, self.electorate, self.rule) = (id, name, electorate, rule)
        }
        /// The general assembly: more than half of the votes cast without blanks, no quorum.
        public static let generalAssembly = Organ(
            id: "alv", name: "Algemene ledenvergadering", electorate: 0, rule: [1, 2, 0, 0, 1])
    }

    /// An application.
    public struct Application: Sendable {
        /// Slug.
        public var id = ""
        /// Name.
        public var name = ""
        /// OIN of the lead.
        public var lead = ""
        /// Who takes part since when.
        public var participants: [Since] = []
        /// Whether small counts can reveal a person's case.
        public var isSensitive = false
        /// Tariff classes.
        public var classes: [String] = []
        /// Consumers with a mode of their own: 1 monthly total, 2 confirmed.
        public var modes: [(consumer: String, mode: Int)] = []
        /// Customers that are no members.
        public var customers: [(id: String, name: String)] = []
        /// OINs that offer the use.
        public var providers: [String] = []
        /// An empty application.
        public init() {}
    }

    /// A price.
    public struct Tariff: Sendable {
        /// Slug of the application.
        public var application = ""
        /// Class.
        public var tariffClass = ""
        /// `YYYY-MM`.
        public var firstMonth = ""
        /// `YYYY-MM`, or `nil` while open.
        public var lastMonth: String?
        /// Up to (inclusive; `nil` for the last) and micro-euro a unit.
        public var tiers: [(upTo: Int64?, price: Int64)] = []
        /// VAT category.
        public var vatCategory = ""
        /// Basis points.
        public var vatRate = 0
        /// OIN of who pays in the consumer's place.
        public var funder: String?
        /// An empty tariff.
        public init() {}
    }

    /// The contribution from a year on.
    public struct Contribution: Sendable {
        /// The year.
        public var firstYear = 0
        /// Micro-euro per inhabitant.
        public var perInhabitant: Int64 = 0
        /// VAT category.
        public var vatCategory = ""
        /// Basis points.
        public var vatRate = 0
        /// An empty contribution.
        public init() {}
    }

    /// A total that participants share by inhabitants.
    public struct CostSharing: Sendable {
        /// Slug of the application.
        public var application = ""
        /// Cents.
        public var total: Int64 = 0
        /// The year of whose 1 January the inhabitants count.
        public var keyYear = 0
        /// Members and the month in which they joined.
        public var participants: [Since] = []
        /// VAT category.
        public var vatCategory = ""
        /// Basis points.
        public var vatRate = 0
        /// What holds for later joins.
        public var terms: [SharingTerms] = []
        /// What was charged before the network began, in cents.
        public var charged: [(member: String, cents: Int64)] = []
        /// An empty sharing.
        public init() {}
    }

    /// What joins from a month on divide, and by which key.
    public struct SharingTerms: Sendable {
        /// `YYYY-MM`.
        public var firstMonth = ""
        /// Cents; `nil` keeps the original total.
        public var total: Int64?
        /// The key of the year of joining.
        public var isKeyOfJoining = false
        /// Index figures of the join and of the original cost.
        public var index: (now: Int64, original: Int64)?
        /// Months of depreciation.
        public var lifeMonths: Int64?
        /// Terms that change nothing.
        public init() {}
    }

    /// Inhabitants of one municipality of a member in a year.
    public struct Inhabitants: Sendable {
        /// OIN.
        public var member = ""
        /// Code of the municipality, or empty.
        public var code = ""
        /// The year.
        public var year = 0
        /// How many.
        public var count: Int64 = 0
        /// Whether the figure is final.
        public var isFinal = false
        /// `YYYY-MM` in which a decision made it final; never in a genesis.
        var knownFrom: String?
        /// An empty count.
        public init() {}
    }

    /// Name of the network.
    public var name = ""
    /// `YYYY-MM-DD`.
    public var date = ""
    /// The founders' cards.
    public var founders: [Card] = []
    /// The cooperative.
    public var cooperative = Party()
    /// Organs; at first the general assembly.
    public var organs = [Organ.generalAssembly]
    /// Applications.
    public var applications: [Application] = []
    /// Tariffs.
    public var tariffs: [Tariff] = []
    /// Contributions.
    public var contributions: [Contribution] = []
    /// Cost sharings.
    public var costSharings: [CostSharing] = []
    /// Inhabitants.
    public var inhabitants: [Inhabitants] = []
    /// Opening balances in cents by OIN.
    public var balances: [(member: String, cents: Int64)] = []
    /// Terms; the defaults of the protocol at first.
    public var terms = Genesis.Terms()
    /// Timings; the defaults of the protocol at first.
    public var timings = Genesis.Timings()
    /// The rule version.
    public var ruleVersion = 1
    /// What a re-founded network follows.
    public var predecessor: Genesis.Predecessor?

    /// An empty draft.
    public init() {}
}
