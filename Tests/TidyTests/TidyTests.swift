// SPDX-License-Identifier: EUPL-1.2
import Testing

@Suite("Tidy: the rules of the house")
struct TidyTests {
    @Test("every Swift file keeps every rule", arguments: TidyRule.all.map(\.name))
    func keepsRule(name: String) throws {
        let files = try Repository.shared.get().swift
        #expect(files.count > 20)
        try expectNone(of: name, in: files)
    }

    @Test("every file keeps the rules of all files", arguments: TidyRule.everywhere.map(\.name))
    func keepsCommonRule(name: String) throws {
        try expectNone(of: name, in: try Repository.shared.get().files)
    }

    @Test("the changelog has its form")
    func changelog() throws {
        let file = try #require(try Repository.shared.get().file("CHANGELOG.md"))
        let findings = ChangelogForm.findings(file.lines)
        #expect(findings.isEmpty, "CHANGELOG.md:\(findings.joined(separator: "\nCHANGELOG.md:"))")
    }

    @Test("unchecked sendability is rare and each has a proof on its line or above")
    func uncheckedIsCounted() throws {
        let marks = ["@unchecked Sendable", "nonisolated(unsafe)"]
        let uses = try Repository.shared.get().swift.filter { $0.path.hasPrefix("Sources/") }.flatMap { file in
            file.numbered(file.code, words: marks) { line in marks.contains { line.holds($0) } }
                .map { (file, $0.number) }
        }
        for (file, number) in uses {
            let near = file.lines[max(0, number - 4)..<number].joined(separator: "\n")
            #expect(near.contains("//"), "\(file.path):\(number): say in a comment why this is safe")
        }
        #expect(uses.count <= 16, "\(uses.map { "\($0.0.path):\($0.1)" }.joined(separator: "\n"))")
    }

    private func rule(_ name: String) throws -> TidyRule {
        try #require((TidyRule.all + TidyRule.everywhere).first { $0.name == name })
    }

    private func expectNone(of name: String, in files: [SourceFile]) throws {
        let findings = files.flatMap(try rule(name).check)
        #expect(findings.isEmpty, "\(findings.count) findings:\n\(findings.prefix(40).joined(separator: "\n"))")
    }
}

@Suite("Tidy: the rules find what they are for")
struct TidyRuleTests {
    private static func findings(_ name: String, _ path: String, _ lines: [String]) throws -> [String] {
        let rule = try #require((TidyRule.all + TidyRule.everywhere).first { $0.name == name })
        return rule.check(SourceFile(path: path, lines: lines))
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
        ("doc comments", "Sources/Node/X.swift", "    @inlinable public static func x() {}"),
        ("doc comments", "Sources/Node/X.swift", "    public private(set) var x = 0"),
        ("order", "Sources/Journal/X.swift", "for x in Set(list) {"),
        ("no machine", "Docker/x", "cd /ro" + "ot/korf"),
        ("no machine", "README.md", "`/ho" + "me/somebody`"),
        ("no machine", "Makefile", "pip install --index" + "-url x"),
    ])
    func findsBreach(name: String, path: String, line: String) throws {
        #expect(!(try Self.findings(name, path, name == "licence line" ? [line] : ["// SPDX", line]).isEmpty))
    }

    @Test("what only resembles a breach is not found", arguments: [
        ("line width", String(repeating: "é", count: 120)),
        ("unfinished", "let s = SWIFTO" + "DOS"),
        ("doc comments", "public import Journal"),
        ("doc comments", "public extension X {"),
        ("order", "for x in Set(list).sorted() {"),
        ("no machine", "https://gemeente.example/ho" + "me/page"),
        ("no machine", "a /ro" + "ots/ of trees"),
    ])
    func leavesAlone(name: String, line: String) throws {
        #expect(try Self.findings(name, "Sources/Journal/X.swift", ["// SPDX", line]).isEmpty)
    }

    @Test("a doc comment above attributes and conditions counts", arguments: ["@inlinable", "#if DEBUG"])
    func seesDocComment(between: String) throws {
        let lines = ["/// X.", between, "public let x = 1"]
        #expect(try Self.findings("doc comments", "Sources/Node/X.swift", lines).isEmpty)
    }

    @Test("a walk over a named set or dictionary is found, a sorted or explained one is not", arguments: [
        ("var a: Set<Int> = []", "for x in a {", true),
        ("let a: [String: [Int]] = [:]", "for (x, y) in self.a where y {", true),
        ("let a: [String: [Int]] = [:]", "let b = a.keys.map { $0 }", true),
        ("let a = Set(list)", "let b = a.map { $0 }", true),
        ("let a: [[Int: Int]] = []", "for x in a {", false),
        ("let a: [String: Int] = [:]", "for x in a.keys.sorted() {", false),
        ("let a: [String: Int] = [:]", "for x in ab {", false),
        ("let a: [String: Int] = [:]", "for x in a { // Any order: a sum", false),
    ])
    func seesOrder(declaration: String, walk: String, isFound: Bool) throws {
        let findings = try Self.findings("order", "Sources/Journal/X.swift", [declaration, walk])
        #expect(findings.isEmpty != isFound)
    }

    @Test("text and comments are not taken for code")
    func ignoresTextAndComments() {
        let line = "let a = \"try! \" // as! in words"
        #expect(SourceFile.withoutTextAndComment(line) == "let a = \"\" ")
        let block = SourceFile(path: "X.swift", lines: ["let a = \"\"\"", "try!", "\"\"\" + b", "// try!", "c"])
        #expect(block.code.map { $0.filter { $0 != "\"" } } == ["let a = ", "", " + b", "", "c"])
    }

    @Test("long files are found")
    func findsLongFile() throws {
        #expect(!(try Self.findings("file length", "a", Array(repeating: "", count: 401)).isEmpty))
    }

    @Test("breaches of the changelog's form are found, and its form is not", arguments: [
        (["# Changelog", "## [Unreleased]", "### Added", "- A.", "## [1.2.0] - 2026-12-31", "### Fixed", "- B."], 0),
        (["# Changes", "## [Unreleased]"], 1),
        (["# Changelog", "## [1.0.0] - 2026-12-31"], 1),
        (["# Changelog", "## [Unreleased]", "## 1.0.0"], 1),
        (["# Changelog", "## [Unreleased]", "## [1.0.0] - 2026-01-01", "## [1.1.0] - 2026-02-01"], 1),
        (["# Changelog", "## [Unreleased]", "### New"], 1),
        (["# Changelog", "## [Unreleased]", "- A."], 1),
        (["# Changelog", "## [Unreleased]", "### Added", "* A."], 1),
    ])
    func changelogForm(lines: [String], count: Int) {
        #expect(ChangelogForm.findings(lines).count == count)
    }
}
