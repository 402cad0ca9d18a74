// SPDX-License-Identifier: EUPL-1.2
import Journal

/// Kind 4: the last entry that counts in a log of a member that leaves. Spec: Protocol/membership.md §3.
public struct Final: PlainBody {
    static let number: UInt16 = 4
    static let name = "final"
    static let shape = VoidReason.finalShape

    /// The entry.
    public static func entry() -> [UInt8] { Entry.encode(kind: number, body: Final().encode()) }

    init() {}

    init(_ cursor: inout BodyCursor) throws(VoidReason) {
        guard cursor.array() == 0, cursor.isAtEnd else { throw .finalShape }
    }

    func encode() -> [UInt8] { [0x80] }

    func take(_ entry: EntryInHand, into state: inout CooperativeState) throws(VoidReason) {
        let member = state.folk[Int(state.logs[Int(entry.log)].member)]
        guard member.standing == .leaving, member.left <= entry.judge else { throw .finalNotLeaving }
        state.noteFinal(entry)
    }

    var line: String { "the log ends here" }
}

extension VoidReason {
    /// The body is not an empty list, or the entry has references or a commitment.
    public static let finalShape = VoidReason("final-shape")
    /// The member does not leave.
    public static let finalNotLeaving = VoidReason("final-not-leaving")
}
