// SPDX-License-Identifier: EUPL-1.2
import Journal
import Notation

/// Offset, payments, series, orders and corrections. Spec: Protocol/settlement-calculate.md §6.
enum DocumentCases {
    static let all = [
        CaseKind("offset", "on", "decided", "documents", answer: offset),
        CaseKind("payment", "documents", "payments", "on", answer: payment),
        CaseKind("series", "prefix", "last", "record", answer: series),
        CaseKind("order", "amount", "used", answer: order),
        CaseKind("correction", "month", "final", "cells", answer: CorrectionCases.answer),
    ]

    private static func items(_ field: JSONField) throws -> [OpenItem] {
        try field.member("documents").elements().map { item in
            try item.onlyMembers("number", "member", "leg", "kind", "due", "open", "contested")
            return try OpenItem(
                .proposal(try item.member("number").string()), leg: try item.member("leg").word(Leg.self),
                member: try item.member("member").identifier(), dueDate: try item.member("due").date(),
                kind: try item.optional("kind")?.word(DocumentKind.self) ?? .invoice,
                onPaper: try item.member("open").cents(), isContested: try item.flag("contested"))
        }
    }

    @Sendable
    private static func offset(_ field: JSONField) throws -> JSON {
        let payments = try Offset.payments(
            of: try items(field), on: try field.member("on").date(),
            isDecided: try field.flag("decided", default: true))
        return [
            "payments": .array(payments.map { payment in
                [
                    "member": .string(payment.member.text), "to_cooperative": .integer(payment.toCooperative.value),
                    "to_member": .integer(payment.toMember.value),
                    "direction": .optional(payment.direction?.rawValue), "amount": .integer(payment.amount.value),
                    "documents": .array(payment.documents.map { .string($0.description) }),
                ]
            }),
        ]
    }

    @Sendable
    private static func payment(_ field: JSONField) throws -> JSON {
        var book = OpenItems()
        for item in try items(field) { try book.add(item) }
        for payment in try field.list("payments") {
            try payment.onlyMembers("reference", "on", "amount")
            _ = try book.pay(
                try payment.member("reference").string(),
                Payment(on: try payment.member("on").date(), try payment.member("amount").cents()))
        }
        let date = try field.member("on").date()
        return [
            "open": .array(book.unpaid.map { item in
                [
                    .string(item.number.description), .integer(item.open.value), .string(item.age(on: date).rawValue),
                ]
            }),
            "ageing": .object(JSONObject(try Leg.allCases.map { leg in
                .init(leg.rawValue, .array(try book.ageing(of: leg, on: date).map { row in
                    [.string(row.age.rawValue), .integer(row.open.value)]
                }))
            })),
        ]
    }

    @Sendable
    private static func series(_ field: JSONField) throws -> JSON {
        let last = try field.optional("last")?.count() ?? 0
        guard (0..<Int(Int32.max)).contains(last) else {
            throw CaseFault(path: "last", expectation: "expected 0 or more")
        }
        var series = DocumentSeries(try SeriesPrefix(try field.member("prefix").string()), last: last)
        for text in try field.list("record") {
            try series.record(try DocumentNumber(numbered: try text.string()))
        }
        return ["next": .string(series.next.description), "last": .integer(Int64(series.last))]
    }

    @Sendable
    private static func order(_ field: JSONField) throws -> JSON {
        let used = try Cents.sum(try field.member("used").elements().map { try $0.cents() })
        let order = try PurchaseOrder(
            buyer: try Identifier("a"), application: nil, year: 2026, number: "1",
            amount: try field.member("amount").cents())
        let balance = OrderBalance(amount: order.amount, used: used)
        return [
            "used": .integer(used.value), "left": .integer(try balance.left().value),
            "warns": .boolean(balance.warns), "exceeded": .boolean(balance.isExceeded),
        ]
    }
}
