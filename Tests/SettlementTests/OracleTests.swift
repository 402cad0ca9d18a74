// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Notation
import Testing
@testable import Settlement

/// Where the repository is, seen from this file.
enum Repository {
    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    static func vectors(_ file: String) throws -> [JSON] {
        let url = root.appending(path: "Protocol/vectors/\(file)")
        let content = try JSON(parsing: String(decoding: try Data(contentsOf: url), as: UTF8.self))
        return content["valid"].items + content["invalid"].items
    }
}

@Suite("Vectors and oracle, Protocol/settlement.md §14, Protocol/settlement-calculate.md §2")
struct OracleTests {
    @Test("the code answers every vector as written", arguments: [
        "settlement-apportionment.json", "settlement-rating.json", "settlement-comparison.json",
        "settlement-vat.json", "settlement-calendar.json", "settlement-statement.json", "settlement-sharing.json",
        "settlement-ledger.json", "settlement-corrections.json", "settlement-periods.json",
    ])
    func answersVectors(file: String) throws {
        let url = Repository.root.appending(path: "Protocol/vectors/\(file)")
        let content = try Notation.JSON(parsing: Array(try Data(contentsOf: url)))
        let vectors = ["valid", "invalid"].flatMap { content[$0]?.elements ?? [] }
        #expect(vectors.count >= 10)
        let refused = vectors.filter { $0["reason"] != nil }.count
        #expect(refused * 10 >= vectors.count * 3, "at least 30 % of \(file) are invalid inputs")
        let fromOracle = vectors.filter { $0["by"]?.text == "oracle" }.count
        #expect(fromOracle * 10 >= vectors.count * 3, "near a third of \(file) comes from the oracle")
        for vector in vectors {
            let answer = Calculation.answer(vector["case"] ?? .null)
            #expect(Self.agrees(answer, vector), "\(vector["name"]?.text ?? ""): \(answer.rendered())")
        }
    }

    @Test("10,000 generated cases agree with exact fractions")
    func agreesWithOracle() throws {
        // A longer run: KORF_ORACLE_CASES=1000000 KORF_ORACLE_SEED=7 swift test --filter agreesWithOracle
        let settings = ProcessInfo.processInfo.environment
        let count = settings["KORF_ORACLE_CASES"].flatMap { Int($0) } ?? 10_000
        let lines = try Self.generate(
            count: count, seed: settings["KORF_ORACLE_SEED"].flatMap { Int($0) } ?? 20_261_124)
        #expect(lines.count == count)
        var failures: [String] = []
        for line in lines {
            let expected = try Notation.JSON(parsing: Array(line.utf8))
            let answer = Calculation.answer(expected["case"] ?? .null)
            if !Self.agrees(answer, expected) { failures.append("\(line)\n  answered \(answer.rendered())") }
        }
        #expect(failures.isEmpty, "\(failures.count) differ: \(failures.prefix(3).joined(separator: "\n"))")
    }

    @Test("an input written as a case gives the same statement, byte for byte")
    func writesCases() throws {
        let url = Repository.root.appending(path: "Protocol/vectors/settlement-statement.json")
        let content = try Notation.JSON(parsing: Array(try Data(contentsOf: url)))
        for vector in content["valid"]?.elements ?? [] {
            let field = (vector["case"] ?? .null).field
            let written = try StatementCases.input(field).asCase(
                statementOf: try field.member("party").identifier(), in: try field.member("month").month())
            #expect(written != vector["case"] ?? .null, "the terms are written out")
            #expect(Calculation.answer(written)["result"] == vector["result"])
        }
    }

    /// Whether result and reason are the same; members of objects may stand in any order.
    private static func agrees(_ answer: Notation.JSON, _ expected: Notation.JSON) -> Bool {
        ["result", "reason"].allSatisfy { answer[$0].map(sorted) == expected[$0].map(sorted) }
    }

    private static func sorted(_ value: Notation.JSON) -> Notation.JSON {
        switch value {
        case .array(let elements): return .array(elements.map(sorted))
        case .object(let object):
            let members = object.members.sorted { $0.name < $1.name }
            return .object(JSONObject(members.map { JSONObject.Member($0.name, sorted($0.value)) }))
        default: return value
        }
    }

    private static func generate(count: Int, seed: Int) throws -> [Substring] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "PYTHONDONTWRITEBYTECODE=1", "python3",
            Repository.root.appending(path: "Tests/oracle/settlement_oracle.py").path,
            "generate", "\(count)", "\(seed)",
        ]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: data, as: UTF8.self).split(separator: "\n")
    }
}
