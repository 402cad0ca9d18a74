// SPDX-License-Identifier: EUPL-1.2
@testable import Cooperative
import Journal
import Testing

@Suite("Open decisions of a member, Protocol/state.md §5")
struct OpenDecisionsTests {
    private static let limit = CooperativeLimits.openDecisions
    private var network: Cooperation
    private let today: CivilDate

    init() throws {
        network = try Cooperation(seed: 1)
        today = network.genesis.date
    }

    /// A free text that a member proposes; with a deadline that is past it is void.
    @discardableResult
    private mutating func propose(_ number: Int, isPast: Bool = false) throws -> EntryReference {
        let deadline = try #require(network.last.epoch.date.adding(days: isPast ? -1 : 30))
        let proposal = try DecisionProposal(
            organ: try #require(Slug("alv")), payload: .freeText, title: "Voorstel", deadline: deadline)
        return network.append(proposal.entry(), to: try network.pen(number).log)
    }

    private func left(_ number: Int) throws -> Int { network.overlay().decisionsLeft(of: try network.pen(number).log) }
    private func void(_ reason: VoidReason) -> Int { network.overlay().voids[reason] ?? 0 }

    @Test("the 65th is void whatever the others ask for, and under the next epoch those left open still count")
    mutating func bound() throws {
        let first = try propose(1)
        for _ in 1..<Self.limit { try propose(1) }
        #expect(try left(1) == 0 && void(.decisionsLimit) == 0)
        let beyond = try propose(1)
        try propose(2)
        #expect(void(.decisionsLimit) == 1)
        #expect(network.overlay().decision(Decision.ID(log: beyond.log, index: beyond.index)) == nil)
        #expect(network.overlay().decisions().count == Self.limit + 1)
        for voter in [1, 2, 3] { try network.vote(voter, .for, on: first) }
        try network.closeOwn(on: today)
        #expect(try left(1) == 1 && left(2) == Self.limit - 1)
        try propose(1)
        #expect(try left(1) == 0 && void(.decisionsLimit) == 1)
        try propose(1)
        #expect(void(.decisionsLimit) == 2)
    }

    @Test("one that is void for another reason counts above the epoch, and no longer once it is covered")
    mutating func voidOnes() throws {
        for _ in 0..<Self.limit { try propose(1, isPast: true) }
        #expect(void(.decisionDeadline) == Self.limit)
        try propose(1)
        #expect(void(.decisionsLimit) == 1)
        try network.decide(.freeText, by: [])
        let other = try propose(2)
        for voter in [1, 2, 3] { try network.vote(voter, .for, on: other) }
        try network.closeOwn(on: today)
        #expect(try left(1) == Self.limit)
    }

    @Test("a snapshot keeps both counts")
    mutating func snapshot() throws {
        for _ in 0..<3 { try propose(1) }
        let other = try propose(2)
        for voter in [1, 2, 3] { try network.vote(voter, .for, on: other) }
        try network.closeOwn(on: today)
        try propose(1)
        var state = network.overlay()
        let kept = try CooperativeState(
            restoring: state.snapshotChunks(whole: true), genesis: network.genesis, hashing: suite)
        #expect(kept.decisionsLeft(of: try network.pen(1).log) == Self.limit - 4)
    }
}
