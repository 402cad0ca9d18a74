// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Cryptography
import Journal
import Storage

/// A year that is over among 91 members and 40 applications, each used by every member every month and counted by both
/// sides: the logs in a store, one epoch over them, and the state after it.
struct CountedYear {
    static let memberCount = 91
    static let applicationCount = 40
    static let year = 2025

    let suite = OpenSSLSuite()
    let genesis: Genesis
    let store: NodeStore
    let settled: CooperativeState

    init(_ workspace: Workspace) async throws {
        let suite = suite
        let genesis = try Self.genesis(suite)
        self.genesis = genesis
        let directory = workspace.folder("counted-year")
        store = try NodeStore(path: directory, headFile: BenchNode.headFile(of: directory), suite: suite)
        var held = EntriesInMemory()
        var heads: [LogID: Head] = [:]
        for member in 0..<Self.memberCount {
            let signer = try BenchNetwork.signer(member)
            var (log, begun) = OwnLog.begin(
                EntryZero(network: genesis.network, card: genesis.founders[member]), signer: signer, suite)
            let page = try log.append(Self.flushes(member, genesis), signer: signer, suite)
            for page in [begun, page] {
                _ = try await store.journal.commit(CommitBatch(pages: [page]))
                for place in 0..<page.entries.count {
                    held.append(Array(page.entries[place]), to: page.log, hashing: suite)
                }
            }
            heads[page.log] = page.tip.head?.signed.head
        }
        let founding = CooperativeState(genesis: genesis, hashing: suite)
        let covered = founding.epoch.heads.map { CoveredHead(log: $0.log, head: heads[$0.log] ?? $0.head) }
        let certificate = try EpochSigner(genesis, suite).certificate(after: founding, covered)
        guard let epoch = Epoch(certificate, heads: covered, suite) else {
            throw BenchFailure("the vector gives the root")
        }
        var settled = founding.settled(by: epoch, held: held)
        let delta = SettledStore.delta(founding.epoch.delta(to: covered))
        try await store.journal.commit(EpochCommit(
            epoch: StoredEpoch(
                number: 1, certificate: certificate.encode(founding.votingSet), delta: delta,
                settledDigest: settled.digest(), voters: settled.votingSet.logs.map(\.log)),
            ownBytes: [:], coveredBytes: [:],
            cursor: Dictionary(uniqueKeysWithValues: covered.map { ($0.log, $0.head.size) }), chunks: [],
            replacingAll: true))
        self.settled = settled
    }

    private static func genesis(_ suite: OpenSSLSuite) throws -> Genesis {
        let members = (0..<memberCount).map(BenchNetwork.oin)
        var draft = GenesisDraft()
        draft.name = "Counted year"
        draft.date = "2026-01-01"
        draft.founders = try (0..<memberCount).map { try BenchNetwork.card($0, []) }
        draft.cooperative.name = "Counted year"
        draft.cooperative.books = members[0]
        for number in 0..<applicationCount {
            var application = GenesisDraft.Application()
            application.id = BenchNetwork.applicationID(number)
            application.name = "Application \(number)"
            application.lead = members[number]
            application.classes = [BenchNetwork.tariffClass]
            application.providers = [members[number]]
            application.participants = members.map { .init(member: $0, since: "2024-01-01") }
            draft.applications.append(application)
            var tariff = GenesisDraft.Tariff()
            tariff.application = application.id
            tariff.tariffClass = BenchNetwork.tariffClass
            tariff.firstMonth = "2025-01"
            tariff.tiers = [(upTo: nil, price: Int64(10_000 + 1_000 * number))]
            tariff.vatCategory = "S"
            tariff.vatRate = 2_100
            draft.tariffs.append(tariff)
        }
        var contribution = GenesisDraft.Contribution()
        contribution.firstYear = year
        contribution.perInhabitant = 350_000
        contribution.vatCategory = "S"
        contribution.vatRate = 2_100
        draft.contributions = [contribution]
        draft.inhabitants = members.enumerated().map { place, member in
            var figure = GenesisDraft.Inhabitants()
            figure.member = member
            figure.year = year
            figure.count = Int64(20_000 + 1_000 * place)
            figure.isFinal = true
            return figure
        }
        return try draft.checked(suite)
    }

    /// A month's cells of a member: as consumer of every application, as provider of its own.
    private static func flushes(_ member: Int, _ genesis: Genesis) -> [[UInt8]] {
        (1...12).flatMap { number -> [[UInt8]] in
            guard let month = CivilMonth(year: year, month: number) else { return [] }
            var cells: [CountedCell] = []
            for application in 0..<applicationCount {
                let consumers = application == member ? Array(0..<memberCount) : [member]
                for consumer in consumers where consumer != application {
                    let side: UsageSide = application == member ? .provider : .consumer
                    let count = Int64(500 + (application * 31 + consumer * 17 + number * 7) % 400)
                    cells.append(CountedCell(
                        UsageCell(
                            application: BenchNetwork.applicationID(application),
                            provider: genesis.founders[application].oin, consumer: genesis.founders[consumer].oin,
                            tariffClass: BenchNetwork.tariffClass, month: month, side: side),
                        UsageCounters(
                            eventsCounted: count, quantityCounted: count, inboxPosition: Int64(number))))
                }
            }
            return UsageFlush.entries(cells)
        }
    }
}
