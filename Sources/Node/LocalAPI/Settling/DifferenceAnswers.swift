// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Settlement
import Storage

/// Narrows a month down to the transactions about which this member and others differ, and releases days in quarantine
/// that turn out the same. Spec: Protocol/local-api.md §7, Protocol/comparison.md.
enum DifferenceAnswers {
    static func narrow(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let month = try request.month("maand")
        let body = try request.object(mandatory: [], optional: ["wederpartij", "grondslag"])
        guard let comparison = api.node.comparison else {
            throw .unavailable("This node cannot ask anybody now.")
        }
        let basis = try basis(body["grondslag"])
        let counterparties = try await counterparties(body["wederpartij"], month, api)
        var pairs: [JSON] = []
        for counterparty in counterparties {
            let compared: PairComparison.Compared
            do throws(StorageFailure) {
                compared = try await comparison.compare(month, with: counterparty, basis: basis)
            } catch { throw APIProblem(error) }
            pairs.append(await DifferenceDocument(compared, month, api).json())
        }
        let released: (days: [CivilDate], hindrances: [PairComparison.Compared])
        do throws(StorageFailure) {
            released = try await QuarantineComparison(comparison: comparison)
                .release(month, atSeconds: Int(api.clock.milliseconds() / 1_000))
        } catch { throw APIProblem(error) }
        let deadline = await api.engine.read { engine in
            let terms = (try? SettlementInput(engine.state, through: month).terms) ?? SettlementTerms()
            return try? WorkingDays().disputeDeadline(statedOn: engine.settled.epoch.date, terms: terms)
        }
        return .json([
            "maand": .string(month.description), "lid": api.party(api.engine.member.oin), "paren": .array(pairs),
            "vrijgegeven": .array(released.days.map { .string($0.description) }),
            "nietVrijgegevenOm": .array(released.hindrances.map { api.party($0.counterparty) }),
            "reactietermijnDatum": .optional(deadline?.description),
        ])
    }

    private static func basis(_ value: JSON?) throws(APIProblem) -> ComparisonBasis? {
        guard let value, value != .null else { return nil }
        switch value.text {
        case "vastgesteld": return .stated
        case "aanwezig": return .held
        default:
            throw .badRequest(
                "grondslag is vastgesteld or aanwezig.",
                [.init(path: "grondslag", message: "expected vastgesteld or aanwezig")])
        }
    }

    /// The one that was named, or all members with whom anybody counted something in the month.
    private static func counterparties(
        _ value: JSON?, _ month: CivilMonth, _ api: LocalAPI
    ) async throws(APIProblem) -> [OIN] {
        let own = api.engine.member.oin
        let (members, used) = await api.engine.read { engine in
            let usage = engine.state.usage(in: month).filter { $0.provider == own || $0.consumer == own }
            let stated = engine.state.statementViews(of: month).filter {
                $0.author == own || $0.counterparty == own
            }
            let named = usage.flatMap { [$0.provider, $0.consumer] }
                + stated.filter { $0.records > 0 }.flatMap { [$0.author, $0.counterparty] }
            return (Set(engine.state.members().map(\.card.oin)), Set(named))
        }
        guard let value, value != .null else { return used.intersection(members).subtracting([own]).sorted() }
        guard let oin = value.text.flatMap({ OIN($0) }), oin != own, members.contains(oin) else {
            throw .badRequest(
                "wederpartij has to be another member.", [.init(path: "wederpartij", message: "expected its OIN")])
        }
        return [oin]
    }
}

/// What came of one comparison, as JSON.
struct DifferenceDocument {
    /// Transactions that are listed; the rest is counted.
    private static let transactionsLimit = 5_000
    private let compared: PairComparison.Compared
    private let month: CivilMonth
    private let api: LocalAPI

    init(_ compared: PairComparison.Compared, _ month: CivilMonth, _ api: LocalAPI) {
        self.compared = compared
        self.month = month
        self.api = api
    }

    func json() async -> JSON {
        var object = JSONObject()
        object.set("wederpartij", api.party(compared.counterparty))
        object.set("grondslag", compared.basis == .stated ? "vastgesteld" : "aanwezig")
        let (word, reason) = standing
        object.set("stand", .string(word))
        object.set("reden", reason)
        object.set("bytesUitgewisseld", .count(compared.bytes))
        guard case .differs(let sheet) = compared.outcome else { return .object(object) }
        object.set("meldingenEigen", .count(sheet.own.records))
        object.set("meldingenWederpartij", .count(sheet.other.records))
        object.set("dagen", .array(Self.differingDays(sheet).map(day)))
        object.set("oorzaken", .array(await causes(sheet)))
        object.set("transactiesTotaal", .count(sheet.transactions.count))
        object.set("transacties", .array(sheet.transactions.prefix(Self.transactionsLimit).map(transaction)))
        return .object(object)
    }

    /// Days on which something differs.
    private static func differingDays(_ sheet: DifferenceSheet) -> [DayComparison] {
        let days = Set(sheet.transactions.flatMap { ($0.own + $0.other).map(\.day) })
        return sheet.days.filter { days.contains($0.day) }
    }

    private var standing: (word: String, reason: JSON) {
        switch compared.outcome {
        case .equal: ("gelijk", .null)
        case .differs: ("verschil", .null)
        case .tooDifferent(let own, let other):
            ("te verschillend", Self.reason("te verschillend", "\(own.records) and \(other.records) records"))
        case .ownRefusal(let refusal): ("niet vergeleken", Self.reason("eigen " + refusal.name, refusal.description))
        case .named(let refusal): ("niet vergeleken", Self.reason("genoemd " + refusal.name, refusal.description))
        case .refused(let sentence): ("niet vergeleken", Self.reason("geweigerd", sentence))
        case .outOfReach(let sentence): ("niet vergeleken", Self.reason("onbereikbaar", sentence))
        }
    }

    private static func reason(_ code: String, _ sentence: String) -> JSON {
        ["code": .string(code), "tekst": .string(sentence)]
    }

    private func day(_ row: DayComparison) -> JSON {
        [
            "aanbieder": .string(row.use.provider.digits), "applicatie": .string(row.use.application),
            "klasse": .string(row.use.tariffClass), "datum": .string(row.day.description),
            "meldingenEigen": .count(row.own.records), "aantalEigen": .integer(row.own.quantity),
            "meldingenWederpartij": .count(row.other.records), "aantalWederpartij": .integer(row.other.quantity),
        ]
    }

    private func causes(_ sheet: DifferenceSheet) async -> [JSON] {
        let tariffs = await api.engine.read { try? SettlementInput($0.state, through: month).tariffs }
        let totals = sheet.totals
        return sheet.causes.map { total in
            var amount: Cents?
            if let counts = totals.first(where: { $0.use == total.use }),
               let application = try? ApplicationID(total.use.application),
               let tariffClass = try? ClassID(total.use.tariffClass),
               let tariff = tariffs?.tariff(of: application, class: tariffClass, in: month) {
                amount = try? DifferenceAmount.amount(
                    of: total.quantity, own: counts.own.quantity, other: counts.other.quantity, at: tariff.prices)
            }
            return [
                "aanbieder": .string(total.use.provider.digits), "applicatie": .string(total.use.application),
                "klasse": .string(total.use.tariffClass), "oorzaak": .string(Self.word(total.cause)),
                "transacties": .count(total.transactions), "verschil": .integer(total.quantity),
                "bedragCent": .optional(amount?.value),
            ]
        }
    }

    private func transaction(_ found: DifferingTransaction) -> JSON {
        [
            "aanbieder": .string(found.key.provider.digits), "applicatie": .string(found.key.application),
            "transactie": .string(found.key.matchID), "soort": .string(Self.word(found.kind)),
            "kant": .optional(found.side.map { $0 == .own ? "eigen" : "wederpartij" }),
            "oorzaak": .string(Self.word(found.cause)), "eigen": .array(found.own.map(Self.row)),
            "ander": .array(found.other.map(Self.row)),
        ]
    }

    private static func row(_ record: CountedRecord) -> JSON {
        [
            "datum": .string(record.day.description), "klasse": .string(record.tariffClass),
            "aantal": .integer(record.quantity), "keer": .count(record.occurrences),
        ]
    }

    static func word(_ kind: DifferenceKind) -> String {
        switch kind {
        case .missing: "ontbreekt"
        case .doubled: "dubbel"
        case .different: "anders"
        }
    }

    static func word(_ cause: LikelyCause) -> String {
        switch cause {
        case .midnight: "middernacht"
        case .monthEnd: "maandeinde"
        case .missingHours: "uren niet gemeten"
        case .doubleFeed: "dubbele aanlevering"
        case .repeated: "herhaald"
        case .otherClass: "andere klasse"
        case .otherQuantity: "ander aantal"
        case .unknown: "onbekend"
        }
    }
}
