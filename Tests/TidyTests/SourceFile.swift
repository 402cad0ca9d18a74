// SPDX-License-Identifier: EUPL-1.2
import Foundation

/// One file of the repository, as text.
struct SourceFile: Sendable {
    let path: String
    let text: String
    let lines: [String]
    /// The lines without comments and without the contents of string literals: enough to look for calls.
    let code: [String]

    /// The target's name for a file under Sources or Tests.
    let target: String

    init(path: String, text: String) {
        self.path = path
        self.text = text
        lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        target = path.split(separator: "/").dropFirst().first.map(String.init) ?? ""
        code = path.hasSuffix(".swift") ? Self.code(of: lines) : lines
    }

    init(path: String, lines: [String]) { self.init(path: path, text: lines.joined(separator: "\n")) }

    /// Line number (from 1) and text of each line that `holds` says something of; nothing is searched where the file
    /// as a whole holds none of `words`.
    func numbered(_ view: [String], words: [String], _ holds: (String) -> Bool) -> [(number: Int, text: String)] {
        guard words.contains(where: { text.holds($0) }) else { return [] }
        return view.indices.filter { holds(view[$0]) }.map { ($0 + 1, view[$0]) }
    }

    private static func code(of lines: [String]) -> [String] {
        var isInBlock = false
        return lines.map { line in
            let hasQuote = line.holds("\"")
            if !isInBlock, !hasQuote, !line.holds("//") { return line }
            if !hasQuote { return isInBlock ? "" : withoutTextAndComment(line) }
            let blocks = line.components(separatedBy: "\"\"\"").count - 1
            guard blocks % 2 == 1 else { return isInBlock ? "" : withoutTextAndComment(line) }
            isInBlock.toggle()
            let parts = line.components(separatedBy: "\"\"\"")
            return isInBlock ? withoutTextAndComment(parts[0]) : withoutTextAndComment(parts[parts.count - 1])
        }
    }

    static func withoutTextAndComment(_ line: String) -> String {
        var result: [UInt8] = []
        var isInText = false
        var previous = UInt8(ascii: " ")
        for byte in line.utf8 {
            if byte == UInt8(ascii: "\""), previous != UInt8(ascii: "\\") {
                isInText.toggle()
                result.append(byte)
            } else if !isInText {
                if byte == UInt8(ascii: "/"), previous == byte {
                    result.removeLast()
                    break
                }
                result.append(byte)
            }
            previous = byte
        }
        return String(decoding: result, as: UTF8.self)
    }
}

extension String {
    /// Whether `word` occurs; a search of bytes, since thirty thousand lines are asked many times.
    func holds(_ word: String) -> Bool {
        utf8.withContiguousStorageIfAvailable { hay in
            word.utf8.withContiguousStorageIfAvailable { needle in
                guard var start = hay.baseAddress, let wanted = needle.baseAddress else { return needle.isEmpty }
                let end = start + hay.count
                while end - start >= needle.count,
                      let found = memchr(start, Int32(wanted[0]), end - start - needle.count + 1) {
                    if memcmp(found, wanted, needle.count) == 0 { return true }
                    start = UnsafePointer(found.assumingMemoryBound(to: UInt8.self)) + 1
                }
                return false
            } ?? contains(word)
        } ?? contains(word)
    }

    /// Whether `word` occurs with no letter, digit or underscore beside it.
    func holdsWord(_ word: String) -> Bool {
        holds(word) && !places(of: word).isEmpty
    }

    /// What follows each occurrence of `word` as a whole word.
    func places(of word: String) -> [Substring] {
        var found: [Substring] = []
        var rest = self[...]
        while let range = rest.range(of: word) {
            let before = range.lowerBound == startIndex ? nil : self[index(before: range.lowerBound)]
            rest = self[range.upperBound...]
            if before?.isPartOfWord != true, rest.first?.isPartOfWord != true { found.append(rest) }
        }
        return found
    }
}

extension Character {
    var isPartOfWord: Bool { isLetter || isNumber || self == "_" }
}
