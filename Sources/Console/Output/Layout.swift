// SPDX-License-Identifier: EUPL-1.2

/// Text in columns of characters.
enum Layout {
    /// Fills with blanks at the right; text that is longer stays as it is.
    static func pad(_ text: String, to width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    /// Fills with blanks at the left.
    static func padLeft(_ text: String, to width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    /// Cuts what is longer than `width`, and shows that it did.
    static func cut(_ text: String, to width: Int) -> String {
        text.count <= width ? text : String(text.prefix(max(0, width - 1))) + "…"
    }

    /// Lines of at most `columns`, broken at blanks; words that are longer are broken anywhere. All lines but the
    /// first begin with `hanging` blanks.
    static func wrap(_ text: String, columns: Int, hanging: Int = 0) -> [String] {
        let indent = String(repeating: " ", count: hanging)
        var lines: [String] = []
        var line = ""
        for word in text.split(separator: " ", omittingEmptySubsequences: true) {
            var rest = Substring(word)
            if !line.isEmpty, line != indent, line.count + 1 + rest.count <= columns {
                line += " " + rest
                continue
            }
            if !line.isEmpty, line != indent { lines.append(line) }
            line = lines.isEmpty ? "" : indent
            while line.count + rest.count > columns {
                let part = rest.prefix(max(1, columns - line.count))
                lines.append(line + part)
                rest = rest.dropFirst(part.count)
                line = indent
            }
            line += rest
        }
        if !line.isEmpty, line != indent || lines.isEmpty { lines.append(line) }
        return lines.isEmpty ? [""] : lines
    }
}
