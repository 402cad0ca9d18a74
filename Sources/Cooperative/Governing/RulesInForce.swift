// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// The rules that decisions change: keys 6 to 11, 13 and 14 of the genesis and what carried decisions made of
/// them. Every list is in the order of the wire. Spec: Protocol/voting.md §1 and §5.
public struct RulesInForce: Hashable, Sendable {
    /// The organs, by id.
    public internal(set) var organs: [Genesis.Organ]
    /// Applications, by slug; participants that left are kept with their last day.
    public internal(set) var applications: [Genesis.Application]
    /// Tariffs, by application, class and first month.
    public internal(set) var tariffs: [Genesis.Tariff]
    /// Contributions, by first year.
    public internal(set) var contributions: [Genesis.Contribution]
    /// Cost sharings, by application.
    public internal(set) var costSharings: [Genesis.CostSharing]
    /// Inhabitants, by OIN, code and year.
    public internal(set) var inhabitants: [Genesis.Inhabitants]
    /// Lines by decision, by decision.
    public internal(set) var lines: [RuleLine] = []
    /// Small-count and tolerance terms.
    public internal(set) var terms: Genesis.Terms
    /// Timings of consensus.
    public internal(set) var timings: Genesis.Timings

    /// The rules of the founding.
    public init(_ genesis: Genesis) {
        organs = genesis.organs
        applications = genesis.applications
        tariffs = genesis.tariffs
        contributions = genesis.contributions
        costSharings = genesis.costSharings
        inhabitants = genesis.inhabitants
        terms = genesis.terms
        timings = genesis.timings
    }

    /// The organ with this id.
    public func organ(_ id: Slug) -> Genesis.Organ? { organs.first { $0.id == id } }

    /// The application with this slug.
    public func application(_ slug: Slug) -> Genesis.Application? { applications.first { $0.id == slug } }

    /// The application with this id, which is its slug; `nil` for one that was founded by an entry.
    public func application(id: String) -> Genesis.Application? {
        applications.first { $0.id.description == id }
    }

    /// The price of a class in a month. An open end ends where the next tariff begins.
    public func tariff(of application: Slug, _ tariffClass: TariffClass, in month: CivilMonth) -> Genesis.Tariff? {
        let begun = tariffs.last {
            $0.application == application && $0.tariffClass == tariffClass && $0.firstMonth <= month
        }
        return begun.flatMap { $0.lastMonth.map { $0 >= month } ?? true ? begun : nil }
    }

    /// The contribution in a year.
    public func contribution(in year: Int) -> Genesis.Contribution? {
        contributions.last { $0.firstYear <= year }
    }

    /// Who has the rights of a participant now, by OIN. Spec: Protocol/voting.md §5.
    public func participants(of application: Slug) -> [OIN] {
        self.application(application)?.participants.filter(\.takesPart).map(\.member) ?? []
    }

    /// Who took part on a day, by OIN: since that day or before, and not left before it.
    public func participants(of application: Slug, on date: CivilDate) -> [OIN] {
        let rows = self.application(application)?.participants ?? []
        return rows.filter { $0.since <= date && ($0.until.map { date <= $0 } ?? true) }.map(\.member)
    }

    /// Whether a member has the rights of a participant now.
    public func takesPart(_ member: OIN, in application: Slug) -> Bool {
        self.application(application)?.participants.contains { $0.member == member && $0.takesPart } ?? false
    }

    /// Who may vote on a proposal that counts, of these members; in their order. Spec: Protocol/voting.md §1.
    public func electorate(of proposal: DecisionProposal, members: [OIN]) -> [OIN] {
        guard let application = proposal.application else { return members }
        return members.filter { takesPart($0, in: application) }
    }
}
