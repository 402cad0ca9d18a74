// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Replication

/// What consensus lacks and other members have. Spec: Protocol/exchange.md §8.
enum ConsensusNeed: Hashable, Sendable {
    /// The polka of a round and hash.
    case polka(number: Int, round: Int, hash: Hash)
    /// A certificate of a hash.
    case certificate(number: Int, round: Int, hash: Hash)
    /// The vector behind a root.
    case vector(number: Int, root: Hash)
    /// Epochs from a number on; a member holds more than this node.
    case epochs(first: Int)
    /// A branch of a log that stands, where another is held.
    case branch(StandingBranch)
    /// The certificate by which a member holds an epoch that contradicts what is held here; only it is asked.
    case otherEpoch(EpochMention, of: OIN)
    /// What others have as epochs at and before this number: a certificate names another past.
    case pastEpochs(through: Int)
    /// All polkas of a disputed number, before liars are named.
    case disputePolkas(number: Int)

    /// The number whose decision ends the need, `nil` for what stays.
    var number: Int? {
        switch self {
        case .polka(let number, _, _), .certificate(let number, _, _), .vector(let number, _): number
        case .epochs(let first): first
        case .branch, .otherEpoch, .pastEpochs, .disputePolkas: nil
        }
    }
}
