// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Journal
import Testing

@Suite("Settling makes epochs due, exits and texts, Protocol/consensus.md §5, Protocol/voting.md §5")
struct SettlingDueTests {
    var network: Cooperation
    let today: CivilDate

    init() throws {
        network = try Cooperation(seed: 1)
        today = network.genesis.date
    }

    private func standing(_ number: Int) -> MemberStanding? { network.last.member(World.oin(number))?.standing }

    @Test("two parties that stated a month, said where they stand or signed the same make an epoch due, and no flood")
    mutating func settling() throws {
        let january = try #require(CivilMonth("2026-01"))
        let february = try #require(CivilDate("2026-02-20"))
        try network.decide(.freeText)
        try network.closeOwn(on: february)
        let (one, two) = (World.oin(1), World.oin(2))
        #expect(network.overlay().isEpochDue(on: february) == nil)
        for (author, other) in [(1, two), (2, one)] {
            #expect(network.overlay().isEpochDue(on: february) == nil, "one statement alone waits")
            let statement = try #require(Statement(
                month: january, counterparty: other, root: suite.hash([0]), records: 0, reason: nil, cells: []))
            network.append(statement.entry(), to: try network.pen(author).log)
        }
        #expect(network.overlay().isEpochDue(on: february) == .settling)
        #expect(try network.closeOwn(on: february) == .settling)
        let stance = try #require(CellStance(
            month: january, application: "corv", provider: one, consumer: two, tariffClass: "bericht",
            word: .disputes(nil)))
        network.append(stance.entry(commitment: nil), to: try network.pen(1).log)
        #expect(try network.closeOwn(on: february) == .settling)
        let epoch = network.last.epoch
        let cut = try #require(PeriodCut(
            month: january, between: one, and: two, epoch: epoch.number, epochHash: epoch.hash, cells: []))
        network.append(cut.entry(), to: try network.pen(1).log)
        #expect(network.overlay().isEpochDue(on: february) == nil, "one signature alone waits")
        network.append(cut.entry(), to: try network.pen(2).log)
        #expect(try network.closeOwn(on: february) == .settling)
        #expect(network.last.closedPeriods().map(\.ending) == [.signed])
        #expect(network.overlay().isEpochDue(on: february) == nil)
        let more = try #require(february.month.adding(months: -2).map { CellStance(
            month: $0, application: "corv", provider: one, consumer: two, tariffClass: "bericht", word: .escalates) })
        while network.last.epoch.number < Trigger.settlingEpochsMost {
            network.append(try #require(more).entry(commitment: nil), to: try network.pen(1).log)
            #expect(try network.closeOwn(on: february) == .settling)
        }
        network.append(try #require(more).entry(commitment: nil), to: try network.pen(1).log)
        #expect(network.overlay().isEpochDue(on: february) == nil, "enough for a day")
        #expect(network.view(on: february).ownProposal() == nil)
        #expect(network.overlay().isEpochDue(on: try #require(february.adding(days: 1))) == .settling)
    }

    @Test("an exit whose last date is before the epoch that closes it has no effect")
    mutating func backdatedExit() throws {
        let past = try #require(today.adding(days: -1))
        #expect(network.overlay().effectRefusal(of: .exit(member: World.oin(4), lastDate: past)) == .date)
        #expect(network.overlay().effectRefusal(of: .exit(member: World.oin(4), lastDate: today)) == nil)
        let id = try network.decide(.exit(member: World.oin(4), lastDate: today))
        try network.closeOwn(on: try #require(today.adding(days: 1)))
        #expect(network.last.decision(id)?.standing == .withoutEffect && standing(4) == .member)
    }

    @Test("the text of a stance is one that others want; one that was replaced is not")
    mutating func stanceTexts() throws {
        let (one, two) = (World.oin(1), World.oin(2))
        let january = try #require(CivilMonth("2026-01"))
        let texts = [UInt8(1), 2].map { TextCommitment(suite.hash([$0]).value) }
        for text in texts {
            let stance = try #require(CellStance(
                month: january, application: "corv", provider: one, consumer: two, tariffClass: "bericht",
                word: .disputes(nil)))
            network.append(stance.entry(commitment: text), to: try network.pen(1).log)
            #expect(network.overlay().standingTexts() == [text])
        }
    }
}
