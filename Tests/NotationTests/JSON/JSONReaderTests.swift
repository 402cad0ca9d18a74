// SPDX-License-Identifier: EUPL-1.2
import Notation
import Testing

@Suite("JSON: strict reading, RFC 8259")
struct JSONReaderTests {
    @Test("values are read as they are written", arguments: [
        ("null", JSON.null), (" true ", true), ("[false,1]", [false, 1]), ("\"\"", ""),
        ("-9223372036854775808", .integer(.min)), ("9223372036854775807", .integer(.max)),
        ("9223372036854775808", .number("9223372036854775808")), ("-0", .number("-0")), ("0", 0),
        ("1.50", .number("1.50")), ("1E+2", .number("1E+2")), ("{}", .object(JSONObject())), ("[ ]", []),
        (#""\u0041\n\"\\\/\b\f\r\t""#, "A\n\"\\/\u{8}\u{C}\r\t"),
        (#""\ud83d\udc1d""#, "🐝"), ("\"één 🐝\"", "één 🐝"),
        ("{\"b\":1,\"a\":{\"b\":2}}", ["b": 1, "a": ["b": 2]]),
    ] as [(String, JSON)])
    func values(_ text: String, _ value: JSON) throws {
        #expect(try JSON(parsing: text) == value)
    }

    @Test("what is not JSON is refused with its place", arguments: [
        ("", "line 1, column 1: the text is empty"),
        ("  ", "line 1, column 1: the text is empty"),
        ("{\"a\":1,}", "line 1, column 8: a name in double quotes is expected here"),
        ("[1,]", "line 1, column 4: a value is expected here"),
        ("[1 2]", "line 1, column 4: a comma or the closing bracket is expected here"),
        ("{\"a\" 1}", "line 1, column 6: a colon is expected here"),
        ("{'a':1}", "line 1, column 2: a name in double quotes is expected here"),
        ("01", "line 1, column 1: this is not a number as JSON writes it"),
        ("[1.]", "line 1, column 2: this is not a number as JSON writes it"),
        ("-", "line 1, column 1: this is not a number as JSON writes it"),
        ("+1", "line 1, column 1: a value is expected here"),
        ("NaN", "line 1, column 1: a value is expected here"),
        ("tru", "line 1, column 1: a value is expected here"),
        ("\"a", "line 1, column 3: the text ends too early"),
        ("\"\\", "line 1, column 2: the text ends too early"),
        ("[\n \"é\\x\"]", "line 2, column 4: this escape does not exist in JSON"),
        ("\"\\u12g4\"", "line 1, column 2: this escape does not exist in JSON"),
        ("\"\\ud800\"", "line 1, column 2: half of a surrogate pair stands alone"),
        ("\"\\ud800\\u0041\"", "line 1, column 2: half of a surrogate pair stands alone"),
        ("\"\\udc00\"", "line 1, column 2: half of a surrogate pair stands alone"),
        ("\"a\tb\"", "line 1, column 3: a control character in a string has to be escaped"),
        ("\"0123456789\nabcdef\"", "line 1, column 12: a control character in a string has to be escaped"),
        ("1 2", "line 1, column 3: there is text after the end of the value"),
        ("{\n\"id\":1,\n \"i\\u0064\":2}", "line 3, column 2: the name \"id\" occurs twice"),
    ])
    func refusals(_ text: String, _ sentence: String) {
        #expect(Self.sentence(Array(text.utf8)) == sentence)
    }

    @Test("a name that occurs twice among many is refused")
    func manyNames() {
        let members = (0..<40).map { "\"name\($0)\":\($0)" }
        let text = "{" + (members + ["\"na\\u006de7\":1"]).joined(separator: ",") + "}"
        #expect(Self.sentence(Array(text.utf8)).hasSuffix("the name \"name7\" occurs twice"))
        #expect(throws: Never.self) { try JSON(parsing: "{" + members.joined(separator: ",") + "}") }
    }

    @Test("bytes that are not UTF-8 are refused", arguments: [
        [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0xE0, 0x80, 0x80],
        [0xF0, 0x80, 0x80, 0x80], [0x80],
    ] as [[UInt8]])
    func encoding(_ bytes: [UInt8]) {
        #expect(Self.sentence([0x22] + bytes + [0x22]) == "line 1, column 2: the bytes are not UTF-8")
    }

    @Test("the limits hold: depth, bytes, members")
    func limits() {
        let depth = NotationLimits.jsonDepth
        let nested = { (count: Int) in String(repeating: "[", count: count) + String(repeating: "]", count: count) }
        #expect(throws: Never.self) { try JSON(parsing: nested(depth)) }
        #expect(throws: JSONError.self) { try JSON(parsing: nested(depth + 1)) }
        #expect(throws: JSONError.self) { try JSON(parsing: "[1]", bytesLimit: 2) }
        let members = (0...NotationLimits.jsonMembers).map { "\"\($0)\":0" }
        #expect(throws: JSONError.self) { try JSON(parsing: "{" + members.joined(separator: ",") + "}") }
        #expect(throws: Never.self) { try JSON(parsing: "{" + members.dropLast().joined(separator: ",") + "}") }
    }

    @Test("no cut and no changed byte of a text crashes the reader", arguments: 1...20 as ClosedRange<UInt64>)
    func mutations(seed: UInt64) {
        let numbers = #"{"a":[1,-2.5e3,"x\u00e9\ud83d\udc1d",true,null],"#
        let text = Array((numbers + #""b":{"c":"één 🐝"},"d":9223372036854775807}"#).utf8)
        var random = Splitmix(state: seed)
        for _ in 0..<500 {
            var bytes = Array(text.prefix(Int.random(in: 0...text.count, using: &random)))
            for _ in 0..<Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if let value = try? JSON(parsing: bytes) {
                #expect((try? JSON(parsing: value.bytes())) == value)
                #expect((try? JSON(parsing: value.bytes(.pretty))) == value)
            }
        }
    }

    private static func sentence(_ bytes: [UInt8]) -> String {
        do throws(JSONError) {
            _ = try JSON(parsing: bytes)
            return "read"
        } catch { return error.description }
    }
}

/// SplitMix64: the same seed gives the same numbers everywhere.
struct Splitmix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
