// SPDX-License-Identifier: EUPL-1.2
import Journal
import Replication

/// One seed: its world, its actors, and the loop that tells them what happens.
final class Simulation {
    let world: World
    /// Every actor by address: the nodes, and later whoever else takes part.
    private var actors: [Address: any SimulatedActor] = [:]
    private var nodes: [Node] = []
    private var pausedUntil: [Int: Int] = [:]
    private var healedAt: Int?
    private var branches: [LogID] = []
    private var isDone = false
    private let hasClockFaults: Bool

    init(_ network: SimulatedNetwork, _ settings: SeedSettings, _ random: SeededRandom, planted: PlantedBug?,
         hasClockFaults: Bool, keepsTrace: Bool) {
        self.hasClockFaults = hasClockFaults
        world = World(network, settings, random, planted: planted, keepsTrace: keepsTrace)
        world.trace.note(0, [settings.members, settings.liars], settings.summary)
        for member in 0..<settings.members { addMember(member) }
        world.lifeOf = { [unowned self] address in self.actors[address]?.life ?? 0 }
        if settings.scheme == .ed25519 { world.marks.hit(.realSignatures) }
        if settings.swizzles > 0 { world.marks.hit(.swizzle) }
        chooseUndialable()
        for (at, fault) in FaultPlan(settings, &world.random).faults {
            world.schedule(.fault(fault), afterMilliseconds: at)
        }
        for node in nodes {
            node.start(in: world)
            scheduleWork(node.address)
        }
    }

    private func addMember(_ member: Int) {
        let isForking = !world.isHonest(member) && world.settings.forks
        world.faces[member] = isForking ? 2 : 1
        for face in 0..<world.faces[member] {
            let node = Node(Address(member: member, face: face), in: world)
            if !world.isHonest(member) { node.liar = Liar(in: world) }
            node.isForking = isForking
            if world.isHonest(member) { world.ledger.nodes[member] = node }
            nodes.append(node)
            actors[node.address] = node
        }
    }

    private func chooseUndialable() {
        guard world.settings.undialablePercent > 0 else { return }
        var pairs: [Links.Pair] = []
        for from in 0..<world.settings.members {
            for to in 0..<from where world.random.happens(world.settings.undialablePercent) {
                // One of the two can always dial the other.
                pairs.append(world.random.happens(50) ? .init(from: from, to: to) : .init(from: to, to: from))
            }
        }
        world.links.setUndialable(pairs)
    }

    private func scheduleWork(_ address: Address) {
        // Work comes whatever life the node is in.
        world.schedule(
            .actor(address, life: -1, .work), afterMilliseconds: world.random.within(world.settings.workMilliseconds))
    }

    /// Runs to the end: until all is healed and quiet, or time is up, or something is violated.
    func run() {
        var events = 0
        while !isDone, world.violations.isEmpty, let happening = world.advance() {
            events += 1
            if events > SimulationLimits.events {
                world.violate("I10", "more than \(SimulationLimits.events) events in one seed")
            }
            switch happening {
            case .actor(let address, let life, let event): tell(address, life, event)
            case .fault(let fault): strike(fault)
            case .look: lookForEnd()
            }
        }
    }

    private func tell(_ address: Address, _ life: Int, _ event: ActorEvent) {
        guard let actor = actors[address] else { return }
        if case .work = event, healedAt == nil { scheduleWork(address) }
        guard actor.isUp, life == -1 || life == actor.life else { return }
        if case .work = event, healedAt != nil { return }
        if let until = pausedUntil[address.member], until > world.now {
            // A paused process wakes to all that came meanwhile; its timers are late. What its disk did counts.
            world.schedule(.actor(address, life: actor.life, event), afterMilliseconds: until - world.now)
            if case .wake = event, let node = actor as? Node { node.wakeAt = until }
            return
        }
        actor.take(event, in: world)
    }

    private func faces(of member: Int) -> [Node] { nodes.filter { $0.member == member } }

    private func strike(_ fault: Fault) {
        world.trace.note(world.now, [60], "fault: \(fault)")
        switch fault {
        case .crash(let member):
            pausedUntil[member] = nil
            for node in faces(of: member) { node.crash(in: world) }
        case .start(let member): start(member)
        case .takeCopy(let member): for node in faces(of: member) { node.takeCopy() }
        case .restore(let member): for node in faces(of: member) { node.restoreCopy(in: world) }
        case .partition(let side, let isOneWay): partition(side, isOneWay)
        case .mend: world.links.unblockAll()
        case .clog(let member, let milliseconds): world.links.clog(member, until: world.now + milliseconds)
        case .pause(let member, let milliseconds):
            world.marks.hit(.pause)
            pausedUntil[member] = world.now + milliseconds
        case .clock(let member, let days):
            world.marks.hit(abs(days) > 3_000 ? .clockYears : .clockJump)
            for node in faces(of: member) where hasClockFaults { node.clockErrorDays = days }
        case .heal: heal()
        }
    }

    private func start(_ member: Int) {
        for node in faces(of: member) where !node.isUp {
            node.start(in: world)
            world.ledger.look(at: node, in: world)
        }
    }

    private func partition(_ side: [Int], _ isOneWay: Bool) {
        world.marks.hit(isOneWay ? .partitionOneWay : side.count == 1 ? .partitionSingle : .partitionWhole)
        var pairs: [Links.Pair] = []
        for from in side {
            for to in 0..<world.settings.members where !side.contains(to) {
                pairs.append(.init(from: from, to: to))
                if !isOneWay { pairs.append(.init(from: to, to: from)) }
            }
        }
        world.links.block(pairs)
    }

    private func heal() {
        world.links.heal()
        pausedUntil = [:]
        for member in 0..<world.settings.members { start(member) }
        branches = world.ledger.branchesHeld(in: world)
        if !branches.isEmpty { world.marks.hit(.branchesSpread) }
        healedAt = world.now
        world.schedule(.look, afterMilliseconds: 500)
    }

    private func lookForEnd() {
        guard let healedAt else { return }
        let passed = world.now - healedAt
        if world.ledger.areIdentical(in: world) {
            world.marks.hit(.healed)
            if passed <= 10_000 { world.marks.hit(.healedFast) }
            if passed > 30_000 { world.marks.hit(.healedSlow) }
            world.ledger.checkEnd(branches: branches, in: world)
            isDone = true
        } else if passed >= SimulationLimits.healingMilliseconds {
            world.violate("S2", "not identical 60 s after healing: \(world.ledger.differences(in: world))")
        } else {
            world.schedule(.look, afterMilliseconds: 500)
        }
    }
}
