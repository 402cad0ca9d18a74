// SPDX-License-Identifier: EUPL-1.2

/// The meaning of a scalar by the core schema of YAML 1.2.2, section 10.3.2.
/// `yes`, `no`, `on` and `off` are strings, unlike in YAML 1.1.
public enum ScalarValue: Hashable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int64)
    /// A number with a fraction or exponent, infinity, not-a-number, or whole beyond 64 bits; its text is exact.
    case float
    case string

    /// Resolves text that was written plain.
    public init(plain text: String) {
        switch text {
        case "", "~", "null", "Null", "NULL": self = .null
        case "true", "True", "TRUE": self = .boolean(true)
        case "false", "False", "FALSE": self = .boolean(false)
        default: self = Self.number(Array(text.utf8)) ?? .string
        }
    }

    private static func number(_ text: [UInt8]) -> ScalarValue? {
        if text.starts(with: "0x".utf8) { return based(text.dropFirst(2), radix: 16) }
        if text.starts(with: "0o".utf8) { return based(text.dropFirst(2), radix: 8) }
        let isSigned = text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+")
        let unsigned = text.dropFirst(isSigned ? 1 : 0)
        switch String(decoding: unsigned, as: UTF8.self) {
        case ".inf", ".Inf", ".INF": return .float
        case ".nan", ".NaN", ".NAN": return isSigned ? nil : .float
        default: break
        }
        if !unsigned.isEmpty, unsigned.allSatisfy(isDigit) {
            return Int64(String(decoding: text, as: UTF8.self)).map { .integer($0) } ?? .float
        }
        return isDecimal(unsigned) ? .float : nil
    }

    private static func based(_ digits: ArraySlice<UInt8>, radix: Int) -> ScalarValue? {
        guard digits.first.map({ $0 != UInt8(ascii: "-") && $0 != UInt8(ascii: "+") }) ?? false,
              digits.allSatisfy({ Character(UnicodeScalar($0)).hexDigitValue.map { $0 < radix } ?? false })
        else { return nil }
        return Int64(String(decoding: digits, as: UTF8.self), radix: radix).map { .integer($0) } ?? .float
    }

    /// `( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
    private static func isDecimal(_ text: ArraySlice<UInt8>) -> Bool {
        var rest = text
        let whole = rest.prefix(while: isDigit)
        rest = rest.dropFirst(whole.count)
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix(while: isDigit)
            if whole.isEmpty && fraction.isEmpty { return false }
            rest = rest.dropFirst(1 + fraction.count)
        } else if whole.isEmpty {
            return false
        }
        guard let mark = rest.first else { return true }
        guard mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") else { return false }
        rest = rest.dropFirst()
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        return !rest.isEmpty && rest.allSatisfy(isDigit)
    }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}
