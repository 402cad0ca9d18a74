// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// How a member lies. Each liar draws some.
struct Lies: OptionSet, Sendable {
    let rawValue: Int

    static let doubles = Lies(rawValue: 1 << 0)
    static let forgetsLocks = Lies(rawValue: 1 << 1)
    static let withholds = Lies(rawValue: 1 << 2)
    static let outOfTurn = Lies(rawValue: 1 << 3)
    static let falseValidRounds = Lies(rawValue: 1 << 4)
    static let leavesOutBallots = Lies(rawValue: 1 << 5)
    static let falseDates = Lies(rawValue: 1 << 6)
    static let falseDigests = Lies(rawValue: 1 << 7)
    static let signsAnything = Lies(rawValue: 1 << 8)
    static let forges = Lies(rawValue: 1 << 9)
    static let hidesProofs = Lies(rawValue: 1 << 10)
    static let coversMore = Lies(rawValue: 1 << 11)
    static let untriggered = Lies(rawValue: 1 << 12)
    static let doubleBallots = Lies(rawValue: 1 << 13)

    static let withholdsPrecommits = Lies(rawValue: 1 << 14)

    static let proposesAnew = Lies(rawValue: 1 << 15)

    static let votesFarOff = Lies(rawValue: 1 << 16)

    /// The lies that are drawn one by one; the others come with a plan.
    static let count = 17

    static let saysNothing = Lies(rawValue: 1 << 17)

    static let nilForOneHalf = Lies(rawValue: 1 << 18)

    static let certifiesAlone = Lies(rawValue: 1 << 19)

    /// One that has a lock stand alone: nothing is in its log, and one member is shown a polka with its prevote.
    static let polkaForOne: Lies = [.saysNothing, .forges]
    /// One that would have locks broken: it lets values be locked and not decided, and then offers others.
    static let lockBreaker: Lies = [.withholdsPrecommits, .proposesAnew]
}

/// How many lie, of how many.
enum CouncilMode: Sendable, CaseIterable {
    /// At most f: never two hashes for one number, and live once healed.
    case safe
    /// More than f: what cannot be prevented must be seen, and liars named.
    case accountable
}

/// What one seed of consensus is like.
struct CouncilSettings: Sendable {
    var mode: CouncilMode
    /// Founders; the numbers of those that lie are drawn among them.
    var members: Int
    var liars: [Int]
    var lies: [Lies] = []
    /// Below four members one whose only lie is to vote nil in rounds far off: that may harm nobody.
    var farVoter: Int?
    /// Whether liars show one face to one half and another to the other.
    var isTwoFaced: Bool
    /// Whether the correct members are cut in two, each half with its own face of every liar.
    var isConspiracy: Bool
    var scheme: SignatureScheme
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
    /// Restores of the database with the head kept outside, which shows them.
    var restores: Int
    /// Restores of a whole machine, which only others can see.
    var machineRestores: Int
    var partitions: Int
    var clogs: Int
    var clocks: Int
    var swizzles: Int
    var hasWrongDigest: Bool
    var hasNewcomer: Bool
    /// Of the proposals, how many travel without their delta.
    var bareProposalPercent: Int
    var halfLimit: Int
    /// Whether liars fall silent once all is healed: what they have done remains.
    var isSilentAfter: Bool

    var faults: Int { VotingSet.faults(of: members) }
    var quorum: Int { VotingSet.quorum(of: members) }

    init(_ random: inout SeededRandom, nodes: Int? = nil, liars fixed: Int? = nil) {
        mode = random.happens(72) ? .safe : .accountable
        if let nodes, let fixed { mode = fixed <= VotingSet.faults(of: nodes) ? .safe : .accountable }
        var liarCount = 0
        switch mode {
        case .safe:
            members = nodes ?? random.pick([1, 2, 3, 3, 4, 4, 4, 4, 4, 5, 6, 7, 7])
            liarCount = random.happens(75) ? VotingSet.faults(of: members) : 0
        case .accountable:
            (members, liarCount) = random.pick([(3, 1), (3, 1), (3, 2), (4, 2), (7, 3), (7, 4)])
            if let nodes { (members, liarCount) = (nodes, min(nodes - 1, VotingSet.faults(of: nodes) + 1)) }
        }
        liarCount = fixed ?? liarCount
        liars = random.shuffled(Array(0..<members)).prefix(liarCount).sorted()
        isTwoFaced = random.happens(mode == .safe ? 45 : 85)
        isConspiracy = random.happens(mode == .safe ? 25 : 80)
        scheme = random.happens(1) ? .ed25519 : .keyedHash
        faultMilliseconds = random.within(3_000...12_000)
        dayMilliseconds = random.within(2_000...15_000)
        firstDay = Self.day(20_454 + random.below(40))
        let delay = random.within(1...30)
        lossPercent = random.pick([0, 0, random.within(1...10), random.within(10...30)])
        duplicatePercent = random.pick([0, random.within(1...50)])
        delayMilliseconds = delay...(delay + random.pick([5, 40, 200, random.within(200...1_500)]))
        diskMilliseconds = random.pick([0...0, 1...10, 1...60, 5...300])
        tickMilliseconds = random.pick([150...400, 300...900, 500...1_500])
        workMilliseconds = random.pick([100...700, 300...2_000, 1_000...5_000])
        crashes = random.pick([0, 1, random.within(1...6)])
        restores = 0
        machineRestores = 0
        partitions = random.pick([0, 1, random.within(1...4)])
        clogs = random.pick([0, random.within(1...4)])
        clocks = random.pick([0, 0, random.within(1...3)])
        swizzles = random.happens(10) ? 1 : 0
        hasWrongDigest = members >= 4 && random.happens(15)
        hasNewcomer = random.happens(20)
        bareProposalPercent = random.pick([0, 0, 30, 100])
        halfLimit = random.pick([15, 40, 400])
        isSilentAfter = random.happens(50)
        drawTimings(&random)
        for _ in liars {
            let drawn = Lies(rawValue: random.below(1 << Lies.count) & random.below(1 << Lies.count))
            // Two faces that each seem correct are the worst of lies.
            if random.happens(25) {
                lies.append(.lockBreaker)
            } else if liarCount >= quorum, random.happens(50) {
                lies.append(.certifiesAlone)
            } else if mode == .safe, random.happens(15) {
                lies.append(.polkaForOne)
            } else if mode == .accountable, isTwoFaced, random.happens(20) {
                lies.append(.nilForOneHalf)
            } else if isTwoFaced, random.happens(50) {
                lies.append(drawn.intersection([.forges, .doubleBallots, .withholdsPrecommits]))
            } else { lies.append(drawn) }
        }
        if lies.contains(.nilForOneHalf) {
            // It needs two halves that agree, each for itself.
            (isConspiracy, lossPercent, crashes, partitions, clocks, swizzles) = (true, 0, 0, 0, 0, 0)
            hasWrongDigest = false
        }
        // A lost disk does not vote until its successor is covered; that quorum of the others has to be.
        if mode == .safe, (2...3).contains(members), random.happens(20) {
            farVoter = random.below(members)
            isSilentAfter = isSilentAfter && members == 3
        }
        let spare = members - quorum - liars.count - (farVoter == nil ? 0 : 1)
        restores = spare > 0 && random.happens(30) ? 1 : 0
        // A restore that nobody notices counts as a lie.
        let isShort = farVoter != nil && isSilentAfter
        if spare > restores || restores == 0 && !isShort, members >= 3, liars.count < max(1, faults),
           random.happens(20) {
            machineRestores = 1
        }
    }

    private static func day(_ number: Int) -> CivilDate {
        guard let date = CivilDate(dayNumber: number) else { preconditionFailure("a day of 2026") }
        return date
    }

    private mutating func drawTimings(_ random: inout SeededRandom) {
        timings.proposeMilliseconds = random.within(400...1_500)
        timings.prevoteMilliseconds = random.within(200...900)
        timings.precommitMilliseconds = random.within(200...900)
        timings.growthMilliseconds = random.within(150...800)
        timings.holdMilliseconds = random.within(300...2_000)
        guard random.happens(50) else { return }
        // Timers about as long as messages take, and much is lost: rounds end in the middle of things, and what
        // one member sees another does not.
        let usual = (delayMilliseconds.lowerBound + delayMilliseconds.upperBound) / 2 + diskMilliseconds.upperBound
        timings.proposeMilliseconds = random.within(usual...(usual * 6 + 20))
        timings.prevoteMilliseconds = random.within(1...(usual * 2 + 5))
        timings.precommitMilliseconds = random.within(1...(usual * 2 + 5))
        timings.growthMilliseconds = random.within(20...120)
        faultMilliseconds = random.within(1_500...5_000)
        guard random.happens(60) else { return }
        lossPercent = random.within(20...60)
        tickMilliseconds = random.within(300...800)...random.within(900...2_500)
        crashes = random.pick([0, random.within(1...6)])
    }

    func isLiar(_ member: Int) -> Bool { liars.contains(member) }

    var summary: String {
        "\(members) members, \(liars) lie \(lies.map(\.rawValue)) (\(mode)\(isTwoFaced ? ", two faces" : "")"
            + "\(isConspiracy ? ", conspiracy" : "")), \(scheme), faults for \(faultMilliseconds) ms, "
            + "day \(dayMilliseconds) ms from \(firstDay), loss \(lossPercent) %, twice \(duplicatePercent) %, "
            + "delay \(delayMilliseconds) ms, disk \(diskMilliseconds) ms, tick \(tickMilliseconds) ms, "
            + "\(crashes) crashes, \(restores)+\(machineRestores) restores, \(partitions) partitions, "
            + "\(clogs) clogs, \(clocks) clocks, wrong digest \(hasWrongDigest), newcomer \(hasNewcomer), "
            + "propose \(timings.proposeMilliseconds), prevote \(timings.prevoteMilliseconds), "
            + "precommit \(timings.precommitMilliseconds), growth \(timings.growthMilliseconds), "
            + (farVoter.map { "\($0) votes far off, " } ?? "")
            + "hold \(timings.holdMilliseconds), half \(halfLimit), bare \(bareProposalPercent) %"
    }
}
