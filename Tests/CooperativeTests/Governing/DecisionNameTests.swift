// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
import Testing

@Suite("Decisions: names, Protocol/voting.md §1")
struct DecisionNameTests {
    private static func log(_ text: String) throws -> LogID {
        try #require(LogID(hexadecimal: text + String(repeating: "0", count: 64 - text.count)))
    }

    @Test("a name is eight digits and the index, and finds its decision again")
    func shortName() throws {
        let decision = Decision.ID(log: try Self.log("0123456789"), index: 12)
        #expect(decision.description == "01234567-12")
        let name = try #require(Decision.Name(decision.description))
        #expect(name.names(decision))
        #expect(try #require(Decision.Name("0123456789-12")).names(decision))
        #expect(!(try #require(Decision.Name("01234567-13")).names(decision)))
        #expect(!(try #require(Decision.Name("0123456788-12")).names(decision)))
        #expect(Decision.Name("ABCDEF01-3")?.description == "abcdef01-3")
    }

    @Test("names that are alike grow until they differ, others stay short")
    func longerNames() throws {
        let decisions = [
            Decision.ID(log: try Self.log("aaaaaaaaaabb"), index: 3),
            Decision.ID(log: try Self.log("aaaaaaaaaacc"), index: 3),
            Decision.ID(log: try Self.log("aaaaaaaaaacc"), index: 4),
            Decision.ID(log: try Self.log("bbbbbbbbbb"), index: 3),
            Decision.ID(log: try Self.log("aaaaaaaaac"), index: 3),
        ]
        let names = Decision.ID.names(of: decisions)
        #expect(names == ["aaaaaaaaaab-3", "aaaaaaaaaac-3", "aaaaaaaa-4", "bbbbbbbb-3", "aaaaaaaaac-3"])
        for (name, decision) in zip(names, decisions) {
            let name = try #require(Decision.Name(name))
            #expect(decisions.filter(name.names) == [decision])
        }
    }

    @Test("other text is no name", arguments: [
        "", "0123456-1", "01234567", "01234567-", "01234567-01", "01234567-+1", "01234567--1", "0123456g-1",
        "01234567-1-2", "01234567-99999999999999999999",
    ])
    func noName(text: String) { #expect(Decision.Name(text) == nil) }
}
