// SPDX-License-Identifier: EUPL-1.2
@testable import Console
import Foundation
import Testing

@Suite("korf settle calculate, Protocol/settlement-calculate.md §1 and §2")
struct CalculateTests {
    private func calculate(_ lines: [String]) async throws -> (code: ExitCode, out: String) {
        let file = FileManager.default.temporaryDirectory.appending(path: "korf-cases-\(UUID().uuidString).jsonl")
        defer { try? FileManager.default.removeItem(at: file) }
        try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
        let answer = await korf(["settle", "calculate", file.path])
        return (answer.code, answer.out)
    }

    @Test("the page's example, without a node; a refusal is an answer")
    func example() async throws {
        let answer = try await calculate([
            #"{"kind":"rate","quantity":2310,"tiers":[[null,35000]]}"#, "",
            #"{"kind":"rate","id":"x","quantity":-1,"tiers":[[null,35000]]}"#,
        ])
        #expect(answer.code == .fine)
        #expect(answer.out == """
            {"result":{"lines":[[1,2310,35000,8085]],"amount":8085}}
            {"id":"x","reason":"negative-quantity","message":"quantity -1 is negative; a quantity is 0 or more"}

            """)
    }

    @Test("a line that is no case names its field", arguments: [
        (#"{"kind":"rate","tiers":[[null,1]]}"#, "quantity: is missing"),
        (#"{"kind":"rate","quantity":1,"tiers":[[null,1]],"vat":1}"#, "vat: is not a field of rate"),
        (#"{"kind":"rate","quantity":1,"tiers":[[null]]}"#, "tiers[0]: expected a list of 2"),
        (#"{"kind":"offset","on":"31-12-2026","documents":[]}"#, "on: expected a date such as 2026-11-03"),
        (#"{"kind":"rite"}"#, "kind: expected one of "), ("nonsense", "line 1, column 1: "),
        ("[]", "expected an object"),
        (#"{"kind":"rate","quantity":1.5,"tiers":[[null,1]]}"#, "quantity: expected a whole number"),
    ])
    func malformed(line: String, sentence: String) async throws {
        let answer = try await calculate([line])
        #expect(answer.code == .finding)
        #expect(answer.out.hasPrefix(#"{"reason":"malformed-case","message":""# + sentence), "\(answer.out)")
    }

    @Test("a number beyond 64 bits is out of range")
    func outOfRange() async throws {
        let answer = try await calculate([
            #"{"kind":"largest_remainder","total":9223372036854775808,"weights":[["a",1]]}"#,
        ])
        #expect(answer.code == .fine)
        #expect(answer.out.hasPrefix(#"{"reason":"amount-out-of-range""#))
    }
}
