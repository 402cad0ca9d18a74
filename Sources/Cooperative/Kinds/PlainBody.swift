// SPDX-License-Identifier: EUPL-1.2
import Journal

/// A kind of entry that is a short body and nothing else: no references, no text. Kinds 3 to 6 are.
/// Spec: Protocol/membership.md.
protocol PlainBody: EntryKind {
    /// The reason for which another shape is void.
    static var shape: VoidReason { get }

    /// Reads the body, which ends where this stops.
    init(_ cursor: inout BodyCursor) throws(VoidReason)

    /// The canonical bytes of the body.
    func encode() -> [UInt8]

    /// What the entry does; throws why it is void.
    func take(_ entry: EntryInHand, into state: inout CooperativeState) throws(VoidReason)

    /// One line for an operator.
    var line: String { get }
}

extension PlainBody {
    /// Reads canonical bytes of a body.
    static func read(_ body: [UInt8]) throws(VoidReason) -> Self {
        try withBodyBytes(body, orElse: shape) { cursor throws(VoidReason) in try Self(&cursor) }
    }

    private static func read(_ entry: EntryInHand) throws(VoidReason) -> Self {
        guard entry.isPlain else { throw shape }
        var cursor = entry.body
        return try Self(&cursor)
    }

    static func checkShape(_ entry: EntryInHand) throws(VoidReason) { _ = try read(entry) }

    static func fold(_ entry: EntryInHand, into state: inout CooperativeState) -> Verdict {
        do throws(VoidReason) {
            try read(entry).take(entry, into: &state)
            return .counts
        } catch { return .void(error) }
    }

    static func text(_ entry: Entry) throws(VoidReason) -> String {
        try entry.withBody { cursor throws(VoidReason) in try Self(&cursor).line }
    }
}
