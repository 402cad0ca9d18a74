// SPDX-License-Identifier: EUPL-1.2
import Journal

/// One message of one kind and round in one branch of a voter's log takes this place; a second is void.
/// Spec: Protocol/consensus.md §4. Kept small: a liar's log may hold tens of thousands.
struct Slot: Hashable {
    private let author: UInt64
    private let place: UInt64

    init(voter: Int, branch: Int, kind: UInt16, round: Round) {
        author = UInt64(voter) << 32 | UInt64(branch)
        place = UInt64(round.value) << 16 | UInt64(kind)
    }

    var kind: UInt16 { UInt16(truncatingIfNeeded: place) }
    var round: Round { Round(known: Int(place >> 16)) }
}

/// What took a slot first.
struct SlotUse: Sendable {
    /// What it said, beyond its slot.
    enum Said: Sendable {
        case voteOfNil
        indirect case other(ConsensusMessage)

        init(_ message: ConsensusMessage) {
            switch message {
            case .prevote(let vote) where vote.choice == nil, .precommit(let vote) where vote.choice == nil:
                self = .voteOfNil
            default: self = .other(message)
            }
        }

        /// The message again.
        func message(in slot: Slot, _ number: EpochNumber) -> ConsensusMessage {
            switch self {
            case .other(let message): return message
            case .voteOfNil:
                let vote = Vote(number: number, round: slot.round, choice: nil)
                return slot.kind == 17 ? .prevote(vote) : .precommit(vote)
            }
        }
    }

    let index: EntryIndex
    let said: Said
    var isDoubled = false
}
