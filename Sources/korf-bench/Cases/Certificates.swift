// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal

/// The certificate of an epoch among 342 voters: its size, and how long it takes to check.
enum Certificates {
    private static let voterCount = 342
    private static let repeats = 20
    private static let bytesLimit = 20_000
    private static let secondsLimit = 0.1

    static func run(_ workspace: Workspace) async throws {
        let suite = OpenSSLSuite()
        let network = NetworkID(suite.hash(Array("342 voters".utf8)).value)
        var signers: [LogID: SigningKey] = [:]
        var logs: [LogIdentity] = []
        for number in 0..<voterCount {
            let signer = try BenchNetwork.signer(number)
            guard let oin = OIN(BenchNetwork.oin(number)) else { throw BenchFailure("an OIN has twenty digits") }
            let zero = EntryZero(
                network: network, oin: oin, logKey: signer.publicKey,
                nextKeyHash: suite.hash(signer.publicKey.bytes))
            logs.append(LogIdentity(zero, suite))
            signers[zero.log(suite)] = signer
        }
        let voters = VotingSet(
            network: network, number: EpochNumber(known: 0), hash: EpochHash(network.value), logs: logs, suite)
        guard let date = CivilDate("2026-11-05") else { throw BenchFailure("a date") }
        let header = EpochHeader(
            network: network, number: 1, previous: Hash(network.value), vectorRoot: suite.emptyRoot, date: date,
            ruleVersion: 1, stateDigest: suite.emptyRoot)
        let hash = EpochHash(header, suite)
        let text = VoteText(.precommit, network: network, number: 1, round: 0, epoch: hash.hash)
        var signatures: [VoterSignature] = []
        for (voter, identity) in voters.logs.prefix(voters.quorum).enumerated() {
            guard let signer = signers[identity.log] else { throw BenchFailure("every voter has a key") }
            signatures.append(VoterSignature(voter: voter, signature: signer.sign(Array(text.text.utf8))))
        }
        let claim = QuorumClaim(.precommit, header: header, round: .zero, signers: signatures)
        let bytes = claim.encode(voters: voters.count)
        _ = try Certificate(bytes, voters, suite)
        let watch = Stopwatch()
        for _ in 0..<repeats { _ = try Certificate(bytes, voters, suite) }
        var figure = Figure("certificate", "an epoch's certificate, \(voterCount) voters, \(voters.quorum) signers")
        figure.wallSeconds = watch.wallSeconds / Double(repeats)
        figure.cpuSeconds = watch.cpuSeconds / Double(repeats)
        figure.bytes = bytes.count
        figure.residentBytes = Measure.peakBytes()
        figure.limit = "20,000 bytes, checked in 100 ms"
        figure.isMet = bytes.count <= bytesLimit && figure.wallSeconds <= secondsLimit
        figure.print()
    }
}
