// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Kind 5: another voter has seen that the end which a successor names covers all that it holds of the old log.
/// It leaves no row. Spec: Protocol/membership.md §4.
public struct Acknowledge: Hashable, Sendable, PlainBody {
    static let number: UInt16 = 5
    static let name = "acknowledge"
    static let shape = VoidReason.acknowledgeShape

    /// The successor.
    public let successor: LogID
    /// The end of its predecessor.
    public let end: Head

    /// Acknowledges the end that a successor names.
    public init(successor: LogID, end: Head) { (self.successor, self.end) = (successor, end) }

    /// Reads the canonical bytes of a body.
    public static func parse(_ body: [UInt8]) throws(VoidReason) -> Acknowledge {
        try read(body)
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

    func take(_ entry: EntryInHand, into state: inout CooperativeState) throws(VoidReason) {}

    var line: String { "\(successor) after \(end.size) entries" }
}

extension VoidReason {
    /// The body is not a log, a size and a root, or the entry has references or a commitment.
    public static let acknowledgeShape = VoidReason("acknowledge-shape")
}
