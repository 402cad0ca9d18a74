// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Kind 2: the author has a text and its salt deleted everywhere. Spec: Protocol/kinds.md.
public struct Destroyed: Hashable, Sendable, EntryKind {
    static let number: UInt16 = 2
    static let name = "destroyed"

    /// The index of an earlier own entry with a commitment.
    public let index: EntryIndex

    /// Destroys the text of the entry at `index`.
    public init(index: EntryIndex) { self.index = index }

    /// Reads the canonical bytes of a body.
    public static func parse(_ body: [UInt8]) throws(VoidReason) -> Destroyed {
        try withBodyBytes(body, orElse: .destroyedShape) { cursor throws(VoidReason) in try Destroyed(&cursor) }
    }

    init(_ cursor: inout BodyCursor) throws(VoidReason) {
        guard cursor.array() == 1, let number = cursor.unsigned(), cursor.isAtEnd else { throw .destroyedShape }
        index = EntryIndex(known: number)
    }

    /// The canonical bytes of the body.
    public func encode() -> [UInt8] {
        var writer = CBORWriter(capacity: 12)
        writer.array(count: 1)
        writer.integer(index.position)
        return writer.bytes
    }

    /// The entry.
    public func entry() -> [UInt8] { Entry.encode(kind: Self.number, body: encode()) }

    static func checkShape(_ entry: EntryInHand) throws(VoidReason) {
        var cursor = entry.body
        _ = try Destroyed(&cursor)
    }

    static func ownEntryNamed(by entry: EntryInHand) -> Int? {
        var cursor = entry.body
        guard let named = try? Destroyed(&cursor).index.position, named < entry.index else { return nil }
        return named
    }

    static func fold(_ entry: EntryInHand, into state: inout CooperativeState) -> Verdict {
        var cursor = entry.body
        do throws(VoidReason) {
            let named = try Destroyed(&cursor).index.position
            guard named < entry.index else { return .void(.destroyedNotEarlier) }
            guard let commitment = entry.namedCommitment else {
                return .void(.destroyedNoCommitment)
            }
            state.noteDestroyed(entry.log, named, commitment)
            return .counts
        } catch { return .void(error) }
    }

    static func text(_ entry: Entry) throws(VoidReason) -> String {
        try entry.withBody { cursor throws(VoidReason) in "the text of entry \(try Destroyed(&cursor).index)" }
    }
}

extension VoidReason {
    /// The body is not one index.
    public static let destroyedShape = VoidReason("destroyed-shape")
    /// The named entry does not stand before this one.
    public static let destroyedNotEarlier = VoidReason("destroyed-not-earlier")
    /// The named entry has no commitment to a text.
    public static let destroyedNoCommitment = VoidReason("destroyed-no-commitment")
}
