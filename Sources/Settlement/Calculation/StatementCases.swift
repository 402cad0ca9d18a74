// SPDX-License-Identifier: EUPL-1.2
import Journal
import Notation

/// Whole statements. Spec: Protocol/settlement-calculate.md §8.
enum StatementCases {
    static let all = [
        CaseKind(
            "statement", "party", "month", "members", "applications", "tariffs", "vat", "contributions", "inhabitants",
            "cost_sharings", "charges", "cells", "terms"
        ) { field in
            let statement = try input(field).statement(
                of: try field.member("party").identifier(), in: try field.member("month").month())
            return ["text": .string(statement.canonicalText)]
        },
    ]

    static func input(_ field: JSONField) throws -> SettlementInput {
        SettlementInput(
            members: try field.member("members").elements().map { item in
                try item.onlyMembers("id", "joined", "left")
                return BilledMember(
                    try item.member("id").identifier(), joined: try item.member("joined").date(),
                    left: try item.optional("left")?.date())
            },
            applications: try field.member("applications").elements().map(application),
            tariffs: try TariffTable(try PriceCases.tariffs(try field.member("tariffs").elements())),
            vat: try vat(try field.member("vat").elements()),
            contributions: try field.list("contributions").map { item in
                try item.onlyMembers("decision", "first_year", "rate")
                return ContributionRate(
                    try item.member("decision").identifier(), firstYear: try item.member("first_year").count(),
                    rate: MicroEuro(try item.member("rate").whole()))
            },
            inhabitants: try field.list("inhabitants").map { item in
                try item.onlyMembers("party", "municipality", "year", "count", "known_from")
                return InhabitantsFigure(
                    try item.member("party").identifier(), municipality: try item.member("municipality").string(),
                    year: try item.member("year").count(), count: try item.member("count").quantity(),
                    knownFrom: try item.optional("known_from")?.month())
            },
            costSharings: try field.list("cost_sharings").map(costSharing),
            charges: try field.list("charges").map(charge),
            cells: try field.list("cells").map(cell), terms: try field.termsIfAny())
    }

    private static func vat(_ fields: [JSONField]) throws -> VATTable {
        var table = VATTable()
        for item in fields {
            try item.onlyMembers("kind", "leg", "origin", "category", "rate", "reason")
            table.set(
                try item.treatment(), for: try item.member("kind").word(LineKind.self),
                leg: try item.member("leg").word(Leg.self), origin: try item.optional("origin")?.identifier())
        }
        return table
    }

    private static func application(_ field: JSONField) throws -> BilledApplication {
        try field.onlyMembers("id", "lead", "customers", "providers", "modes", "participants")
        var modes: [PartyID: CellMode] = [:]
        for item in try field.list("modes") {
            let pair = try item.tuple(2)
            modes[try pair[0].identifier()] = try pair[1].word(CellMode.self)
        }
        return BilledApplication(
            try field.member("id").identifier(), lead: try field.member("lead").identifier(),
            participants: try field.list("participants").map { item in
                try item.onlyMembers("party", "joined", "left")
                return Participation(
                    try item.member("party").identifier(), joined: try item.member("joined").date(),
                    left: try item.optional("left")?.date())
            },
            providers: try field.list("providers").map { try $0.identifier() },
            customers: try field.list("customers").map { try $0.identifier() }, modes: modes)
    }

    private static func costSharing(_ field: JSONField) throws -> CostSharing {
        try field.onlyMembers(
            "decision", "application", "cost", "first_month", "participants", "opening", "changes", "missing")
        let opening = try field.optional("opening")?.weights() ?? []
        return CostSharing(
            decision: try field.member("decision").identifier(),
            application: try field.member("application").identifier(), cost: try field.member("cost").cents(),
            firstMonth: try field.member("first_month").month(),
            participants: try field.member("participants").elements().map { item in
                try item.onlyMembers("party", "joined", "weight")
                return Participant(
                    try item.member("party").identifier(), joined: try item.member("joined").date(),
                    weight: try item.member("weight").whole())
            },
            opening: opening.map { Share($0.party, Cents($0.value)) },
            changes: try field.list("changes").map(change),
            missing: try field.list("missing").map { item in
                let gap = try item.tuple(3)
                return MissingWeight(try gap[0].month(), try gap[1].identifier(), year: try gap[2].count())
            })
    }

    /// `month` and one of `succeed`, `split`, or the terms of the month's join.
    private static func change(_ field: JSONField) throws -> DatedCostSharingChange {
        let month = try field.member("month").month()
        if let pair = try field.optional("succeed")?.tuple(2) {
            return DatedCostSharingChange(
                month, .succession(try pair[0].identifier(), by: try pair[1].identifier()))
        }
        if let pair = try field.optional("split")?.tuple(2) {
            return DatedCostSharingChange(month, .split(try pair[0].identifier(), into: try pair[1].weights()))
        }
        return DatedCostSharingChange(month, .terms(try ShareCases.terms(field)))
    }

    private static func charge(_ field: JSONField) throws -> DecidedCharge {
        try field.onlyMembers(
            "decision", "kind", "leg", "month", "settled_in", "total", "key", "application", "text")
        return try DecidedCharge(
            decision: try field.member("decision").identifier(), kind: try field.member("kind").word(LineKind.self),
            leg: try field.member("leg").word(Leg.self), month: try field.member("month").month(),
            settledIn: try field.optional("settled_in")?.month(), total: try field.member("total").cents(),
            key: try field.member("key").weights(), application: try field.optional("application")?.identifier(),
            text: try field.optional("text")?.string())
    }

    private static func cell(_ field: JSONField) throws -> Cell {
        try field.onlyMembers(
            "application", "provider", "consumer", "class", "month", "provider_count", "consumer_count", "signed",
            "same_content")
        return Cell(
            try PeriodCases.key(field, try field.member("month").month()),
            CellCounts(
                provider: try field.optional("provider_count")?.whole(),
                consumer: try field.optional("consumer_count")?.whole(), isSigned: try field.flag("signed"),
                sameContent: try field.optional("same_content")?.boolean()))
    }
}
