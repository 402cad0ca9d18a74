// SPDX-License-Identifier: EUPL-1.2

/// Why bytes are not an entry. Spec: Protocol/log.md §1.
public enum EntryRefusal: Error, Equatable, Sendable {
    /// Longer than `Limits.entryBytes`.
    case oversize(bytes: Int)
    /// Not one canonical item.
    case notCanonical(CBORRefusal)
    /// Canonical, but not an array of the items that an entry has.
    case shape
    /// The first item is not the integer 1.
    case version
    /// References out of order, or one twice.
    case referencesUnsorted
    /// More than `Limits.entryReferences`.
    case referencesTooMany
    /// The fifth item is not thirty-two bytes.
    case commitment

    /// The reason as it is written on the wire and in the vectors.
    public var reason: String {
        switch self {
        case .oversize: "entry-oversize"
        case .notCanonical: "entry-not-canonical"
        case .shape: "entry-shape"
        case .version: "entry-version"
        case .referencesUnsorted: "entry-references-unsorted"
        case .referencesTooMany: "entry-references-too-many"
        case .commitment: "entry-commitment"
        }
    }
}
