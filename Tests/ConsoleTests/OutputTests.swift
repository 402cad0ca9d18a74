// SPDX-License-Identifier: EUPL-1.2
@testable import Console
import Testing

@Suite("Output: tables, plain text, texts")
struct OutputTests {
    @Test("a table never passes its columns, whatever its cells hold", arguments: [1, 7, 40, 200])
    func tableWidth(length: Int) {
        var table = Table([
            .init("NAME", leastWidth: 5), .init("FIXED"), .init("NUMBER", .right), .init("NOTE", leastWidth: 9),
        ])
        for row in 0..<5 {
            table.add([
                String(repeating: "é", count: length), "fixed", String(row), String(repeating: "x", count: length * 2),
            ])
        }
        #expect(table.lines().allSatisfy { $0.count <= Table.columnsLimit })
        #expect(table.lines().count == 6)
    }

    @Test("what fits is not cut, numbers stand right, no blanks end a line")
    func tableCells() {
        var table = Table([.init("A"), .init("B", .right)])
        table.add(["long enough", "7"])
        #expect(table.lines() == ["A            B", "long enough  7"])
    }

    @Test("wrapped lines fit and lose no word", arguments: [10, 20, 37])
    func wrapping(columns: Int) {
        let text = "een twee drie vier vijf zes zeven eenlangwoorddatnietpast acht"
        let lines = Layout.wrap(text, columns: columns, hanging: 2)
        #expect(lines.allSatisfy { $0.count <= columns })
        #expect(lines.joined().filter { $0 != " " } == text.filter { $0 != " " })
    }

    @Test("no control character of data reaches the terminal")
    func plain() {
        let hostile = "a\u{1B}[31mb\u{7}\u{9B}c\u{202E}d\re\u{0}\nf\u{2028}g"
        let line = PlainText.line(hostile)
        #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && !(0x7F...0x9F).contains($0.value) })
        #expect(!line.unicodeScalars.contains("\u{202E}") && !line.unicodeScalars.contains("\u{2028}"))
        #expect(PlainText.lines(hostile).split(separator: "\n").count == 2)
        #expect(PlainText.line("Coöperatie € 1,00 · ✓") == "Coöperatie € 1,00 · ✓")
    }

    @Test("every text is there in every language, with the same places", arguments: Text.allCases)
    func texts(text: Text) throws {
        let row = try #require(TextTable.rows[text])
        #expect(!row.nl.isEmpty && !row.en.isEmpty)
        #expect(places(row.nl) == places(row.en))
    }

    @Test("a value that looks like a place is not filled in again")
    func placesInValues() {
        #expect(Texts(.en)(.memberLog, "{1}", "{0}") == "Log {1}: {0} entries")
    }

    @Test("every word of the API that screens show is there in English")
    func words() {
        for (dutch, english) in Words.english { #expect(!dutch.isEmpty && !english.isEmpty) }
        #expect(Texts(.nl).word("gelijk") == "gelijk" && Texts(.en).word("gelijk") == "equal")
    }

    private func places(_ text: String) -> Set<Int> {
        Set((0..<10).filter { text.contains("{\($0)}") })
    }
}
