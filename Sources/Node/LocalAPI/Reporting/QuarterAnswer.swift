// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Settlement

/// The quarterly report to the supervisory board, in its six subjects. What is not known is null, never 0.
/// Spec: Protocol/settlement-reports.md §7.
struct QuarterAnswer {
    static func show(_ api: LocalAPI, _ request: APIRequest) async throws(APIProblem) -> APIAnswer {
        let text = request.inPath("kwartaal")
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let year = Int(parts[0]), CivilDate.years.contains(year), parts[1].count == 2,
              parts[1].first == "Q", let quarter = parts[1].last?.wholeNumberValue, (1...4).contains(quarter)
        else {
            throw .badRequest("kwartaal has to be a quarter such as 2026-Q3.", [
                .init(path: "kwartaal", message: "expected a year and a quarter, YYYY-Q1 to YYYY-Q4"),
            ])
        }
        let state = await api.engine.read { $0.settled }
        let result = YearAnswers.result { () throws(SettlementRefusal) -> JSON in
            try QuarterAnswer(year, quarter, state, api).json
        }
        return .json(try SettlingAnswers.get(result))
    }

    private let year: Int
    private let quarter: Int
    private let state: CooperativeState
    private let api: LocalAPI
    private let now: YearView
    /// Nil where a month is missing or an amount does not follow.
    private let lines: [LineTotal]?
    private let before: [LineTotal]?

    private init(
        _ year: Int, _ quarter: Int, _ state: CooperativeState, _ api: LocalAPI
    ) throws(SettlementRefusal) {
        func months(_ year: Int) -> [CivilMonth] {
            (3 * quarter - 2...3 * quarter).compactMap { CivilMonth(year: year, month: $0) }
        }
        (self.year, self.quarter, self.state, self.api) = (year, quarter, state, api)
        now = try YearView(state, months(year))
        lines = (try? now.everything()) ?? nil
        // Before the network began nothing was recorded, which is not 0.
        let earlier = months(year - 1).filter { $0.lastDay >= state.genesis.date }
        before = earlier.count == 3 ? (try? YearView(state, earlier).everything()) ?? nil : nil
    }

    private var json: JSON {
        [
            "kwartaal": .string("\(year)-Q\(quarter)"), "maandenVoorbij": .count(now.months.count),
            "onderwerpen": .array([
                subject("exploitatie", exploitation), subject("liquiditeit", liquidity),
                subject("portfolio", portfolio), subject("kosten", costs), subject("investeringen", investments),
                subject("risicobeheersing", risks),
            ]),
            "grondslag": YearAnswers.basis(state, now),
        ]
    }

    private func subject(_ name: String, _ rows: [JSON]) -> JSON {
        ["onderwerp": .string(name), "regels": .array(rows)]
    }

    private func row(
        _ post: String, _ application: ApplicationID? = nil, cents: Int64? = nil, before: Int64? = nil,
        count: Int? = nil
    ) -> JSON {
        [
            "post": .string(post), "applicatieNaam": .optional(application.map { CellDocument.name($0, api) }),
            "bedragCent": .optional(cents), "begrotingCent": .null, "vorigJaarCent": .optional(before),
            "aantal": .optional(count),
        ]
    }

    /// What members pay, and what hosting members are paid, beside the same quarter a year earlier.
    private var exploitation: [JSON] {
        let kinds: [LineKind] = [.transactionFee, .funding, .contribution, .contributionCorrection]
        return [("opbrengst", Leg.memberPays), ("uitbetaald aan aanbieders", Leg.cooperativePays)].map { post, leg in
            row(post, cents: sum(lines) { $0.leg == leg && kinds.contains($0.kind) },
                before: sum(before) { $0.leg == leg && kinds.contains($0.kind) })
        }
    }

    /// Balances are the bank's, which no record of the network holds.
    private var liquidity: [JSON] { [row("saldo"), row("openstaand te ontvangen"), row("openstaand te betalen")] }

    private var portfolio: [JSON] {
        var counts: [String: Int] = [:]
        for view in state.applicationViews() {
            let values = view.values(.phase)
            let word = values.count == 1 ? CatalogueWords.json(values[0].value, .phase).text : nil
            counts[word ?? "onbekend", default: 0] += 1
        }
        return (CatalogueWords.phases + ["onbekend"]).map { row("fase " + $0, count: counts[$0] ?? 0) }
    }

    /// Per application what is paid to who hosts it; what else the cooperative spends is in no record.
    private var costs: [JSON] {
        let applications = Set((lines ?? []).filter { $0.leg == .cooperativePays }.compactMap(\.application)).sorted()
        return applications.map { id in
            row("hosting", id, cents: sum(lines) { $0.leg == .cooperativePays && $0.application == id },
                before: sum(before) { $0.leg == .cooperativePays && $0.application == id })
        } + [row("overige kosten")]
    }

    private var investments: [JSON] {
        let applications = Set((lines ?? []).filter { $0.kind == .developmentShare }.compactMap(\.application)).sorted()
        return applications.map { id in
            row("ontwikkelkosten verdeeld", id, cents: sum(lines) {
                $0.kind == .developmentShare && $0.application == id
            })
        } + [row("andere investeringen")]
    }

    private var risks: [JSON] {
        var disputed: Int64? = now.months.isEmpty ? nil : 0
        for party in now.parties {
            let statements = try? now.statements(of: party)
            let sum = statements.flatMap { try? Cents.sum($0.map(\.disputedPayable)).value }
            disputed = disputed.flatMap { total in sum.map { total + $0 } }
        }
        let closed = Set(state.closedPeriods().map { closed in
            [closed.cut.month.description, closed.cut.lower.digits, closed.cut.higher.digits]
        })
        let stated = Set(state.statementViews().filter { now.months.contains($0.month) }.map { view in
            let (one, other) = (view.author, view.counterparty)
            return [view.month.description, min(one, other).digits, max(one, other).digits]
        })
        return [
            row("betwist, niet gefactureerd", cents: disputed),
            row("vastgesteld, niet afgesloten", count: stated.subtracting(closed).count),
            row("opgeschorte logs", count: state.suspended.count),
            row("overige risico's"),
        ]
    }

    private func sum(_ lines: [LineTotal]?, _ concerns: (LineTotal) -> Bool) -> Int64? {
        lines.flatMap { try? Cents.sum($0.filter(concerns).map(\.amount)).value }
    }
}
