// SPDX-License-Identifier: EUPL-1.2
import Journal

extension CellStance {
    static func checkShape(_ entry: EntryInHand) throws(VoidReason) {
        guard entry.references.isEmpty else { throw .stanceShape }
        var cursor = entry.body
        _ = try CellStance(&cursor)
    }

    static func declaredRows(_ entry: EntryInHand) -> DeclaredRows { DeclaredRows(usage: 1) }

    static func fold(_ entry: EntryInHand, into state: inout CooperativeState) -> Verdict {
        do throws(VoidReason) {
            guard entry.references.isEmpty else { throw .stanceShape }
            var cursor = entry.body
            let stance = try CellStance(&cursor)
            try state.declare(DeclaredRows(usage: 1), by: entry)
            let author = state.folk[Int(state.logs[Int(entry.log)].member)].oin
            guard author == stance.provider || author == stance.consumer else { throw .stanceAuthor }
            if case .confirms = stance.word, author != stance.consumer { throw .stanceAuthor }
            let other = author == stance.provider ? stance.consumer : stance.provider
            guard state.mayBeNamed(other, under: entry.judge) else { throw .stanceCounterparty }
            guard state.mayBeNamed(stance.month, under: entry.judge) else { throw .stanceMonth }
            guard !state.isClosed(stance.month, stance.provider, stance.consumer, under: entry.judge) else {
                throw .periodClosed
            }
            state.noteStance(stance, entry)
            return .counts
        } catch { return .void(error) }
    }

    static func text(_ entry: Entry) throws(VoidReason) -> String {
        let stance = try entry.withBody { cursor throws(VoidReason) in try CellStance(&cursor) }
        return "\(stance.word) on \(stance.application) \(stance.tariffClass) of \(stance.month), "
            + "\(stance.provider) to \(stance.consumer)"
    }
}

extension VoidReason {
    /// The body is not a stance, or the entry has references.
    public static let stanceShape = VoidReason("stance-shape")
    /// The author is not a party of the cell, or confirms as its provider.
    public static let stanceAuthor = VoidReason("stance-author")
    /// The other party is and was no member, nor a customer of an application in force.
    public static let stanceCounterparty = VoidReason("stance-counterparty")
    /// The month is to come, or too long ago.
    public static let stanceMonth = VoidReason("stance-month")
    /// The month is closed between the two parties. Spec: Protocol/settling.md §3.
    public static let periodClosed = VoidReason("period-closed")
}
