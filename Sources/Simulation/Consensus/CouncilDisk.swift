// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// The durable side of a member of a council.
struct CouncilDisk {
    /// Sizes held and verified, by branch; of the own branch what is synced.
    var held: [Int] = []
    var ownLog: Int
    var ownBranch: Int
    /// E_0 and what was applied since.
    var settled: [SettledEpoch]
    /// Of each applied epoch from the first on.
    var certificates: [Certificate] = []
    /// Certificates whose epoch waits for heads or for a digest that agrees.
    var waiting: [Int: Certificate] = [:]
    var polkas: [PolkaKey: QuorumClaim] = [:]
    /// Vectors that give the root under which they stand.
    var vectors: [Hash: [CoveredHead]] = [:]
    /// Logs with held evidence.
    var forked: Set<Int> = []
    /// Two certificates of one number.
    var dispute: [Certificate] = []
    var voted: Set<Int> = []

    func size(_ branch: Int) -> Int { branch < held.count ? held[branch] : 0 }

    mutating func hold(_ branch: Int, _ size: Int) {
        while held.count <= branch { held.append(0) }
        held[branch] = size
    }
}
