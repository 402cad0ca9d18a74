// SPDX-License-Identifier: EUPL-1.2

/// The form of `CHANGELOG.md`: Keep a Changelog 1.1.0, newest version first.
enum ChangelogForm {
    private static let groups = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]

    /// What is wrong with the text, by line.
    static func findings(_ lines: [String]) -> [String] {
        var findings: [String] = []
        var versions: [[Int]] = []
        var hasVersion = false
        var group: String?
        if lines.first != "# Changelog" { findings.append("1: begins with \"# Changelog\"") }
        if lines.first(where: { $0.hasPrefix("## ") }) != "## [Unreleased]" {
            findings.append("1: \"## [Unreleased]\" is the first version")
        }
        for (index, line) in lines.enumerated().dropFirst() {
            if line.hasPrefix("## ") {
                (hasVersion, group) = (true, nil)
                if line == "## [Unreleased]" { continue }
                guard let version = released(line) else {
                    findings.append("\(index + 1): a version is \"## [1.2.3] - 2026-12-31\"")
                    continue
                }
                if let last = versions.last, !version.lexicographicallyPrecedes(last) {
                    findings.append("\(index + 1): the newer version stands first")
                }
                versions.append(version)
            } else if line.hasPrefix("### ") {
                group = String(line.dropFirst(4))
                if !groups.contains(group ?? "") || !hasVersion {
                    findings.append("\(index + 1): a group is one of \(groups.joined(separator: ", "))")
                }
            } else if line.hasPrefix("-") || line.hasPrefix("*") {
                if !line.hasPrefix("- ") || group == nil {
                    findings.append("\(index + 1): a change is \"- ...\" below a group")
                }
            } else if line.hasPrefix("#") {
                findings.append("\(index + 1): there are two levels of headings below the title")
            }
        }
        return findings
    }

    /// The numbers of a heading `## [1.2.3] - 2026-12-31`.
    private static func released(_ line: String) -> [Int]? {
        let parts = line.dropFirst(3).split(separator: " ")
        guard parts.count == 3, parts[1] == "-", parts[0].hasPrefix("["), parts[0].hasSuffix("]") else { return nil }
        let numbers = parts[0].dropFirst().dropLast().split(separator: ".").map { Int($0) }
        let date = parts[2].split(separator: "-").map { ($0.count, Int($0)) }
        guard numbers.count == 3, date.map(\.0) == [4, 2, 2], date.allSatisfy({ $0.1 != nil }) else { return nil }
        let known = numbers.compactMap(\.self)
        return known.count == 3 ? known : nil
    }
}
