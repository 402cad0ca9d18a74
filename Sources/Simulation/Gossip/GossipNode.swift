// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Replication

/// A node of a gossip run: the exchange over a store that loses nothing.
struct GossipNode {
    private var disk: Disk
    private var heads: HeldHeads
    private var schedule: PartnerSchedule
    /// Rounds are counted, not timed.
    private var now = 0
    var memories: [Int: PartnerMemory] = [:]

    init(_ network: SimulatedNetwork, _ suite: SimulatedSuite) {
        guard let instance = StoreInstance([UInt8](repeating: 0, count: StoreInstance.byteCount)) else {
            preconditionFailure("an instance has sixteen bytes")
        }
        disk = Disk(network, suite, instance: instance)
        heads = HeldHeads(
            table: HeadTable(network.identities.map { HeadRow(empty: $0.log) }),
            history: HeadHistory(instance: instance, sequence: HeadSequence(0)))
        schedule = Self.schedule(0, network, round: 0)
    }

    private static func schedule(_ member: Int, _ network: SimulatedNetwork, round: Int) -> PartnerSchedule {
        var timings = ScheduleTimings()
        timings.roundMilliseconds = 1_000
        timings.backOffMilliseconds = 1_000
        var schedule = PartnerSchedule(
            own: network.log(member), epochHash: Hash(network.genesis.network.value), timings: timings, round: round,
            at: MonotonicTime(milliseconds: 0))
        schedule.setPartners(network.numbers.logs, epochHash: Hash(network.genesis.network.value))
        return schedule
    }

    /// Begins its own life after it was copied.
    mutating func begin(_ member: Int, _ network: SimulatedNetwork, _ random: inout SeededRandom) {
        guard let instance = StoreInstance(random.bytes(StoreInstance.byteCount)) else { return }
        disk.instance = instance
        heads = HeldHeads(
            table: heads.table, history: HeadHistory(instance: instance, sequence: heads.history.sequence))
        schedule = Self.schedule(member, network, round: random.below(1_000_000))
    }

    mutating func keep(_ page: AdmittedPage, _ suite: SimulatedSuite) {
        var batch = DiskBatch()
        batch.pages.append(page)
        disk.apply(batch)
        heads.keep(HeadRow(page.tip, suite))
    }

    func holds(_ log: LogID, _ size: LogSize) -> Bool { disk.size(of: log) >= size }

    mutating func digest(_ suite: SimulatedSuite) -> Hash { heads.digest(suite) }

    mutating func partners(_ network: SimulatedNetwork, _ suite: SimulatedSuite) -> [Int] {
        schedule.due(at: MonotonicTime(milliseconds: now), suite).compactMap { network.member(of: $0) }
    }

    mutating func endRound() { now += 1_000 }

    mutating func failed(_ partner: Int, _ network: SimulatedNetwork) {
        schedule.failed(network.log(partner), at: MonotonicTime(milliseconds: now))
    }

    mutating func succeeded(_ partner: Int, _ network: SimulatedNetwork) { schedule.succeeded(network.log(partner)) }

    mutating func compose(_ session: inout ExchangeSession, _ suite: SimulatedSuite) -> [UInt8] {
        session.compose(&heads, from: &disk, suite)
    }

    mutating func received(
        _ session: inout ExchangeSession, _ answer: [UInt8], _ suite: SimulatedSuite
    ) -> [ExchangeEffect] { session.received(answer, &heads, suite) }

    mutating func admit(
        _ batch: PageBatch, _ session: inout ExchangeSession, _ suite: SimulatedSuite
    ) -> [ExchangeEffect] {
        let refused = admit(batch.pages, suite)
        return session.settled(batch.number, refused: refused, &heads, suite)
    }

    private mutating func admit(_ pages: [Page], _ suite: SimulatedSuite) -> [RefusedPage] {
        var refused: [RefusedPage] = []
        for page in pages {
            guard var tip = disk.logs[page.log]?.tip else { continue }
            do throws(PageRefusal) {
                keep(try tip.admit(page, suite), suite)
            } catch .empty {
                continue
            } catch { refused.append(RefusedPage(log: page.log, refusal: error)) }
        }
        return refused
    }

    mutating func answer(_ body: [UInt8], _ network: SimulatedNetwork, _ suite: SimulatedSuite) -> [UInt8]? {
        guard let request = try? ExchangeRequest(decoding: body),
              let asked = try? ResolvedRequest(request, network.numbers) else { return nil }
        let refusals = admit(asked.pages, suite).map { LogRefusal(log: $0.log, reason: $0.refusal.reason) }
        let plan = AnswerPlan(asked, &heads, epoch: 0, refusals: refusals, suite)
        return plan.fill(from: &disk).body
    }
}
