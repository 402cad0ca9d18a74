// SPDX-License-Identifier: EUPL-1.2

/// Organisatie-identificatienummer: the identity of a member, twenty decimal digits.
/// Spec: Protocol/identity.md §1. It never changes during a membership.
public struct OIN: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Twenty.
    public static let digitCount = 20

    /// The twenty digits, as read.
    public let digits: String

    /// `nil` unless `text` is exactly twenty ASCII digits.
    public init?(_ text: some StringProtocol) {
        guard text.utf8.count == Self.digitCount,
              text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
        else { return nil }
        digits = String(text)
    }

    /// A number of the range for tests (prefix `00000099`), which no real organisation has.
    public var isForTests: Bool { digits.hasPrefix("00000099") }

    public var description: String { digits }

    public static func < (left: Self, right: Self) -> Bool { left.digits < right.digits }
}
