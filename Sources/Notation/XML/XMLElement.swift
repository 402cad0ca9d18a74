// SPDX-License-Identifier: EUPL-1.2

/// An element to be written: a name with its prefix, attributes in their order, and either a text or elements.
/// The same value gives the same bytes. Spec: Protocol/documents.md §2.
public struct XMLElement: Hashable, Sendable {
    /// One attribute.
    public struct Attribute: Hashable, Sendable {
        /// The name with its prefix.
        public let name: String
        /// The value, unescaped.
        public let value: String

        /// An attribute of that name and value.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    private enum Content: Hashable, Sendable {
        case text(String)
        case elements([XMLElement])
    }

    /// The name with its prefix, such as `cbc:ID`.
    public let name: String
    /// In the order in which they are written.
    public let attributes: [Attribute]
    private let content: Content

    /// An element that holds a text.
    public init(_ name: String, attributes: [Attribute] = [], text: String) {
        self.name = name
        self.attributes = attributes
        content = .text(text)
    }

    /// An element that holds elements; `nil` among them is left out.
    public init(_ name: String, attributes: [Attribute] = [], _ elements: [XMLElement?]) {
        self.name = name
        self.attributes = attributes
        content = .elements(elements.compactMap(\.self))
    }

    /// The whole document in UTF-8: declaration, two blanks a level, an element without a text or elements
    /// closed in its own tag, each line ended by LF.
    public var documentBytes: [UInt8] {
        var output = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)
        write(level: 0, to: &output)
        return output
    }

    private func write(level: Int, to output: inout [UInt8]) {
        output.append(contentsOf: repeatElement(0x20, count: 2 * level))
        output.append(UInt8(ascii: "<"))
        output += name.utf8
        for attribute in attributes {
            output.append(0x20)
            output += attribute.name.utf8
            output += "=\"".utf8
            Self.escape(attribute.value, to: &output)
            output.append(UInt8(ascii: "\""))
        }
        switch content {
        case .text(""), .elements([]):
            output += "/>\n".utf8
            return
        case .text(let text):
            output.append(UInt8(ascii: ">"))
            Self.escape(text, to: &output)
        case .elements(let elements):
            output += ">\n".utf8
            for element in elements { element.write(level: level + 1, to: &output) }
            output.append(contentsOf: repeatElement(0x20, count: 2 * level))
        }
        output += "</\(name)>\n".utf8
    }

    // What XML 1.0 cannot hold at all becomes U+FFFD; white space other than the blank is written as a
    // reference, so that no reader changes it.
    private static func escape(_ text: String, to output: inout [UInt8]) {
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x26: output += "&amp;".utf8
            case 0x3C: output += "&lt;".utf8
            case 0x3E: output += "&gt;".utf8
            case 0x22: output += "&quot;".utf8
            case 0x09, 0x0A, 0x0D: output += "&#\(scalar.value);".utf8
            case 0..<0x20, 0x7F...0x9F, 0xFFFE, 0xFFFF: output += "\u{FFFD}".utf8
            default: output += UTF8.encode(scalar).map(Array.init) ?? []
            }
        }
    }
}
