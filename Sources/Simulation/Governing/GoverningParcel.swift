// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// What one member sends another: pages as they are admitted, and what consensus asks for. A reference, since a
/// doubled parcel is the same one; nobody changes it after it was sent.
final class GoverningParcel {
    let isAnswer: Bool
    let epoch: Int
    /// The head of each log held.
    let have: [LogID: Head]
    var pages: [Page] = []
    var evidence: [ForkEvidence] = []
    var epochs: [(number: Int, claim: QuorumClaim, delta: [CoveredHead])] = []
    var polkas: [QuorumClaim] = []
    var vectors: [[CoveredHead]] = []
    /// All leaf hashes of logs of which two histories seem to be held, under their signed heads.
    var leaves: [(log: LogID, head: SignedHead, leaves: [Hash])] = []
    /// Whole branches that stand.
    var branches: [Page] = []

    var wantedPolkas: [PolkaKey] = []
    var wantedVectors: [Hash] = []
    var wantedLeaves: [LogID] = []
    var wantedBranches: [CoveredHead] = []

    init(isAnswer: Bool, epoch: Int, have: [LogID: Head]) {
        (self.isAnswer, self.epoch, self.have) = (isAnswer, epoch, have)
    }

    /// Whether there is a reason to send it as an answer.
    var carries: Bool {
        !pages.isEmpty || !evidence.isEmpty || !epochs.isEmpty || !polkas.isEmpty || !vectors.isEmpty
            || !leaves.isEmpty || !branches.isEmpty
    }
}
