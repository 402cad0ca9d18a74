// SPDX-License-Identifier: EUPL-1.2
import Notation
import Testing
import YAML

@Suite("YAML: one document as a tree with places")
struct YAMLTests {
    private func refusal(_ bytes: [UInt8]) -> String {
        do throws(YAMLError) {
            _ = try YAML.parse(bytes)
            return "read"
        } catch { return error.description }
    }

    private func refusal(_ text: String) -> String { refusal(Array(text.utf8)) }

    @Test("values carry the line and column where they stand")
    func places() throws {
        let root = try YAML.parse("naam: CORV\nlijst:\n  - één\n  - b: 'x'\n")
        #expect(root["naam"]?.string == "CORV")
        let list = try #require(root["lijst"]?.sequence)
        #expect(list[0].line == 3 && list[0].column == 5)
        let member = try #require(list[1].mapping?["b"])
        #expect(member.line == 4 && member.column == 5)
        #expect(member.value.line == 4 && member.value.column == 8)
        #expect(member.value.scalar?.isPlain == false)
    }

    @Test("plain text means what the core schema of YAML 1.2 says", arguments: [
        ("", .null), ("~", .null), ("null", .null), ("true", .boolean(true)), ("False", .boolean(false)),
        ("yes", .string), ("no", .string), ("on", .string), ("off", .string), ("nee", .string), ("y", .string),
        ("12", .integer(12)), ("-7", .integer(-7)), ("+7", .integer(7)), ("0o17", .integer(15)),
        ("0x1F", .integer(31)), ("017", .integer(17)), ("1_000", .string), ("0b1", .string),
        ("0.4", .float), ("1.", .float), (".5", .float), ("1e3", .float), ("-.inf", .float), (".nan", .float),
        ("9223372036854775808", .float), ("1.2.3", .string), ("2026-01-01", .string), ("1:20", .string),
        ("<<", .string), ("-", .string), ("+", .string), (".", .string), ("0x", .string), ("0x-1", .string),
        ("-.nan", .string),
    ] as [(String, ScalarValue)])
    func meanings(_ text: String, _ value: ScalarValue) {
        #expect(ScalarValue(plain: text) == value)
    }

    @Test("quoted and block text is text")
    func quoted() throws {
        let root = try YAML.parse("a: \"true\"\nb: '12'\nc: |\n  1\nd: >-\n  null\ne: !!str 5\nf: ! 6\n")
        for name in ["a", "b", "c", "d", "e", "f"] { #expect(root[name]?.string != nil, "\(name)") }
    }

    @Test("what is not YAML gets one sentence with its place", arguments: [
        ("a:\n\tb: 1\n", "line 2, column 1: not YAML: found a tab where indentation is needed"),
        ("a: b: c\n",
         "line 1, column 5: not YAML: found a colon where no field can start; quote the text or mend the indentation"),
        ("a: 1\n b: 2\n",
         "line 2, column 3: not YAML: found a colon where no field can start; quote the text or mend the indentation"),
        ("a: \"x\n", "line 2, column 1: not YAML: the text ends inside a quoted value"),
        ("a: @x\n", "line 1, column 4: not YAML: this character cannot start a value; quote the text"),
        ("", "line 1, column 1: the document is empty"),
        ("a: 1\n---\nb: 2\n", "line 2, column 1: a second document starts here; one file holds one document"),
        ("a: &x 1\n",
         "line 1, column 4: anchors and aliases (& and *) are not accepted; write the value out"),
        ("a: *x\n",
         "line 1, column 4: anchors and aliases (& and *) are not accepted; write the value out"),
        ("a: !ruby/object x\n",
         "line 1, column 4: the tag !ruby/object is not accepted; only those of the core schema are"),
        ("a: !!binary x\n",
         "line 1, column 4: the tag tag:yaml.org,2002:binary is not accepted; only those of the core schema are"),
        ("a: !!int x\n", "line 1, column 4: the value is not what its tag tag:yaml.org,2002:int says"),
        ("? [a]\n: 1\n", "line 1, column 3: the name of a field has to be text"),
    ])
    func refusals(_ text: String, _ sentence: String) {
        #expect(refusal(text) == sentence)
    }

    @Test("only UTF-8 is read; a byte order mark is skipped")
    func encoding() throws {
        #expect(refusal([0x61, 0x3A, 0x20, 0xFF]) == "line 1, column 4: not YAML: the bytes are not UTF-8")
        #expect(refusal([0xFF, 0xFE, 0x61, 0x00]) == "line 1, column 1: not YAML: the bytes are not UTF-8")
        #expect(refusal([0x61, 0x3A, 0x20, 0x00]).hasPrefix("line 1, column 4: not YAML: found a control character"))
        #expect(try YAML.parse([0xEF, 0xBB, 0xBF] + Array("a: 1".utf8))["a"]?.integer == 1)
    }

    @Test("the limits hold: bytes, depth, values")
    func limits() {
        let padding = [UInt8](repeating: 0x20, count: YAMLLimits.bytes)
        #expect(refusal(Array("a".utf8) + padding) == "the document is longer than \(YAMLLimits.bytes) bytes")
        let nested = { (count: Int) in String(repeating: "[", count: count) + String(repeating: "]", count: count) }
        #expect(refusal(nested(YAMLLimits.depth)) == "read")
        #expect(refusal(nested(YAMLLimits.depth + 1)).hasSuffix("nest deeper than \(YAMLLimits.depth)"))
        #expect(refusal("[" + String(repeating: "1,", count: YAMLLimits.nodes - 1) + "]") == "read")
        #expect(refusal("[" + String(repeating: "1,", count: YAMLLimits.nodes) + "]").hasSuffix("values"))
    }

    @Test("a name that occurs twice is kept apart with its place")
    func duplicates() throws {
        let mapping = try #require(try YAML.parse("a: 1\nb: 2\na: 3\n").mapping)
        #expect(mapping["a"]?.value.integer == 1)
        #expect(mapping.duplicates.map(\.line) == [3])
    }
}
