// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Kind 5: another voter has seen that the end which a successor names covers all that it holds of the old log.
/// It leaves no row. Spec: Protocol/membership.md §4.
public struct Acknowledge: Hashable, Sendable, EntryKind {
    static let number: UInt16 = 5
    static let name = "acknowledge"

    /// The successor.
    public let successor: LogID
    /// The end of its predecessor.
    public let end: Head

    /// Acknowledges the end that a successor names.
    public init(successor: LogID, end: Head) { (self.successor, self.end) = (successor, end) }

    /// Reads the canonical bytes of a body.
    public static func parse(_ body: [UInt8]) throws(VoidReason) -> Acknowledge {
        try withBodyBytes(body, orElse: .acknowledgeShape) { cursor throws(VoidReason) in
            try Acknowledge(&cursor)
        }
    }

    init(_ cursor: inout BodyCursor) throws(VoidReason) {
        guard cursor.array() == 3, let log = cursor.bytes(), log.count == LogID.byteCount,
              let size = cursor.unsigned(), let root = cursor.bytes(), root.count == Hash.byteCount,
              cursor.isAtEnd
        else { throw .acknowledgeShape }
        successor = LogID(unsafe: log)
        end = Head(size: LogSize(known: size), root: Hash(unsafe: root))
    }

    /// The canonical bytes of the body.
    public func encode() -> [UInt8] {
        var writer = CBORWriter(capacity: 80)
        writer.array(count: 3)
        writer.bytes(successor)
        writer.integer(end.size.count)
        writer.bytes(end.root)
        return writer.bytes
    }

    /// The entry.
    public func entry() -> [UInt8] { Entry.encode(kind: Self.number, body: encode()) }

    static func checkShape(_ entry: EntryInHand) throws(VoidReason) {
        guard entry.isPlain else { throw .acknowledgeShape }
        var cursor = entry.body
        _ = try Acknowledge(&cursor)
    }

    static func fold(_ entry: EntryInHand, into state: inout CooperativeState) -> Verdict {
        do throws(VoidReason) {
            try checkShape(entry)
            return .counts
        } catch { return .void(error) }
    }

    static func text(_ entry: Entry) throws(VoidReason) -> String {
        try entry.withBody { cursor throws(VoidReason) in
            let acknowledge = try Acknowledge(&cursor)
            return "\(acknowledge.successor) after \(acknowledge.end.size) entries"
        }
    }
}

extension VoidReason {
    /// The body is not a log, a size and a root, or the entry has references or a commitment.
    public static let acknowledgeShape = VoidReason("acknowledge-shape")
}
