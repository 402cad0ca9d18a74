// SPDX-License-Identifier: EUPL-1.2
import Journal
import Notation

/// Reads fields and writes down what is wrong with them. What each section has to say is in the files
/// `PublicCodeReading+…`. Findings never quote a value of `maintenance`: natural persons stand there.
struct PublicCodeReading {
    private(set) var findings: [Finding] = []

    // MARK: Findings

    mutating func error(_ field: PublicCodeField, _ code: String, _ message: String) {
        note(.error, field, code, message)
    }

    mutating func warning(_ field: PublicCodeField, _ code: String, _ message: String) {
        note(.warning, field, code, message)
    }

    mutating func note(
        _ severity: Finding.Severity, _ field: PublicCodeField, _ code: String, _ message: String
    ) {
        findings.append(Finding(
            severity, path: field.path, line: field.line, column: field.column, code: code, message: message))
    }

    mutating func missing(_ field: PublicCodeField) { error(field, "missing", "is mandatory and missing") }

    mutating func deprecated(_ field: PublicCodeField, _ advice: String) {
        if field.node != nil { warning(field, "deprecated", "is deprecated; \(advice)") }
    }

    // MARK: Shapes

    /// A mapping with no names but the known ones, none of them twice. `false` where it is absent or no mapping.
    mutating func object(_ field: PublicCodeField, known: [String], isMandatory: Bool = false) -> Bool {
        guard let node = field.node else {
            if isMandatory { missing(field) }
            return false
        }
        guard let mapping = node.mapping else {
            error(field, "wrong-type", "expected named fields")
            return false
        }
        refuseDuplicates(field, mapping)
        for (name, member) in field.members where !known.contains(name) {
            error(member, "unknown-field", "is not a field of publiccode.yml")
        }
        return true
    }

    mutating func refuseDuplicates(_ field: PublicCodeField, _ mapping: PositionedNode.Mapping) {
        for again in mapping.duplicates {
            findings.append(Finding(
                .error, path: field[again.name].path, line: again.line, column: again.column,
                code: "duplicate-field", message: "stands here for the second time"))
        }
    }

    /// Text without surrounding space; `nil` where it is absent, empty or no text.
    mutating func text(_ field: PublicCodeField, isMandatory: Bool = false) -> String? {
        guard let node = field.node else {
            if isMandatory { missing(field) }
            return nil
        }
        guard let scalar = node.scalar else {
            error(field, "wrong-type", "expected text")
            return nil
        }
        if scalar.value != .string {
            warning(field, "not-quoted", "reads as a number or truth value; put it in quotes")
        }
        let trimmed = Self.trimmed(scalar.text)
        if trimmed.isEmpty, isMandatory { missing(field) }
        return trimmed.isEmpty ? nil : trimmed
    }

    /// Text of at most so many characters as readers count them (grapheme clusters).
    mutating func text(_ field: PublicCodeField, atMost limit: Int, isMandatory: Bool = false) -> String? {
        guard let text = text(field, isMandatory: isMandatory) else { return nil }
        if text.count > limit { error(field, "too-long", "has \(text.count) characters; at most \(limit) are allowed") }
        return text
    }

    /// One of the listed words.
    mutating func choice(_ field: PublicCodeField, among words: [String], isMandatory: Bool) -> String? {
        guard let text = text(field, isMandatory: isMandatory) else { return nil }
        if !words.contains(text) {
            error(field, "unknown-value", "expected one of \(words.joined(separator: ", "))")
        }
        return text
    }

    /// The elements of a list; empty where it is absent or no list.
    mutating func list(_ field: PublicCodeField, isMandatory: Bool = false) -> [PublicCodeField] {
        guard let node = field.node else {
            if isMandatory { missing(field) }
            return []
        }
        guard node.sequence != nil else {
            error(field, "wrong-type", "expected a list")
            return []
        }
        if isMandatory, field.elements.isEmpty { error(field, "empty", "the list needs at least one element") }
        return field.elements
    }

    /// The texts of a list. Each has to pass `check`, else `message` says what is right.
    mutating func texts(
        _ field: PublicCodeField, isMandatory: Bool = false, code: String = "invalid", message: String = "",
        check: (String) -> Bool = { _ in true }
    ) -> [String] {
        var texts: [String] = []
        for element in list(field, isMandatory: isMandatory) {
            guard let text = text(element, isMandatory: true) else { continue }
            if !check(text) { error(element, code, message) }
            texts.append(text)
        }
        return texts
    }

    mutating func truth(_ field: PublicCodeField, isMandatory: Bool = false) -> Bool? {
        guard let node = field.node else {
            if isMandatory { missing(field) }
            return nil
        }
        if node.boolean == nil { error(field, "wrong-type", "expected true or false") }
        return node.boolean
    }

    /// Text that passes `check`; where it does not, it is kept and `message` says what is right.
    mutating func text(
        _ field: PublicCodeField, isMandatory: Bool = false, code: String, message: String,
        check: (String) -> Bool
    ) -> String? {
        guard let text = text(field, isMandatory: isMandatory) else { return nil }
        if !check(text) { error(field, code, message) }
        return text
    }

    mutating func httpURL(_ field: PublicCodeField) -> String? {
        text(field, code: "not-a-url", message: "expected an address that starts with https:// or http://") {
            TextShapes.isHTTPURL($0)
        }
    }

    mutating func date(_ field: PublicCodeField, isMandatory: Bool = false) -> String? {
        text(field, isMandatory: isMandatory, code: "not-a-date", message: "expected a date YYYY-MM-DD") {
            CivilDate($0) != nil
        }
    }

    /// Without white space at either end.
    static func trimmed(_ text: String) -> String {
        guard let start = text.firstIndex(where: { !$0.isWhitespace }),
              let end = text.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(text[start...end])
    }
}
