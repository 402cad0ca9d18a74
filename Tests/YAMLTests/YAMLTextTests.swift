// SPDX-License-Identifier: EUPL-1.2
import Notation
import Testing
import YAML

@Suite("YAML: our own deterministic text")
struct YAMLTextTests {
    @Test("members in order, two spaces a level, quotes only where they are needed")
    func layout() {
        let value = YAMLValue.mapping([
            .init("naam", .text("CORV")), .init("versie", .text("0.7")), .init("aan", .boolean(true)),
            .init("leeg", .list([])), .init("tekst", .text("één\n\ntwee")),
            .init("lijst", .list([
                .text("web"), .mapping([.init("id", .text("alias:gdpr")), .init("n", .integer(3))]),
            ])),
        ])
        #expect(YAMLText.render(value) == """
            naam: CORV
            versie: "0.7"
            aan: true
            leeg: []
            tekst: |-
              één

              twee
            lijst:
              - web
              - id: alias:gdpr
                "n": 3

            """)
    }

    @Test("any text is read back as it was", arguments: [
        "", " ", "a", "yes", "No", "null", "1", "0x1", "-", "- a", "a: b", "a #b", "a:", "#a", "'", "\"", "a\\b",
        "a\tb", "a\nb", "a\n", "\na", "a \nb", " a\nb", "a\r\nb", "é", "\u{85}", "\u{2028}x", "\u{FEFF}", "🐝",
        "\u{7}", "https://x.example/y?z=1#a", "a, b", "[a]", "{a}", "*a", "&a", "!a", "%a", "@a", "`a", "2026-01-01",
        "a\u{A0}", "---", "...", "? a", "a\n  b\nc", "a\n\n\nb", "\u{7F}", "<<", "=", "~",
    ])
    func roundTrip(_ text: String) throws {
        let root = try YAML.parse(YAMLText.render(.mapping([.init("x", .text(text)), .init("y", .text("z"))])))
        #expect(root["x"]?.string == text)
        #expect(root["y"]?.string == "z")
        let list = try YAML.parse(YAMLText.render(.list([.text(text), .mapping([.init(text, .text(text))])])))
        #expect(list.sequence?[0].string == text)
        #expect(list.sequence?[1][text]?.string == text)
    }
}
