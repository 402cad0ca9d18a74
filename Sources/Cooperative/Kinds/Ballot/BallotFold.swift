// SPDX-License-Identifier: EUPL-1.2
import Journal

/// Kind 34: a member's vote on a decision. Spec: Protocol/voting.md §3.
extension Ballot: EntryKind {
    static let number = entryKind
    static let name = "ballot"

    // A candidate's ballot waits as others do: who is entitled is asked last.
    static var isOfMembers: Bool { false }

    static func checkShape(_ entry: EntryInHand) throws(VoidReason) { _ = try read(entry) }

    private static func read(_ entry: EntryInHand) throws(VoidReason) -> Ballot {
        guard entry.commitment == nil else { throw .ballotShape }
        return try parse(Array(entry.bodyBytes), referenceCount: entry.references.count)
    }

    static func ballotNaming(_ entry: EntryInHand, in state: CooperativeState) -> Decision.ID? {
        (try? read(entry)).map { $0.decision(entry, in: state) }
    }

    private func decision(_ entry: EntryInHand, in state: CooperativeState) -> Decision.ID {
        switch proposal {
        case .own(let index): Decision.ID(log: state.logs[Int(entry.log)].id, index: index)
        case .reference(let position):
            Decision.ID(log: entry.references[position].log, index: entry.references[position].index)
        }
    }

    static func fold(_ entry: EntryInHand, into state: inout CooperativeState) -> Verdict {
        do throws(VoidReason) {
            let ballot = try read(entry)
            let named = ballot.decision(entry, in: state)
            if let earlier = state.waiting.ballot(of: entry.log, on: named, before: entry.index) {
                return .waits(for: [.entry(state.logs[Int(entry.log)].id, index: earlier)])
            }
            guard let log = state.logNumber(named.log), log != entry.log || named.index.position < entry.index,
                  let decision = state.proposals.number(log: log, index: named.index.position)
            else { throw .ballotDecision }
            guard state.logs[Int(entry.log)].memberSince <= entry.judge else { throw .ballotNotEntitled }
            try state.noteBallot(ballot, entry, on: decision)
            return .counts
        } catch { return .void(error) }
    }

    static func text(_ entry: Entry) throws(VoidReason) -> String {
        let ballot = try parse(Array(entry.body), referenceCount: entry.references.count)
        let place = switch ballot.proposal {
        case .own(let index): "entry \(index) of this log"
        case .reference(let position): "\(entry.references[position].log)-\(entry.references[position].index)"
        }
        return "\(ballot.choice) on \(place)\(ballot.isFinal ? "" : ", may be replaced")"
    }
}
