// SPDX-License-Identifier: EUPL-1.2

/// One header field. The name of a received field is in lower case.
public struct HTTPField: Sendable, Hashable {
    /// The name; compared without regard to case.
    public var name: String
    /// The value, without the white space around it.
    public var value: String

    /// A field as given; it is checked where it is written to the wire.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }

    /// A token as name, and a value of visible ASCII, spaces and tabs: it cannot break out of its line.
    var isWellFormed: Bool {
        !name.utf8.isEmpty && name.utf8.allSatisfy(Character.isToken)
            && value.utf8.allSatisfy(Character.isFieldValue)
    }

    /// Classes of bytes, RFC 9110 §5.
    enum Character {
        static func isToken(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                 UInt8(ascii: "0")...UInt8(ascii: "9"): true
            case UInt8(ascii: "!"), UInt8(ascii: "#"), UInt8(ascii: "$"), UInt8(ascii: "%"),
                 UInt8(ascii: "&"), UInt8(ascii: "'"), UInt8(ascii: "*"), UInt8(ascii: "+"),
                 UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "^"), UInt8(ascii: "_"),
                 UInt8(ascii: "`"), UInt8(ascii: "|"), UInt8(ascii: "~"): true
            default: false
            }
        }

        static func isFieldValue(_ byte: UInt8) -> Bool {
            byte == 0x09 || (0x20...0x7E).contains(byte)
        }
    }
}

extension [HTTPField] {
    /// The first value under `name`, which is given in lower case.
    public func first(named name: String) -> String? {
        first { $0.name == name || $0.name.lowercased() == name }?.value
    }
}
