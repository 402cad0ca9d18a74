// SPDX-License-Identifier: EUPL-1.2
import Foundation
import Testing

@Suite("Tidy: the rules of the house")
struct TidyTests {
    @Test("every Swift file keeps every rule", arguments: TidyRule.all.map(\.name))
    func keepsRule(name: String) throws {
        let repository = try Repository.read(["Sources", "Tests"], endings: ["swift"])
        #expect(repository.files.count > 20)
        let rule = try #require(TidyRule.all.first { $0.name == name })
        let findings = repository.files.flatMap(rule.check)
        #expect(findings.isEmpty, "\(findings.count) findings:\n\(findings.prefix(40).joined(separator: "\n"))")
    }

    @Test("unchecked sendability is rare and each has a proof on its line or above")
    func uncheckedIsCounted() throws {
        let repository = try Repository.read(["Sources"], endings: ["swift"])
        let uses = repository.files.flatMap { file in
            file.code.filter { $0.text.contains("@unchecked Sendable") || $0.text.contains("nonisolated(unsafe)") }
                .map { (file, $0.number) }
        }
        for (file, number) in uses {
            let near = file.lines[max(0, number - 4)..<number].joined(separator: "\n")
            #expect(near.contains("//"), "\(file.path):\(number): say in a comment why this is safe")
        }
        #expect(uses.count <= 16, "\(uses.map { "\($0.0.path):\($0.1)" }.joined(separator: "\n"))")
    }

    @Test("a planted breach of each rule is found", arguments: [
        ("licence line", "Sources/Node/X.swift", "import Journal"),
        ("line width", "Sources/Node/X.swift", String(repeating: "x", count: 121)),
        ("unfinished", "Sources/Node/X.swift", "// TO" + "DO later"),
        ("pure cores", "Sources/Journal/X.swift", "import Foundation"),
        ("cores know no clock", "Sources/Settlement/X.swift", "let now = Date()"),
        ("no traps", "Sources/Node/X.swift", "let x = try! f()"),
        ("no printing", "Sources/Storage/X.swift", "print(1)"),
        ("no packages", "Package.swift", ".package(url: \"x\")"),
        ("doc comments", "Sources/Node/X.swift", "public struct X {}"),
    ])
    func findsBreach(name: String, path: String, line: String) throws {
        let rule = try #require(TidyRule.all.first { $0.name == name })
        let file = SourceFile(path: path, lines: name == "licence line" ? [line] : ["// SPDX", line])
        #expect(!rule.check(file).isEmpty)
    }

    @Test("text and comments are not taken for code")
    func ignoresTextAndComments() {
        let line = "let a = \"try! \" // as! in words"
        #expect(SourceFile.withoutTextAndComment(line) == "let a = \"\" ")
    }

    @Test("long files are found")
    func findsLongFile() throws {
        let rule = try #require(TidyRule.all.first { $0.name == "file length" })
        #expect(!rule.check(SourceFile(path: "a", lines: Array(repeating: "", count: 401))).isEmpty)
    }
}
