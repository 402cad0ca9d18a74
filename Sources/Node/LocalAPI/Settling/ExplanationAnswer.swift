// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Settlement

/// Where an amount of a statement comes from, down to counters, entries and signed heads.
/// Spec: Protocol/local-api.md §7.
enum ExplanationAnswer {
    static func explain(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let id = request.inPath("regelId")
        let name = try LineName(id)
        let result = await api.engine.read { engine -> Result<JSON?, SettlementRefusal> in
            do throws(SettlementRefusal) {
                let input = try SettlementInput(engine.state, through: name.month)
                let party = try PartyID(name.party)
                let statement = try input.statement(of: party, in: name.month)
                guard let line = statement.line(id) else { return .success(nil) }
                return .success(document(line, statement, engine, api))
            } catch { return .failure(error) }
        }
        guard let document = try SettlingAnswers.get(result) else {
            throw .notFound("There is no line \(id) now; the statement of \(name.month) lists its lines.")
        }
        return .json(document)
    }

    private static func document(
        _ line: StatementLine, _ statement: StatementOfAccount, _ engine: isolated NodeEngine, _ api: LocalAPI
    ) -> JSON {
        [
            "id": .string(line.id), "maand": .string(statement.month.description), "voorlopig": true,
            "lid": ["oin": .string(statement.party.text), "naam": .string(CellDocument.name(statement.party, api))],
            "regel": StatementDocument.line(line),
            "stappen": .array(line.steps.map { StepDocument.json($0, api) }),
            "tellers": .array(line.cell.map { Counters.json($0, engine, api) } ?? []),
            "grondslag": [
                "netwerk": .string(engine.genesis.network.description),
                "regelversie": .count(engine.genesis.ruleVersion),
                "tijdperk": .count(engine.state.epoch.number),
                "toestandsdigest": .string(engine.stateDigest().description),
            ],
            "volledigheid": Completeness(engine).json,
        ]
    }
}

/// A line's id, and whose statement it stands in. Spec: Protocol/settlement.md §11.5.
struct LineName {
    let month: CivilMonth
    let party: String

    init(_ id: String) throws(APIProblem) {
        let parts = id.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard let kind = parts[0].first, parts[0].dropFirst().first == "-",
              let month = CivilMonth(parts[0].dropFirst(2)), let party = Self.party(kind, parts)
        else {
            throw .badRequest(
                "This is no id of a line of a statement; korf settle statement shows them.",
                [.init(path: "regelId", message: "expected such as V-2026-10/corv/AANBIEDER/AFNEMER/standaard/1")])
        }
        self.month = month
        self.party = party
    }

    private static func party(_ kind: Character, _ parts: [String]) -> String? {
        switch (kind, parts.count) {
        case ("V", 6), ("V", 7): parts[3]
        case ("U", 6), ("U", 7): parts[2]
        case ("C", 2), ("C", 3): parts[1]
        case ("K", 4): parts[3]
        case ("B", 4): parts[2]
        default: nil
        }
    }
}

/// Which logs say what of a cell, in which entries, under which signed heads.
enum Counters {
    static func json(_ key: CellKey, _ engine: isolated NodeEngine, _ api: LocalAPI) -> [JSON] {
        guard let provider = OIN(key.provider.text), let consumer = OIN(key.consumer.text) else { return [] }
        return UsageSide.allCases.flatMap { side -> [JSON] in
            let cell = UsageCell(
                application: key.application.text, provider: provider, consumer: consumer,
                tariffClass: key.tariffClass.text, month: key.month, side: side)
            return engine.state.sources(of: cell).map { source in self.source(source, side, engine, api) }
        }
    }

    private static func source(
        _ source: UsageSource, _ side: UsageSide, _ engine: isolated NodeEngine, _ api: LocalAPI
    ) -> JSON {
        let counters = source.counters
        let author = engine.state.author(of: source.log)
        func entry(_ index: EntryIndex?) -> JSON {
            index.map { .string("\(source.log.description.prefix(12)):\($0)") } ?? .null
        }
        return [
            "zijde": side == .provider ? "aanbieder" : "afnemer", "lid": author.map { api.party($0) } ?? .null,
            "logId": .string(source.log.description), "meldingen": .integer(counters.eventsCounted),
            "meldingenIngetrokken": .integer(counters.eventsRetracted), "aantal": .integer(counters.quantityCounted),
            "aantalIngetrokken": .integer(counters.quantityRetracted), "netto": .integer(counters.quantity),
            "regelGeteld": entry(source.countedEntry),
            "regelIngetrokken": entry(source.retractedEntry),
            "hoofd": head(source.log, engine),
        ]
    }

    private static func head(_ log: LogID, _ engine: isolated NodeEngine) -> JSON {
        guard let tip = engine.tips[log], let head = tip.head else { return .null }
        return [
            "omvang": .count(head.size.count), "wortel": .string(head.root.description),
            "handtekening": .string(Base64.encode(head.signed.signature.bytes)),
            "verificatiesleutel": .string(VerifierKey(tip.identity, engine.suite).description),
        ]
    }
}

/// One step as JSON: `soort` and what belongs to it.
enum StepDocument {
    static func json(_ step: ExplanationStep, _ api: LocalAPI) -> JSON {
        switch step {
        case .counted(let side, let party, let net):
            [
                "soort": "geteld", "zijde": side == .provider ? "aanbieder" : "afnemer",
                "naam": .string(CellDocument.name(party, api)), "netto": .optional(net),
            ]
        case .compared(let state, let reason):
            [
                "soort": "vergeleken", "stand": .string(CellDocument.word(state)),
                "reden": .optional(reason.map(CellDocument.word)),
            ]
        case .billed(let quantity): ["soort": "berekend", "aantal": .integer(quantity.value)]
        case .tariff(let decision, let first, let last):
            [
                "soort": "tarief", "besluit": .string(decision.text), "vanafMaand": .string(first.description),
                "totEnMetMaand": .optional(last?.description),
            ]
        case .funder(let party): ["soort": "betaler", "naam": .string(CellDocument.name(party, api))]
        case .tier(let number, let above, let upTo, let quantity, let price):
            [
                "soort": "trede", "nummer": .count(number), "boven": .integer(above), "totEnMet": .optional(upTo),
                "aantal": .integer(quantity.value), "prijsMicroEuro": .integer(price.value),
            ]
        default: fixed(step, api)
        }
    }

    /// Steps of contribution and cost sharing, and what ends every line.
    private static func fixed(_ step: ExplanationStep, _ api: LocalAPI) -> JSON {
        switch step {
        case .inhabitants(let municipality, let year, let count):
            [
                "soort": "inwoners", "gemeente": .string(municipality), "jaar": .count(year),
                "aantal": .integer(count.value),
            ]
        case .contributionRate(let decision, let rate):
            ["soort": "contributie", "besluit": .string(decision.text), "perInwonerMicroEuro": .integer(rate.value)]
        case .months(let first, let last):
            ["soort": "maanden", "vanafMaand": .string(first.description), "totEnMetMaand": .string(last.description)]
        case .yearAmount(let amount): ["soort": "jaarbedrag", "bedragCent": .integer(amount.value)]
        case .instalment(let number, let count):
            ["soort": "termijn", "nummer": .count(number), "aantal": .count(count)]
        case .developmentCost(let decision, let cost):
            ["soort": "ontwikkelkosten", "besluit": .string(decision.text), "bedragCent": .integer(cost.value)]
        case .decided(let decision, let total):
            ["soort": "besluitregel", "besluit": .string(decision.text), "bedragCent": .integer(total.value)]
        case .weight(let party, let joined, let weight):
            [
                "soort": "sleutel", "naam": .string(CellDocument.name(party, api)),
                "sindsDatum": .string(joined.description), "gewicht": .integer(weight),
            ]
        case .allocated(let amount): ["soort": "toegedeeld", "bedragCent": .integer(amount.value)]
        case .alreadyCharged(let amount): ["soort": "eerder berekend", "bedragCent": .integer(amount.value)]
        case .exact(let numerator, let denominator):
            [
                "soort": "exact", "teller": .string(numerator.description), "noemer": .string(denominator.description),
            ]
        case .amount(let amount): ["soort": "bedrag", "bedragCent": .integer(amount.value)]
        case .vat(let category, let rate):
            ["soort": "btw", "categorie": .string(category.rawValue), "basispunten": .integer(rate.value)]
        default: preconditionFailure("json(_:_:) has answered for this step")
        }
    }
}
