// SPDX-License-Identifier: EUPL-1.2
import Foundation

/// One rule of the house that a machine can check. A finding says where and what to do instead.
struct TidyRule: Sendable {
    let name: String
    let check: @Sendable (SourceFile) -> [String]

    static let cores: Set<String> = ["Journal", "Notation", "Cooperative", "Settlement", "Replication"]
    static let mayPrint: Set<String> = ["korf", "korfd", "korf-bench", "Console"]
    static let columnsLimit = 120
    static let fileLinesLimit = 400

    /// A rule that bans some text in code of some targets.
    static func ban(
        _ words: [String], instead: String, name: String, in applies: @escaping @Sendable (SourceFile) -> Bool
    ) -> TidyRule {
        TidyRule(name: name) { file in
            guard applies(file) else { return [] }
            return file.code.flatMap { number, text in
                words.filter { text.contains($0) }.map { "\(file.path):\(number): \($0) — \(instead)" }
            }
        }
    }

    static let all: [TidyRule] = [
        TidyRule(name: "licence line") { file in
            file.lines.first == "// SPDX-License-Identifier: EUPL-1.2"
                ? [] : ["\(file.path):1: the first line names the licence: // SPDX-License-Identifier: EUPL-1.2"]
        },
        TidyRule(name: "line width") { file in
            file.lines.enumerated().filter { $1.count > columnsLimit }
                .map { "\(file.path):\($0.offset + 1): longer than \(columnsLimit) columns" }
        },
        TidyRule(name: "file length") { file in
            file.lines.count > fileLinesLimit ? ["\(file.path): \(file.lines.count) lines; one concept a file"] : []
        },
        TidyRule(name: "unfinished") { file in
            let marks: [String] = ["FIX" + "ME", "TO" + "DO", "XX" + "X", "HA" + "CK"]
            return file.lines.enumerated().filter { _, line -> Bool in
                marks.contains { line.range(of: "\\b\($0)\\b", options: .regularExpression) != nil }
            }.map { "\(file.path):\($0.offset + 1): finish it or write it under Known limit:" }
        },
        ban(["import Foundation", "import Glibc", "import COpenSSL", "import CCurl", "import CSQLite", "import CYAML",
             "import Dispatch", "import Synchronization"],
            instead: "a core decides and does no I/O", name: "pure cores") { cores.contains($0.target) },
        ban(["Date()", ".random(in", "sleep(", "Task {", "Task.detached", "getenv("],
            instead: "clock, chance and threads arrive from the shell", name: "cores know no clock") {
            cores.contains($0.target)
        },
        ban(["try!", "as!", "fatalError("], instead: "decide the failure, or precondition for a bug", name: "no traps") {
            $0.path.hasPrefix("Sources/")
        },
        ban(["print("], instead: "only executables and Console write to the terminal", name: "no printing") {
            $0.path.hasPrefix("Sources/") && !mayPrint.contains($0.target)
        },
        ban([".package("], instead: "no Swift packages; a C library through a module map", name: "no packages") {
            $0.path == "Package.swift"
        },
        TidyRule(name: "doc comments") { file in
            file.path.hasPrefix("Sources/") ? undocumented(file) : []
        },
    ]

    /// Public declarations without a doc comment above them. Initialisers of protocols' witnesses, conformances and
    /// operators whose meaning the protocol gives are left out.
    private static func undocumented(_ file: SourceFile) -> [String] {
        var findings: [String] = []
        for (index, line) in file.lines.enumerated() {
            let text = line.trimmingCharacters(in: .whitespaces)
            guard text.range(of: "^(@[a-zA-Z]+(\\([^)]*\\))? )*public (final class|struct|enum|actor|protocol|func|init|var|let|typealias|static (func|let|var)|mutating func)\\b",
                             options: .regularExpression) != nil else { continue }
            let isWitness = ["var description:", "static func <", "static func ==", "func hash(into", "func next()",
                             "init(integerLiteral", "init(stringLiteral", "init(arrayLiteral", "init(nilLiteral",
                             "init(booleanLiteral", "init(dictionaryLiteral", "func encode(to", "func makeIterator"]
                .contains { text.contains($0) }
            if isWitness { continue }
            var above = index - 1
            while above >= 0 {
                let previous = file.lines[above].trimmingCharacters(in: .whitespaces)
                if previous.hasPrefix("@") || previous.hasPrefix("#") { above -= 1 } else { break }
            }
            let isDocumented = above >= 0 && file.lines[above].trimmingCharacters(in: .whitespaces).hasPrefix("///")
            if !isDocumented { findings.append("\(file.path):\(index + 1): public without a doc comment: \(text)") }
        }
        return findings
    }
}
