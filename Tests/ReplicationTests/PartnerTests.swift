// SPDX-License-Identifier: EUPL-1.2

import Journal
import Replication
import Testing

@Suite("Partners: schedule and health, Protocol/exchange.md §7")
struct PartnerTests {
    private let logs = LogNumbersFixture(count: 12).logs

    private func schedule() -> PartnerSchedule {
        var schedule = PartnerSchedule(own: logs[0], epochHash: suite.hash([1]), at: at(0))
        schedule.setPartners(logs, epochHash: suite.hash([1]))
        return schedule
    }

    private func at(_ milliseconds: Int) -> MonotonicTime { MonotonicTime(milliseconds: milliseconds) }

    @Test("each round asks three others, in the order of the text")
    func rounds() {
        var schedule = schedule()
        for round in 1...50 {
            let now = at((round - 1) * 10_000)
            let due = schedule.due(at: now, suite)
            let order = PartnerSchedule.order(
                of: Array(logs.dropFirst()), own: logs[0], round: round, epochHash: suite.hash([1]), suite)
            #expect(due == Array(order.prefix(3)))
            #expect(schedule.due(at: now, suite).isEmpty)
            #expect(schedule.nextWake == now.adding(milliseconds: 10_000))
            for log in due { schedule.succeeded(log) }
        }
    }

    @Test("a partner that fails rests 1 s, 2 s, 4 s up to 300 s, and a success ends it")
    func backOff() {
        var schedule = PartnerSchedule(own: logs[0], epochHash: suite.hash([1]), at: at(0))
        schedule.setPartners([logs[1]], epochHash: suite.hash([1]))
        for expected in [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300] {
            schedule.failed(logs[1], at: at(0))
            #expect(schedule.backOffEnd(of: logs[1], at: at(0)) == at(expected * 1_000))
        }
        #expect(schedule.due(at: at(299_999), suite).isEmpty)
        #expect(schedule.due(at: at(310_000), suite) == [logs[1]])
        schedule.succeeded(logs[1])
        schedule.failed(logs[1], at: at(400_000))
        #expect(schedule.backOffEnd(of: logs[1], at: at(400_000)) == at(401_000))
    }

    @Test("new heads are gathered and then start an exchange before the next round")
    func newHeads() {
        var schedule = schedule()
        for log in schedule.due(at: at(0), suite) { schedule.succeeded(log) }
        schedule.headsChanged(at: at(1_000))
        schedule.headsChanged(at: at(1_150))
        #expect(schedule.nextWake == at(1_200))
        #expect(schedule.due(at: at(1_199), suite).isEmpty)
        #expect(schedule.due(at: at(1_200), suite).count == 3)
        #expect(schedule.nextWake == at(10_000))
    }

    @Test("a partner is asked once at a time")
    func busy() {
        var schedule = PartnerSchedule(own: logs[0], epochHash: suite.hash([1]), at: at(0))
        schedule.setPartners(Array(logs.prefix(3)), epochHash: suite.hash([1]))
        #expect(schedule.due(at: at(0), suite).count == 2)
        #expect(schedule.due(at: at(10_000), suite).isEmpty)
    }

    @Test("what is not known is unknown, never 0")
    func unknown() {
        var health = PeerHealth()
        #expect(health.entriesBehind == nil)
        #expect(health.lastSuccess == nil)
        var failed = ExchangeSummary()
        failed.outcome = .failed("timeout")
        health.ended(failed, at: at(5))
        #expect(health.entriesBehind == nil)
        #expect(health.lastFailure == PeerHealth.Failure(at: at(5), reason: "timeout"))
        var complete = ExchangeSummary()
        complete.behind = [LogGap(log: logs[0], entries: Int.max), LogGap(log: logs[1], entries: 2)]
        health.ended(complete, at: at(9))
        #expect(health.lastSuccess == at(9))
        #expect(health.entriesBehind == Int.max)
    }

    @Test("reasons are counted, and no more kinds of them than the limit")
    func counted() {
        var health = PeerHealth()
        for number in 0..<200 { health.refused([LogRefusal(log: logs[0], reason: "reason-\(number)")]) }
        health.refused([LogRefusal(log: logs[0], reason: "reason-1")])
        #expect(health.faults.count == ExchangeLimits.countedReasons)
        #expect(health.faults.first { $0.reason == "reason-1" }?.times == 2)
    }
}
