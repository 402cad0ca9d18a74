// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Settlement

extension SettlementInput {
    /// What a statement follows from, read from the rules in force and the state; the same on every node that holds
    /// the same state.
    /// Spec: Protocol/settlement-input.md.
    init(_ state: CooperativeState, through month: CivilMonth) throws(SettlementRefusal) {
        try self.init(state, cellsOf: (month.adding(months: 1 - month.monthOfYear) ?? month)...month)
    }

    /// The same with the cells of those months.
    init(_ state: CooperativeState, cellsOf months: ClosedRange<CivilMonth>) throws(SettlementRefusal) {
        let rules = state.rules
        let origins = RuleOrigins(state)
        var vat = VATTable()
        let tariffs = try Self.tariffs(rules, origins, &vat)
        let contributions = try Self.contributions(rules, origins, &vat)
        let charges = try Self.charges(rules, &vat)
        self.init(
            members: Self.members(state),
            applications: try Self.applications(state), tariffs: try TariffTable(tariffs), vat: vat,
            contributions: contributions, inhabitants: try Self.inhabitants(rules), charges: charges,
            cells: try Self.cells(state, in: months), terms: try Self.terms(rules.terms))
        costSharings = try costSharings(rules, origins, &vat)
        self.vat = vat
    }

    /// 1970-01-01.
    private static var always: CivilDate {
        guard let day = CivilDate(dayNumber: 0) else { preconditionFailure("day 0 is in range") }
        return day
    }

    private static func members(_ state: CooperativeState) -> [BilledMember] {
        state.members().map { member in
            let joined = member.admitted == 0 ? always : state.epochs[member.admitted].date
            let isGone = member.standing == .leaving || member.standing == .ended
            return BilledMember(
                PartyID(member.oin), joined: joined,
                left: isGone ? member.lastDate ?? state.epochs[member.since].date : nil)
        }
    }

    private static func applications(_ state: CooperativeState) throws(SettlementRefusal) -> [BilledApplication] {
        var made: [BilledApplication] = []
        for view in state.applicationViews() {
            let id = try ApplicationID(view.id)
            guard let opening = state.rules.application(id: view.id) else {
                let founder = PartyID(view.lead)
                made.append(BilledApplication(
                    id, lead: founder, participants: [Participation(founder, joined: always)], providers: []))
                continue
            }
            var customers: [PartyID] = []
            for customer in opening.customers { customers.append(try PartyID(customer.id)) }
            var modes: [PartyID: CellMode] = [:]
            for mode in opening.modes {
                modes[PartyID(mode.consumer)] = mode.mode == .monthlyTotal ? .monthlyTotal : .confirmed
            }
            made.append(BilledApplication(
                id, lead: PartyID(opening.lead),
                participants: opening.participants.map {
                    Participation(PartyID($0.member), joined: $0.since, left: $0.until)
                },
                providers: opening.providers.map { PartyID($0) }, customers: customers, modes: modes))
        }
        return made
    }

    private static func tariffs(
        _ rules: RulesInForce, _ origins: RuleOrigins, _ vat: inout VATTable
    ) throws(SettlementRefusal) -> [Tariff] {
        var made: [Tariff] = []
        for row in rules.tariffs {
            let decision = try origins.origin(of: row)
            var tiers: [Tier] = []
            for tier in row.tiers {
                let upTo: Quantity?
                if let end = tier.upTo { upTo = try Quantity(end) } else { upTo = nil }
                tiers.append(Tier(upTo: upTo, price: MicroEuro(tier.priceMicroEuro)))
            }
            let prices = PriceList.graduated(tiers)
            let funding = row.funder.map { Funding(funder: PartyID($0), prices: prices) }
            made.append(try Tariff(
                decision: decision, application: try ApplicationID(row.application.description),
                tariffClass: try ClassID(row.tariffClass.description), firstMonth: row.firstMonth,
                lastMonth: row.lastMonth, prices: funding == nil ? prices : .flat(.zero), funding: funding))
            let treatment = try treatment(row.vatCategory, row.vatRateBasisPoints)
            for kind in [LineKind.transactionFee, .funding] {
                for leg in Leg.allCases { vat.set(treatment, for: kind, leg: leg, origin: decision) }
            }
        }
        return made
    }

    private static func contributions(
        _ rules: RulesInForce, _ origins: RuleOrigins, _ vat: inout VATTable
    ) throws(SettlementRefusal) -> [ContributionRate] {
        var made: [ContributionRate] = []
        for row in rules.contributions {
            let decision = try origins.origin(of: row)
            made.append(ContributionRate(
                decision, firstYear: row.firstYear, rate: MicroEuro(row.perInhabitantMicroEuro)))
            vat.set(
                try treatment(row.vatCategory, row.vatRateBasisPoints), for: .contribution, leg: .memberPays,
                origin: decision)
        }
        return made
    }

    /// Category up to the first space, the reason of exemption after it.
    static func treatment(_ text: String, _ rate: Int) throws(SettlementRefusal) -> VATTreatment {
        let parts = text.split(separator: " ", maxSplits: 1)
        let code = parts.first.map(String.init) ?? ""
        guard let category = VATCategory(rawValue: code) else {
            throw .vatMalformed(reason: "the category \"\(code)\" is none of S, Z, E, AE, O")
        }
        let exemptions = ["E": "VATEX-EU-132", "AE": "VATEX-EU-AE", "O": "VATEX-EU-O"]
        let reason = parts.count == 2 ? String(parts[1]) : exemptions[code]
        return try VATTreatment(category, rate: try BasisPoints(Int64(rate)), exemptionReason: reason)
    }

    static func terms(_ terms: Genesis.Terms) throws(SettlementRefusal) -> SettlementTerms {
        var made = SettlementTerms()
        made.toleratedAmount = Cents(Int64(terms.toleranceCents))
        made.toleratedPart = try BasisPoints(Int64(terms.toleranceBasisPoints))
        made.quantityPartLimit = try BasisPoints(Int64(terms.capBasisPoints))
        made.quantityPartLimitFrom = Cents(Int64(terms.capFromCents))
        made.toleratedYearAmount = Cents(Int64(terms.yearlyCapCents))
        made.disputeWindowWorkingDays = terms.disputeWorkingDays
        made.statementWorkingDay = terms.statementWorkingDay
        made.paymentTermDays = terms.paymentDays
        return made
    }
}
