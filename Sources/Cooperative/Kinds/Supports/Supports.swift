// SPDX-License-Identifier: EUPL-1.2
import Journal

/// Kind 6: the author's node can fold a rule version. Spec: Protocol/membership.md §5.
public struct Supports: Hashable, Sendable, EntryKind {
    static let number: UInt16 = 6
    static let name = "supports"

    /// The rule version.
    public let ruleVersion: Int

    /// `nil` below 1.
    public init?(ruleVersion: Int) {
        guard ruleVersion >= 1 else { return nil }
        self.ruleVersion = ruleVersion
    }

    /// Reads the canonical bytes of a body.
    public static func parse(_ body: [UInt8]) throws(VoidReason) -> Supports {
        try withBodyBytes(body, orElse: .supportsShape) { cursor throws(VoidReason) in try Supports(&cursor) }
    }

    init(_ cursor: inout BodyCursor) throws(VoidReason) {
        guard cursor.array() == 1, let number = cursor.unsigned(), number >= 1, cursor.isAtEnd else {
            throw .supportsShape
        }
        ruleVersion = number
    }

    /// The canonical bytes of the body.
    public func encode() -> [UInt8] {
        var writer = CBORWriter(capacity: 12)
        writer.array(count: 1)
        writer.integer(ruleVersion)
        return writer.bytes
    }

    /// The entry.
    public func entry() -> [UInt8] { Entry.encode(kind: Self.number, body: encode()) }

    static func checkShape(_ entry: EntryInHand) throws(VoidReason) {
        guard entry.isPlain else { throw .supportsShape }
        var cursor = entry.body
        _ = try Supports(&cursor)
    }

    static func fold(_ entry: EntryInHand, into state: inout CooperativeState) -> Verdict {
        do throws(VoidReason) {
            try checkShape(entry)
            var cursor = entry.body
            state.noteSupports(try Supports(&cursor).ruleVersion, of: entry.log)
            return .counts
        } catch { return .void(error) }
    }

    static func text(_ entry: Entry) throws(VoidReason) -> String {
        try entry.withBody { cursor throws(VoidReason) in "rule version \(try Supports(&cursor).ruleVersion)" }
    }
}

extension VoidReason {
    /// The body is not one number from 1 up, or the entry has references or a commitment.
    public static let supportsShape = VoidReason("supports-shape")
}
