// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Settlement

/// What would follow from a decision that nobody has taken; nothing is appended. Spec: Protocol/local-api.md §10.
enum OutlookAnswers {
    private static let fields = [
        "lid", "naam", "applicatie", "gebruik", "gewicht", "teller", "noemer", "inwoners", "maanden", "kostenCent",
    ]

    /// What joining, leaving, scaling or one more member would cost or save.
    static func simulate(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let body = try request.object(mandatory: ["soort", "vanafDatum"], optional: fields)
        let state = await api.engine.read { $0.settled }
        let scenario = try read { () throws(JSONFieldError) in
            try ScenarioReader(state: state, own: api.engine.member.oin, body: body).scenario()
        }
        return .json(try SettlingAnswers.get(result { () throws(SettlementRefusal) in
            try SimulationDocument(scenario, state, api).json
        }))
    }

    /// The offer to who would join.
    static func offer(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let body = try request.object(
            mandatory: ["lid", "inwoners", "vanafDatum"], optional: ["naam", "applicaties"])
        let state = await api.engine.read { $0.settled }
        let scenario = try read { () throws(JSONFieldError) in
            try ScenarioReader(state: state, own: api.engine.member.oin, body: body).offer()
        }
        return .json(try SettlingAnswers.get(result { () throws(SettlementRefusal) in
            let change = try ScenarioInput(scenario, state)
            return json(try Offer(to: scenario.party, in: change.after), scenario, change, state, api)
        }))
    }

    private static func json(
        _ offer: Offer, _ scenario: ScenarioRequest, _ change: ScenarioInput, _ state: CooperativeState, _ api: LocalAPI
    ) -> JSON {
        [
            "lid": ["oin": .string(offer.party.text), "naam": .string(scenario.name)],
            "cooperatie": .string(state.genesis.cooperative.name), "vanafDatum": .string(scenario.from.description),
            "entreegeldCent": .optional(offer.entranceFee?.value),
            "contributieCent": .integer(offer.contribution.value),
            "inkoop": .array(offer.buyIn.map { line in
                [
                    "applicatie": .optional(line.application?.text),
                    "applicatieNaam": .optional(line.application.map { CellDocument.name($0, api) }),
                    "bedragCent": .integer(line.amount.value),
                ]
            }),
            "verbruikCent": .integer(offer.fees.value), "eersteMaand": .string(offer.firstMonth.description),
            "totEnMetMaand": .string(change.outlook.months.upperBound.description),
            "grondslag": change.basis(state),
        ]
    }

    private static func read<Value>(_ work: () throws(JSONFieldError) -> Value) throws(APIProblem) -> Value {
        do throws(JSONFieldError) { return try work() } catch {
            throw .badRequest("\(error.path) is not what it has to be.", [
                .init(path: error.path, message: error.expectation),
            ])
        }
    }

    private static func result<Value>(
        _ work: () throws(SettlementRefusal) -> Value
    ) -> Result<Value, SettlementRefusal> {
        do throws(SettlementRefusal) { return .success(try work()) } catch { return .failure(error) }
    }
}

/// The settled state as it goes on, and as it would with the change.
struct ScenarioInput {
    let outlook: Outlook
    let after: SettlementInput

    init(_ scenario: ScenarioRequest, _ state: CooperativeState) throws(SettlementRefusal) {
        guard let last = scenario.from.month.adding(months: scenario.monthCount - 1) else { throw .dateOutOfRange }
        let months = scenario.from.month...last
        let outlook = try Outlook(state, months)
        var input = outlook.input
        func join(_ use: ScenarioRequest.Use, _ inhabitants: Int64?) throws(SettlementRefusal) {
            let weight = use.weight ?? inhabitants ?? outlook.weight(of: scenario.party, in: use.application, state)
            let isShared = input.costSharings.contains { $0.application == use.application }
            guard weight != nil || !isShared else {
                throw .inhabitantsMissing(scenario.party, municipality: nil, year: scenario.from.year)
            }
            input = try input.applying(
                .join(
                    use.application, scenario.party, on: scenario.from, weight: weight ?? 0, monthly: use.monthly),
                in: months)
        }
        switch scenario.change {
        case .join(let use): try join(use, nil)
        case .leave(let application):
            input = try input.applying(.leave(application, scenario.party, on: scenario.from), in: months)
        case .scale(let application, let numerator, let denominator):
            input = try input.applying(
                .scale(application, scenario.party, numerator: numerator, denominator: denominator), in: months)
        case .admit(let inhabitants, let uses):
            input = try Self.admitting(scenario, inhabitants, months, input)
            for use in uses { try join(use, inhabitants) }
        }
        self.outlook = outlook
        after = input
    }

    private static func admitting(
        _ scenario: ScenarioRequest, _ inhabitants: Int64, _ months: ClosedRange<CivilMonth>, _ input: SettlementInput
    ) throws(SettlementRefusal) -> SettlementInput {
        var input = input
        let count = try Quantity(inhabitants)
        for year in months.lowerBound.year...months.upperBound.year {
            let figure = InhabitantsFigure(scenario.party, municipality: "", year: year, count: count)
            guard year == months.lowerBound.year else {
                input.inhabitants.append(figure)
                continue
            }
            input = try input.applying(.admit(BilledMember(scenario.party, joined: scenario.from), figure), in: months)
        }
        return input
    }

    /// What all this follows from.
    func basis(_ state: CooperativeState) -> JSON {
        [
            "tijdperk": .count(state.epoch.number), "tijdperkDatum": .string(state.epoch.date.description),
            "verbruikTotEnMetMaand": .string(outlook.last.description),
        ]
    }
}
