// SPDX-License-Identifier: EUPL-1.2

/// Something that the world does to the members.
enum Fault: Sendable {
    case crash(Int)
    case start(Int)
    case takeCopy(Int)
    case restore(Int)
    /// Members on one side cannot reach the others; one way only, or both.
    case partition([Int], isOneWay: Bool)
    case mend
    case clog(Int, milliseconds: Int)
    case pause(Int, milliseconds: Int)
    case clock(Int, days: Int)
    case heal
}

/// Draws the faults of a seed, with their times.
struct FaultPlan {
    private(set) var faults: [(at: Int, fault: Fault)] = []

    init(_ settings: SeedSettings, _ random: inout SeededRandom) {
        let end = settings.faultMilliseconds
        func moment() -> Int { random.below(end) }
        for _ in 0..<settings.crashes {
            addCrash(random.below(settings.members), at: moment(), random.within(50...6_000))
        }
        for _ in 0..<settings.restores {
            let (member, copied) = (random.below(settings.members), random.below(end / 2))
            let crash = copied + random.below(end / 2)
            faults.append((copied, .takeCopy(member)))
            faults.append((crash, .crash(member)))
            faults.append((crash + 10, .restore(member)))
            faults.append((crash + random.within(20...3_000), .start(member)))
        }
        for _ in 0..<settings.partitions {
            let at = moment()
            let count = random.within(1...max(1, settings.members / 2))
            let side = random.shuffled(Array(0..<settings.members)).prefix(count).sorted()
            faults.append((at, .partition(side, isOneWay: random.happens(35))))
            faults.append((at + random.within(500...8_000), .mend))
        }
        for _ in 0..<settings.clogs {
            let member = random.below(settings.members)
            faults.append((moment(), .clog(member, milliseconds: random.within(200...6_000))))
        }
        for _ in 0..<settings.pauses {
            let member = random.below(settings.members)
            faults.append((moment(), .pause(member, milliseconds: random.within(100...9_000))))
        }
        for _ in 0..<settings.clockJumps {
            let days = random.pick([-1, 1, -3_650, 3_650, random.within(-30...30)])
            faults.append((moment(), .clock(random.below(settings.members), days: days)))
        }
        for _ in 0..<settings.swizzles { addSwizzle(settings.members, from: moment(), &random) }
        faults.removeAll { $0.at >= end }
        faults.append((end, .heal))
    }

    private mutating func addCrash(_ member: Int, at time: Int, _ downMilliseconds: Int) {
        faults.append((time, .crash(member)))
        faults.append((time + downMilliseconds, .start(member)))
    }

    /// One after another is clogged, and they come back in another order.
    private mutating func addSwizzle(_ members: Int, from time: Int, _ random: inout SeededRandom) {
        let chosen = random.shuffled(Array(0..<members)).prefix(random.within(2...members))
        var at = time
        let all = time + chosen.count * 300
        for member in chosen {
            at += random.within(10...300)
            faults.append((at, .clog(member, milliseconds: all - at + random.within(0...3_000))))
        }
    }
}
