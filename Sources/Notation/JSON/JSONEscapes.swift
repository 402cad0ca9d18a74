// SPDX-License-Identifier: EUPL-1.2

/// Escapes inside JSON strings (RFC 8259, section 7).
enum JSONEscapes {
    /// Text of an already checked string.
    static func unescape(_ written: UnsafeBufferPointer<UInt8>) -> String {
        var text: [UInt8] = []
        text.reserveCapacity(written.count)
        var index = 0
        while index < written.count {
            guard written[index] == UInt8(ascii: "\\") else {
                text.append(written[index])
                index += 1
                continue
            }
            let escape = written[index + 1]
            if escape == UInt8(ascii: "u") {
                var scalar = hexadecimal(written, at: index + 2) ?? 0
                index += 6
                if scalar >= 0xD800, scalar < 0xDC00 {
                    let low = hexadecimal(written, at: index + 2) ?? 0
                    scalar = 0x10000 + (scalar - 0xD800) << 10 + (low - 0xDC00)
                    index += 6
                }
                if let value = UnicodeScalar(scalar) { text.append(contentsOf: UTF8.encode(value) ?? .init()) }
            } else {
                text.append(short(escape) ?? escape)
                index += 2
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The value of four hexadecimal digits.
    static func hexadecimal(_ bytes: UnsafeBufferPointer<UInt8>, at start: Int) -> UInt32? {
        guard start + 4 <= bytes.count else { return nil }
        var value: UInt32 = 0
        for index in start..<start + 4 {
            let digit = bytes[index]
            switch digit {
            case 0x30...0x39: value = value << 4 | UInt32(digit - 0x30)
            case 0x41...0x46: value = value << 4 | UInt32(digit - 0x41 + 10)
            case 0x61...0x66: value = value << 4 | UInt32(digit - 0x61 + 10)
            default: return nil
            }
        }
        return value
    }

    /// The byte that a two-character escape stands for.
    static func short(_ escape: UInt8) -> UInt8? {
        switch escape {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): escape
        case UInt8(ascii: "b"): 8
        case UInt8(ascii: "f"): 12
        case UInt8(ascii: "n"): 10
        case UInt8(ascii: "r"): 13
        case UInt8(ascii: "t"): 9
        default: nil
        }
    }
}
