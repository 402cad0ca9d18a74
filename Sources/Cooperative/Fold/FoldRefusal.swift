// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Why entries cannot be folded. The state is then as it was.
public enum FoldRefusal: Error, Equatable, Sendable {
    /// Nobody authorised this log.
    case logNotAuthorised(LogID)
    /// The entries begin above what was folded of their log.
    case gap(expected: EntryIndex, received: EntryIndex)
}

/// Why an entry, or one cell of it, has no effect. Each kind names its own reasons.
/// Spec: Protocol/kinds.md; the raw value is what `status` and the vectors show.
public struct VoidReason: RawRepresentable, Error, Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Such as `edit-not-participant`.
    public let rawValue: String

    /// A reason by its name.
    public init(rawValue: String) { self.rawValue = rawValue }

    init(_ name: String) { rawValue = name }

    /// The name.
    public var description: String { rawValue }

    /// By name.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

    /// A reference names a held entry with another leaf hash. Spec: Protocol/state.md §1.2.
    public static let referenceMismatch = VoidReason("reference-mismatch")
    /// A reference names the entry's own log. Spec: Protocol/log.md §1.
    public static let referenceToOwnLog = VoidReason("reference-own-log")
    /// The log is no member's under the epoch that judges the entry. Spec: Protocol/kinds.md.
    public static let authorNotMember = VoidReason("author-not-member")
    /// It stands above a *final* of its log. Spec: Protocol/membership.md §3.
    public static let afterFinal = VoidReason("after-final")
}

/// What an entry is found to be. Spec: Protocol/state.md §1.
enum Verdict {
    case counts
    case void(VoidReason)
    case waits(for: [Need])
}

/// What an entry waits for.
enum Need: Hashable, Sendable {
    case entry(LogID, index: Int)
    case application(String)
}
