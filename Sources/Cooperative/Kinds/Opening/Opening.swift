// SPDX-License-Identifier: EUPL-1.2
import Journal

/// Kind 0: the first entry of a log. What it says was settled when the log was authorised.
/// Spec: Protocol/kinds.md, Protocol/identity.md §4.
enum Opening: EntryKind {
    static let number: UInt16 = EntryZero.kind
    static let name = "opening"

    static var isOfMembers: Bool { false }

    static func checkShape(_ entry: EntryInHand) throws(VoidReason) {
        guard entry.index == 0 else { throw .openingNotFirst }
    }

    static func fold(_ entry: EntryInHand, into state: inout CooperativeState) -> Verdict { .counts }

    static func text(_ entry: Entry) throws(VoidReason) -> String {
        guard let zero = try? EntryZero(entry) else { return "not an entry 0" }
        return "the log of \(zero.oin)" + (zero.succession == nil ? "" : ", a successor")
    }
}

extension VoidReason {
    /// An opening stands elsewhere than at index 0.
    public static let openingNotFirst = VoidReason("opening-not-first")
}
