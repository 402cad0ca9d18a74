// SPDX-License-Identifier: EUPL-1.2

/// Amounts as Dutch readers expect them. Spec: Protocol/settlement.md §3.4.
extension Cents {
    /// `€ 1.234,56`; a negative amount is `€ -1.234,56`.
    public var dutch: String {
        "€ " + DecimalText.write(value, fractionDigits: 2, minimum: 2, point: ",", group: ".")
    }

    /// Reads `1234.56` as data has it. Refuses what is not exact in cents.
    public init(decimal text: String) throws(SettlementRefusal) {
        self.init(try DecimalText.parse(text, fractionDigits: 2))
    }

    /// Reads `€ 1.234,56` as people write it. Refuses what is not exact in cents.
    public init(dutch text: String) throws(SettlementRefusal) {
        self.init(try DecimalText.parseDutch(text, fractionDigits: 2))
    }

    /// `1234.56`, as data has it.
    public var decimal: String { DecimalText.write(value, fractionDigits: 2, minimum: 2) }
}

extension MicroEuro {
    /// `€ 0,035`: two to six decimals; `minimum` writes more of them, so that a column lines up.
    public func dutch(minimum: Int = 2) -> String {
        "€ " + DecimalText.write(value, fractionDigits: 6, minimum: minimum, point: ",", group: ".")
    }

    /// Reads `0.035` as data has it. Refuses more than six decimals.
    public init(decimal text: String) throws(SettlementRefusal) {
        self.init(try DecimalText.parse(text, fractionDigits: 6))
    }

    /// Reads `€ 0,035` as people write it. Refuses more than six decimals.
    public init(dutch text: String) throws(SettlementRefusal) {
        self.init(try DecimalText.parseDutch(text, fractionDigits: 6))
    }

    /// `0.035`, as data has it.
    public var decimal: String { DecimalText.write(value, fractionDigits: 6, minimum: 2) }
}

extension Quantity {
    /// `1.835`.
    public var dutch: String { DecimalText.write(value, fractionDigits: 0, minimum: 0, group: ".") }
}

extension BasisPoints {
    /// `21%` or `0,5%`.
    public var dutch: String { DecimalText.write(value, fractionDigits: 2, minimum: 0, point: ",") + "%" }
}
