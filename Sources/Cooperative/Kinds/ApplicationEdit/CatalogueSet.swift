// SPDX-License-Identifier: EUPL-1.2

/// A set of an application's entry in the catalogue. Spec: Protocol/kinds.md §1.
public struct CatalogueSet: RawRepresentable, Hashable, Sendable, Comparable {
    /// The number.
    public let rawValue: Int

    /// A set. The number is not negative.
    public init(rawValue: Int) {
        precondition(rawValue >= 0, "a set is a uint")
        self.rawValue = rawValue
    }

    /// Members that show interest, by OIN.
    public static let interested = CatalogueSet(rawValue: 40)
    /// Alternatives, as text.
    public static let alternatives = CatalogueSet(rawValue: 41)
    /// Standards with a verdict.
    public static let standards = CatalogueSet(rawValue: 42)
    /// Platforms.
    public static let platforms = CatalogueSet(rawValue: 43)
    /// Categories.
    public static let categories = CatalogueSet(rawValue: 44)
    /// Suppliers.
    public static let suppliers = CatalogueSet(rawValue: 45)
    /// Languages, by tag.
    public static let languages = CatalogueSet(rawValue: 46)
    /// What it supports, by id.
    public static let supports = CatalogueSet(rawValue: 47)
    /// Features, each with its language.
    public static let features = CatalogueSet(rawValue: 48)
    /// GEMMA reference components.
    public static let components = CatalogueSet(rawValue: 49)

    /// By number.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
