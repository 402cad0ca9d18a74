// SPDX-License-Identifier: EUPL-1.2
import Testing

@Suite("Tidy: text and code speak of the same protocol")
struct ProtocolTests {
    @Test("every section with a MUST is named by a test")
    func mustIsTested() throws {
        let repository = try Repository.shared.get()
        let pages = ProtocolPages(repository.files)
        #expect(pages.binding.count > 10)
        let tests = repository.files.filter {
            $0.path.hasPrefix("Tests/") && !$0.path.hasPrefix("Tests/TidyTests/")
                && ($0.path.hasSuffix(".swift") || $0.path.hasSuffix(".py"))
        }
        let named = Set(tests.flatMap { ProtocolPages.citations(in: $0).map(\.section) })
        let missing = pages.binding.subtracting(named).sorted().map(\.description)
        #expect(missing.isEmpty, "no test names \(missing.joined(separator: ", "))")
    }

    @Test("what code and tests refer to exists")
    func citationsExist() throws {
        let repository = try Repository.shared.get()
        let pages = ProtocolPages(repository.files)
        let dangling = repository.swift.filter { $0.target != "TidyTests" }.flatMap { file in
            ProtocolPages.citations(in: file).filter { !exists($0.section, pages, repository) }
                .map { "\(file.path):\($0.line): there is no \($0.section)" }
        }
        #expect(dangling.isEmpty, "\(dangling.joined(separator: "\n"))")
    }

    @Test("files and folders that the pages for people name exist", arguments: [
        "README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "Protocol/README.md",
    ])
    func namedPathsExist(page: String) throws {
        let repository = try Repository.shared.get()
        let file = try #require(repository.file(page))
        let named = file.text.split { !$0.isPartOfWord && !"/.-".contains($0) }.map(String.init).filter { path in
            ["Sources/", "Tests/", "Protocol/", "Docker/"].contains { path.hasPrefix($0) && path != $0 }
        }
        let missing = named.map { $0.hasSuffix(".") || $0.hasSuffix("/") ? String($0.dropLast()) : $0 }
            .filter { path in !repository.files.contains { $0.path == path || $0.path.hasPrefix(path + "/") } }
        #expect(missing.isEmpty, "\(page) names \(missing.joined(separator: ", "))")
    }

    private func exists(
        _ section: ProtocolPages.Section, _ pages: ProtocolPages, _ repository: Repository
    ) -> Bool {
        if section.page.holds("/") { return repository.file("Protocol/" + section.page) != nil }
        return pages.sections.contains(section) || (section.page == "README.md" && section.number == 0)
    }

    @Test("a section sign speaks of the page named last above it")
    func readsCitations() {
        let file = SourceFile(path: "Tests/X/X.swift", lines: [
            "§9 of nothing", "@Suite(\"Protocol/log.md §4 and §6.1, Protocol/cbor.md\")", "@Test(\"§2.5: a law\")",
            "RFC 9112 §77",
        ])
        let found = ProtocolPages.citations(in: file)
        #expect(found.map(\.section.description) == [
            "Protocol/log.md", "Protocol/log.md §4", "Protocol/log.md §6", "Protocol/cbor.md", "Protocol/cbor.md §2",
        ])
        #expect(found.map(\.line) == [2, 2, 2, 2, 3])
    }

    @Test("a MUST belongs to the section above it")
    func readsPages() {
        let pages = ProtocolPages([SourceFile(path: "Protocol/x.md", lines: [
            "# X", "## 1. One", "may", "## 2. Two", "It MUST.", "## 3. Three", "MUSTARD",
        ])])
        #expect(pages.binding.map(\.description) == ["Protocol/x.md §2"])
        #expect(pages.sections.count == 4)
    }
}
