// SPDX-License-Identifier: EUPL-1.2
import Journal
import Settlement

/// Answers the cases of Protocol/settlement.md §14 with the Swift code, in the form of the vectors.
enum Cases {
    struct Unreadable: Error {}

    static func answer(_ value: JSON) throws -> JSON {
        do {
            return .object(["result": try result(value)])
        } catch let refusal as SettlementRefusal {
            return .object(["reason": .string(refusal.name)])
        }
    }

    private static func result(_ value: JSON) throws -> JSON {
        switch value["kind"].text {
        case "largest_remainder": try shares(value, .largestRemainder)
        case "sainte_lague": try shares(value, .sainteLague)
        case "late_join": try lateJoin(value)
        case "contribution": try contribution(value)
        case "rate": try rate(value)
        case "tariff": try tariff(value)
        case "compare": try compare(value)
        case "vat": try vat(value)
        case "deadline": try deadline(value)
        case "decimal": try decimal(value)
        case "statement": .object(["text": .string(try StatementCase.statement(value).canonicalText)])
        default: throw Unreadable()
        }
    }

    // MARK: readers

    static func number(_ value: JSON) throws -> Int64 {
        guard let number = value.number else { throw Unreadable() }
        return number
    }

    static func text(_ value: JSON) throws -> String {
        guard let text = value.text else { throw Unreadable() }
        return text
    }

    static func month(_ value: JSON) throws -> CivilMonth {
        guard let month = CivilMonth(try text(value)) else { throw Unreadable() }
        return month
    }

    static func date(_ value: JSON) throws -> CivilDate {
        guard let date = CivilDate(try text(value)) else { throw Unreadable() }
        return date
    }

    static func id<Kind>(_ value: JSON) throws -> Identifier<Kind> { try Identifier(try text(value)) }

    static func weights(_ value: JSON) throws -> [Weight] {
        try value.items.map { Weight(try id($0.items[0]), try number($0.items[1])) }
    }

    static func prices(_ value: JSON) throws -> PriceList {
        .graduated(try value.items.map { tier in
            Tier(upTo: try tier.items[0].number.map(Quantity.init), price: MicroEuro(try number(tier.items[1])))
        })
    }

    static func treatment(_ value: JSON) throws -> VATTreatment {
        guard let category = VATCategory(rawValue: try text(value["category"])) else { throw Unreadable() }
        return try VATTreatment(
            category, rate: try BasisPoints(try number(value["rate"])), exemptionReason: value["reason"].text)
    }

    static func tariffs(_ value: JSON) throws -> TariffTable {
        try TariffTable(try value.items.map { item in
            try Tariff(
                decision: try id(item["decision"]), application: try id(item["application"]),
                tariffClass: try id(item["class"]), firstMonth: try month(item["from"]),
                lastMonth: item["through"] == .null ? nil : try month(item["through"]),
                prices: try prices(item["tiers"]),
                funding: item["funder"] == .null ? nil : Funding(
                    funder: try id(item["funder"]), prices: try prices(item["funding_tiers"])))
        })
    }

    static func terms(_ value: JSON) -> SettlementTerms {
        var terms = SettlementTerms()
        if let amount = value["tolerated_amount"].number { terms.toleratedAmount = Cents(amount) }
        if let amount = value["tolerated_year_amount"].number { terms.toleratedYearAmount = Cents(amount) }
        return terms
    }

    // MARK: kinds

    private static func pairs(_ shares: [Share]) -> JSON {
        .array(shares.map { .array([.string($0.party.text), .integer($0.amount.value)]) })
    }

    private static func shares(_ value: JSON, _ method: Apportionment) throws -> JSON {
        let total = Cents(try number(value["total"]))
        return .object(["shares": pairs(try method.divide(total, over: try weights(value["weights"])))])
    }

    private static func lateJoin(_ value: JSON) throws -> JSON {
        let weights = try weights(value["weights"])
        var key: [Weight] = []
        var charged: [PartyID: Cents] = [:]
        var steps: [JSON] = []
        for joining in value["joins"].items {
            let parties: [PartyID] = try joining.items.map { try id($0) }
            key += parties.compactMap { party in weights.first { $0.party == party } }
            let before = charged.map { Share($0.key, $0.value) }
            let charges = try CostSharing.charges(Cents(try number(value["cost"])), over: key, charged: before)
            for charge in charges {
                charged[charge.party] = try (charged[charge.party] ?? .zero).adding(charge.amount)
            }
            steps.append(pairs(charges))
        }
        let final = charged.sorted { $0.key < $1.key }.map { Share($0.key, $0.value) }
        return .object(["charges": .array(steps), "shares": pairs(final)])
    }

    private static func contribution(_ value: JSON) throws -> JSON {
        let contribution = try Contribution(
            rate: MicroEuro(try number(value["rate"])),
            inhabitants: try value["inhabitants"].items.map { try Quantity(try number($0)) },
            monthCount: Int(try number(value["months"])))
        let count = Int(value["instalments"].number ?? 12)
        let amount = try contribution.amount()
        let instalments = try (1...max(count, 1)).map {
            JSON.integer(try contribution.instalment($0, of: count).value)
        }
        return .object([
            "amount": .integer(amount.value), "exit_cap": .integer(try contribution.exitCap().value),
            "instalments": .array(instalments),
        ])
    }

    private static func anyTariff(_ tiers: JSON, from: String = "2026-01") throws -> Tariff {
        try Tariff(
            decision: try Identifier("B-1"), application: try Identifier("corv"),
            tariffClass: try Identifier("basis"), firstMonth: try month(.string(from)), prices: try prices(tiers))
    }

    private static func rate(_ value: JSON) throws -> JSON {
        let prices = try anyTariff(value["tiers"]).prices
        let quantity = try Quantity(try number(value["quantity"]))
        let lines = try Rating.lines(of: quantity, at: prices).map { line in
            JSON.array([
                .integer(Int64(line.tier)), .integer(line.quantity.value), .integer(line.price.value),
                .integer(line.amount.value),
            ])
        }
        let amount = try Rating.amount(of: quantity, at: prices)
        return .object(["lines": .array(lines), "amount": .integer(amount.value)])
    }

    private static func tariff(_ value: JSON) throws -> JSON {
        let table = try tariffs(value["tariffs"])
        let found = table.tariff(
            of: try id(value["application"]), class: try id(value["class"]), in: try month(value["month"]))
        return .object(["decision": .optional(found?.decision.text)])
    }

    private static func compare(_ value: JSON) throws -> JSON {
        let tariff = value["tiers"] == .null ? nil : try anyTariff(value["tiers"])
        let own = value["own_use"].flag ?? false
        let key = CellKey(
            application: try Identifier("corv"), provider: try Identifier("a"),
            consumer: try Identifier(own ? "a" : "b"), tariffClass: try Identifier("basis"),
            month: try month(.string("2026-10")))
        let counts = CellCounts(
            provider: value["provider_count"].number, consumer: value["consumer_count"].number,
            isSigned: value["signed"].flag ?? false, sameContent: value["same_content"].flag)
        let standing = CellStanding(
            mode: try CellMode(rawValue: value["mode"].text ?? "two-sided").orUnreadable(),
            providerIsParty: value["provider_is_party"].flag ?? true,
            consumerIsParty: value["consumer_is_party"].flag ?? true,
            consumerIsCustomer: value["consumer_is_customer"].flag ?? false)
        let outcome = try Comparison(terms: terms(value["terms"])).outcome(
            of: Cell(key, counts), standing: standing, tariff: tariff,
            tolerated: Cents(value["tolerated"].number ?? 0))
        return .object([
            "state": .string(outcome.state.rawValue), "billed": .optional(outcome.billed?.value),
            "billed_amount": .optional(outcome.billedAmount?.value),
            "difference": .optional(outcome.difference?.value),
            "difference_amount": .optional(outcome.differenceAmount?.value),
            "dispute": .optional(outcome.dispute?.rawValue), "content_differs": .bool(outcome.contentDiffers),
        ])
    }

    private static func vat(_ value: JSON) throws -> JSON {
        let lines = try value["lines"].items.map { line in
            (amount: Cents(try number(line["amount"])), vat: try treatment(line))
        }
        let documents = try VATSubtotal.documents(lines.map(\.vat)).map { positions in
            let inside = positions.map { lines[$0] }
            let subtotals = try VATSubtotal.subtotals(of: inside)
            let net = try Cents.sum(subtotals.map(\.taxable))
            let vat = try Cents.sum(subtotals.map(\.amount))
            return JSON.object([
                "reason": .optional(inside.compactMap(\.vat.exemptionReason).first),
                "lines": .array(positions.map { .integer(Int64($0)) }),
                "subtotals": .array(subtotals.map { subtotal in
                    .array([
                        .string(subtotal.category.rawValue), .integer(subtotal.rate.value),
                        .integer(subtotal.taxable.value), .integer(subtotal.amount.value),
                    ])
                }),
                "net": .integer(net.value), "vat": .integer(vat.value), "gross": .integer(try net.adding(vat).value),
            ])
        }
        return .object(["documents": .array(documents)])
    }

    private static func deadline(_ value: JSON) throws -> JSON {
        let days = WorkingDays(decreed: Set(try value["decreed"].items.map { try date($0) }))
        let last = try days.day(Int(try number(value["days"])), after: try date(value["after"]))
        return .object(["date": .string(last.description)])
    }

    private static func decimal(_ value: JSON) throws -> JSON {
        let (text, digits) = (try text(value["text"]), Int(try number(value["digits"])))
        let read = value["form"] == .string("dutch")
            ? try DecimalText.parseDutch(text, fractionDigits: digits)
            : try DecimalText.parse(text, fractionDigits: digits)
        return .object(["value": .integer(read)])
    }
}

extension Optional {
    func orUnreadable() throws -> Wrapped {
        guard let self else { throw Cases.Unreadable() }
        return self
    }
}
