// SPDX-License-Identifier: EUPL-1.2
import Journal
import Notation

/// Reads fields of an XML file from outside by path; a refusal names the field by it.
struct XMLFields {
    /// What the prefixes of the paths mean.
    let namespaces: [String: String]

    /// The only element at the path; refuses (`missing`, `twice`) none and more than one.
    func one(_ path: String, in node: XMLNode) throws(ReceivedFileRefusal) -> XMLNode {
        guard let found = try optional(path, in: node) else { throw .missing(field: path, line: node.line) }
        return found
    }

    /// The only element at the path, `nil` without one; refuses (`twice`) more than one.
    func optional(_ path: String, in node: XMLNode) throws(ReceivedFileRefusal) -> XMLNode? {
        let found = node.all(path, namespaces)
        guard found.count <= 1 else { throw .twice(field: path, text: found[1].text, line: found[1].line) }
        return found.first
    }

    /// The text at the path, not empty.
    func text(_ path: String, in node: XMLNode) throws(ReceivedFileRefusal) -> String {
        let found = try one(path, in: node)
        guard !found.text.isEmpty else { throw .missing(field: path, line: found.line) }
        return found.text
    }

    /// The text at the path; `nil` without one and where it is empty.
    func optionalText(_ path: String, in node: XMLNode) throws(ReceivedFileRefusal) -> String? {
        guard let found = try optional(path, in: node), !found.text.isEmpty else { return nil }
        return found.text
    }

    /// A day.
    func date(_ path: String, in node: XMLNode) throws(ReceivedFileRefusal) -> CivilDate {
        let found = try one(path, in: node)
        return try Self.date(found.text, path, found.line)
    }

    /// A day of ten characters, or the first ten of an instant.
    static func date(_ text: String, _ field: String, _ line: Int) throws(ReceivedFileRefusal) -> CivilDate {
        let day = text.utf8.count > 10 && text.dropFirst(10).hasPrefix("T") ? String(text.prefix(10)) : text
        guard let date = CivilDate(day) else {
            throw .malformed(field: field, text: text, line: line, right: "a day such as 2026-11-13")
        }
        return date
    }

    /// An amount in euro; refuses (`malformed`) another currency and fractions of a cent.
    func euros(_ node: XMLNode, _ field: String, currency attribute: String) throws(ReceivedFileRefusal) -> Cents {
        guard node.attribute(attribute) == "EUR" else {
            throw .malformed(
                field: "\(field)/@\(attribute)", text: node.attribute(attribute) ?? "", line: node.line, right: "EUR")
        }
        return Cents(try Self.decimal(node, field, fractionDigits: 2, right: "an amount such as 1234.56"))
    }

    /// A decimal number in units of its last possible digit; more zeros at its end are taken.
    static func decimal(
        _ node: XMLNode, _ field: String, fractionDigits: Int, right: String
    ) throws(ReceivedFileRefusal) -> Int64 {
        var text = node.text
        if text.contains(".") {
            while text.hasSuffix("0") { text.removeLast() }
            if text.hasSuffix(".") { text.removeLast() }
        }
        if text == "-0" { text = "0" }
        guard let value = try? DecimalText.parse(text, fractionDigits: fractionDigits) else {
            throw .malformed(field: field, text: node.text, line: node.line, right: right)
        }
        return value
    }
}
