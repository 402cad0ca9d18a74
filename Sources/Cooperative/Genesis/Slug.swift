// SPDX-License-Identifier: EUPL-1.2

/// The short name of an application or organ: 1 to 64 characters `a-z 0-9 -`, beginning with a letter, not
/// ending in `-`. Spec: Protocol/genesis.md §1.
public struct Slug: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The characters.
    public let description: String

    /// `nil` unless `text` is a slug.
    public init?(_ text: some StringProtocol) {
        guard SlugText.isValid(text.utf8, longest: CooperativeLimits.slugBytes) else { return nil }
        description = String(text)
    }

    /// Byte order.
    public static func < (left: Slug, right: Slug) -> Bool { left.description.utf8Precedes(right.description) }
}

/// A class of a tariff, such as `standaard`: a slug of at most 32 characters. Spec: Protocol/genesis.md §1.
public struct TariffClass: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The characters.
    public let description: String

    /// `nil` unless `text` is a class.
    public init?(_ text: some StringProtocol) {
        guard SlugText.isValid(text.utf8, longest: CooperativeLimits.tariffClassBytes) else { return nil }
        description = String(text)
    }

    /// Byte order.
    public static func < (left: TariffClass, right: TariffClass) -> Bool {
        left.description.utf8Precedes(right.description)
    }
}

/// The form that slugs, classes and the ids of applications share.
enum SlugText {
    static func isValid(_ bytes: some Collection<UInt8>, longest: Int) -> Bool {
        guard (1...longest).contains(bytes.count), let first = bytes.first, first >= UInt8(ascii: "a") else {
            return false
        }
        var last = first
        for byte in bytes {
            switch byte {
            case 0x61...0x7A, 0x30...0x39, 0x2D: last = byte // a-z, 0-9, -
            default: return false
            }
        }
        return last != UInt8(ascii: "-")
    }
}

extension String {
    /// The order of UTF-8 bytes, which is the order of the wire; `<` compares characters.
    func utf8Precedes(_ other: String) -> Bool { utf8.lexicographicallyPrecedes(other.utf8) }
}
