// SPDX-License-Identifier: EUPL-1.2
import Journal
import Notation

/// Looking ahead. Spec: Protocol/settlement-calculate.md §9.
enum ForecastCases {
    static let all = [
        CaseKind("forecast", "budget", "committed", "realised", "months") { field in
            let sheet = try YearSheet(
                budget: try field.optional("budget")?.cents(), committed: try field.optional("committed")?.cents(),
                realised: try field.member("realised").cents(), monthCount: try field.member("months").count())
            return [
                "forecast": .optional(sheet.forecast?.value), "room": .optional(try sheet.room()?.value),
            ]
        },
        CaseKind("price_per_use", "cost", "uses") { field in
            let prices = try PricePerUse.asMembersJoin(
                try field.member("cost").cents(), uses: try field.member("uses").elements().map { try $0.quantity() })
            return ["prices": .array(prices.map { .optional($0?.value) })]
        },
        CaseKind("turnover", "members", "others") { field in
            let turnover = try MemberTurnover(
                members: try field.member("members").cents(), others: try field.member("others").cents())
            return ["above": turnover.isAboveThreshold.map(JSON.boolean) ?? .null]
        },
        CaseKind(
            "simulate", "party", "from", "through", "scenario", "members", "applications", "tariffs", "vat",
            "contributions", "inhabitants", "cost_sharings", "charges", "cells", "terms", answer: simulate),
    ]

    @Sendable
    private static func simulate(_ field: JSONField) throws -> JSON {
        let input = try StatementCases.input(field)
        let (from, through) = (try field.member("from").month(), try field.member("through").month())
        guard from <= through else { throw try field.member("through").fault("expected a month from \(from) on") }
        let other = try input.applying(try scenario(try field.member("scenario")), in: from...through)
        let changes = try input.changes(to: other, for: try field.member("party").identifier(), in: from...through)
        return [
            "changes": .array(changes.map { change in
                [
                    .string(change.leg.rawValue), .string(change.kind.rawValue), .optional(change.application?.text),
                    .integer(change.before.value), .integer(change.after.value), .integer(change.difference.value),
                ]
            }),
        ]
    }

    /// `what` and what belongs to it.
    private static func scenario(_ field: JSONField) throws -> Scenario {
        try field.onlyMembers(
            "what", "application", "party", "on", "weight", "monthly", "numerator", "denominator", "municipality",
            "year", "count")
        let party: PartyID = try field.member("party").identifier()
        switch try field.member("what").string() {
        case "join":
            return .join(
                try field.member("application").identifier(), party, on: try field.member("on").date(),
                weight: try field.member("weight").whole(),
                monthly: try field.list("monthly").map { item in
                    let parts = try item.tuple(3)
                    return MonthlyUse(
                        provider: try parts[0].identifier(), tariffClass: try parts[1].identifier(),
                        quantity: try parts[2].quantity())
                })
        case "leave":
            return .leave(
                try field.member("application").identifier(), party, on: try field.member("on").date())
        case "scale":
            return .scale(
                try field.member("application").identifier(), party,
                numerator: try field.member("numerator").whole(), denominator: try field.member("denominator").whole())
        case "admit":
            return .admit(
                BilledMember(party, joined: try field.member("on").date()),
                InhabitantsFigure(
                    party, municipality: try field.member("municipality").string(),
                    year: try field.member("year").count(), count: try field.member("count").quantity()))
        default:
            throw try field.member("what").fault("expected one of join, leave, scale, admit")
        }
    }
}
