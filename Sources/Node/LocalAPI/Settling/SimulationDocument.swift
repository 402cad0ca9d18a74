// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Settlement

/// A change and what it means for everybody, as JSON. Spec: Protocol/local-api.md §10.
struct SimulationDocument {
    let json: JSON

    init(_ scenario: ScenarioRequest, _ state: CooperativeState, _ api: LocalAPI) throws(SettlementRefusal) {
        let change = try ScenarioInput(scenario, state)
        let months = change.outlook.months
        let changes = try change.outlook.input.changes(to: change.after, in: months, first: scenario.party)
        func name(_ party: PartyID) -> String {
            party == scenario.party ? scenario.name : CellDocument.name(party, api)
        }
        var parties: [JSON] = []
        for party in changes { parties.append(try Self.party(party, name(party.party), api)) }
        var price = JSON.null
        if let application = scenario.application {
            price = try Self.price(of: application, scenario, change, state, name)
        }
        json = [
            "lid": ["oin": .string(scenario.party.text), "naam": .string(scenario.name)],
            "vanafDatum": .string(scenario.from.description), "vanafMaand": .string(months.lowerBound.description),
            "totEnMetMaand": .string(months.upperBound.description), "partijen": .array(parties),
            "prijsPerGebruik": price, "grondslag": change.basis(state),
        ]
    }

    private static func party(
        _ changes: PartyChanges, _ name: String, _ api: LocalAPI
    ) throws(SettlementRefusal) -> JSON {
        let isKnown = changes.refusal == nil
        let difference = try changes.after().subtracting(try changes.before())
        return [
            "lid": ["oin": .string(changes.party.text), "naam": .string(name)],
            "verschilCent": isKnown ? .integer(difference.value) : .null, "reden": .optional(changes.refusal),
            "regels": .array(changes.lines.map { line in
                [
                    "richting": .string(StatementDocument.word(line.leg)),
                    "soort": .string(StatementDocument.word(line.kind)),
                    "applicatie": .optional(line.application?.text),
                    "applicatieNaam": .optional(line.application.map { CellDocument.name($0, api) }),
                    "voorCent": .integer(line.before.value), "naCent": .integer(line.after.value),
                    "verschilCent": .integer(line.difference.value),
                ]
            }),
        ]
    }

    /// One use's price as members joined one after another, the party of the scenario last: the same cost over ever
    /// more uses. Spec: Protocol/settlement-reports.md §4.
    private static func price(
        of application: ApplicationID, _ scenario: ScenarioRequest, _ change: ScenarioInput, _ state: CooperativeState,
        _ name: (PartyID) -> String
    ) throws(SettlementRefusal) -> JSON {
        let months = change.outlook.months
        let now = try uses(of: application, in: change.outlook.input, months)
        let then = try uses(of: application, in: change.after, months)
        let (cost, source): (Cents, String) = if let given = scenario.cost { (given, "opgegeven") } else {
            (try Cents.sum(now.map(\.amount)), "verbruik tegen tarief")
        }
        let joined = change.after.applications.first { $0.id == application }?.participants ?? []
        let first = Dictionary(joined.map { ($0.party, $0.joined) }) { min($0, $1) }
        let ordered = then.sorted { left, right in
            (left.party == scenario.party ? 1 : 0, first[left.party] ?? state.genesis.date, left.party)
                < (right.party == scenario.party ? 1 : 0, first[right.party] ?? state.genesis.date, right.party)
        }
        let prices = try PricePerUse.asMembersJoin(cost, uses: ordered.map(\.quantity))
        return [
            "applicatie": .string(application.text), "kostenCent": .integer(cost.value), "kostenBron": .string(source),
            "stappen": .array(zip(ordered, prices).map { use, price in
                [
                    "lid": ["oin": .string(use.party.text), "naam": .string(name(use.party))],
                    "aantal": .integer(use.quantity.value), "prijsMicroEuro": .optional(price?.value),
                ]
            }),
        ]
    }

    private static func uses(
        of application: ApplicationID, in input: SettlementInput, _ months: ClosedRange<CivilMonth>
    ) throws(SettlementRefusal) -> [(party: PartyID, quantity: Quantity, amount: Cents)] {
        var sums: [PartyID: (units: Int64, cents: Cents)] = [:]
        for accounts in try YearTotals(input, in: months).accounts {
            for outcome in accounts.compared where outcome.cell.key.application == application {
                guard let billed = outcome.billed else { continue }
                let consumer = outcome.cell.key.consumer
                let (units, cents) = sums[consumer] ?? (0, .zero)
                let (sum, isTooLarge) = units.addingReportingOverflow(billed.value)
                guard !isTooLarge else { throw .amountOutOfRange(what: "a sum of uses") }
                sums[consumer] = (sum, try cents.adding(outcome.billedAmount ?? .zero))
            }
        }
        var uses: [(party: PartyID, quantity: Quantity, amount: Cents)] = []
        for (party, sum) in sums.sorted(by: { $0.key < $1.key }) {
            uses.append((party, try Quantity(sum.units), sum.cents))
        }
        return uses
    }
}
