// SPDX-License-Identifier: EUPL-1.2

/// JSON as the vectors use it: whole numbers, exact to 64 bits.
indirect enum JSON: Equatable, Sendable {
    case null, bool(Bool), integer(Int64), string(String), array([JSON]), object([String: JSON])

    subscript(_ name: String) -> JSON {
        if case .object(let members) = self { members[name] ?? .null } else { .null }
    }

    var items: [JSON] { if case .array(let items) = self { items } else { [] } }
    var text: String? { if case .string(let text) = self { text } else { nil } }
    var number: Int64? { if case .integer(let number) = self { number } else { nil } }
    var flag: Bool? { if case .bool(let flag) = self { flag } else { nil } }

    static func optional(_ number: Int64?) -> JSON { number.map(JSON.integer) ?? .null }
    static func optional(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }

    struct Malformed: Error {}

    init(parsing text: some StringProtocol) throws {
        var reader = Reader(bytes: Array(text.utf8))
        self = try reader.value()
        guard reader.isAtEnd else { throw Malformed() }
    }
}

private struct Reader {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { bytes[position...].allSatisfy { $0 <= 0x20 } }

    mutating func peek() throws -> UInt8 {
        while position < bytes.count, bytes[position] <= 0x20 { position += 1 }
        guard position < bytes.count else { throw JSON.Malformed() }
        return bytes[position]
    }

    mutating func take(_ literal: String) throws {
        _ = try peek()
        guard bytes[position...].starts(with: literal.utf8) else { throw JSON.Malformed() }
        position += literal.utf8.count
    }

    mutating func value() throws -> JSON {
        switch try peek() {
        case UInt8(ascii: "{"): return try object()
        case UInt8(ascii: "["): return try array()
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): try take("true"); return .bool(true)
        case UInt8(ascii: "f"): try take("false"); return .bool(false)
        case UInt8(ascii: "n"): try take("null"); return .null
        default: return .integer(try integer())
        }
    }

    mutating func object() throws -> JSON {
        try take("{")
        var members: [String: JSON] = [:]
        while try peek() != UInt8(ascii: "}") {
            if !members.isEmpty { try take(",") }
            _ = try peek()
            let name = try string()
            try take(":")
            members[name] = try value()
        }
        position += 1
        return .object(members)
    }

    mutating func array() throws -> JSON {
        try take("[")
        var items: [JSON] = []
        while try peek() != UInt8(ascii: "]") {
            if !items.isEmpty { try take(",") }
            items.append(try value())
        }
        position += 1
        return .array(items)
    }

    mutating func integer() throws -> Int64 {
        let rest = bytes[position...].prefix { $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }
        guard let number = Int64(String(decoding: rest, as: UTF8.self)) else { throw JSON.Malformed() }
        position += rest.count
        return number
    }

    mutating func string() throws -> String {
        try take("\"")
        var text: [UInt8] = []
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            guard bytes[position] == UInt8(ascii: "\\") else {
                text.append(bytes[position])
                position += 1
                continue
            }
            text += try escape()
        }
        try take("\"")
        return String(decoding: text, as: UTF8.self)
    }

    mutating func escape() throws -> [UInt8] {
        guard position + 1 < bytes.count else { throw JSON.Malformed() }
        let letter = bytes[position + 1]
        position += 2
        switch letter {
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"):
            let digits = String(decoding: bytes[position...].prefix(4), as: UTF8.self)
            guard let code = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(code) else {
                throw JSON.Malformed()
            }
            position += 4
            return Array(String(scalar).utf8)
        default: return [letter]
        }
    }
}
