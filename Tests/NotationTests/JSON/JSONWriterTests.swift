// SPDX-License-Identifier: EUPL-1.2
import Notation
import Testing

@Suite("JSON: deterministic writing and named fields")
struct JSONWriterTests {
    private let value: JSON = [
        "b": 1, "a": [true, nil, "é\n\u{1}\"\\"], "leeg": .object(JSONObject()), "lijst": [], "getal": .number("1.50"),
    ]

    @Test("compact: no space, members in their order")
    func compact() {
        #expect(value.rendered()
            == #"{"b":1,"a":[true,null,"é\n\u0001\"\\"],"leeg":{},"lijst":[],"getal":1.50}"#)
    }

    @Test("pretty: two spaces a level")
    func pretty() {
        #expect(value.rendered(.pretty) == """
            {
              "b": 1,
              "a": [
                true,
                null,
                "é\\n\\u0001\\"\\\\"
              ],
              "leeg": {},
              "lijst": [],
              "getal": 1.50
            }
            """)
    }

    @Test("a field that is not what was asked for is named by its path")
    func fields() throws {
        let root = try JSON(parsing: #"{"data":{"aantal":"3","lijst":[{"x":1}],"niets":null}}"#).field
        let data = try root.member("data")
        #expect(throws: JSONFieldError(path: "data.aantal", expectation: "expected a whole number")) {
            try data.member("aantal").integer()
        }
        #expect(throws: JSONFieldError(path: "data.niets", expectation: "is missing")) { try data.member("niets") }
        #expect(throws: JSONFieldError(path: "data.lijst[0].x", expectation: "expected text")) {
            try data.member("lijst").elements()[0].member("x").string()
        }
        #expect(throws: JSONFieldError(path: "data.lijst", expectation: "is not a known field")) {
            try data.onlyMembers("aantal", "niets")
        }
        #expect("\(JSONFieldError(path: "a.b", expectation: "is missing"))" == "a.b: is missing")
    }
}
