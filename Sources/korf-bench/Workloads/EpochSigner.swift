// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal

/// Epochs that a quorum of the founders signed.
struct EpochSigner {
    private let genesis: Genesis
    private let suite: OpenSSLSuite
    private var signers: [PublicKey: SigningKey] = [:]

    init(_ network: BenchNetwork) throws { try self.init(network.genesis, network.suite) }

    /// Of a network whose founders are those of the bench, in their order.
    init(_ genesis: Genesis, _ suite: OpenSSLSuite) throws {
        self.genesis = genesis
        self.suite = suite
        for founder in genesis.founders.indices {
            let signer = try BenchNetwork.signer(founder)
            signers[signer.publicKey] = signer
        }
    }

    /// The certificate of the next epoch, with these heads in order of log id.
    func certificate(after settled: CooperativeState, _ heads: [CoveredHead]) throws -> Certificate {
        var state = settled
        let header = EpochHeader(
            network: genesis.network, number: settled.epoch.number + 1, previous: settled.epoch.hash,
            vectorRoot: EpochHeader.vectorRoot(heads, suite), date: settled.epoch.date,
            ruleVersion: settled.epoch.ruleVersion, stateDigest: state.digest())
        let hash = EpochHash(header, suite)
        let voters = settled.votingSet
        let text = VoteText(.precommit, network: header.network, number: header.number, round: 0, epoch: hash.hash)
        let signatures = voters.logs.prefix(voters.quorum).enumerated().compactMap { voter, log in
            signers[log.key].map { VoterSignature(voter: voter, signature: $0.sign(Array(text.text.utf8))) }
        }
        return try Certificate(
            QuorumClaim(.precommit, header: header, round: .zero, signers: signatures), voters, suite)
    }

    /// The next epoch, with these heads.
    func epoch(after settled: CooperativeState, _ heads: [CoveredHead]) throws -> Epoch {
        let certificate = try certificate(after: settled, heads)
        guard let epoch = Epoch(certificate, heads: heads, suite) else {
            throw BenchFailure("the vector gives the root")
        }
        return epoch
    }
}
