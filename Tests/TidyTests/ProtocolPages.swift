// SPDX-License-Identifier: EUPL-1.2
import Foundation

/// Which sections the pages of the protocol have, which of them hold a MUST, and which of them files speak of.
///
/// A file speaks of a section as `Protocol/log.md §4`; a section sign further on, in a test's name for example, speaks
/// of the page that was named last above it, unless an RFC stands between on the line.
struct ProtocolPages: Sendable {
    struct Section: Hashable, Comparable, CustomStringConvertible {
        let page: String
        let number: Int

        var description: String { number == 0 ? "Protocol/\(page)" : "Protocol/\(page) §\(number)" }

        static func < (left: Self, right: Self) -> Bool { (left.page, left.number) < (right.page, right.number) }
    }

    private(set) var sections: Set<Section> = []
    /// Sections with a MUST; number 0 is what stands before the first heading.
    private(set) var binding: Set<Section> = []

    init(_ files: [SourceFile]) {
        for file in files where file.path.hasPrefix("Protocol/") && file.path.hasSuffix(".md") {
            let page = String(file.path.dropFirst("Protocol/".count))
            guard page != "README.md", !page.holds("/") else { continue }
            var section = Section(page: page, number: 0)
            sections.insert(section)
            for line in file.lines {
                if line.hasPrefix("## "), let number = Int(line.dropFirst(3).prefix(while: \.isNumber)) {
                    section = Section(page: page, number: number)
                    sections.insert(section)
                }
                if line.holds("MUST"), line.holdsWord("MUST") { binding.insert(section) }
            }
        }
    }

    /// The sections that a file speaks of, each with its line. The second of `§4 and §6` counts too, the middle of a
    /// range `§4-§6` does not.
    static func citations(in file: SourceFile) -> [(section: Section, line: Int)] {
        guard file.text.holds("Protocol/") else { return [] }
        var found: [(Section, Int)] = []
        var page: String?
        for (index, line) in file.lines.enumerated() where line.holds("Protocol/") || (page != nil && line.holds("§")) {
            var rest = line[...]
            var isOurs = true
            while let mark = rest.firstIndex(where: { $0 == "§" || $0 == "P" || $0 == "R" }) {
                if rest[mark...].hasPrefix("RFC") {
                    rest = rest[mark...].dropFirst(3)
                    isOurs = false
                } else if rest[mark] == "§" {
                    rest = rest[rest.index(after: mark)...]
                    guard isOurs, let page, let number = Int(rest.prefix(while: \.isNumber)) else { continue }
                    found.append((Section(page: page, number: number), index + 1))
                } else if rest[mark...].hasPrefix("Protocol/") {
                    rest = rest[mark...].dropFirst("Protocol/".count)
                    let name = rest.prefix { $0.isPartOfWord || $0 == "-" || $0 == "." || $0 == "/" }
                    guard let end = name.range(of: ".md") else { continue }
                    (page, isOurs) = (String(name[..<end.lowerBound]) + ".md", true)
                    if let page { found.append((Section(page: page, number: 0), index + 1)) }
                } else {
                    rest = rest[rest.index(after: mark)...]
                }
            }
        }
        return found
    }
}
