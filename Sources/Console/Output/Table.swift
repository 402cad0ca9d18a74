// SPDX-License-Identifier: EUPL-1.2

/// A table that fits its columns: what is too wide is cut in the column that gives most.
struct Table {
    /// Where a column's text stands.
    enum Alignment { case left, right }

    struct Column {
        let title: String
        let alignment: Alignment
        /// The least width to which it may be cut; `nil` never cuts.
        let leastWidth: Int?

        init(_ title: String, _ alignment: Alignment = .left, leastWidth: Int? = nil) {
            self.title = title
            self.alignment = alignment
            self.leastWidth = leastWidth
        }
    }

    static let columnsLimit = 100
    private static let gap = 2

    let columns: [Column]
    private(set) var rows: [[String]] = []

    init(_ columns: [Column]) { self.columns = columns }

    /// Adds a row with a text for each column; data is made plain here.
    mutating func add(_ cells: [String]) {
        precondition(cells.count == columns.count, "a row has a text for each column")
        rows.append(cells.map(PlainText.line))
    }

    /// The lines, the titles first, without blanks at the end.
    func lines(columnsLimit: Int = Table.columnsLimit) -> [String] {
        let widths = widths(columnsLimit)
        return ([columns.map(\.title)] + rows).map { row in
            var line = ""
            for (index, text) in row.enumerated() {
                let cut = Layout.cut(text, to: widths[index])
                line += columns[index].alignment == .left
                    ? Layout.pad(cut, to: widths[index]) : Layout.padLeft(cut, to: widths[index])
                if index + 1 < row.count { line += String(repeating: " ", count: Self.gap) }
            }
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    private func widths(_ limit: Int) -> [Int] {
        var widths = columns.indices.map { index in
            max(columns[index].title.count, rows.map { $0[index].count }.max() ?? 0)
        }
        func total() -> Int { widths.reduce(0, +) + Self.gap * (columns.count - 1) }
        while total() > limit {
            let candidates = columns.indices.filter { widths[$0] > (columns[$0].leastWidth ?? .max) }
            // Where no column may give, the widest of all does: a line never passes the limit.
            let pool = candidates.isEmpty ? columns.indices.filter { widths[$0] > 1 } : candidates
            guard let widest = pool.max(by: { widths[$0] < widths[$1] }) else { break }
            widths[widest] -= 1
        }
        return widths
    }
}
