// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// A member as far as money goes.
public struct BilledMember: Hashable, Sendable {
    public let id: PartyID
    public let joined: CivilDate
    /// Its last day as a member; nil while it is one.
    public let left: CivilDate?

    public init(_ id: PartyID, joined: CivilDate, left: CivilDate? = nil) {
        self.id = id
        self.joined = joined
        self.left = left
    }
}

/// When a member takes part in the community of an application; the months of both days count whole.
public struct Participation: Hashable, Sendable {
    public let party: PartyID
    public let joined: CivilDate
    public let left: CivilDate?

    public init(_ party: PartyID, joined: CivilDate, left: CivilDate? = nil) {
        self.party = party
        self.joined = joined
        self.left = left
    }

    func holds(in month: CivilMonth) -> Bool {
        joined <= month.lastDay && (left.map { $0 >= month.firstDay } ?? true)
    }
}

/// An application as far as money goes.
public struct BilledApplication: Hashable, Sendable {
    public let id: ApplicationID
    /// May always use it.
    public let lead: PartyID
    public let participants: [Participation]
    /// Customers that are no members.
    public let customers: [PartyID]
    /// Who may host it; another provider is not a party.
    public let providers: [PartyID]
    /// The consumers whose cells are not two-sided.
    public let modes: [PartyID: CellMode]

    public init(
        _ id: ApplicationID, lead: PartyID, participants: [Participation], providers: [PartyID],
        customers: [PartyID] = [], modes: [PartyID: CellMode] = [:]
    ) {
        self.id = id
        self.lead = lead
        self.participants = participants
        self.providers = providers
        self.customers = customers
        self.modes = modes
    }

    /// What the community makes of the two parties of a cell in its month.
    public func standing(of key: CellKey) -> CellStanding {
        CellStanding(
            mode: modes[key.consumer] ?? .twoSided, providerIsParty: providers.contains(key.provider),
            consumerIsParty: isConsumer(key.consumer, in: key.month),
            consumerIsCustomer: customers.contains(key.consumer))
    }

    private func isConsumer(_ party: PartyID, in month: CivilMonth) -> Bool {
        party == lead || participants.contains { $0.party == party && $0.holds(in: month) }
    }
}

/// A contribution per inhabitant, from a calendar year until the next one.
public struct ContributionRate: Hashable, Sendable {
    public let decision: DecisionID
    public let firstYear: Int
    public let rate: MicroEuro

    public init(_ decision: DecisionID, firstYear: Int, rate: MicroEuro) {
        self.decision = decision
        self.firstYear = firstYear
        self.rate = rate
    }
}

/// Inhabitants of one municipality of a member on 1 January of a year.
public struct InhabitantsFigure: Hashable, Sendable {
    public let party: PartyID
    /// Such as `GM0772`; a member that is no municipality has one figure by decision.
    public let municipality: String
    public let year: Int
    public let count: Quantity

    public init(_ party: PartyID, municipality: String, year: Int, count: Quantity) {
        self.party = party
        self.municipality = municipality
        self.year = year
        self.count = count
    }
}

/// Everything a statement follows from; the same input gives the same bytes on every node, in whatever order
/// the lists stand. Spec: Protocol/settlement.md §11.
public struct SettlementInput: Sendable {
    public var members: [BilledMember]
    public var applications: [BilledApplication]
    public var tariffs: TariffTable
    public var vat: VATTable
    public var contributions: [ContributionRate]
    public var inhabitants: [InhabitantsFigure]
    public var costSharings: [CostSharing]
    /// At least those of the calendar year up to the month asked for: tolerance adds up over the year.
    public var cells: [Cell]
    public var terms: SettlementTerms

    public init(
        members: [BilledMember], applications: [BilledApplication], tariffs: TariffTable, vat: VATTable,
        contributions: [ContributionRate] = [], inhabitants: [InhabitantsFigure] = [],
        costSharings: [CostSharing] = [], cells: [Cell] = [], terms: SettlementTerms = SettlementTerms()
    ) {
        self.members = members
        self.applications = applications
        self.tariffs = tariffs
        self.vat = vat
        self.contributions = contributions
        self.inhabitants = inhabitants
        self.costSharings = costSharings
        self.cells = cells
        self.terms = terms
    }
}
