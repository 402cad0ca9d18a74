// SPDX-License-Identifier: EUPL-1.2

/// An identifier with the code of its register (ISO 6523, for electronic addresses EAS).
/// Spec: Protocol/documents.md §3.
struct SchemedID: Hashable, Sendable, CustomStringConvertible {
    /// Four digits, such as `0190` for an OIN and `0106` for a number of the trade register (KvK).
    let scheme: String
    /// The identifier in that register.
    let id: String

    /// `nil` unless the scheme is four digits and the id has 1 to 50 bytes of letters, digits, `.`, `-` and `:`;
    /// an OIN has 20 digits and a KvK number 8.
    init?(scheme: String, id: String) {
        guard scheme.utf8.count == 4, scheme.utf8.allSatisfy(Self.isDigit),
              (1...50).contains(id.utf8.count),
              id.utf8.allSatisfy({ Self.isDigit($0) || Self.isLetter($0) || $0 == 0x2D || $0 == 0x2E || $0 == 0x3A })
        else { return nil }
        switch scheme {
        case Self.oinScheme: guard id.utf8.count == 20, id.utf8.allSatisfy(Self.isDigit) else { return nil }
        case Self.kvkScheme: guard id.utf8.count == 8, id.utf8.allSatisfy(Self.isDigit) else { return nil }
        default: break
        }
        self.scheme = scheme
        self.id = id
    }

    /// Reads `scheme:id`, as a card has it.
    init?(_ text: String) {
        guard let colon = text.firstIndex(of: ":") else { return nil }
        self.init(scheme: String(text[..<colon]), id: String(text[text.index(after: colon)...]))
    }

    /// Organisatie-identificatienummer.
    static let oinScheme = "0190"
    /// Kamer van Koophandel.
    static let kvkScheme = "0106"

    var description: String { "\(scheme):\(id)" }

    private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
    private static func isLetter(_ byte: UInt8) -> Bool {
        (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }
}
