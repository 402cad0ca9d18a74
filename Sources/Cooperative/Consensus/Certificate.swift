// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Proof that a quorum of E_k precommitted one header in one round: E_{k+1}. Only the check can make one, and it
/// needs no logs. Spec: Protocol/consensus.md §3.
public struct Certificate: Hashable, Sendable {
    /// Header, round and signatures.
    public let claim: QuorumClaim
    /// The hash of the epoch.
    public let hash: EpochHash

    /// Checks a claim against E_k's voters.
    public init(
        _ claim: QuorumClaim, _ voters: VotingSet, _ suite: some CipherSuite
    ) throws(CertificateRefusal) {
        guard claim.step == .precommit else { throw .signature }
        hash = try claim.check(voters, suite)
        self.claim = claim
    }

    /// Reads and checks the compact form.
    public init(
        _ bytes: [UInt8], _ voters: VotingSet, _ suite: some CipherSuite
    ) throws(CertificateRefusal) {
        try self.init(QuorumClaim(.precommit, bytes, voters: voters.count), voters, suite)
    }

    /// Votes whose signatures were checked when they were counted.
    init(counted claim: QuorumClaim, hash: EpochHash) { (self.claim, self.hash) = (claim, hash) }

    /// The header of the epoch.
    public var header: EpochHeader { claim.header }
    /// The round in which it was decided.
    public var round: Round { claim.round }
    /// The number of the epoch.
    public var number: EpochNumber { EpochNumber(known: claim.header.number) }

    /// The compact form. Spec: Protocol/consensus.md §3.
    public func encode(_ voters: VotingSet) -> [UInt8] { claim.encode(voters: voters.count) }
}

/// Proof that a quorum of E_k prevoted one header in one round; justifies a precommit and a valid round. Only the
/// check can make one. Spec: Protocol/consensus.md §3.
public struct Polka: Hashable, Sendable {
    /// Header, round and signatures.
    public let claim: QuorumClaim
    /// The hash of the epoch.
    public let hash: EpochHash

    /// Checks a claim against E_k's voters.
    public init(
        _ claim: QuorumClaim, _ voters: VotingSet, _ suite: some CipherSuite
    ) throws(CertificateRefusal) {
        guard claim.step == .prevote else { throw .signature }
        hash = try claim.check(voters, suite)
        self.claim = claim
    }

    /// Reads and checks the compact form.
    public init(
        _ bytes: [UInt8], _ voters: VotingSet, _ suite: some CipherSuite
    ) throws(CertificateRefusal) {
        try self.init(QuorumClaim(.prevote, bytes, voters: voters.count), voters, suite)
    }

    /// Votes whose signatures were checked when they were counted.
    init(counted claim: QuorumClaim, hash: EpochHash) { (self.claim, self.hash) = (claim, hash) }

    /// The header.
    public var header: EpochHeader { claim.header }
    /// The round.
    public var round: Round { claim.round }

    /// The compact form. Spec: Protocol/consensus.md §3.
    public func encode(_ voters: VotingSet) -> [UInt8] { claim.encode(voters: voters.count) }
}
