// SPDX-License-Identifier: EUPL-1.2

/// Whether memory is well-formed UTF-8: Unicode 16, table 3-7 (no surrogates, no overlong forms).
enum UTF8Check {
    static func isValid(_ base: UnsafePointer<UInt8>, count: Int) -> Bool {
        var position = 0
        let raw = UnsafeRawPointer(base)
        while position < count {
            if count - position >= 8,
               raw.loadUnaligned(fromByteOffset: position, as: UInt64.self) & 0x8080_8080_8080_8080 == 0 {
                position += 8
            } else if base[position] < 0x80 {
                position += 1
            } else {
                let length = sequenceLength(base + position, available: count - position)
                if length == 0 { return false }
                position += length
            }
        }
        return true
    }

    /// 2 to 4, or 0 when the sequence is ill-formed.
    private static func sequenceLength(_ base: UnsafePointer<UInt8>, available: Int) -> Int {
        let lead = base[0]
        let length: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch lead {
        case 0xC2...0xDF: length = 2
        case 0xE0: (length, second) = (3, 0xA0...0xBF)
        case 0xED: (length, second) = (3, 0x80...0x9F)
        case 0xE1...0xEF: length = 3
        case 0xF0: (length, second) = (4, 0x90...0xBF)
        case 0xF4: (length, second) = (4, 0x80...0x8F)
        case 0xF1...0xF3: length = 4
        default: return 0
        }
        guard available >= length, second.contains(base[1]) else { return 0 }
        for offset in 2..<max(2, length) where base[offset] & 0xC0 != 0x80 { return 0 }
        return length
    }
}
