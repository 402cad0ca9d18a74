// SPDX-License-Identifier: EUPL-1.2

/// Exact reading and writing of decimal numbers; no locale, no binary fraction.
/// Spec: Protocol/settlement.md §3.4.
public enum DecimalText {
    /// Reads data such as `-1234.56`: a minus sign, no leading zeros, a point, at most `fractionDigits` digits
    /// after it; the value is in units of the last possible digit. Refuses everything else.
    public static func parse(_ text: String, fractionDigits: Int) throws(SettlementRefusal) -> Int64 {
        guard let value = read(text, point: ".", group: nil, fractionDigits: fractionDigits) else {
            throw .malformedDecimal(text)
        }
        guard let narrow = Int64(exactly: value) else { throw .amountOutOfRange(what: "'\(text)'") }
        return narrow
    }

    /// Reads what people write, such as `€ 1.234,56` or `-1234,5`: a decimal comma, points between all groups
    /// of three digits or none. Refuses everything else.
    public static func parseDutch(_ text: String, fractionDigits: Int) throws(SettlementRefusal) -> Int64 {
        var rest = Substring(text)
        if rest.hasPrefix("€") { rest = rest.dropFirst().drop { $0 == " " || $0 == "\u{A0}" } }
        guard let value = read(String(rest), point: ",", group: ".", fractionDigits: fractionDigits) else {
            throw .malformedDecimal(text)
        }
        guard let narrow = Int64(exactly: value) else { throw .amountOutOfRange(what: "'\(text)'") }
        return narrow
    }

    private static func read(
        _ text: String, point: Character, group: Character?, fractionDigits: Int
    ) -> Int128? {
        guard text.utf8.count <= Limits.decimalCharacterCount else { return nil }
        let isNegative = text.hasPrefix("-")
        let parts = text.dropFirst(isNegative ? 1 : 0)
            .split(separator: point, maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, let digits = ungrouped(whole, by: group),
              digits == "0" || !digits.hasPrefix("0")
        else { return nil }
        let fraction = parts.count == 2 ? parts[1] : ""
        guard parts.count == 1 || (1...max(1, fractionDigits)).contains(fraction.count),
              fraction.count <= fractionDigits
        else { return nil }
        var value: Int128 = 0
        let padding = String(repeating: "0", count: fractionDigits - fraction.count)
        for digit in (digits + fraction + padding).utf8 {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            let (tenfold, overflow) = value.multipliedReportingOverflow(by: 10)
            guard !overflow, tenfold < Int128.max - 9 else { return nil }
            value = tenfold + Int128(digit - UInt8(ascii: "0"))
        }
        guard !isNegative || value != 0 else { return nil }
        return isNegative ? -value : value
    }

    private static func ungrouped(_ whole: Substring, by group: Character?) -> String? {
        guard let group, whole.contains(group) else { return whole.isEmpty ? nil : String(whole) }
        let groups = whole.split(separator: group, omittingEmptySubsequences: false)
        guard (1...3).contains(groups[0].count), groups.dropFirst().allSatisfy({ $0.count == 3 }) else { return nil }
        return groups.joined()
    }

    /// `1234567` with six fraction digits is `1.234567`; at least `minimum` of the fraction digits are written.
    public static func write(
        _ value: Int64, fractionDigits: Int, minimum: Int, point: String = ".", group: String = ""
    ) -> String {
        var digits = Array(String(value.magnitude).utf8)
        while digits.count <= fractionDigits { digits.insert(UInt8(ascii: "0"), at: 0) }
        let whole = digits.dropLast(fractionDigits)
        var fraction = digits.suffix(fractionDigits)
        while fraction.count > minimum, fraction.last == UInt8(ascii: "0") { fraction.removeLast() }
        var text = value < 0 ? "-" : ""
        for (offset, digit) in whole.enumerated() {
            if offset > 0, (whole.count - offset).isMultiple(of: 3) { text += group }
            text.unicodeScalars.append(Unicode.Scalar(digit))
        }
        guard !fraction.isEmpty else { return text }
        return text + point + String(decoding: fraction, as: UTF8.self)
    }
}
