// SPDX-License-Identifier: EUPL-1.2
import Journal

/// Kind 4: the last entry that counts in a log of a member that leaves. Spec: Protocol/membership.md §3.
public enum Final: EntryKind {
    static let number: UInt16 = 4
    static let name = "final"

    /// The entry.
    public static func entry() -> [UInt8] { Entry.encode(kind: number, body: [0x80]) }

    static func checkShape(_ entry: EntryInHand) throws(VoidReason) {
        var cursor = entry.body
        guard entry.isPlain, cursor.array() == 0, cursor.isAtEnd else { throw .finalShape }
    }

    static func fold(_ entry: EntryInHand, into state: inout CooperativeState) -> Verdict {
        do throws(VoidReason) {
            try checkShape(entry)
            let member = state.folk[Int(state.logs[Int(entry.log)].member)]
            guard member.standing == .leaving, member.left <= entry.judge else { throw .finalNotLeaving }
            state.noteFinal(entry)
            return .counts
        } catch { return .void(error) }
    }

    static func text(_ entry: Entry) throws(VoidReason) -> String { "the log ends here" }
}

extension VoidReason {
    /// The body is not an empty list, or the entry has references or a commitment.
    public static let finalShape = VoidReason("final-shape")
    /// The member does not leave.
    public static let finalNotLeaving = VoidReason("final-not-leaving")
}
