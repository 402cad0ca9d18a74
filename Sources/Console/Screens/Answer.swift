// SPDX-License-Identifier: EUPL-1.2
import Journal
import Notation
import Settlement

/// Reading what the node answered: a member that is absent reads as unknown, never as nothing or zero.
extension JSON {
    /// The text of a member; empty where there is none.
    func words(_ name: String) -> String { self[name]?.text ?? "" }

    /// The elements of a member; none where there is none.
    func list(_ name: String) -> [JSON] { self[name]?.elements ?? [] }

    /// The whole number of a member.
    func number(_ name: String) -> Int64? { self[name]?.wholeNumber }

    /// The value of a field on one line.
    var onOneLine: String {
        switch self {
        case .string(let text): text
        case .null: "-"
        case .array(let elements): elements.map(\.onOneLine).joined(separator: ", ")
        case .object(let object): object.members.map { "\($0.name) \($0.value.onOneLine)" }.joined(separator: ", ")
        case .boolean, .integer, .number: rendered()
        }
    }
}

/// Numbers and days as people read them.
struct Figures: Sendable {
    let texts: Texts

    private static let months: [Language: [String]] = [
        .nl: ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober",
              "november", "december"],
        .en: ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
              "November", "December"],
    ]

    /// `oktober 2026`.
    func month(_ text: String) -> String {
        guard let month = CivilMonth(text), let names = Self.months[texts.language] else { return text }
        return "\(names[month.monthOfYear - 1]) \(month.year)"
    }

    /// `1 december 2026`.
    func day(_ text: String) -> String {
        guard let date = CivilDate(text.prefix(10)), let names = Self.months[texts.language] else { return text }
        let parts = date.description.split(separator: "-").compactMap { Int($0) }
        return "\(parts[2]) \(names[parts[1] - 1]) \(parts[0])"
    }

    /// `1.835`, or `?` where it is not known.
    func count(_ value: Int64?) -> String {
        guard let value else { return "?" }
        let isNegative = value < 0
        guard let quantity = try? Quantity(value.magnitude > UInt64(Int64.max) ? 0 : abs(value)) else { return "?" }
        return (isNegative ? "-" : "") + quantity.dutch
    }

    /// `€ 220,20`.
    func cents(_ value: Int64?) -> String { value.map { Cents($0).dutch } ?? "?" }

    /// `€ 0,120`, with at least three decimals.
    func price(_ value: Int64?) -> String { value.map { MicroEuro($0).dutch(minimum: 3) } ?? "?" }

    /// `21%`.
    func percent(_ basisPoints: Int64?) -> String {
        guard let basisPoints, let value = try? BasisPoints(basisPoints) else { return "?" }
        return value.dutch
    }
}

/// The line that says how complete an answer is, and why not.
enum CompletenessScreen {
    static func lines(_ answer: JSON, _ texts: Texts) -> [String] {
        guard let completeness = answer["volledigheid"] else { return [] }
        let isComplete = completeness["volledig"]?.truth ?? false
        let counts = (completeness.number("logsBijgewerkt") ?? 0, completeness.number("logsTotaal") ?? 0)
        let first = texts(isComplete ? .complete : .incomplete, String(counts.0), String(counts.1))
        return [first] + completeness.list("toelichting").map { "  " + PlainText.line($0.text ?? "") }
    }
}
