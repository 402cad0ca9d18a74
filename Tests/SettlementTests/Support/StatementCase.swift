// SPDX-License-Identifier: EUPL-1.2
import Journal
import Settlement

/// Reads a statement case of Protocol/settlement.md §14.
enum StatementCase {
    static func statement(_ value: JSON) throws -> StatementOfAccount {
        try input(value).statement(of: try Cases.id(value["party"]), in: try Cases.month(value["month"]))
    }

    static func input(_ value: JSON) throws -> SettlementInput {
        var vat = VATTable()
        for item in value["vat"].items {
            let kind = try LineKind(rawValue: try Cases.text(item["kind"])).orUnreadable()
            let leg = try Leg(rawValue: try Cases.text(item["leg"])).orUnreadable()
            let origin: DecisionID? = item["origin"] == .null ? nil : try Cases.id(item["origin"])
            vat.set(try Cases.treatment(item), for: kind, leg: leg, origin: origin)
        }
        return SettlementInput(
            members: try value["members"].items.map { item in
                BilledMember(
                    try Cases.id(item["id"]), joined: try Cases.date(item["joined"]), left: try date(item["left"]))
            },
            applications: try value["applications"].items.map(application),
            tariffs: try Cases.tariffs(value["tariffs"]), vat: vat,
            contributions: try value["contributions"].items.map { item in
                ContributionRate(
                    try Cases.id(item["decision"]), firstYear: Int(try Cases.number(item["first_year"])),
                    rate: MicroEuro(try Cases.number(item["rate"])))
            },
            inhabitants: try value["inhabitants"].items.map { item in
                InhabitantsFigure(
                    try Cases.id(item["party"]), municipality: try Cases.text(item["municipality"]),
                    year: Int(try Cases.number(item["year"])), count: try Quantity(try Cases.number(item["count"])))
            },
            costSharings: try value["cost_sharings"].items.map(costSharing),
            cells: try value["cells"].items.map(cell), terms: Cases.terms(value["terms"]))
    }

    private static func date(_ value: JSON) throws -> CivilDate? { value == .null ? nil : try Cases.date(value) }

    private static func application(_ value: JSON) throws -> BilledApplication {
        var modes: [PartyID: CellMode] = [:]
        for item in value["modes"].items {
            modes[try Cases.id(item.items[0])] = try CellMode(rawValue: try Cases.text(item.items[1])).orUnreadable()
        }
        return BilledApplication(
            try Cases.id(value["id"]), lead: try Cases.id(value["lead"]),
            participants: try value["participants"].items.map { item in
                Participation(
                    try Cases.id(item["party"]), joined: try Cases.date(item["joined"]), left: try date(item["left"]))
            },
            providers: try value["providers"].items.map { try Cases.id($0) },
            customers: try value["customers"].items.map { try Cases.id($0) }, modes: modes)
    }

    private static func costSharing(_ value: JSON) throws -> CostSharing {
        CostSharing(
            decision: try Cases.id(value["decision"]), application: try Cases.id(value["application"]),
            cost: Cents(try Cases.number(value["cost"])), firstMonth: try Cases.month(value["first_month"]),
            participants: try value["participants"].items.map { item in
                Participant(
                    try Cases.id(item["party"]), joined: try Cases.date(item["joined"]),
                    weight: try Cases.number(item["weight"]))
            },
            opening: try Cases.weights(value["opening"]).map { Share($0.party, Cents($0.value)) })
    }

    private static func cell(_ value: JSON) throws -> Cell {
        Cell(
            CellKey(
                application: try Cases.id(value["application"]), provider: try Cases.id(value["provider"]),
                consumer: try Cases.id(value["consumer"]), tariffClass: try Cases.id(value["class"]),
                month: try Cases.month(value["month"])),
            CellCounts(
                provider: value["provider_count"].number, consumer: value["consumer_count"].number,
                isSigned: value["signed"].flag ?? false, sameContent: value["same_content"].flag))
    }
}
