// SPDX-License-Identifier: EUPL-1.2
import Journal
import Replication

/// What one seed is like: not only what happens is drawn, but also how unkind the world is.
struct SeedSettings: Sendable {
    /// Nodes with keys; the last `liars` of them lie.
    var members: Int
    var liars: Int
    var scheme: SignatureScheme
    /// How long work and faults go on; then everything heals.
    var faultMilliseconds: Int
    var timings = ScheduleTimings()
    var timeoutMilliseconds: Int
    var lossPercent: Int
    var duplicatePercent: Int
    var delayMilliseconds: ClosedRange<Int>
    var diskMilliseconds: ClosedRange<Int>
    /// Of the ordered pairs of members, how many cannot dial.
    var undialablePercent: Int
    /// Time between two works of one node.
    var workMilliseconds: ClosedRange<Int>
    var crashes: Int
    var restores: Int
    var partitions: Int
    var clogs: Int
    var pauses: Int
    var clockJumps: Int
    var swizzles: Int
    /// Of the bodies that a liar sends, how many it changes.
    var liePercent: Int
    var forks: Bool
    /// Of the entries, how many are of tens of kilobytes.
    var bigEntryPercent: Int

    /// Draws the settings of a seed with `nodes` members, or 3 to 9.
    init(_ random: inout SeededRandom, nodes: Int? = nil) {
        let isHarsh = random.happens(50)
        members = nodes ?? random.within(3...9)
        liars = members > 3 && random.happens(55) ? random.within(1...max(1, members / 3)) : 0
        if members == 3, random.happens(30) { liars = 1 }
        scheme = random.happens(1) ? .ed25519 : .keyedHash
        faultMilliseconds = random.within(5_000...25_000)
        timings.roundMilliseconds = random.within(400...3_000)
        timings.coalesceMilliseconds = random.pick([0, 50, 200])
        timings.backOffMilliseconds = random.within(100...1_000)
        timings.backOffCapMilliseconds = random.within(2_000...8_000)
        timeoutMilliseconds = random.within(1_000...6_000)
        lossPercent = random.pick([0, 0, random.within(1...10), isHarsh ? random.within(10...30) : 3])
        duplicatePercent = random.pick([0, random.within(1...50)])
        let least = random.within(1...40)
        delayMilliseconds = least...(least + random.pick([0, 30, 300, isHarsh ? 5_000 : 800]))
        diskMilliseconds = random.pick([0...0, 1...10, 1...60, 5...800])
        undialablePercent = random.happens(20) ? random.within(10...40) : 0
        workMilliseconds = random.pick([100...1_000, 500...4_000, 200...8_000])
        crashes = random.pick([0, 1, random.within(2...8)])
        restores = random.happens(25) ? random.within(1...2) : 0
        partitions = random.pick([0, 1, random.within(1...4)])
        clogs = random.pick([0, random.within(1...4)])
        pauses = random.pick([0, random.within(1...4)])
        clockJumps = random.pick([0, random.within(1...5)])
        swizzles = random.happens(15) ? 1 : 0
        liePercent = random.within(5...80)
        forks = random.happens(60)
        bigEntryPercent = random.happens(6) ? random.within(5...30) : 0
    }

    /// In a line, for the trace.
    var summary: String {
        "\(members) members, \(liars) lie (\(liePercent) %, \(forks ? "forks" : "no forks")), \(scheme), "
            + "faults for \(faultMilliseconds) ms, round \(timings.roundMilliseconds) ms, "
            + "timeout \(timeoutMilliseconds) ms, loss \(lossPercent) %, twice \(duplicatePercent) %, "
            + "delay \(delayMilliseconds) ms, disk \(diskMilliseconds) ms, undialable \(undialablePercent) %, "
            + "\(crashes) crashes, \(restores) restores, \(partitions) partitions, \(clogs) clogs, "
            + "\(pauses) pauses, \(clockJumps) clock jumps, \(swizzles) swizzles"
    }
}
