// SPDX-License-Identifier: EUPL-1.2
import Notation

/// Shares, late joiners, contribution, exit. Spec: Protocol/settlement-calculate.md §3.
enum ShareCases {
    static let all = [
        CaseKind("largest_remainder", "total", "weights") { try shares($0, .largestRemainder) },
        CaseKind("sainte_lague", "total", "weights") { try shares($0, .sainteLague) },
        CaseKind("late_join", "cost", "weights", "joins", "opening", answer: lateJoin),
        CaseKind(
            "contribution", "rate", "inhabitants", "months", "instalments", "inhabitants_before", "final_from",
            answer: contribution),
        CaseKind("exit", "asked", "rate", "inhabitants", answer: exit),
    ]

    private static func shares(_ field: JSONField, _ method: Apportionment) throws -> JSON {
        let total = try field.member("total").cents()
        return ["shares": .pairs(try method.divide(total, over: try field.member("weights").weights()))]
    }

    @Sendable
    private static func lateJoin(_ field: JSONField) throws -> JSON {
        let known = try field.member("weights").weights()
        let opening = try field.optional("opening")?.weights() ?? []
        var key = try DevelopmentKey(
            cost: try field.member("cost").cents(), opening: opening.map { Share($0.party, Cents($0.value)) })
        var steps: [JSON] = []
        var paid: [PartyID: Cents] = [:]
        var hasHolders = false
        for step in try field.member("joins").elements() {
            var charges: [PlaceCharge] = []
            let change = step.value.elements == nil ? try self.change(step, &key) : nil
            switch change {
            case nil: charges = try join(step, known, &key)
            case .places: hasHolders = true
            case .nothing: break
            }
            for charge in charges {
                paid[charge.holder] = try (paid[charge.holder] ?? .zero).adding(charge.amount)
            }
            steps.append(.array(charges.map { [.string($0.place.text), .integer($0.amount.value)] }))
        }
        var result = JSONObject()
        result.set("charges", .array(steps))
        result.set("shares", .pairs(try key.standing()))
        if hasHolders {
            result.set("paid", .pairs(paid.sorted { $0.key < $1.key }.map { Share($0.key, $0.value) }))
        }
        return .object(result)
    }

    private enum Change {
        case places, nothing
    }

    /// A succession, split or leave; nil where the step is a join.
    private static func change(_ step: JSONField, _ key: inout DevelopmentKey) throws -> Change? {
        if let pair = try step.optional("succeed")?.tuple(2) {
            try key.succeed(try pair[0].identifier(), by: try pair[1].identifier())
            return .places
        }
        if let pair = try step.optional("split")?.tuple(2) {
            try key.split(try pair[0].identifier(), into: try pair[1].weights())
            return .places
        }
        guard let leaver = try step.optional("leave") else { return nil }
        try key.leave(try leaver.identifier())
        return .nothing
    }

    /// A list of ids, or an object with `join` and the terms of the decision.
    private static func join(
        _ step: JSONField, _ known: [Weight], _ key: inout DevelopmentKey
    ) throws -> [PlaceCharge] {
        let isPlain = step.value.elements != nil
        let ids: [PartyID] = try (isPlain ? step : step.member("join")).elements().map { try $0.identifier() }
        let joining = ids.compactMap { id in known.first { $0.party == id } }
        guard joining.count == ids.count else { throw step.fault("names a party without a weight") }
        guard !isPlain else { return try key.join(joining) }
        try step.onlyMembers("join", "cost", "weights", "index", "depreciation")
        return try key.join(joining, terms: try terms(step))
    }

    /// What the decision about a join fixes: `cost`, `weights`, `index`, `depreciation`.
    static func terms(_ field: JSONField) throws -> JoinTerms {
        let index = try field.optional("index")?.tuple(2)
        let depreciation = try field.optional("depreciation")?.tuple(2)
        return JoinTerms(
            cost: try field.optional("cost")?.cents(), weights: try field.optional("weights")?.weights(),
            indexation: try index.map { try Indexation(now: try $0[0].whole(), original: try $0[1].whole()) } ?? .none,
            depreciation: try depreciation.map {
                try Depreciation(elapsedMonths: try $0[0].whole(), lifeMonths: try $0[1].whole())
            } ?? .none)
    }

    @Sendable
    private static func contribution(_ field: JSONField) throws -> JSON {
        let contribution = try read(field, "inhabitants")
        let count = try field.optional("instalments")?.count() ?? Limits.instalmentCount
        let amount = try contribution.amount()
        var numbers = try (1...max(count, 1)).map { try contribution.instalment($0, of: count) }
        var correction: Cents?
        if try field.optional("inhabitants_before") != nil {
            let before = try read(field, "inhabitants_before")
            let from = try field.member("final_from").count()
            correction = try contribution.correction(of: before, through: from - 1, of: count)
            for number in 1..<from { numbers[number - 1] = try before.instalment(number, of: count) }
        }
        var result = JSONObject()
        result.set("amount", .integer(amount.value))
        result.set("instalments", .array(numbers.map { .integer($0.value) }))
        result.set("exit_cap", .integer(try contribution.exitCap().value))
        if let correction { result.set("correction", .integer(correction.value)) }
        return .object(result)
    }

    private static func read(_ field: JSONField, _ inhabitants: String) throws -> Contribution {
        try Contribution(
            rate: MicroEuro(try field.member("rate").whole()),
            inhabitants: try field.member(inhabitants).elements().map { try $0.quantity() },
            monthCount: try field.optional("months")?.count() ?? 12)
    }

    @Sendable
    private static func exit(_ field: JSONField) throws -> JSON {
        let contribution = try read(field, "inhabitants")
        let charge = try contribution.exitCharge(asked: try field.member("asked").cents())
        return ["charge": .integer(charge.value), "cap": .integer(try contribution.exitCap().value)]
    }
}
