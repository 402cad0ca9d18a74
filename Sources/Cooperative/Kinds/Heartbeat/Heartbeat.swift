// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Kind 1: a quiet log says once a day that it is alive. Spec: Protocol/kinds.md.
public struct Heartbeat: Hashable, Sendable, EntryKind {
    static let number: UInt16 = 1
    static let name = "heartbeat"

    /// The day.
    public let date: CivilDate

    /// A heartbeat of a day.
    public init(date: CivilDate) { self.date = date }

    /// Reads the canonical bytes of a body.
    public static func parse(_ body: [UInt8]) throws(VoidReason) -> Heartbeat {
        try withBodyBytes(body, orElse: .heartbeatShape) { cursor throws(VoidReason) in try Heartbeat(&cursor) }
    }

    init(_ cursor: inout BodyCursor) throws(VoidReason) {
        guard cursor.array() == 1, let number = cursor.unsigned(), let date = CivilDate(dayNumber: number),
              cursor.isAtEnd
        else { throw .heartbeatShape }
        self.date = date
    }

    /// The canonical bytes of the body.
    public func encode() -> [UInt8] {
        var writer = CBORWriter(capacity: 8)
        writer.array(count: 1)
        writer.integer(Int(date.dayNumber))
        return writer.bytes
    }

    /// The entry.
    public func entry() -> [UInt8] { Entry.encode(kind: Self.number, body: encode()) }

    static func checkShape(_ entry: EntryInHand) throws(VoidReason) {
        var cursor = entry.body
        _ = try Heartbeat(&cursor)
    }

    static func fold(_ entry: EntryInHand, into state: inout CooperativeState) -> Verdict {
        var cursor = entry.body
        do throws(VoidReason) {
            state.noteHeartbeat(try Heartbeat(&cursor).date, of: entry.log)
            return .counts
        } catch { return .void(error) }
    }

    static func text(_ entry: Entry) throws(VoidReason) -> String {
        try entry.withBody { cursor throws(VoidReason) in try Heartbeat(&cursor).date.description }
    }
}

extension VoidReason {
    /// The body is not one civil date.
    public static let heartbeatShape = VoidReason("heartbeat-shape")
}
