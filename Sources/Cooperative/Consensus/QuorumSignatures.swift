// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// Why a certificate or polka is refused. Spec: Protocol/consensus.md §3, in the order of checking.
public enum CertificateRefusal: String, Error, Equatable, Sendable, CaseIterable {
    /// The bytes are not `[header, round, signers]`.
    case shape = "certificate-shape"
    /// The header is of another network or number, or does not follow E_k.
    case doesNotFollow = "certificate-does-not-follow"
    /// A signer's number is not below n.
    case signerForeign = "certificate-signer-foreign"
    /// A signer stands twice.
    case signerTwice = "certificate-signer-twice"
    /// The signers are not in order of number.
    case order = "certificate-order"
    /// Fewer than q signers.
    case tooFew = "certificate-too-few"
    /// A continuation where two do not vote, or of a voter that there is not.
    case continuation = "certificate-continuation"
    /// The entry 0 in a continuation is not that of a successor of the voter's log.
    case successor = "certificate-successor"
    /// Its acknowledge is not one of the other voter, of this successor and the end that it names.
    case acknowledge = "certificate-acknowledge"
    /// A signature is not that voter's over the vote text of this step, round and header.
    case signature = "certificate-signature"
}

/// One voter's signature. Spec: Protocol/consensus.md §3.
public struct VoterSignature: Hashable, Sendable {
    /// The voter's number in E_k's voting set.
    public let voter: Int
    /// Over the vote text.
    public let signature: Signature

    /// A claim.
    public init(voter: Int, signature: Signature) { (self.voter, self.signature) = (voter, signature) }
}

/// A header with a quorum's signatures of one step and round; whether they are is seen by `check`.
/// A certificate (precommits) and a polka (prevotes) have this one form. Spec: Protocol/consensus.md §3.
public struct QuorumClaim: Hashable, Sendable {
    /// Precommit for a certificate, prevote for a polka.
    public let step: VoteText.Step
    /// What was voted for.
    public let header: EpochHeader
    /// The round.
    public let round: Round
    /// In order of number.
    public let signers: [VoterSignature]
    /// At two members: what lets a successor sign for the log that it goes on with.
    public let continuation: Continuation?

    /// A claim.
    public init(
        _ step: VoteText.Step, header: EpochHeader, round: Round, signers: [VoterSignature],
        continuation: Continuation? = nil
    ) {
        (self.step, self.header, self.round, self.signers) = (step, header, round, signers)
        self.continuation = continuation
    }

    /// Bytes of a voter's number in the compact form: one up to 256 voters.
    static func numberByteCount(voters: Int) -> Int { voters <= 256 ? 1 : 2 }

    /// The compact form: 65 bytes a signer up to 256 voters, 66 above. The signers are voters of an epoch with so
    /// many.
    public func encode(voters: Int) -> [UInt8] {
        let width = Self.numberByteCount(voters: voters)
        var packed: [UInt8] = []
        packed.reserveCapacity(signers.count * (width + Signature.byteCount))
        for signer in signers {
            precondition((0..<voters).contains(signer.voter), "a signer is a voter")
            if width == 2 { packed.append(UInt8(signer.voter >> 8)) }
            packed.append(UInt8(signer.voter & 255))
            packed.append(contentsOf: signer.signature.bytes)
        }
        var writer = CBORWriter(capacity: packed.count + 256)
        writer.array(count: continuation == nil ? 3 : 4)
        writer.bytes(header.encode())
        writer.integer(round.value)
        writer.bytes(packed)
        continuation?.write(to: &writer)
        return writer.bytes
    }

    /// Reads the compact form under an epoch with so many voters.
    public init(_ step: VoteText.Step, _ bytes: [UInt8], voters: Int) throws(CertificateRefusal) {
        let width = Self.numberByteCount(voters: voters)
        let parts: (header: EpochHeader, round: Round, packed: ArraySlice<UInt8>)
        var continuation: Continuation?
        do throws(CBORRefusal) {
            var reader = CBORReader(bytes)
            let count = try reader.array()
            guard count == 3 || count == 4, let header = EpochHeader(Array(try reader.bytes())) else {
                throw .unexpectedItem
            }
            parts = (header, try Round(from: &reader), try reader.bytes())
            if count == 4 { continuation = try Continuation(from: &reader) }
            try reader.end()
        } catch { throw .shape }
        let stride = width + Signature.byteCount
        guard parts.packed.count.isMultiple(of: stride) else { throw .shape }
        var signers: [VoterSignature] = []
        var place = parts.packed.startIndex
        while place < parts.packed.endIndex {
            let voter = parts.packed[place..<place + width].reduce(0) { $0 << 8 | Int($1) }
            guard let signature = Signature(parts.packed[place + width..<place + stride]) else { throw .shape }
            signers.append(VoterSignature(voter: voter, signature: signature))
            place += stride
        }
        self.init(step, header: parts.header, round: parts.round, signers: signers, continuation: continuation)
    }

    /// All that is asked of a certificate or polka; no log is needed, only E_k's keys.
    func check(_ voters: VotingSet, _ suite: some CipherSuite) throws(CertificateRefusal) -> EpochHash {
        guard header.network == voters.network, header.number == voters.next.value,
              header.previous == voters.hash.hash
        else { throw .doesNotFollow }
        var previous = -1
        for signer in signers {
            guard (0..<voters.count).contains(signer.voter) else { throw .signerForeign }
            guard signer.voter != previous else { throw .signerTwice }
            guard signer.voter > previous else { throw .order }
            previous = signer.voter
        }
        guard signers.count >= voters.quorum else { throw .tooFew }
        let voters = try continuation.map { continuation throws(CertificateRefusal) in
            try voters.plain.continued(by: continuation, suite)
        } ?? voters.plain
        let hash = EpochHash(header, suite)
        let text = voters.voteText(step, round, hash)
        for signer in signers {
            guard voters.verifies(signer.signature, of: text, by: signer.voter, suite) else { throw .signature }
        }
        return hash
    }
}
