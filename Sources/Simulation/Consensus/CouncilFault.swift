// SPDX-License-Identifier: EUPL-1.2

/// What the world does to the members of a council.
enum CouncilFault: Sendable {
    case crash(Int)
    case start(Int)
    case takeCopy(Int)
    /// The disk becomes the copy; with the whole machine also the head that is kept outside.
    case restore(Int, wholeMachine: Bool)
    case partition([Int], isOneWay: Bool)
    case mend
    case clog(Int, milliseconds: Int)
    case clock(Int, days: Int)
    case spoilDigest(Int)
    case repairDigest(Int)
    case newcomer
    /// The correct members are cut in two, and liars show each half another face.
    case conspire
    case heal
}

/// Draws the faults of a seed, with their times.
struct CouncilFaultPlan {
    private(set) var faults: [(at: Int, fault: CouncilFault)] = []

    init(_ settings: CouncilSettings, _ random: inout SeededRandom) {
        let end = settings.faultMilliseconds
        let members = settings.members
        func moment() -> Int { random.below(end) }
        for _ in 0..<settings.crashes {
            let (member, at) = (random.below(members), moment())
            faults.append((at, .crash(member)))
            faults.append((at + random.within(50...4_000), .start(member)))
        }
        let restored = random.shuffled((0..<members).filter { !settings.isLiar($0) })
        for turn in 0..<min(restored.count, settings.restores + settings.machineRestores) {
            let (member, copied) = (restored[turn], random.below(end / 2))
            let crash = copied + random.below(end / 2)
            faults.append((copied, .takeCopy(member)))
            faults.append((crash, .crash(member)))
            faults.append((crash + 5, .restore(member, wholeMachine: turn >= settings.restores)))
            faults.append((crash + random.within(20...2_000), .start(member)))
        }
        for _ in 0..<settings.partitions where members > 1 {
            let at = moment()
            let side = random.shuffled(Array(0..<members)).prefix(random.within(1...max(1, members / 2))).sorted()
            faults.append((at, .partition(side, isOneWay: random.happens(30))))
            faults.append((at + random.within(300...6_000), .mend))
        }
        for _ in 0..<settings.clogs {
            faults.append((moment(), .clog(random.below(members), milliseconds: random.within(200...4_000))))
        }
        // So many clocks far ahead that, with the liars, a quorum believes in a date, make it true.
        let farAhead = random.shuffled((0..<members).filter { !settings.isLiar($0) })
            .prefix(max(0, settings.quorum - 1 - settings.liars.count))
        for _ in 0..<settings.clocks {
            let member = random.below(members)
            let days = random.pick([-1, 1, -3, 3, -400, 400])
            if days > 1, !farAhead.contains(member) { continue }
            faults.append((moment() / 2, .clock(member, days: days)))
        }
        for _ in 0..<settings.swizzles { addSwizzle(members, from: moment(), &random) }
        if settings.hasWrongDigest {
            let member = random.below(members)
            faults.append((moment() / 2, .spoilDigest(member)))
            faults.append((end, .repairDigest(member)))
        }
        if settings.isConspiracy, !settings.liars.isEmpty {
            let latest = settings.lies.contains(.nilForOneHalf) ? 1_500 : end * 2 / 3
            faults.append((random.below(latest), .conspire))
        }
        if settings.hasNewcomer { faults.append((moment(), .newcomer)) }
        faults.removeAll { $0.at > end }
        faults.append((end, .heal))
    }

    private mutating func addSwizzle(_ members: Int, from time: Int, _ random: inout SeededRandom) {
        let chosen = random.shuffled(Array(0..<members))
        for (turn, member) in chosen.enumerated() {
            let milliseconds = (chosen.count - turn) * 200 + random.within(0...2_000)
            faults.append((time + turn * 200, .clog(member, milliseconds: milliseconds)))
        }
    }
}
