// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// A member as far as money goes.
public struct BilledMember: Hashable, Sendable {
    /// The id at admission.
    public let id: PartyID
    /// The first day as a member.
    public let joined: CivilDate
    /// Its last day as a member; nil while it is one.
    public let left: CivilDate?

    /// A member with its first and last day.
    public init(_ id: PartyID, joined: CivilDate, left: CivilDate? = nil) {
        self.id = id
        self.joined = joined
        self.left = left
    }
}

/// When a member takes part in the community of an application; the months of both days count whole.
public struct Participation: Hashable, Sendable {
    /// Who takes part.
    public let party: PartyID
    /// The first day.
    public let joined: CivilDate
    /// The last day; nil while it takes part.
    public let left: CivilDate?

    /// Who takes part from when to when.
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
    /// The id in the catalogue.
    public let id: ApplicationID
    /// May always use it.
    public let lead: PartyID
    /// Who takes part and from when.
    public let participants: [Participation]
    /// Customers that are no members.
    public let customers: [PartyID]
    /// Who may host it; another provider is not a party.
    public let providers: [PartyID]
    /// The consumers whose cells are not two-sided.
    public let modes: [PartyID: CellMode]

    /// An application and who may use it.
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
    /// The decision that set it.
    public let decision: DecisionID
    /// The first calendar year in which it holds.
    public let firstYear: Int
    /// Per inhabitant and year.
    public let rate: MicroEuro

    /// A rate that holds from a year until the next one.
    public init(_ decision: DecisionID, firstYear: Int, rate: MicroEuro) {
        self.decision = decision
        self.firstYear = firstYear
        self.rate = rate
    }
}

/// Inhabitants of one municipality of a member on 1 January of a year.
public struct InhabitantsFigure: Hashable, Sendable {
    /// The member that the municipality belongs to.
    public let party: PartyID
    /// Such as `GM0772`; a member that is no municipality has one figure by decision.
    public let municipality: String
    /// The calendar year.
    public let year: Int
    /// Inhabitants on 1 January of the year.
    public let count: Quantity
    /// The first month that is billed on it: the month of the decision that set the final figure; nil was known
    /// from the beginning of its year.
    public let knownFrom: CivilMonth?

    /// One figure of one year.
    public init(
        _ party: PartyID, municipality: String, year: Int, count: Quantity, knownFrom: CivilMonth? = nil
    ) {
        self.knownFrom = knownFrom
        self.party = party
        self.municipality = municipality
        self.year = year
        self.count = count
    }
}

/// Everything a statement follows from; the same input gives the same bytes on every node, in whatever order
/// the lists stand. Spec: Protocol/settlement.md §11.
public struct SettlementInput: Sendable {
    /// Everyone who is or was a member.
    public var members: [BilledMember]
    /// Every application that a cell names.
    public var applications: [BilledApplication]
    /// The tariffs of all applications.
    public var tariffs: TariffTable
    /// The VAT treatment of every kind of line that can come up.
    public var vat: VATTable
    /// At most one for each first year.
    public var contributions: [ContributionRate]
    /// The figures of the year and the year before.
    public var inhabitants: [InhabitantsFigure]
    /// At most one for each application and decision.
    public var costSharings: [CostSharing]
    /// Lines by decision, those that are charged or carried back in the month among them.
    public var charges: [DecidedCharge]
    /// At least those of the calendar year up to the month asked for: tolerance adds up over the year.
    public var cells: [Cell]
    /// The terms that hold in the month.
    public var terms: SettlementTerms

    /// Everything at once; checked when a statement is made.
    public init(
        members: [BilledMember], applications: [BilledApplication], tariffs: TariffTable, vat: VATTable,
        contributions: [ContributionRate] = [], inhabitants: [InhabitantsFigure] = [],
        costSharings: [CostSharing] = [], charges: [DecidedCharge] = [], cells: [Cell] = [],
        terms: SettlementTerms = SettlementTerms()
    ) {
        self.members = members
        self.applications = applications
        self.tariffs = tariffs
        self.vat = vat
        self.contributions = contributions
        self.inhabitants = inhabitants
        self.costSharings = costSharings
        self.charges = charges
        self.cells = cells
        self.terms = terms
    }
}
