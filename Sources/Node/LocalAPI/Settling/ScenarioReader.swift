// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Notation
import Settlement

/// What a caller wants to know before anybody decides. Spec: Protocol/local-api.md §10.
struct ScenarioRequest {
    /// An application that somebody would use, and how much of it a month.
    struct Use {
        let application: ApplicationID
        /// In the key of its cost; by inhabitants where not given.
        let weight: Int64?
        let monthly: [MonthlyUse]
    }

    enum Change {
        case join(Use)
        case leave(ApplicationID)
        case scale(ApplicationID, numerator: Int64, denominator: Int64)
        case admit(inhabitants: Int64, [Use])
    }

    let change: Change
    let party: PartyID
    let name: String
    let from: CivilDate
    let monthCount: Int
    /// What an application costs in these months, for the price of one use.
    let cost: Cents?

    /// The application that it is about, where there is one.
    var application: ApplicationID? {
        switch change {
        case .join(let use): use.application
        case .leave(let id), .scale(let id, _, _): id
        case .admit(_, let uses): uses.first?.application
        }
    }
}

/// Reads it; every refusal names the field and what would be right.
struct ScenarioReader {
    let state: CooperativeState
    let own: OIN
    let body: JSON

    /// Of `_doorrekenen`.
    func scenario() throws(JSONFieldError) -> ScenarioRequest {
        let field = JSONField(body)
        let kind = try field.member("soort").string()
        let change: ScenarioRequest.Change
        switch kind {
        case "deelname": change = .join(try use(field))
        case "einde deelname": change = .leave(try application(field))
        case "schaal":
            change = .scale(
                try application(field), numerator: try whole(field, "teller", 0...1_000_000),
                denominator: try whole(field, "noemer", 1...1_000_000))
        case "toelating":
            let isWithUse = try field.optional("applicatie") != nil
            change = .admit(
                inhabitants: try whole(field, "inwoners", 1...20_000_000), isWithUse ? [try use(field)] : [])
        default:
            throw JSONFieldError(path: "soort", expectation: "expected deelname, einde deelname, schaal or toelating")
        }
        let (party, name) = try self.party(field, isNew: kind == "toelating")
        return ScenarioRequest(
            change: change, party: party, name: name, from: try date(field),
            monthCount: try field.optional("maanden") == nil ? 12 : Int(try whole(field, "maanden", 1...24)),
            cost: try field.optional("kostenCent") == nil
                ? nil : Cents(try whole(field, "kostenCent", 0...1_000_000_000_000)))
    }

    /// Of `_aanbieden`: to the end of the year in which it joins.
    func offer() throws(JSONFieldError) -> ScenarioRequest {
        let field = JSONField(body)
        var uses: [ScenarioRequest.Use] = []
        for item in try field.optional("applicaties")?.elements() ?? [] {
            try item.onlyMembers("applicatie", "gewicht", "gebruik")
            uses.append(try use(item))
        }
        let from = try date(field)
        let (party, name) = try self.party(field, isNew: true)
        return ScenarioRequest(
            change: .admit(inhabitants: try whole(field, "inwoners", 1...20_000_000), uses), party: party, name: name,
            from: from, monthCount: 13 - from.monthOfYear, cost: nil)
    }

    private func use(_ field: JSONField) throws(JSONFieldError) -> ScenarioRequest.Use {
        let id = try application(field)
        let opening = state.rules.application(id: id.text)
        var monthly: [MonthlyUse] = []
        for item in try field.optional("gebruik")?.elements() ?? [] {
            try item.onlyMembers("aanbieder", "klasse", "aantal")
            let provider = try item.member("aanbieder")
            guard let oin = OIN(try provider.string()), opening?.providers.contains(oin) == true else {
                let known = opening?.providers.map(\.digits).joined(separator: ", ") ?? ""
                throw provider.expected("a provider of \(id): \(known.isEmpty ? "it has none" : known)")
            }
            let name = try item.optional("klasse")
            let tariffClass = try name?.string() ?? opening?.classes.first?.description ?? ""
            guard opening?.classes.contains(where: { $0.description == tariffClass }) == true,
                  let tariffClass = try? ClassID(tariffClass)
            else { throw (name ?? item).expected("a class of \(id)") }
            monthly.append(MonthlyUse(
                provider: PartyID(oin), tariffClass: tariffClass,
                quantity: try quantity(item, "aantal")))
        }
        return ScenarioRequest.Use(
            application: id, weight: try field.optional("gewicht") == nil
                ? nil : try whole(field, "gewicht", 0...1_000_000_000), monthly: monthly)
    }

    private func application(_ field: JSONField) throws(JSONFieldError) -> ApplicationID {
        let name = try field.member("applicatie")
        guard let id = try? ApplicationID(try name.string()), state.application(id.text) != nil else {
            throw name.expected("the id of an application in the catalogue")
        }
        return id
    }

    /// A member; one that is no member yet by its OIN or, where it has none here, its name.
    private func party(_ field: JSONField, isNew: Bool) throws(JSONFieldError) -> (PartyID, String) {
        let given = try field.optional("lid")
        guard isNew else {
            guard let oin = try given.map({ field throws(JSONFieldError) in OIN(try field.string()) }) ?? own,
                  let member = state.member(oin), member.standing >= .member
            else { throw JSONFieldError(path: "lid", expectation: "expected the OIN of a member") }
            return (PartyID(oin), member.card.name)
        }
        guard let given else { throw JSONFieldError(path: "lid", expectation: "expected an OIN or a name") }
        let text = try given.string()
        if let oin = OIN(text) {
            guard state.member(oin).map({ $0.standing < .member }) ?? true else {
                throw given.expected("one that is no member yet; \(oin) is")
            }
            return (PartyID(oin), try field.optional("naam")?.string() ?? oin.digits)
        }
        let words = text.split(separator: " ").joined(separator: "-")
        guard let id = try? PartyID(words) else { throw given.expected("an OIN or a name without slashes") }
        return (id, text)
    }

    private func date(_ field: JSONField) throws(JSONFieldError) -> CivilDate {
        let given = try field.member("vanafDatum")
        guard let date = CivilDate(try given.string()) else { throw given.expected("a day, YYYY-MM-DD") }
        guard let reach = Outlook.reach(state), reach.contains(date.month) else {
            let words = Outlook.reach(state).map { " from \($0.lowerBound) to \($0.upperBound)" } ?? ""
            throw given.expected("a day in the months\(words)")
        }
        return date
    }

    private func quantity(_ field: JSONField, _ name: String) throws(JSONFieldError) -> Quantity {
        let number = try whole(field, name, 0...1_000_000_000)
        guard let quantity = try? Quantity(number) else { throw field.expected("a quantity") }
        return quantity
    }

    private func whole(
        _ field: JSONField, _ name: String, _ range: ClosedRange<Int64>
    ) throws(JSONFieldError) -> Int64 {
        let member = try field.member(name)
        let value = try member.integer()
        guard range.contains(value) else {
            throw member.expected("a whole number from \(range.lowerBound) to \(range.upperBound)")
        }
        return value
    }
}
