// SPDX-License-Identifier: EUPL-1.2
import Journal
import Settlement

/// Reads the fields of cases, Protocol/settlement.md §14.
enum Cases {
    struct Unreadable: Error {}

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
}

extension Optional {
    func orUnreadable() throws -> Wrapped {
        guard let self else { throw Cases.Unreadable() }
        return self
    }
}
