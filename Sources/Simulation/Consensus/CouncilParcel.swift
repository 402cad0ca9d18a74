// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// Which polka.
struct PolkaKey: Hashable, Sendable {
    let number: Int
    let round: Round
    let hash: EpochHash
}

/// A certificate as it travels: with the vector behind its header, where the sender has it.
struct CertificateInTransit: Sendable {
    let number: Int
    let claim: QuorumClaim
    let vector: [CoveredHead]?
}

/// What one member tells another. Entries are named, not carried: the book has them.
final class CouncilParcel {
    let isAnswer: Bool
    /// The number and hash of the highest epoch that the sender has applied.
    let epoch: Int
    let epochHash: Hash
    /// Sizes held, by branch.
    let have: [Int]
    var pages: [(branch: Int, size: Int)] = []
    var certificates: [CertificateInTransit] = []
    var polkas: [QuorumClaim] = []
    var vectors: [[CoveredHead]] = []
    var wantedPolkas: [PolkaKey] = []
    var wantedVectors: [Hash] = []
    /// Logs of which two branches are held.
    var evidence: [Int] = []
    /// The life in which the sender asks for its own newest head, or in which the receiver asked.
    var inquiry: Int?

    init(isAnswer: Bool, epoch: Int, epochHash: Hash, have: [Int]) {
        (self.isAnswer, self.epoch, self.epochHash, self.have) = (isAnswer, epoch, epochHash, have)
    }

    var carries: Bool {
        !pages.isEmpty || !certificates.isEmpty || !polkas.isEmpty || !vectors.isEmpty || inquiry != nil
    }
}
