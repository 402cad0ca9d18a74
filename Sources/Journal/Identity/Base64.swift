// SPDX-License-Identifier: EUPL-1.2

/// Standard base64 with padding (RFC 4648, section 4), one spelling only: padding bits are zero.
public enum Base64 {
    private static let alphabet = Array(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The text of `bytes`.
    public static func encode(_ bytes: some Collection<UInt8>) -> String {
        let source = Array(bytes)
        var text: [UInt8] = []
        text.reserveCapacity((source.count + 2) / 3 * 4)
        for start in stride(from: 0, to: source.count, by: 3) {
            let count = min(3, source.count - start)
            var group = 0
            for offset in 0..<3 { group = group << 8 | (offset < count ? Int(source[start + offset]) : 0) }
            for position in 0..<4 {
                text.append(position <= count ? alphabet[group >> (18 - 6 * position) & 63] : 0x3D)
            }
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// `nil` for a wrong length, a character outside the alphabet, or padding bits that are not zero.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let source = Array(text.utf8)
        guard source.count.isMultiple(of: 4) else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.count / 4 * 3)
        for start in stride(from: 0, to: source.count, by: 4) {
            let isLast = start + 4 == source.count
            let padding = !isLast || source[start + 3] != 0x3D ? 0 : source[start + 2] == 0x3D ? 2 : 1
            var group = 0
            for position in 0..<4 - padding {
                guard let value = value(source[start + position]) else { return nil }
                group = group << 6 | value
            }
            group <<= 6 * padding
            guard group & ((1 << (8 * padding)) - 1) == 0 else { return nil }
            for offset in 0..<3 - padding { bytes.append(UInt8(group >> (16 - 8 * offset) & 255)) }
        }
        return bytes
    }

    private static func value(_ character: UInt8) -> Int? {
        switch character {
        case 0x41...0x5A: Int(character) - 0x41
        case 0x61...0x7A: Int(character) - 0x61 + 26
        case 0x30...0x39: Int(character) - 0x30 + 52
        case 0x2B: 62
        case 0x2F: 63
        default: nil
        }
    }
}
