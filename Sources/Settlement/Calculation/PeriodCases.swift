// SPDX-License-Identifier: EUPL-1.2
import Journal
import Notation

/// A month between two parties, act by act. Spec: Protocol/settlement-calculate.md §7.
enum PeriodCases {
    static let all = [
        CaseKind("period", "month", "pair", "cells", "events", "terms", "decreed", answer: answer),
        CaseKind(
            "stance", "application", "provider", "consumer", "class", "month", "tiers", "tolerated", "mode",
            "provider_is_party", "consumer_is_party", "consumer_is_customer", "provider_stated", "consumer_stated",
            "same", "stances", "terms", "decreed", answer: stance),
    ]

    @Sendable
    private static func answer(_ field: JSONField) throws -> JSON {
        let pair = try field.member("pair").tuple(2)
        let month = try field.member("month").month()
        let (terms, days) = try calendar(field)
        let cells = try field.member("cells").elements().map { cell in
            try cell.onlyMembers(
                "application", "provider", "consumer", "class", "tiers", "tolerated", "mode", "provider_is_party",
                "consumer_is_party", "consumer_is_customer")
            return (try key(cell, month), try rules(cell, terms, days))
        }
        var period = try PeriodLife(
            month, between: try pair[0].identifier(), and: try pair[1].identifier(), cells: cells)
        for event in try field.member("events").elements() { try PeriodEvent(event, month).apply(to: &period) }
        return [
            "stage": .string(period.stage.rawValue), "last_day": .optional(period.lastDay?.description),
            "cut": .optional(period.cut.map { Int64($0.epoch) }), "cells": .array(try period.cells.map(row)),
        ]
    }

    private static func calendar(_ field: JSONField) throws -> (SettlementTerms, WorkingDays) {
        (try field.termsIfAny(), WorkingDays(decreed: Set(try field.list("decreed").map { try $0.date() })))
    }

    private static func rules(
        _ cell: JSONField, _ terms: SettlementTerms, _ days: WorkingDays
    ) throws -> CellTerms {
        CellTerms(
            standing: try ComparisonCases.standing(cell), tariff: try cell.optional("tiers")?.anyTariff(),
            terms: terms, tolerated: try cell.optional("tolerated")?.cents() ?? .zero, workingDays: days)
    }

    @Sendable
    private static func stance(_ field: JSONField) throws -> JSON {
        let (terms, days) = try calendar(field)
        func stated(_ name: String) throws -> StatedCount? {
            guard let pair = try field.optional(name)?.tuple(2) else { return nil }
            return StatedCount(try pair[0].whole(), on: try pair[1].date())
        }
        let stances = try field.list("stances").map { item in
            try item.onlyMembers("by", "word", "quantity", "on", "since")
            return SideStance(
                try item.member("by").word(Side.self), try item.member("word").word(StanceWord.self),
                quantity: try item.optional("quantity")?.whole(), on: try item.member("on").date(),
                disputedSince: try item.optional("since")?.date())
        }
        return try row(try CellLife(
            try key(field, try field.member("month").month()), try rules(field, terms, days),
            provider: try stated("provider_stated"), consumer: try stated("consumer_stated"),
            sameContent: try field.optional("same")?.boolean(), stances: stances))
    }

    static func key(_ field: JSONField, _ month: CivilMonth) throws -> CellKey {
        CellKey(
            application: try field.member("application").identifier(),
            provider: try field.member("provider").identifier(), consumer: try field.member("consumer").identifier(),
            tariffClass: try field.member("class").identifier(), month: month)
    }

    private static func row(_ life: CellLife) throws -> JSON {
        let amount = try life.billedAmount()
        let key = life.key
        return [
            "cell": .string("\(key.application)/\(key.provider)/\(key.consumer)/\(key.tariffClass)"),
            "stage": .string(life.stage.rawValue), "state": .optional(life.outcome?.state.rawValue),
            "billed": .optional(life.billed?.value), "billed_amount": .optional(amount?.value),
            "contested": .boolean(life.isContested), "escalated": .boolean(life.isEscalated),
            "last_day": .optional(life.lastDay?.description),
        ]
    }
}

/// One act of a case: `event`, `on`, and what belongs to it.
private struct PeriodEvent {
    let field: JSONField
    let name: String
    let date: CivilDate
    let month: CivilMonth

    init(_ field: JSONField, _ month: CivilMonth) throws {
        try field.onlyMembers(
            "event", "on", "by", "application", "provider", "consumer", "class", "count", "same", "reason", "evidence",
            "quantity", "decision", "epoch", "digest")
        self.field = field
        self.month = month
        name = try field.member("event").string()
        date = try field.member("on").date()
    }

    func apply(to period: inout PeriodLife) throws {
        switch name {
        case "sign":
            try period.sign(try field.member("by").identifier(), try cut(), on: date)
        case "lapse":
            try period.lapse(at: try cut(), on: date)
        case "close":
            try period.close(on: date)
        default:
            let act = try self.act()
            try period.act(
                try PeriodCases.key(field, month), by: try field.member("by").identifier(), on: date, act)
        }
    }

    private func cut() throws -> SignedCut {
        SignedCut(epoch: try field.member("epoch").count(), digest: try field.member("digest").hash())
    }

    private func act() throws -> (inout CellLife, Side) throws(CellLifeRefusal) -> Void {
        let date = date
        switch name {
        case "state":
            let count = try field.member("count").whole()
            return { (life, side) throws(CellLifeRefusal) in try life.state(side, count, on: date) }
        case "confirm":
            return { (life, _) throws(CellLifeRefusal) in try life.confirm(on: date) }
        case "content":
            let same = try field.member("same").boolean()
            return { (life, _) throws(CellLifeRefusal) in try life.compareContent(isSame: same) }
        case "dispute":
            let (reason, evidence) = try plea()
            return { (life, side) throws(CellLifeRefusal) in
                try life.dispute(side, reason: reason, evidence: evidence, on: date)
            }
        case "respond":
            let (reason, evidence) = try plea()
            return { (life, side) throws(CellLifeRefusal) in
                try life.respond(side, reason: reason, evidence: evidence, on: date)
            }
        case "accept":
            return { (life, side) throws(CellLifeRefusal) in try life.accept(side) }
        case "withdraw":
            return { (life, side) throws(CellLifeRefusal) in try life.withdraw(side) }
        case "escalate":
            return { (life, _) throws(CellLifeRefusal) in try life.handOver() }
        case "decide":
            let quantity = try field.member("quantity").quantity()
            let decision: DecisionID = try field.member("decision").identifier()
            return { (life, _) throws(CellLifeRefusal) in try life.decide(quantity, by: decision) }
        default:
            throw try field.member("event").fault(
                "expected one of state, confirm, content, dispute, respond, accept, withdraw, escalate, decide, "
                    + "sign, lapse, close")
        }
    }

    private func plea() throws -> (String, Hash?) {
        (try field.member("reason").string(), try field.optional("evidence")?.hash())
    }
}
