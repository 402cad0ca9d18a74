// SPDX-License-Identifier: EUPL-1.2

/// An account by its IBAN (ISO 13616), without blanks, whose check digits fit. Spec: Protocol/documents.md §3.
public struct IBAN: Hashable, Sendable, CustomStringConvertible {
    /// Without blanks.
    public let text: String

    /// `nil` for what is not of the form or has wrong check digits; blanks are taken out first.
    public init?(_ text: String) {
        let bytes = text.utf8.filter { $0 != 0x20 }
        let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
        let isLetter = { (byte: UInt8) in (0x41...0x5A).contains(byte) }
        guard (15...34).contains(bytes.count), bytes.prefix(2).allSatisfy(isLetter),
              bytes[2..<4].allSatisfy(isDigit), bytes.allSatisfy({ isDigit($0) || isLetter($0) })
        else { return nil }
        var remainder = 0
        for byte in bytes[4...] + bytes[..<4] {
            remainder = isDigit(byte)
                ? remainder * 10 + Int(byte - 0x30) : remainder * 100 + Int(byte - 0x41) + 10
            remainder %= 97
        }
        guard remainder == 1 else { return nil }
        self.text = String(decoding: bytes, as: UTF8.self)
    }

    public var description: String { text }
}
