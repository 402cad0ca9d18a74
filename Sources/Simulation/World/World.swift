// SPDX-License-Identifier: EUPL-1.2
import Journal
import Replication

/// What surrounds the actors of one seed: time, chance, the network between them, and those who watch.
final class World {
    /// What is to happen.
    enum Happening: Sendable {
        case actor(Address, life: Int, ActorEvent)
        case fault(Fault)
        case look
    }

    let network: SimulatedNetwork
    let settings: SeedSettings
    let planted: PlantedBug?
    var random: SeededRandom
    var links = Links()
    var trace: Trace
    var marks = MarkCounts<Mark>()
    let ledger: Ledger
    private(set) var violations: [Violation] = []
    private(set) var now = 0
    private var queue = EventQueue<Happening>()
    /// Set by the simulation once actors exist: the life in which an address is.
    var lifeOf: (Address) -> Int = { _ in 0 }
    /// Which face of a member another one sees.
    var faces: [Int]
    private var latestArrival: [Links.Pair: Int] = [:]

    init(_ network: SimulatedNetwork, _ settings: SeedSettings, _ random: SeededRandom, planted: PlantedBug?,
         keepsTrace: Bool) {
        self.network = network
        self.settings = settings
        self.random = random
        self.planted = planted
        trace = Trace(isKept: keepsTrace)
        ledger = Ledger(network)
        faces = [Int](repeating: 1, count: network.memberCount)
    }

    var time: MonotonicTime { MonotonicTime(milliseconds: now) }

    func isHonest(_ member: Int) -> Bool { member < settings.members - settings.liars }

    func advance() -> Happening? {
        guard let next = queue.next() else { return nil }
        now = next.time
        return next.event
    }

    func schedule(_ happening: Happening, afterMilliseconds delay: Int) { queue.add(happening, at: now + delay) }

    /// Tells an actor something later, if it still lives.
    func later(_ milliseconds: Int, _ event: ActorEvent, to address: Address) {
        schedule(.actor(address, life: lifeOf(address), event), afterMilliseconds: milliseconds)
    }

    /// The face of `member` that `other` sees.
    func address(of member: Int, seenBy other: Int) -> Address {
        Address(member: member, face: faces[member] > 1 ? other % faces[member] : 0)
    }

    func violate(_ invariant: String, _ sentence: @autoclosure () -> String) {
        guard violations.count < SimulationLimits.violationsKept else { return }
        let violation = Violation(invariant: invariant, sentence: sentence(), atMilliseconds: now)
        violations.append(violation)
        trace.note(now, [99], "VIOLATION \(violation)")
    }

    /// Sends a body, as the network between the two will have it.
    func send(_ message: Message) {
        let (from, to) = (message.from.member, message.to.member)
        if message.kind == .request, !links.canDial(from, to) {
            marks.hit(.undialable)
            return
        }
        if links.isBlocked(from, to) {
            marks.hit(.messageBlocked)
            return
        }
        if !links.isHealed, random.happens(settings.lossPercent) {
            marks.hit(.messageLost)
            return
        }
        deliver(message)
        if !links.isHealed, random.happens(settings.duplicatePercent) {
            marks.hit(.messageDuplicated)
            deliver(message)
        }
    }

    private func deliver(_ message: Message) {
        let (from, to) = (message.from.member, message.to.member)
        var delay = links.isHealed ? random.within(1...60) : random.within(settings.delayMilliseconds)
        let clogEnd = links.clogEnd(from, to)
        if clogEnd > now + delay {
            marks.hit(.messageClogged)
            delay = clogEnd - now + random.below(20)
        }
        let pair = Links.Pair(from: from, to: to)
        if now + delay < latestArrival[pair] ?? 0 { marks.hit(.messageOvertaken) }
        latestArrival[pair] = max(latestArrival[pair] ?? 0, now + delay)
        // A message reaches whatever life the other is in by then.
        schedule(.actor(message.to, life: -1, .message(message)), afterMilliseconds: delay)
    }
}
