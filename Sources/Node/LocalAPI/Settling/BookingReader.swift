// SPDX-License-Identifier: EUPL-1.2
import Journal
import Notation
import Settlement

/// Reads a member's booking rules, as a file of its own holds them. Spec: Protocol/local-api.md §7.
enum BookingReader {
    static func read(_ value: JSON, member: PartyID) throws(APIProblem) -> (BookingRules, JournalLayout) {
        do throws(JSONFieldError) {
            let field = JSONField(value, path: "boeking")
            try field.onlyMembers("accounts", "matches", "key", "layout")
            let accounts = try field.member("accounts")
            var matches: [BookingMatch] = []
            for item in try field.member("matches").elements() { matches.append(try match(item)) }
            var key: [Weight] = []
            for item in try field.optional("key")?.elements() ?? [] {
                let parts = try item.elements()
                guard parts.count == 2, let id = try? PartyID(parts[0].string()) else {
                    throw item.expected("an identifier and a weight")
                }
                key.append(Weight(id, try parts[1].integer()))
            }
            let five = BookingAccounts(
                creditors: try accounts.member("creditors").string(), debtors: try accounts.member("debtors").string(),
                vatDue: try accounts.member("vatDue").string(),
                vatDeductible: try accounts.member("vatDeductible").string(),
                vatCompensable: try accounts.member("vatCompensable").string())
            let layout = try field.optional("layout").map { layout throws(JSONFieldError) in try Self.layout(layout) }
            do throws(BookingRefusal) {
                let rules = try BookingRules(member: member, matches: matches, accounts: five, key: key)
                return (rules, layout ?? .standard)
            } catch { throw JSONFieldError(path: "boeking", expectation: error.description) }
        } catch {
            throw .badRequest("The booking rules are not read.", [.init(path: error.path, message: error.description)])
        }
    }

    private static func match(_ field: JSONField) throws(JSONFieldError) -> BookingMatch {
        try field.onlyMembers(
            "lineKind", "application", "side", "ledger", "vat", "costCentre", "taskField", "category", "investment",
            "shared")
        let kindText = try field.optional("lineKind")?.string()
        let kind = kindText.flatMap(LineKind.init(rawValue:))
        guard kindText == nil || kind != nil else { throw field.expected("a kind of line, such as transaction-fee") }
        let side = try field.optional("side")?.string()
        guard [nil, "purchase", "sale"].contains(side) else { throw field.expected("purchase or sale as side") }
        guard let vat = VATLabel(rawValue: try field.member("vat").string()) else {
            throw field.expected("compensable, deductible or cost as vat")
        }
        let application = try field.optional("application")?.string()
        let id = application.flatMap { try? ApplicationID($0) }
        guard application == nil || id != nil else { throw field.expected("the id of an application") }
        return BookingMatch(
            kind: kind, application: id, isPurchase: side.map { $0 == "purchase" },
            target: BookingTarget(
                ledger: try field.member("ledger").string(), costCentre: try field.optional("costCentre")?.string(),
                taskField: try field.optional("taskField")?.string(),
                category: try field.optional("category")?.string(), vatLabel: vat,
                isInvestment: try field.optional("investment")?.boolean() ?? false,
                isShared: try field.optional("shared")?.boolean() ?? false))
    }

    private static func layout(_ field: JSONField) throws(JSONFieldError) -> JournalLayout {
        try field.onlyMembers("columns", "semicolons", "decimalComma")
        var columns: [JournalLayout.Column] = []
        for item in try field.member("columns").elements() {
            let parts = try item.elements()
            guard parts.count == 2, let kind = JournalField(rawValue: try parts[1].string()) else {
                throw item.expected("a title and a field, such as [\"datum\", \"date\"]")
            }
            columns.append(.init(try parts[0].string(), kind))
        }
        return JournalLayout(
            columns: columns, hasSemicolons: try field.optional("semicolons")?.boolean() ?? true,
            hasDecimalComma: try field.optional("decimalComma")?.boolean() ?? true)
    }
}
