// SPDX-License-Identifier: EUPL-1.2
import Foundation

extension TidyRule {
    /// In a core nothing walks over a set or dictionary, whose order differs from run to run, unless the line sorts,
    /// or asks what no order changes, or a comment on it or above it begins with `Any order:` and says why.
    ///
    /// Known limit: this is text. It knows the names that the file itself declares with such a type, and sees `for`
    /// loops and the usual methods on one line.
    static let ordered = TidyRule(name: "order") { file in
        guard cores.contains(file.target) else { return [] }
        let names = unorderedNames(file.code)
        return file.code.indices.filter { index in
            let line = file.code[index]
            guard walksUnordered(line, names) else { return false }
            let near = [file.lines[index], index > 0 ? file.lines[index - 1] : ""]
            return !near.contains { $0.holds("// Any order:") }
        }.map { "\(file.path):\($0 + 1): order differs from run to run; sort, or say after `Any order:` why not" }
    }

    /// What makes the order of a walk harmless.
    private static let orderless = [
        ".sorted", ".allSatisfy", ".contains", ".max", ".min", "Set(", "Dictionary(", ".reduce(0", ".count",
        ".isEmpty",
    ]

    private static let walks = [
        ".map", ".flatMap", ".compactMap", ".forEach", ".reduce", ".keys", ".values", ".first", ".enumerated",
        ".joined", ".prefix", ".makeIterator", ".popFirst",
    ]

    private static func walksUnordered(_ line: String, _ names: Set<String>) -> Bool {
        if let loop = loopSource(line) {
            if loop.hasPrefix("Set(") || loop.hasPrefix("Dictionary(") || loop.hasPrefix("Set<") {
                return !line.holds(".sorted")
            }
            if line.holds(".sorted") { return false }
            let name = loop.prefix(while: \.isPartOfWord)
            let rest = loop.dropFirst(name.count)
            let isWhole = rest.isEmpty || rest.hasPrefix(" ") || rest.hasPrefix(".keys") || rest.hasPrefix(".values")
            if isWhole, names.contains(String(name)) { return true }
        }
        if orderless.contains(where: { line.holds($0) }) { return false }
        return names.contains { name in
            guard line.holds(name) else { return false }
            return walks.contains { walk in
                ["(", " {", "."].contains { line.holds(name + walk + $0) && !line.holds("." + name + walk) }
                    || line.holds("self." + name + walk)
            }
        }
    }

    /// What stands after `in` of a `for` loop, without `self.`.
    private static func loopSource(_ line: String) -> Substring? {
        guard line.holds("for "), line.holds(" in "), let found = line.places(of: "in").first,
              line.trimmedStart.hasPrefix("for ") else { return nil }
        let source = found.dropFirst()
        return source.hasPrefix("self.") ? source.dropFirst(5) : source
    }

    /// Names that are declared with the type of a set or dictionary.
    private static func unorderedNames(_ code: [String]) -> Set<String> {
        var names: Set<String> = []
        let marks = [": Set<", " = Set(", " = Set<", ": [", " = Dictionary("]
        for line in code where line.holds(": ") || line.holds(" = ") {
            for mark in marks {
                guard line.holds(mark), let range = line.range(of: mark) else { continue }
                if mark == ": [", !isDictionaryType(line[range.upperBound...]) { continue }
                if mark.hasSuffix("("), line.holds(".sorted") { continue }
                names.insert(String(line[..<range.lowerBound].reversed().prefix(while: \.isPartOfWord).reversed()))
            }
        }
        names.remove("")
        return names
    }

    /// Whether what follows an opening bracket is `Key: Value]` rather than `Element]`.
    private static func isDictionaryType(_ text: Substring) -> Bool {
        var depth = 0
        for character in text {
            switch character {
            case "[", "(", "<": depth += 1
            case ")", ">": depth -= 1
            case "]":
                if depth == 0 { return false }
                depth -= 1
            case ":" where depth == 0: return true
            default: break
            }
        }
        return false
    }
}
