// SPDX-License-Identifier: EUPL-1.2

/// A statement for people as plain text.
struct SheetText {
    let blocks: [SheetBlock]

    var text: String {
        var lines: [String] = []
        for block in blocks {
            switch block {
            case .title(let text): lines += [Self.plain(text).uppercased()]
            case .heading(let text): lines += ["", Self.plain(text)]
            case .paragraph(let text): lines += [Self.plain(text)]
            case .warning(let text): lines += ["! " + Self.plain(text)]
            case .table(let columns, let rows): lines += [""] + Self.table(columns, rows)
            case .facts(let facts): lines += [""] + Self.facts(facts)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func table(_ columns: [SheetBlock.Column], _ rows: [[String]]) -> [String] {
        let all = [columns.map(\.title)] + rows.map { $0.map(plain) }
        let widths = columns.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        return all.map { row in
            let cells = zip(zip(row, widths), columns).map { cell, column in
                let blanks = String(repeating: " ", count: cell.1 - cell.0.count)
                return column.isNumber ? blanks + cell.0 : cell.0 + blanks
            }
            return trimmed(cells.joined(separator: "  "))
        }
    }

    private static func facts(_ facts: [SheetBlock.Fact]) -> [String] {
        let width = facts.map(\.label.count).max() ?? 0
        return facts.map { fact in
            fact.label + String(repeating: " ", count: width - fact.label.count) + "  " + plain(fact.value)
        }
    }

    private static func trimmed(_ line: String) -> String {
        var line = line
        while line.hasSuffix(" ") { line.removeLast() }
        return line
    }

    // Control characters could write over what stands on a terminal.
    private static func plain(_ text: String) -> String {
        // By bytes first: C0, DEL, and C2, with which those of C1 begin.
        guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F || $0 == 0xC2 }) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { scalar in
            scalar.properties.generalCategory == .control ? "\u{FFFD}" : scalar
        }))
    }
}
