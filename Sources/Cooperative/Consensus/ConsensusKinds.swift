// SPDX-License-Identifier: EUPL-1.2
import Journal

/// A kind whose entries carry messages of consensus: known by name and shape, and passed over by the fold, for no
/// row of the state comes of them. What they decide is in the epochs. Spec: Protocol/consensus.md §2.
protocol ConsensusKind: EntryKind {}

extension ConsensusKind {
    static var isOfMembers: Bool { false }

    static func checkShape(_ entry: EntryInHand) throws(VoidReason) {
        // A message that named an entry could wait for it, and waiting leaves a row.
        guard entry.references.isEmpty, entry.commitment == nil else { throw .consensusShape }
        _ = try ConsensusMessage.parse(kind: number, body: Array(entry.bodyBytes))
    }

    static func fold(_ entry: EntryInHand, into state: inout CooperativeState) -> Verdict {
        do throws(VoidReason) {
            try checkShape(entry)
            return .counts
        } catch { return .void(error) }
    }

    static func text(_ entry: Entry) throws(VoidReason) -> String {
        guard let message = try ConsensusMessage.parse(entry) else { throw .consensusShape }
        return message.description
    }
}

/// Kind 16. Spec: Protocol/consensus.md §2.
enum ProposalKind: ConsensusKind {
    static let number: UInt16 = 16
    static let name = "proposal"
}

/// Kind 17. Spec: Protocol/consensus.md §2.
enum PrevoteKind: ConsensusKind {
    static let number: UInt16 = 17
    static let name = "prevote"
}

/// Kind 18. Spec: Protocol/consensus.md §2.
enum PrecommitKind: ConsensusKind {
    static let number: UInt16 = 18
    static let name = "precommit"
}

extension ConsensusMessage: CustomStringConvertible {
    public var description: String {
        switch self {
        case .proposal(let proposal):
            let valid = proposal.validRound.map { ", valid since round \($0)" } ?? ""
            return "epoch \(number) round \(round) dated \(proposal.header.date)\(valid)"
        case .prevote(let vote), .precommit(let vote):
            return "epoch \(number) round \(round) for \(vote.choice?.hash.description ?? "nil")"
        }
    }
}
