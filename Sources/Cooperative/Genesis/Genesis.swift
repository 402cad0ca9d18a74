// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// The founding document of a network, checked: only `parse` and `GenesisDraft.checked` make one.
/// Every list is in the order of the wire. Spec: Protocol/genesis.md §1.
public struct Genesis: Hashable, Sendable {
    /// The canonical bytes, whose hash is the network's id.
    public let bytes: [UInt8]
    /// The network's id.
    public let network: NetworkID
    /// The network's name.
    public let name: String
    /// The civil date of founding.
    public let date: CivilDate
    /// The founders, by OIN.
    public let founders: [Card]
    /// The cooperative as a party.
    public let cooperative: Party
    /// The organs, by id.
    public let organs: [Organ]
    /// The opening applications, by slug.
    public let applications: [Application]
    /// Tariffs, by application, class and first month.
    public let tariffs: [Tariff]
    /// Contributions, by first year.
    public let contributions: [Contribution]
    /// Cost sharings, by application.
    public let costSharings: [CostSharing]
    /// Inhabitants, by OIN, code and year.
    public let inhabitants: [Inhabitants]
    /// Opening balances in cents, by OIN; positive is owed to the member.
    public let balances: [Balance]
    /// Small-count and tolerance terms.
    public let terms: Terms
    /// Timings of consensus.
    public let timings: Timings
    /// The rule version.
    public let ruleVersion: Int
    /// What a re-founded network follows.
    public let predecessor: Predecessor?

    /// The founder with this OIN.
    public func founder(_ oin: OIN) -> Card? { founders.first { $0.oin == oin } }

    /// The opening application with this slug.
    public func application(_ id: String) -> Application? { applications.first { $0.id.description == id } }

    init(_ parts: GenesisParts, bytes: [UInt8], _ hashing: some Hashing) {
        self.bytes = bytes
        network = NetworkID(hashing.hash(bytes))
        name = parts.name
        date = parts.date
        founders = parts.founders
        cooperative = parts.cooperative
        organs = parts.organs
        applications = parts.applications
        tariffs = parts.tariffs
        contributions = parts.contributions
        costSharings = parts.costSharings
        inhabitants = parts.inhabitants
        balances = parts.balances
        terms = parts.terms
        timings = parts.timings
        ruleVersion = parts.ruleVersion
        predecessor = parts.predecessor
    }
}

/// The checked parts of a genesis before they have bytes and so an id.
struct GenesisParts {
    let name: String
    let date: CivilDate
    let founders: [Card]
    let cooperative: Genesis.Party
    let organs: [Genesis.Organ]
    let applications: [Genesis.Application]
    let tariffs: [Genesis.Tariff]
    let contributions: [Genesis.Contribution]
    let costSharings: [Genesis.CostSharing]
    let inhabitants: [Genesis.Inhabitants]
    let balances: [Genesis.Balance]
    let terms: Genesis.Terms
    let timings: Genesis.Timings
    let ruleVersion: Int
    let predecessor: Genesis.Predecessor?
}
