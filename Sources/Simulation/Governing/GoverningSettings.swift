// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// What becomes of a member whose log has two histories.
enum ForkAftermath: CaseIterable, Sendable {
    /// It opens a successor that names where it stands.
    case succeeds
    /// The others replace its keys by a decision.
    case keysReplaced
    /// The others expel it, and it goes on writing.
    case expelled
    /// Nothing is decided.
    case nothing
}

/// What one seed of governing is like.
struct GoverningSettings: Sendable {
    var founders: Int
    var scheme: SignatureScheme
    var hasNewcomer: Bool
    /// The member that runs twice and so writes two histories, and what becomes of it.
    var fork: (member: Int, aftermath: ForkAftermath)?
    /// The member whose disk becomes an old copy.
    var restored: Int?
    /// The others replace the keys of the restored member; else it opens a successor.
    var isRestoredByDecision: Bool
    var timings = Genesis.Timings()
    var faultMilliseconds: Int
    var dayMilliseconds: Int
    var firstDay: CivilDate
    var lossPercent: Int
    var duplicatePercent: Int
    var delayMilliseconds: ClosedRange<Int>
    var diskMilliseconds: ClosedRange<Int>
    var tickMilliseconds: ClosedRange<Int>
    var workMilliseconds: ClosedRange<Int>
    var crashes: Int
    var partitions: Int
    var clogs: Int
    var bareProposalPercent: Int
    /// Proposals of decisions in one seed at most.
    var decisions: Int

    init(_ random: inout SeededRandom, nodes: Int? = nil) {
        founders = nodes ?? random.pick([3, 3, 4, 4, 4, 5])
        scheme = random.happens(1) ? .ed25519 : .keyedHash
        hasNewcomer = random.happens(60)
        let last = founders - 1
        if founders >= 4, random.happens(65) {
            fork = (random.within(0...last), random.pick(ForkAftermath.allCases))
        } else if founders >= 2, random.happens(60) { restored = random.within(0...last) }
        isRestoredByDecision = random.happens(35) && founders >= 3
        faultMilliseconds = random.within(3_000...9_000)
        dayMilliseconds = random.within(1_500...8_000)
        let start = 20_454 + random.below(40)
        guard let day = CivilDate(dayNumber: start) else { preconditionFailure("a day of 2026") }
        firstDay = day
        lossPercent = random.pick([0, random.within(1...10), random.within(10...30)])
        duplicatePercent = random.pick([0, random.within(1...50)])
        let delay = random.within(1...30)
        delayMilliseconds = delay...(delay + random.pick([5, 40, 200, 800]))
        diskMilliseconds = random.pick([0...0, 1...10, 1...60, 5...200])
        tickMilliseconds = random.pick([200...500, 300...900])
        workMilliseconds = random.pick([100...500, 200...1_200])
        crashes = random.pick([0, 1, random.within(1...4)])
        partitions = random.pick([0, 1, 2])
        clogs = random.pick([0, random.within(1...3)])
        bareProposalPercent = random.pick([0, 30, 100])
        decisions = random.within(3...9)
        timings.proposeMilliseconds = random.within(300...1_000)
        timings.prevoteMilliseconds = random.within(200...600)
        timings.precommitMilliseconds = random.within(200...600)
        timings.growthMilliseconds = random.within(100...500)
        timings.holdMilliseconds = random.within(300...1_500)
    }

    var summary: String {
        "\(founders) founders, \(hasNewcomer ? "a newcomer" : "no newcomer"), "
            + (fork.map { "\($0.member) runs twice (\($0.aftermath)), " } ?? "")
            + (restored.map { "\($0) is restored\(isRestoredByDecision ? " by decision" : ""), " } ?? "")
            + "\(scheme), faults for \(faultMilliseconds) ms, "
            + "day \(dayMilliseconds) ms from \(firstDay), loss \(lossPercent) %, twice \(duplicatePercent) %, "
            + "delay \(delayMilliseconds) ms, disk \(diskMilliseconds) ms, \(crashes) crashes, "
            + "\(partitions) partitions, \(clogs) clogs, bare \(bareProposalPercent) %, \(decisions) decisions"
    }
}
