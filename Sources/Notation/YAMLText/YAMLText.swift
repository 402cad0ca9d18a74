// SPDX-License-Identifier: EUPL-1.2

/// A value to be written as YAML.
public indirect enum YAMLValue: Hashable, Sendable {
    case text(String)
    case boolean(Bool)
    case integer(Int64)
    case list([YAMLValue])
    case mapping([Member])

    /// One name and its value.
    public struct Member: Hashable, Sendable {
        /// The name.
        public let name: String
        /// The value.
        public let value: YAMLValue

        /// A member.
        public init(_ name: String, _ value: YAMLValue) {
            self.name = name
            self.value = value
        }
    }
}

/// Our own YAML: the same value gives the same bytes. Two spaces a level, members in the given order, text
/// plain where no reader of YAML 1.1 or 1.2 takes it for anything else, as a literal block where it has several
/// lines, and in double quotes otherwise.
public enum YAMLText {
    /// The whole document, ending in a line feed.
    public static func render(_ value: YAMLValue) -> String {
        var output = ""
        switch value {
        case .mapping(let members) where !members.isEmpty: write(members, level: 0, to: &output)
        case .list(let elements) where !elements.isEmpty: write(elements, level: 0, to: &output)
        default: output = scalar(value) + "\n"
        }
        return output
    }

    private static func write(_ members: [YAMLValue.Member], level: Int, to output: inout String) {
        for (index, member) in members.enumerated() {
            // The first member of a list's element stands behind the dash.
            if index > 0 || !output.hasSuffix("- ") { output += indentation(level) }
            output += text(member.name) + ":"
            write(member.value, below: level, to: &output)
        }
    }

    private static func write(_ elements: [YAMLValue], level: Int, to output: inout String) {
        for element in elements {
            output += indentation(level) + "-"
            if case .mapping(let members) = element, !members.isEmpty {
                output += " "
                write(members, level: level + 1, to: &output)
            } else {
                write(element, below: level, to: &output)
            }
        }
    }

    private static func write(_ value: YAMLValue, below level: Int, to output: inout String) {
        switch value {
        case .mapping(let members) where !members.isEmpty:
            output += "\n"
            write(members, level: level + 1, to: &output)
        case .list(let elements) where !elements.isEmpty:
            output += "\n"
            write(elements, level: level + 1, to: &output)
        case .text(let text) where isBlock(text):
            output += " |-\n"
            for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
                output += line.isEmpty ? "\n" : indentation(level + 1) + line + "\n"
            }
        default:
            output += " " + scalar(value) + "\n"
        }
    }

    private static func scalar(_ value: YAMLValue) -> String {
        switch value {
        case .text(let text): self.text(text)
        case .boolean(let truth): truth ? "true" : "false"
        case .integer(let number): String(number)
        case .list: "[]"
        case .mapping: "{}"
        }
    }

    private static func indentation(_ level: Int) -> String { String(repeating: "  ", count: level) }

    /// Several lines, none of which a literal block would change.
    private static func isBlock(_ text: String) -> Bool {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count > 1, let first = lines.first, let last = lines.last, !first.isEmpty, !last.isEmpty,
              !first.hasPrefix(" ")
        else { return false }
        return lines.allSatisfy { !$0.hasSuffix(" ") && $0.unicodeScalars.allSatisfy(isPrintable) }
    }

    private static func text(_ text: String) -> String { isPlain(text) ? text : JSON.string(text).quotedForYAML }

    /// Letters, digits and a few marks, and no meaning but text.
    private static func isPlain(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, first.properties.isAlphabetic, text.last != " ",
              text.last != ":", ScalarValue(plain: text) == .string,
              !wordsOfYAML11.contains(text.lowercased())
        else { return false }
        return !text.contains(": ") && !text.contains(" #") && text.unicodeScalars.allSatisfy {
            isPrintable($0) && !"\"'`{}[]&*!|>%@\\".unicodeScalars.contains($0)
        }
    }

    private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0xA0...0x2027, 0x202A...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD, 0x1_0000...0x10_FFFF:
            true
        default:
            false
        }
    }

    /// Words that readers of YAML 1.1 take for truth values.
    private static let wordsOfYAML11 = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]
}

extension JSON {
    /// A string in double quotes as YAML reads it: the escapes of JSON, and the line separators that YAML would
    /// fold or refuse.
    fileprivate var quotedForYAML: String {
        var output = ""
        for scalar in rendered().unicodeScalars {
            switch scalar.value {
            case 0x7F...0x9F, 0x2028, 0x2029, 0xFEFF, 0xFFFE, 0xFFFF:
                let digits = String(scalar.value, radix: 16)
                output += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default:
                output.unicodeScalars.append(scalar)
            }
        }
        return output
    }
}
