// SPDX-License-Identifier: EUPL-1.2
import Journal
import Notation

/// Cells that are rated again as a whole, minus all their documents. Spec: Protocol/settlement-calculate.md §6.
enum CorrectionCases {
    @Sendable
    static func answer(_ field: JSONField) throws -> JSON {
        var run = CorrectionRun()
        run.isFinal = try field.flag("final")
        let outcome = try run.collect(
            try field.member("cells").elements().map(correction), in: try field.member("month").month())
        return [
            "documents": .array(outcome.groups.map(document)),
            "carried": .array(outcome.carried.map { .string($0.cell.description) }),
            "too_old": .array(outcome.tooOld.map { .string($0.cell.description) }),
        ]
    }

    private static func correction(_ field: JSONField) throws -> CellCorrection {
        try field.onlyMembers(
            "application", "provider", "consumer", "class", "month", "leg", "issuer", "receiver", "category", "rate",
            "reason", "before", "quantity", "tiers")
        let key = CellKey(
            application: try field.member("application").identifier(),
            provider: try field.member("provider").identifier(), consumer: try field.member("consumer").identifier(),
            tariffClass: try field.member("class").identifier(), month: try field.member("month").month())
        let treatment = try field.treatment()
        func line(_ tier: Int, _ units: Int64, _ price: MicroEuro, _ amount: Cents) -> BillingLine {
            BillingLine(
                id: "\(key)/\(tier)", kind: .transactionFee, cell: key, tier: tier, application: key.application,
                units: units, price: price, amount: amount, vat: treatment, serviceMonth: key.month)
        }
        let before = try field.list("before").map { document in
            try document.onlyMembers("document", "issued", "lines")
            return BilledBefore(
                OriginalDocument(
                    .proposal(try document.member("document").string()),
                    issueDate: try document.member("issued").date(), serviceMonth: key.month),
                lines: try document.member("lines").elements().map { row in
                    let parts = try row.tuple(4)
                    return line(
                        try parts[0].count(), try parts[1].whole(), MicroEuro(try parts[2].whole()),
                        try parts[3].cents())
                })
        }
        let prices = try field.member("tiers").anyTariff().prices
        let rated = try field.optional("quantity").map { try Rating.lines(of: try $0.quantity(), at: prices) } ?? []
        return try CellCorrection(
            of: key, issuer: try field.member("issuer").identifier(),
            receiver: try field.member("receiver").identifier(), leg: try field.member("leg").word(Leg.self),
            before: before, now: rated.map { line($0.tier, $0.quantity.value, $0.price, $0.amount) })
    }

    private static func document(_ group: CorrectionGroup) -> JSON {
        [
            "issuer": .string(group.issuer.text), "receiver": .string(group.receiver.text),
            "kind": .string(group.kind.rawValue),
            "reason": .optional(group.lines.compactMap(\.vat.exemptionReason).first),
            "net": .integer(group.net.value),
            "lines": .array(group.lines.map { line in
                [
                    .string(line.id), .optional(line.units), .optional(line.price?.value),
                    .integer(line.amount.value), .optional(line.corrects?.description),
                ]
            }),
            "originals": .array(group.originals.map { original in
                [
                    .string(original.serviceMonth.description), .string(original.number.description),
                    .string(original.issueDate.description),
                ]
            }),
        ]
    }
}
