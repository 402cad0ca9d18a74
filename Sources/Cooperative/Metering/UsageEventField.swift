// SPDX-License-Identifier: EUPL-1.2
import Journal

/// The bytes of one field's text, borrowed.
typealias FieldText = UnsafeBufferPointer<UInt8>

/// What each field of an event has to be. Spec: Protocol/metering-events.md §2.
enum UsageEventField {
    static func source(_ text: FieldText) throws(UsageEventRule) -> String {
        guard (1...MeteringLimits.sourceBytes).contains(text.count), isURIReference(text) else { throw .source }
        return String(decoding: text, as: UTF8.self)
    }

    static func id(_ text: FieldText) throws(UsageEventRule) -> String {
        guard (1...MeteringLimits.idBytes).contains(text.count), hasNoControls(text) else { throw .id }
        return String(decoding: text, as: UTF8.self)
    }

    static func time(_ text: FieldText) throws(UsageEventRule) -> Int64 {
        guard let milliseconds = RFC3339.milliseconds(text) else { throw .time }
        return milliseconds
    }

    static func application(_ text: FieldText) throws(UsageEventRule) -> String {
        guard isSlug(text, bytesLimit: MeteringLimits.applicationBytes) else { throw .application }
        return String(decoding: text, as: UTF8.self)
    }

    static func oin(_ text: FieldText) throws(UsageEventRule) -> OIN {
        guard text.count == OIN.digitCount, let oin = OIN(String(decoding: text, as: UTF8.self)) else {
            throw .oin
        }
        return oin
    }

    static func tariffClass(_ text: FieldText) throws(UsageEventRule) -> String {
        guard isSlug(text, bytesLimit: MeteringLimits.tariffClassBytes) else { throw .tariffClass }
        return String(decoding: text, as: UTF8.self)
    }

    /// A UUID becomes lower case, so that both sides name it alike; other text stays as it is.
    static func transaction(_ text: FieldText) throws(UsageEventRule) -> String {
        guard (1...MeteringLimits.transactionBytes).contains(text.count), hasNoControls(text) else {
            throw .transaction
        }
        let written = String(decoding: text, as: UTF8.self)
        return isUUID(text) && text.contains(where: { (0x41...0x46).contains($0) }) ? written.lowercased() : written
    }

    static func quantity(_ value: Int64?) throws(UsageEventRule) -> Int64 {
        guard let value, (1...MeteringLimits.quantity).contains(value) else { throw .quantity }
        return value
    }

    /// The milliseconds since 1970 that a UUID of version 7 carries (RFC 9562, section 5.7); `nil` for any
    /// other text.
    static func millisecondsOfUUIDv7(_ text: String) -> Int64? {
        var copy = text
        return copy.withUTF8 { bytes in
            guard bytes.count == 36, bytes[14] == UInt8(ascii: "7"), isUUID(bytes),
                  bytes[19] | 0x20 == UInt8(ascii: "a") || bytes[19] | 0x20 == UInt8(ascii: "b")
                    || bytes[19] == UInt8(ascii: "8") || bytes[19] == UInt8(ascii: "9")
            else { return nil }
            var value: Int64 = 0
            for index in [0, 1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12] {
                value = value << 4 | Int64(digitValue(bytes[index]))
            }
            return value
        }
    }

    // MARK: Shapes of text

    /// Small letters, digits and dashes; first a letter, last no dash. Spec: Protocol/genesis.md §1.
    static func isSlug(_ text: FieldText, bytesLimit: Int) -> Bool {
        guard let first = text.first, let last = text.last, text.count <= bytesLimit,
              isLetter(first), last != UInt8(ascii: "-")
        else { return false }
        return text.allSatisfy { isLetter($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isUUID(_ text: FieldText) -> Bool {
        guard text.count == 36 else { return false }
        for index in 0..<36 {
            let isDash = index == 8 || index == 13 || index == 18 || index == 23
            guard isDash ? text[index] == UInt8(ascii: "-") : digitValue(text[index]) < 16 else { return false }
        }
        return true
    }

    /// The value of a hexadecimal digit, 16 for any other byte.
    private static func digitValue(_ byte: UInt8) -> UInt8 {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: 16
        }
    }

    private static func hasNoControls(_ text: FieldText) -> Bool { text.allSatisfy { $0 >= 0x20 && $0 != 0x7F } }

    /// The characters of RFC 3986, with whole percent escapes.
    private static func isURIReference(_ text: FieldText) -> Bool {
        var index = 0
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: "%"):
                guard index + 2 < text.count, digitValue(text[index + 1]) < 16, digitValue(text[index + 2]) < 16
                else { return false }
                index += 3
            case 0x21, 0x23, 0x24, 0x26...0x3B, 0x3D, 0x3F...0x5B, 0x5D, 0x5F, 0x61...0x7A, 0x7E:
                index += 1
            default:
                return false
            }
        }
        return true
    }

    private static func isLetter(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") }
    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }
}
