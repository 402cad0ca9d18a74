// SPDX-License-Identifier: EUPL-1.2
import Journal

/// Kind 6: the author's node can fold a rule version. Spec: Protocol/membership.md §5.
public struct Supports: Hashable, Sendable, PlainBody {
    static let number: UInt16 = 6
    static let name = "supports"
    static let shape = VoidReason.supportsShape

    /// The rule version.
    public let ruleVersion: Int

    /// `nil` below 1.
    public init?(ruleVersion: Int) {
        guard ruleVersion >= 1 else { return nil }
        self.ruleVersion = ruleVersion
    }

    /// Reads the canonical bytes of a body.
    public static func parse(_ body: [UInt8]) throws(VoidReason) -> Supports {
        try read(body)
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

    func take(_ entry: EntryInHand, into state: inout CooperativeState) throws(VoidReason) {
        state.noteSupports(ruleVersion, of: entry.log)
    }

    var line: String { "rule version \(ruleVersion)" }
}

extension VoidReason {
    /// The body is not one number from 1 up, or the entry has references or a commitment.
    public static let supportsShape = VoidReason("supports-shape")
}
