// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Testing

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

@Suite("Vectors and oracle, Protocol/settlement.md §14")
struct OracleTests {
    @Test("the code answers every vector as written", arguments: [
        "settlement-apportionment.json", "settlement-rating.json", "settlement-comparison.json",
        "settlement-vat.json", "settlement-calendar.json", "settlement-statement.json",
    ])
    func answersVectors(file: String) throws {
        let vectors = try Repository.vectors(file)
        #expect(vectors.count >= 10)
        let refused = vectors.filter { $0["reason"] != .null }.count
        #expect(refused * 10 >= vectors.count * 3, "at least 30 % of \(file) are invalid inputs")
        let fromOracle = vectors.filter { $0["by"] == .string("oracle") }.count
        #expect(fromOracle * 3 >= vectors.count, "at least a third of \(file) come from the oracle")
        for vector in vectors {
            let answer = try Cases.answer(vector["case"])
            #expect(answer["reason"] == vector["reason"] && answer["result"] == vector["result"],
                    "\(vector["name"]): \(answer)")
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
            let expected = try JSON(parsing: line)
            let answer = try Cases.answer(expected["case"])
            if answer["reason"] != expected["reason"] || answer["result"] != expected["result"] {
                failures.append("\(line)\n  answered \(answer)")
            }
        }
        #expect(failures.isEmpty, "\(failures.count) differ: \(failures.prefix(3).joined(separator: "\n"))")
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
