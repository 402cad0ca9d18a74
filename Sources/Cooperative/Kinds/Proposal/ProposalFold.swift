// SPDX-License-Identifier: EUPL-1.2
import Journal

/// Kind 33: what an organ is asked to decide. Spec: Protocol/voting.md §2.
extension DecisionProposal: EntryKind {
    static let number = entryKind
    static let name = "proposal of a decision"

    static func checkShape(_ entry: EntryInHand) throws(VoidReason) {
        guard entry.references.isEmpty else { throw .decisionShape }
        _ = try parse(Array(entry.bodyBytes))
    }

    static func declaredRows(_ entry: EntryInHand) -> DeclaredRows { DeclaredRows(decisions: 1) }

    static func fold(_ entry: EntryInHand, into state: inout CooperativeState) -> Verdict {
        do throws(VoidReason) {
            guard entry.references.isEmpty else { throw .decisionShape }
            let proposal = try parse(Array(entry.bodyBytes))
            try state.declare(declaredRows(entry), by: entry)
            // A proposal names nothing and so never waits: the epoch that judges it is the last one.
            let author = state.folk[Int(state.logs[Int(entry.log)].member)]
            try proposal.check(
                author: author.oin, isMember: { state.isMember($0) }, under: state.rules, date: state.epoch.date)
            state.noteProposal(proposal, by: entry)
            return .counts
        } catch { return .void(error) }
    }

    static func text(_ entry: Entry) throws(VoidReason) -> String {
        let proposal = try parse(Array(entry.body))
        return "\(proposal.payload.kind.name) by \(proposal.organ): \(proposal.title)"
    }
}
