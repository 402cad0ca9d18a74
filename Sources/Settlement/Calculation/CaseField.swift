// SPDX-License-Identifier: EUPL-1.2
import Journal
import Notation

/// How the fields of cases are read: every fault names its field. These throw what the rule or the field refuses,
/// which is why they are not typed: a case stands in front of all families of rules.
/// Spec: Protocol/settlement-calculate.md §2.
extension JSONField {
    /// A whole number. What is whole but beyond 64 bits is an amount out of range, not a fault of form.
    func whole() throws -> Int64 {
        if case .number(let text) = value, text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2D }) {
            throw SettlementRefusal.amountOutOfRange(what: path)
        }
        return try integer()
    }

    func cents() throws -> Cents { Cents(try whole()) }

    func quantity() throws -> Quantity { try Quantity(try whole()) }

    /// A small number, such as of months or days.
    func count() throws -> Int { Int(try whole()) }

    func identifier<Kind>() throws -> Identifier<Kind> { try Identifier(try string()) }

    func month() throws -> CivilMonth {
        guard let month = CivilMonth(try string()) else { throw fault("expected a month such as 2026-10") }
        return month
    }

    func date() throws -> CivilDate {
        guard let date = CivilDate(try string()) else { throw fault("expected a date such as 2026-11-03") }
        return date
    }

    func hash() throws -> Hash {
        guard let bytes = Hexadecimal.decode(try string()), let hash = Hash(bytes) else {
            throw fault("expected 64 hexadecimal digits")
        }
        return hash
    }

    /// One of the words of a type.
    func word<Word: RawRepresentable & CaseIterable>(_ type: Word.Type) throws -> Word where Word.RawValue == String {
        guard let word = Word(rawValue: try string()) else {
            throw fault("expected one of " + Word.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return word
    }

    /// The elements of a list of exactly so many.
    func tuple(_ count: Int) throws -> [JSONField] {
        let elements = try elements()
        guard elements.count == count else { throw fault("expected a list of \(count)") }
        return elements
    }

    /// `nil` where the field is null.
    var ifPresent: JSONField? { value == .null ? nil : self }

    func fault(_ expectation: String) -> CaseFault { CaseFault(path: path, expectation: expectation) }

    // MARK: members that may be left out

    func flag(_ name: String, default value: Bool = false) throws -> Bool {
        try optional(name)?.boolean() ?? value
    }

    func list(_ name: String) throws -> [JSONField] { try optional(name)?.elements() ?? [] }

    // MARK: shapes that several kinds share

    /// `[[id, weight]]`.
    func weights() throws -> [Weight] {
        try elements().map { pair in
            let parts = try pair.tuple(2)
            return Weight(try parts[0].identifier(), try parts[1].whole())
        }
    }

    /// `[[up to or null, price]]`.
    func prices() throws -> PriceList {
        .graduated(try elements().map { pair in
            let parts = try pair.tuple(2)
            return Tier(upTo: try parts[0].ifPresent?.quantity(), price: MicroEuro(try parts[1].whole()))
        })
    }

    /// A tariff of any application, so that prices are checked as those of a tariff are.
    func anyTariff() throws -> Tariff {
        try Tariff(
            decision: try Identifier("B-1"), application: try Identifier("corv"), tariffClass: try Identifier("basis"),
            firstMonth: CivilMonth(containing: Self.anyDay), prices: try prices())
    }

    /// `category`, `rate`, `reason`.
    func treatment() throws -> VATTreatment {
        try VATTreatment(
            try member("category").word(VATCategory.self), rate: try BasisPoints(try member("rate").whole()),
            exemptionReason: try optional("reason")?.string())
    }

    func terms() throws -> SettlementTerms {
        var terms = SettlementTerms()
        try onlyMembers(
            "tolerated_amount", "tolerated_part", "quantity_part_limit", "quantity_part_limit_from",
            "tolerated_year_amount")
        if let field = try optional("tolerated_amount") { terms.toleratedAmount = try field.cents() }
        if let field = try optional("tolerated_part") { terms.toleratedPart = try BasisPoints(try field.whole()) }
        if let field = try optional("quantity_part_limit") {
            terms.quantityPartLimit = try BasisPoints(try field.whole())
        }
        if let field = try optional("quantity_part_limit_from") { terms.quantityPartLimitFrom = try field.cents() }
        if let field = try optional("tolerated_year_amount") { terms.toleratedYearAmount = try field.cents() }
        return terms
    }

    /// The network's terms where the case has any.
    func termsIfAny() throws -> SettlementTerms { try optional("terms")?.terms() ?? SettlementTerms() }

    static var anyDay: CivilDate {
        guard let day = CivilDate(dayNumber: 0) else { preconditionFailure("day 0 is in range") }
        return day
    }
}

extension JSON {
    static func optional(_ number: Int64?) -> JSON { number.map(JSON.integer) ?? .null }
    static func optional(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }

    /// `[[id, cents]]`.
    static func pairs(_ shares: [Share]) -> JSON {
        .array(shares.map { [.string($0.party.text), .integer($0.amount.value)] })
    }
}
