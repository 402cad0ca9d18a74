// SPDX-License-Identifier: EUPL-1.2
import Journal
import Notation

/// Comparison of one cell, of a year, and repeatedly low sides. Spec: Protocol/settlement-calculate.md §5.
enum ComparisonCases {
    static let all = [
        CaseKind(
            "compare", "provider_count", "consumer_count", "tiers", "own_use", "mode", "provider_is_party",
            "consumer_is_party", "consumer_is_customer", "signed", "same_content", "tolerated", "terms",
            answer: compare),
        CaseKind("tolerance", "tiers", "cells", "again", "terms", answer: tolerance),
        CaseKind("repeatedly_low", "tiers", "cells", "through", "terms", answer: repeatedlyLow),
    ]

    /// `mode`, `provider_is_party`, `consumer_is_party`, `consumer_is_customer`.
    static func standing(_ field: JSONField) throws -> CellStanding {
        CellStanding(
            mode: try field.optional("mode")?.word(CellMode.self) ?? .twoSided,
            providerIsParty: try field.flag("provider_is_party", default: true),
            consumerIsParty: try field.flag("consumer_is_party", default: true),
            consumerIsCustomer: try field.flag("consumer_is_customer"))
    }

    private static func counts(_ field: JSONField) throws -> CellCounts {
        CellCounts(
            provider: try field.optional("provider_count")?.whole(),
            consumer: try field.optional("consumer_count")?.whole(), isSigned: try field.flag("signed"),
            sameContent: try field.optional("same_content")?.boolean())
    }

    @Sendable
    private static func compare(_ field: JSONField) throws -> JSON {
        let tariff = try field.optional("tiers")?.anyTariff()
        let own = try field.flag("own_use")
        let key = CellKey(
            application: try Identifier("corv"), provider: try Identifier("a"),
            consumer: try Identifier(own ? "a" : "b"), tariffClass: try Identifier("basis"),
            month: CivilMonth(containing: JSONField.anyDay))
        let outcome = try Comparison(terms: try field.termsIfAny()).outcome(
            of: Cell(key, try counts(field)), standing: try standing(field), tariff: tariff,
            tolerated: try field.optional("tolerated")?.cents() ?? .zero)
        return [
            "state": .string(outcome.state.rawValue), "billed": .optional(outcome.billed?.value),
            "billed_amount": .optional(outcome.billedAmount?.value),
            "difference": .optional(outcome.difference?.value),
            "difference_amount": .optional(outcome.differenceAmount?.value),
            "dispute": .optional(outcome.dispute?.rawValue), "content_differs": .boolean(outcome.contentDiffers),
        ]
    }

    /// A cell of one application between `a` and `b` where the case does not say otherwise.
    private static func cell(_ field: JSONField) throws -> Cell {
        try field.onlyMembers(
            "application", "provider", "consumer", "month", "class", "provider_count", "consumer_count", "signed",
            "same_content")
        let key = CellKey(
            application: try field.optional("application")?.identifier() ?? Identifier("corv"),
            provider: try field.optional("provider")?.identifier() ?? Identifier("a"),
            consumer: try field.optional("consumer")?.identifier() ?? Identifier("b"),
            tariffClass: try field.optional("class")?.identifier() ?? Identifier("basis"),
            month: try field.member("month").month())
        return Cell(key, try counts(field))
    }

    private static let both = CellStanding(mode: .twoSided, providerIsParty: true, consumerIsParty: true)

    /// The outcomes of cells in the order in which tolerance adds up.
    private static func outcomes(
        _ cells: [Cell], _ field: JSONField
    ) throws -> (outcomes: [CellOutcome], tolerance: YearTolerance, tariff: Tariff) {
        let (tariff, terms) = (try field.member("tiers").anyTariff(), try field.termsIfAny())
        let ordered = cells.sorted { $0.key < $1.key }
        for (one, next) in zip(ordered, ordered.dropFirst()) where one.key == next.key {
            throw SettlementRefusal.duplicateCell(one.key)
        }
        var tolerance = YearTolerance()
        var outcomes: [CellOutcome] = []
        for cell in ordered {
            outcomes.append(try tolerance.compareAgain(cell, standing: both, tariff: tariff, terms: terms))
        }
        return (outcomes, tolerance, tariff)
    }

    private static func row(_ outcome: CellOutcome) -> JSON {
        let key = outcome.cell.key
        return [
            .string(key.month.description), .string(key.tariffClass.text), .string(outcome.state.rawValue),
            .optional(outcome.differenceAmount?.value),
        ]
    }

    @Sendable
    private static func tolerance(_ field: JSONField) throws -> JSON {
        let cells = try field.member("cells").elements().map(cell)
        var (outcomes, tolerance, tariff) = try outcomes(cells, field)
        let terms = try field.termsIfAny()
        var again: [JSON] = []
        for cell in try field.list("again").map(cell) {
            again.append(row(try tolerance.compareAgain(cell, standing: both, tariff: tariff, terms: terms)))
        }
        outcomes.sort { $0.cell.key < $1.cell.key }
        return ["states": .array(outcomes.map(row)), "again": .array(again)]
    }

    @Sendable
    private static func repeatedlyLow(_ field: JSONField) throws -> JSON {
        let cells = try field.member("cells").elements().map(cell)
        let found = RepeatedlyLow.sides(
            in: try outcomes(cells, field).outcomes, through: try field.member("through").month())
        return [
            "sides": .array(found.map { low in
                [
                    .string(low.application.text), .string(low.provider.text), .string(low.consumer.text),
                    .string(low.side.rawValue), .array(low.months.map { .string($0.description) }),
                ]
            }),
        ]
    }
}
