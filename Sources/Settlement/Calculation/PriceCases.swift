// SPDX-License-Identifier: EUPL-1.2
import Journal
import Notation

/// Rating, tariffs, VAT, dates and typed amounts. Spec: Protocol/settlement-calculate.md §4.
enum PriceCases {
    static let all = [
        CaseKind("rate", "quantity", "tiers", answer: rate),
        CaseKind("tariff", "tariffs", "application", "class", "month", "settled", answer: tariff),
        CaseKind("vat", "lines", answer: vat),
        CaseKind("deadline", "what", "after", "month", "days", "decreed", answer: deadline),
        CaseKind("decimal", "form", "digits", "text", answer: decimal),
    ]

    @Sendable
    private static func rate(_ field: JSONField) throws -> JSON {
        let prices = try field.member("tiers").anyTariff().prices
        let quantity = try field.member("quantity").quantity()
        let lines = try Rating.lines(of: quantity, at: prices)
        return [
            "lines": .array(lines.map { line in
                [
                    .integer(Int64(line.tier)), .integer(line.quantity.value), .integer(line.price.value),
                    .integer(line.amount.value),
                ]
            }),
            "amount": .integer(try Rating.amount(of: quantity, at: prices).value),
        ]
    }

    static func tariffs(_ fields: [JSONField]) throws -> [Tariff] {
        try fields.map { item in
            try item.onlyMembers(
                "decision", "application", "class", "from", "through", "tiers", "funder", "funding_tiers")
            let funding = try item.optional("funder").map { funder in
                Funding(funder: try funder.identifier(), prices: try item.member("funding_tiers").prices())
            }
            return try Tariff(
                decision: try item.member("decision").identifier(),
                application: try item.member("application").identifier(),
                tariffClass: try item.member("class").identifier(), firstMonth: try item.member("from").month(),
                lastMonth: try item.optional("through")?.month(), prices: try item.member("tiers").prices(),
                funding: funding)
        }
    }

    @Sendable
    private static func tariff(_ field: JSONField) throws -> JSON {
        let tariffs = try tariffs(try field.member("tariffs").elements())
        let table = try TariffTable(tariffs)
        if let settled = try field.optional("settled")?.month(), let newest = tariffs.last {
            try TariffTable.checkStart(of: newest, settled: settled)
        }
        let found = table.tariff(
            of: try field.member("application").identifier(), class: try field.member("class").identifier(),
            in: try field.member("month").month())
        return ["decision": .optional(found?.decision.text)]
    }

    @Sendable
    private static func vat(_ field: JSONField) throws -> JSON {
        let lines = try field.member("lines").elements().map { line in
            (amount: try line.member("amount").cents(), vat: try line.treatment())
        }
        let documents = try VATSubtotal.documents(lines.map(\.vat)).map { positions -> JSON in
            let inside = positions.map { lines[$0] }
            let subtotals = try VATSubtotal.subtotals(of: inside)
            let net = try Cents.sum(subtotals.map(\.taxable))
            let vat = try Cents.sum(subtotals.map(\.amount))
            return [
                "reason": .optional(inside.compactMap(\.vat.exemptionReason).first),
                "lines": .array(positions.map { .integer(Int64($0)) }),
                "subtotals": .array(subtotals.map { subtotal in
                    [
                        .string(subtotal.category.rawValue), .integer(subtotal.rate.value),
                        .integer(subtotal.taxable.value), .integer(subtotal.amount.value),
                    ]
                }),
                "net": .integer(net.value), "vat": .integer(vat.value),
                "gross": .integer(try net.adding(vat).value),
            ]
        }
        return ["documents": .array(documents)]
    }

    private enum Deadline: String, CaseIterable {
        case workingDays = "working-days"
        case dispute, statement, invoice, payment
    }

    @Sendable
    private static func deadline(_ field: JSONField) throws -> JSON {
        let days = WorkingDays(decreed: Set(try field.list("decreed").map { try $0.date() }))
        let date: CivilDate
        switch try field.optional("what")?.word(Deadline.self) ?? .workingDays {
        case .workingDays:
            let count = try field.optional("days")?.count() ?? SettlementTerms().disputeWindowWorkingDays
            guard count > 0 else { throw CaseFault(path: "days", expectation: "expected 1 or more working days") }
            date = try days.day(count, after: try field.member("after").date())
        case .dispute: date = try days.disputeDeadline(statedOn: try field.member("after").date())
        case .statement: date = try days.statementDeadline(of: try field.member("month").month())
        case .invoice: date = try UndisputedPart.lastDay(of: try field.member("month").month())
        case .payment:
            let term = try field.optional("days")?.count() ?? SettlementTerms().paymentTermDays
            guard (0...Limits.paymentTermDays).contains(term),
                  let due = try field.member("after").date().adding(days: term)
            else { throw SettlementRefusal.dateOutOfRange }
            date = due
        }
        return ["date": .string(date.description)]
    }

    @Sendable
    private static func decimal(_ field: JSONField) throws -> JSON {
        let (text, digits) = (try field.member("text").string(), try field.member("digits").count())
        guard (0...6).contains(digits) else {
            throw CaseFault(path: "digits", expectation: "expected 2 for amounts or 6 for prices")
        }
        let value = try field.member("form").string() == "dutch"
            ? try DecimalText.parseDutch(text, fractionDigits: digits)
            : try DecimalText.parse(text, fractionDigits: digits)
        return ["value": .integer(value)]
    }
}
