// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// What the world does to members that govern.
enum GoverningFault: Sendable {
    case crash(Int)
    case start(Int)
    case takeCopy(Int)
    case restore(Int)
    /// The member runs a second time, from the same disk.
    case twin(Int)
    case partition([Int])
    case mend
    case clog(Int, milliseconds: Int)
    case heal
}

/// What surrounds members that govern: time, chance, the network between them, and the observer.
final class GoverningWorld {
    enum Happening {
        case parcel(GoverningParcel, from: Address, to: Address)
        case timer(ConsensusTimer, number: Int, Address, life: Int)
        case synced(Address, life: Int)
        case view(Address, life: Int)
        case tick(Address)
        case work
        case fault(GoverningFault)
        case look
    }

    let settings: GoverningSettings
    let planted: PlantedBug?
    let network: GoverningNetwork
    let suite: SimulatedSuite
    /// The state before any epoch.
    let founding: CooperativeState
    let observer: GoverningObserver
    var random: SeededRandom
    var links = Links()
    var trace: Trace
    var marks = MarkCounts<GoverningMark>()
    private(set) var violations: [Violation] = []
    private(set) var now = 0
    private var queue = EventQueue<Happening>()
    /// By member and face.
    var members: [[GoverningMember]] = []
    /// Which half sees which face of a member that runs twice.
    var halves: [Int] = []
    var decisionsLeft: Int

    init(
        _ network: GoverningNetwork, _ settings: GoverningSettings, _ random: SeededRandom, planted: PlantedBug?,
        keepsTrace: Bool
    ) {
        (self.network, self.settings, self.random, self.planted) = (network, settings, random, planted)
        suite = SimulatedSuite(settings.scheme)
        var founding = CooperativeState(genesis: network.genesis, hashing: suite)
        if planted == .voterCountedTwice { founding.omitted = .oneVoteAVoter }
        self.founding = founding
        trace = Trace(isKept: keepsTrace)
        observer = GoverningObserver(suite, settings)
        decisionsLeft = settings.decisions
    }

    /// The members that run once; the twin is held to nothing.
    var correct: [GoverningMember] { members.compactMap(\.first).filter { !$0.isTwin } }

    var date: CivilDate { settings.firstDay.adding(days: now / settings.dayMilliseconds) ?? settings.firstDay }

    func advance() -> Happening? {
        guard let next = queue.next() else { return nil }
        now = next.time
        return next.event
    }

    func schedule(_ happening: Happening, afterMilliseconds delay: Int) { queue.add(happening, at: now + delay) }

    func violate(_ invariant: String, _ sentence: @autoclosure () -> String) {
        guard violations.count < SimulationLimits.violationsKept else { return }
        let violation = Violation(invariant: invariant, sentence: sentence(), atMilliseconds: now)
        violations.append(violation)
        trace.note(now, [99], "VIOLATION \(violation)")
    }

    /// Only one of two runs goes on.
    func retireTwin() {
        guard let twin = settings.fork?.member else { return }
        for face in members[twin].dropFirst() { (face.isRetired, face.isUp) = (true, false) }
    }

    func send(_ parcel: GoverningParcel, from: Address, to member: Int) {
        if links.isBlocked(from.member, member) { return marks.hit(.blocked) }
        // A face is seen by one half only, until nobody can be kept apart any more.
        if !links.isHealed, members[from.member].count > 1, halves[member] != from.face { return }
        if !links.isHealed, random.happens(settings.lossPercent) { return marks.hit(.lost) }
        let faces = members[member].filter { !$0.isRetired }
        let face = faces.count == 1 ? 0 : halves[from.member]
        let to = faces[min(face, faces.count - 1)].address
        for _ in 0..<(!links.isHealed && random.happens(settings.duplicatePercent) ? 2 : 1) {
            var delay = links.isHealed ? random.within(1...40) : random.within(settings.delayMilliseconds)
            delay = max(delay, links.clogEnd(from.member, member) - now + random.below(20))
            schedule(.parcel(parcel, from: from, to: to), afterMilliseconds: delay)
        }
    }
}
