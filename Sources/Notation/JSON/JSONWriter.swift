// SPDX-License-Identifier: EUPL-1.2

extension JSON {
    /// How the text is laid out.
    public enum Layout: Sendable {
        /// No space anywhere.
        case compact
        /// Two spaces a level, one member or element a line, no line end after the last bracket.
        case pretty
    }

    /// The same value gives the same bytes: members in their order, characters beyond ASCII as they are.
    public func bytes(_ layout: Layout = .compact) -> [UInt8] {
        var output: [UInt8] = []
        write(layout, level: 0, to: &output)
        return output
    }

    /// The text of `bytes(_:)`.
    public func rendered(_ layout: Layout = .compact) -> String {
        String(decoding: bytes(layout), as: UTF8.self)
    }

    private func write(_ layout: Layout, level: Int, to output: inout [UInt8]) {
        switch self {
        case .null: output += "null".utf8
        case .boolean(let value): output += (value ? "true" : "false").utf8
        case .integer(let value): output += String(value).utf8
        case .number(let text): output += text.utf8
        case .string(let text): Self.write(text, to: &output)
        case .array(let elements):
            Self.write(elements, between: (UInt8(ascii: "["), UInt8(ascii: "]")), layout, level, to: &output) {
                $0.write(layout, level: level + 1, to: &$1)
            }
        case .object(let object):
            let brackets = (UInt8(ascii: "{"), UInt8(ascii: "}"))
            Self.write(object.members, between: brackets, layout, level, to: &output) {
                Self.write($0.name, to: &$1)
                $1 += (layout == .pretty ? ": " : ":").utf8
                $0.value.write(layout, level: level + 1, to: &$1)
            }
        }
    }

    private static func write<Item>(
        _ items: [Item], between brackets: (UInt8, UInt8), _ layout: Layout, _ level: Int,
        to output: inout [UInt8], _ each: (Item, inout [UInt8]) -> Void
    ) {
        output.append(brackets.0)
        for (index, item) in items.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            if layout == .pretty { breakLine(level + 1, to: &output) }
            each(item, &output)
        }
        if layout == .pretty, !items.isEmpty { breakLine(level, to: &output) }
        output.append(brackets.1)
    }

    private static func breakLine(_ level: Int, to output: inout [UInt8]) {
        output.append(0x0A)
        output.append(contentsOf: repeatElement(0x20, count: 2 * level))
    }

    private static func write(_ text: String, to output: inout [UInt8]) {
        output.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                output.append(UInt8(ascii: "\\"))
                output.append(byte)
            case 8: output += "\\b".utf8
            case 9: output += "\\t".utf8
            case 10: output += "\\n".utf8
            case 12: output += "\\f".utf8
            case 13: output += "\\r".utf8
            case 0..<0x20: output += ("\\u00" + (byte < 16 ? "0" : "") + String(byte, radix: 16)).utf8
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}
