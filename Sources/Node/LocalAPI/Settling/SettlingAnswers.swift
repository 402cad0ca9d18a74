// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Settlement
import Storage

/// What a month costs. Everything here is provisional: money is never billed from what no epoch covers.
/// Spec: Protocol/local-api.md §7.
enum SettlingAnswers {
    /// States the month towards every counterparty.
    static func state(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let body = try request.object(mandatory: ["maand"], optional: ["reden"])
        guard let month = body["maand"]?.text.flatMap({ CivilMonth($0) }) else {
            throw .badRequest("maand has to be a month.", [.init(path: "maand", message: "expected a month, YYYY-MM")])
        }
        if let reason = body["reden"], reason != .null, reason.text == nil {
            throw .badRequest("reden is a text.", [.init(path: "reden", message: "expected text")])
        }
        do throws(MonthStatement.Refusal) {
            let stated = try await api.node.statements.state(month, reason: body["reden"]?.text)
            return .json([
                "maand": .string(month.description),
                "vastgesteld": .array(stated.map { statement in
                    [
                        "wederpartij": api.party(statement.counterparty), "cellen": .count(statement.cells),
                        "meldingen": .count(statement.records), "regel": .string(statement.entry.name),
                    ]
                }),
            ])
        } catch {
            switch error {
            case .engine(let failure): throw APIProblem(failure)
            case .reason: throw .badRequest(error.description, [.init(path: "reden", message: "has 1 to 1,000 bytes")])
            case .incomplete(let month, let found):
                let sentences = found.obstacles.map(\.both)
                throw .refused(
                    409, request.language,
                    nl: "\(month) is niet volledig. Geef een reden om de maand toch vast te stellen.",
                    en: "\(month) is not complete. Give a reason to state it all the same.",
                    sentences.map { .init(path: "maand", message: $0[request.language]) })
            case .statedBefore(let month, let oins):
                let names = oins.map { api.name(of: $0) }.joined(separator: ", ")
                throw .refused(
                    409, request.language,
                    nl: "\(month) is al vastgesteld tegenover \(names); er is niets geschreven. Opnieuw vaststellen "
                        + "vraagt een reden, en verandert niets meer waar de maand is afgesloten.",
                    en: "\(month) is stated already towards \(names); nothing was written. To state it again takes a "
                        + "reason, and changes nothing any more where the month is closed.")
            case .notOver, .nothingToState, .expired, .beingMetered, .agreement:
                throw .conflict(error.description)
            }
        }
    }

    /// The statement of account of a member and month.
    static func statement(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let month = try request.month("maand")
        let oin = try request.oin("lid") ?? api.engine.member.oin
        guard await api.engine.read({ $0.state.member(oin).map { $0.standing >= .member } ?? false }) else {
            throw .notFound("\(oin) is no member of this network.")
        }
        let books = try Books(api.store.books)
        let result = await api.engine.read { engine -> Result<JSON, SettlementRefusal> in
            do throws(SettlementRefusal) {
                let input = try SettlementInput(engine.state, through: month)
                let statement = try input.statement(of: PartyID(oin), in: month)
                let digest = engine.suite.hash(Array(statement.canonicalText.utf8))
                let acts = StatementActs(statement, digest: digest, books, engine)
                return .success(acts.add(to: StatementDocument(statement, input, engine, api).json))
            } catch { return .failure(error) }
        }
        return .json(try get(result))
    }

    /// All cells of a month, compared.
    static func compare(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let month = try request.month("maand")
        let result = await api.engine.read { engine -> Result<JSON, SettlementRefusal> in
            do throws(SettlementRefusal) {
                let input = try SettlementInput(engine.state, through: month)
                let outcomes = try input.outcomes(in: month)
                let date = engine.settled.epoch.date
                let deadline = try? WorkingDays().disputeDeadline(statedOn: date, terms: input.terms)
                return .success([
                    "maand": .string(month.description), "voorlopig": true,
                    "cellen": .array(CellDocument.shown(outcomes, engine).map { CellDocument.json($0, api) }),
                    "reactietermijnDatum": .optional(deadline?.description),
                    "vastgesteldDoor": .array(stated(engine, month).map { api.party($0) }),
                    "afgesloten": closed(engine, month),
                    "volledigheid": Completeness(engine).json,
                ])
            } catch { return .failure(error) }
        }
        return .json(try get(result))
    }

    static func get<Value>(_ result: Result<Value, SettlementRefusal>) throws(APIProblem) -> Value {
        do throws(SettlementRefusal) { return try result.get() } catch {
            throw .conflict("No amount follows from what is held: \(error.description).")
        }
    }

    /// The pairs between which the month is closed, and how.
    static func closed(_ engine: isolated NodeEngine, _ month: CivilMonth) -> JSON {
        .array(engine.state.closedPeriods().filter { $0.cut.month == month }.map { period in
            [
                "partijen": [.string(period.cut.lower.digits), .string(period.cut.higher.digits)],
                "wijze": .string(period.ending == .signed ? "getekend" : "verlopen"),
                "tijdperk": .count(period.closing),
            ]
        })
    }

    /// The members that stated anything of the month.
    static func stated(_ engine: isolated NodeEngine, _ month: CivilMonth) -> [OIN] {
        Array(Set(engine.state.statementViews(of: month).map(\.author))).sorted()
    }
}

/// A compared cell as JSON. Spec: Protocol/local-api.md §7.
enum CellDocument {
    /// Without the cells of members that ended in which nobody counted anything: nothing is asked of them any more.
    static func shown(_ outcomes: [CellOutcome], _ engine: isolated NodeEngine) -> [CellOutcome] {
        let ended = Set(engine.state.members().filter { $0.standing == .ended }.map(\.oin.digits))
        return outcomes.filter { outcome in
            let (key, counts) = (outcome.cell.key, outcome.cell.counts)
            return counts.provider ?? 0 != 0 || counts.consumer ?? 0 != 0
                || !ended.contains(key.provider.text) && !ended.contains(key.consumer.text)
        }
    }

    static func json(_ outcome: CellOutcome, _ api: LocalAPI) -> JSON {
        let (key, counts) = (outcome.cell.key, outcome.cell.counts)
        return [
            "applicatie": .string(key.application.text),
            "applicatieNaam": .string(name(key.application, api)), "aanbieder": .string(key.provider.text),
            "aanbiederNaam": .string(name(key.provider, api)), "afnemer": .string(key.consumer.text),
            "afnemerNaam": .string(name(key.consumer, api)), "klasse": .string(key.tariffClass.text),
            "maand": .string(key.month.description), "aantalAanbieder": .optional(counts.provider),
            "aantalAfnemer": .optional(counts.consumer), "stand": .string(word(outcome.state)),
            "reden": .optional(outcome.dispute.map(word)), "aantalBerekend": .optional(outcome.billed?.value),
            "bedragCent": .optional(outcome.billedAmount?.value), "verschil": .optional(outcome.difference?.value),
            "verschilCent": .optional(outcome.differenceAmount?.value),
            "inhoudVerschilt": .boolean(outcome.contentDiffers), "tarief": .optional(outcome.tariff?.decision.text),
        ]
    }

    static func name(_ application: ApplicationID, _ api: LocalAPI) -> String {
        api.engine.genesis.application(application.text)?.name ?? application.text
    }

    static func name(_ party: PartyID, _ api: LocalAPI) -> String {
        if let oin = OIN(party.text) { return api.name(of: oin) }
        let customers = api.engine.genesis.applications.flatMap(\.customers)
        return customers.first { $0.id == party.text }?.name ?? party.text
    }

    static func word(_ state: CellState) -> String {
        switch state {
        case .ownUse: "eigen gebruik"
        case .notAParty: "geen partij"
        case .noTariff: "geen tarief"
        case .singleSided: "eenzijdig"
        case .providerOnly: "alleen aanbieder"
        case .consumerOnly: "alleen afnemer"
        case .matched: "gelijk"
        case .withinTolerance: "binnen tolerantie"
        case .differs: "verschil"
        }
    }

    static func word(_ reason: DisputeReason) -> String {
        switch reason {
        case .statedZero: "nul vastgesteld"
        case .aboveTolerance: "boven tolerantie"
        case .aboveQuantityPart: "boven aantalgrens"
        case .aboveYearAmount: "boven jaargrens"
        }
    }
}
