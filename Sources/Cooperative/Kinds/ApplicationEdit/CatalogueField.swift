// SPDX-License-Identifier: EUPL-1.2
import Journal

/// A field of an application's entry in the catalogue: a number, with a qualifier such as a language where the
/// field has one. Spec: Protocol/kinds.md §1. Numbers that have no name here are kept like the others.
public struct CatalogueField: Hashable, Sendable, Comparable {
    /// The number.
    public let number: Int
    /// The qualifier.
    public let qualifier: String?

    /// A field. The number is not negative.
    public init(_ number: Int, qualifier: String? = nil) {
        precondition(number >= 0, "a field is a uint")
        (self.number, self.qualifier) = (number, qualifier)
    }

    /// Fields that the protocol names.
    public static let name = CatalogueField(1)
    public static let repository = CatalogueField(2)
    public static let landingPage = CatalogueField(3)
    public static let licence = CatalogueField(4)
    public static let phase = CatalogueField(5)
    public static let developmentStatus = CatalogueField(6)
    public static let softwareType = CatalogueField(7)
    public static let softwareVersion = CatalogueField(8)
    public static let releaseDate = CatalogueField(9)
    public static let organisationURI = CatalogueField(10)
    public static let maintenanceType = CatalogueField(11)
    public static let importedFrom = CatalogueField(12)
    public static let grade = CatalogueField(13)
    public static let hosting = CatalogueField(14)
    public static let endOfLife = CatalogueField(15)
    public static let businessCase = CatalogueField(16)
    public static let function = CatalogueField(17)
    public static let publiccodeVersion = CatalogueField(18)
    public static let localisationReady = CatalogueField(19)
    public static let findings = CatalogueField(22)

    /// The short description in a language.
    public static func shortDescription(_ language: String) -> CatalogueField {
        CatalogueField(20, qualifier: language)
    }

    /// The long description in a language.
    public static func longDescription(_ language: String) -> CatalogueField {
        CatalogueField(21, qualifier: language)
    }

    /// The canonical bytes: a uint, or `[uint, tstr]`.
    public func encode() -> [UInt8] {
        var writer = CBORWriter(capacity: 16)
        if let qualifier {
            writer.array(count: 2)
            writer.integer(number)
            writer.text(qualifier)
        } else {
            writer.integer(number)
        }
        return writer.bytes
    }

    init?(_ cursor: inout BodyCursor) {
        if let number = cursor.peekUnsigned() {
            self.init(number)
            return
        }
        guard cursor.array() == 2, let number = cursor.unsigned(), let qualifier = cursor.text() else {
            return nil
        }
        self.init(number, qualifier: qualifier.utf8Text)
    }

    /// Reads canonical bytes; `nil` for another item.
    init?(encoded bytes: ArraySlice<UInt8>) {
        let field: CatalogueField? = bytes.withUnsafeBufferPointer { memory in
            guard let base = memory.baseAddress else { return nil }
            var cursor = BodyCursor(base, in: 0..<memory.count)
            return CatalogueField(&cursor)
        }
        guard let field else { return nil }
        self = field
    }

    /// By encoded bytes, as on the wire.
    public static func < (left: Self, right: Self) -> Bool {
        left.encode().lexicographicallyPrecedes(right.encode())
    }
}

/// A set of an application's entry in the catalogue. Spec: Protocol/kinds.md §1.
public struct CatalogueSet: RawRepresentable, Hashable, Sendable, Comparable {
    /// The number.
    public let rawValue: Int

    /// A set. The number is not negative.
    public init(rawValue: Int) {
        precondition(rawValue >= 0, "a set is a uint")
        self.rawValue = rawValue
    }

    /// Sets that the protocol names.
    public static let interested = CatalogueSet(rawValue: 40)
    public static let alternatives = CatalogueSet(rawValue: 41)
    public static let standards = CatalogueSet(rawValue: 42)
    public static let platforms = CatalogueSet(rawValue: 43)
    public static let categories = CatalogueSet(rawValue: 44)
    public static let suppliers = CatalogueSet(rawValue: 45)
    public static let languages = CatalogueSet(rawValue: 46)
    public static let supports = CatalogueSet(rawValue: 47)
    public static let features = CatalogueSet(rawValue: 48)
    public static let components = CatalogueSet(rawValue: 49)

    /// By number.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
