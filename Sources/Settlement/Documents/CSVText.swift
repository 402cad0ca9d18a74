// SPDX-License-Identifier: EUPL-1.2

/// Rows of CSV (RFC 4180): CRLF behind each row, quotes where a field needs them.
/// Spec: Protocol/documents.md §7.1.
struct CSVText {
    /// `;` as Dutch spreadsheets expect, or `,`.
    let separator: Character
    private(set) var text = ""

    init(separator: Character) { self.separator = separator }

    /// Adds a row.
    mutating func add(_ fields: [String]) {
        text += fields.map(quoted).joined(separator: String(separator)) + "\r\n"
    }

    /// A text of people, which must not become a formula in a spreadsheet.
    static func plain(_ text: String) -> String {
        guard let first = text.unicodeScalars.first, "=+-@\t\r".unicodeScalars.contains(first) else { return text }
        return "'" + text
    }

    private func quoted(_ field: String) -> String {
        // By bytes: quotes, line ends and separators are ASCII, and most fields have none.
        let separator = separator.asciiValue
        guard field.utf8.contains(where: { $0 == 0x22 || $0 == 0x0D || $0 == 0x0A || $0 == separator })
        else { return field }
        return "\"" + field.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
