// SPDX-License-Identifier: EUPL-1.2
import Foundation

/// One file of the repository, as text.
struct SourceFile: Sendable {
    let path: String
    let lines: [String]

    /// The target's name for a file under Sources or Tests.
    var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }

    /// The lines without comments and string contents, roughly: enough to look for calls.
    var code: [(number: Int, text: String)] {
        lines.enumerated().map { number, line in
            (number + 1, Self.withoutTextAndComment(line))
        }
    }

    static func withoutTextAndComment(_ line: String) -> String {
        var result = ""
        var isInText = false
        var previous: Character = " "
        for character in line {
            if character == "\"", previous != "\\" {
                isInText.toggle()
                result.append(character)
            } else if !isInText {
                if character == "/", previous == "/" { return String(result.dropLast()) }
                result.append(character)
            }
            previous = character
        }
        return result
    }
}

/// The files that the tidy test reads.
struct Repository: Sendable {
    let files: [SourceFile]

    static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Every file below these folders with one of these endings, sorted by path.
    static func read(_ folders: [String], endings: [String]) throws -> Repository {
        var files: [SourceFile] = []
        for folder in folders {
            let base = root.appending(path: folder)
            guard let walk = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil) else { continue }
            for case let url as URL in walk where endings.contains(url.pathExtension) {
                let text = try String(contentsOf: url, encoding: .utf8)
                let path = String(url.path.dropFirst(root.path.count + 1))
                files.append(SourceFile(path: path, lines: text.components(separatedBy: "\n")))
            }
        }
        return Repository(files: files.sorted { $0.path < $1.path })
    }
}
