// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal

/// What an epoch costs a node beside the signatures: 100,000 new entries folded onto a settled state that holds as
/// many, closed, and the digest after it.
enum EpochFold {
    private static let newEntries = 100_000
    private static let cpuSecondsLimit = 0.3

    static func run(_ workspace: Workspace) async throws {
        let network = try BenchNetwork(workspace)
        var workload = try CatchUpWorkload(network)
        var held = EntriesInMemory()
        keep(workload.logs.begun, in: &held, network.suite)
        var settled = CooperativeState(genesis: network.genesis, hashing: network.suite)
        var tips = Dictionary(uniqueKeysWithValues: workload.logs.begun.map { ($0.log, $0.tip) })
        var figure = Figure("fold", "an epoch with \(newEntries) new entries over \(BenchNetwork.authorCount) logs")
        for number in 1...2 {
            workload.add(newEntries)
            let pages = try workload.signAll()
            keep(pages, in: &held, network.suite)
            for page in pages { tips[page.log] = page.tip }
            let next = try epoch(number, after: settled, tips, network)
            let watch = Stopwatch()
            settled = settled.settled(by: next, held: held)
            let digest = settled.digest()
            figure.wallSeconds = watch.wallSeconds
            figure.cpuSeconds = watch.cpuSeconds
            try demand(settled.epoch.number == number, "the epoch was not applied, state \(digest)")
        }
        figure.residentBytes = Measure.peakBytes()
        figure.limit = "0.3 s of processor time"
        figure.isMet = figure.cpuSeconds <= cpuSecondsLimit
        figure.print()
    }

    private static func keep(_ pages: [AdmittedPage], in held: inout EntriesInMemory, _ suite: OpenSSLSuite) {
        for page in pages {
            for position in 0..<page.entries.count {
                held.append(Array(page.entries[position]), to: page.log, hashing: suite)
            }
        }
    }

    /// The next epoch, signed by a quorum of the founders.
    private static func epoch(
        _ number: Int, after settled: CooperativeState, _ tips: [LogID: LogTip], _ network: BenchNetwork
    ) throws -> Epoch {
        let heads = settled.epoch.heads.map { covered in
            CoveredHead(log: covered.log, head: tips[covered.log]?.head?.signed.head ?? covered.head)
        }
        var state = settled
        let header = EpochHeader(
            network: network.genesis.network, number: number, previous: settled.epoch.hash,
            vectorRoot: EpochHeader.vectorRoot(heads, network.suite), date: settled.epoch.date,
            ruleVersion: settled.epoch.ruleVersion, stateDigest: state.digest())
        let hash = EpochHash(header, network.suite)
        let voters = settled.votingSet
        let text = VoteText(.precommit, network: header.network, number: number, round: 0, epoch: hash.hash)
        var signers: [PublicKey: SigningKey] = [:]
        for founder in network.genesis.founders.indices {
            let signer = try BenchNetwork.signer(founder)
            signers[signer.publicKey] = signer
        }
        let signatures = voters.logs.prefix(voters.quorum).enumerated().compactMap { voter, log in
            signers[log.key].map { VoterSignature(voter: voter, signature: $0.sign(Array(text.text.utf8))) }
        }
        let claim = QuorumClaim(.precommit, header: header, round: .zero, signers: signatures)
        let certificate = try Certificate(claim, voters, network.suite)
        guard let epoch = Epoch(certificate, heads: heads, network.suite) else {
            throw BenchFailure("the vector gives the root")
        }
        return epoch
    }
}
