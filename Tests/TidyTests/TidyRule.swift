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
            return words.filter { file.text.holds($0) }.flatMap { word in
                file.numbered(file.code, words: [word]) { $0.holds(word) }
                    .map { "\(file.path):\($0.number): \(word) — \(instead)" }
            }
        }
    }

    /// The rules of every Swift file.
    static let all: [TidyRule] = [
        TidyRule(name: "licence line") { file in
            file.lines.first == "// SPDX-License-Identifier: EUPL-1.2"
                ? [] : ["\(file.path):1: the first line names the licence: // SPDX-License-Identifier: EUPL-1.2"]
        },
        TidyRule(name: "line width") { file in
            file.lines.enumerated().filter { $1.utf8.count > columnsLimit && $1.count > columnsLimit }
                .map { "\(file.path):\($0.offset + 1): longer than \(columnsLimit) columns" }
        },
        TidyRule(name: "file length") { file in
            file.lines.count > fileLinesLimit ? ["\(file.path): \(file.lines.count) lines; one concept a file"] : []
        },
        TidyRule(name: "unfinished") { file in
            let marks: [String] = ["FIX" + "ME", "TO" + "DO", "XX" + "X", "HA" + "CK"]
            return file.numbered(file.lines, words: marks) { line in marks.contains { line.holdsWord($0) } }
                .map { "\(file.path):\($0.number): finish it or write it under Known limit:" }
        },
        ban(["import Foundation", "import Glibc", "import COpenSSL", "import CCurl", "import CSQLite", "import CYAML",
             "import CExpat", "import Dispatch", "import Synchronization"],
            instead: "a core decides and does no I/O", name: "pure cores") { cores.contains($0.target) },
        ban(["Date()", ".random(in", "sleep(", "Task {", "Task.detached", "getenv("],
            instead: "clock, chance and threads arrive from the shell", name: "cores know no clock") {
            cores.contains($0.target)
        },
        ban(["try!", "as!", "fatalError("], instead: "decide the failure; precondition for a bug", name: "no traps") {
            $0.path.hasPrefix("Sources/")
        },
        ban(["print("], instead: "only executables and Console write to the terminal", name: "no printing") {
            $0.path.hasPrefix("Sources/") && !mayPrint.contains($0.target)
        },
        documented,
        ordered,
    ]

    /// The rules of every file, whatever its kind.
    static let everywhere: [TidyRule] = [
        ban([".package("], instead: "no Swift packages; a C library through a module map", name: "no packages") {
            $0.path == "Package.swift"
        },
        machineless,
    ]

    /// What stands in a file of ours works on any machine: no folder of one person or one builder, and no address
    /// from which only some machines may fetch packages.
    private static let machineless = TidyRule(name: "no machine") { file in
        let folders = ["/ro" + "ot", "/ho" + "me/", "/wo" + "rk/", "/Us" + "ers/"]
        let sources = ["index" + "-url", "trusted" + "-host", "artifac" + "tory", "registry" + "=", "go" + "proxy"]
        let places = file.numbered(file.lines, words: folders) { line in
            folders.contains { folder in
                line.components(around: folder).contains { before, after in
                    before?.isPartOfPath != true && (folder.hasSuffix("/") || after?.isPartOfWord != true)
                }
            }
        }
        let hosts = file.numbered(file.lines, words: sources) { line in sources.contains { line.holds($0) } }
        return places.map { "\(file.path):\($0.number): a folder of one machine" }
            + hosts.map { "\(file.path):\($0.number): a registry of one machine; its user configures that" }
    }
}

extension String {
    /// The characters before and after each occurrence of `word`; `nil` at the ends.
    fileprivate func components(around word: String) -> [(before: Character?, after: Character?)] {
        var found: [(Character?, Character?)] = []
        var rest = self[...]
        while let range = rest.range(of: word) {
            let before = range.lowerBound == startIndex ? nil : self[index(before: range.lowerBound)]
            rest = self[range.upperBound...]
            found.append((before, rest.first))
        }
        return found
    }
}

extension Character {
    /// Whether a path goes on through this character, so that what follows is no absolute one.
    fileprivate var isPartOfPath: Bool { isPartOfWord || self == "." || self == "-" || self == "/" || self == "}" }
}
