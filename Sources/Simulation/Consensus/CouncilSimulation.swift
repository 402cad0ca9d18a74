// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// One seed of consensus: founders that meter nothing and only decide, faults between them, and liars among them.
final class CouncilSimulation {
    let world: CouncilWorld
    private var healedAt: Int?
    /// The epoch that all correct members have to reach after healing.
    private var goal = 0
    private var isDone = false
    private var isConspiring = false

    init(
        _ network: SimulatedNetwork, _ settings: CouncilSettings, _ random: SeededRandom, planted: PlantedBug?,
        keepsTrace: Bool
    ) {
        world = CouncilWorld(network, settings, random, planted: planted, keepsTrace: keepsTrace)
        world.trace.note(0, [settings.members, settings.liars.count], settings.summary)
        let settled = world.foundingEpoch()
        world.halves = (0..<(settings.members + 1)).map { _ in world.random.below(2) }
        for member in 0..<settings.members { addMember(member, log: member, settled) }
        if settings.scheme == .ed25519 { world.marks.hit(.realSignatures) }
        if settings.swizzles > 0 { world.marks.hit(.swizzle) }
        for (at, fault) in CouncilFaultPlan(settings, &world.random).faults {
            world.schedule(.fault(fault), afterMilliseconds: at)
        }
        for faces in world.members { for face in faces { begin(face) } }
        scheduleWork()
    }

    private func addMember(_ member: Int, log: Int, _ settled: SettledEpoch) {
        let faces = world.settings.isLiar(member) && world.settings.isTwoFaced ? 2 : 1
        if faces == 2 { world.marks.hit(.twoFaces) }
        world.members.append((0..<faces).map { face in
            CouncilMember(Address(member: member, face: face), log: log, founding: settled, in: world)
        })
    }

    private func begin(_ member: CouncilMember) {
        member.start()
        world.schedule(.tick(member.address), afterMilliseconds: world.random.within(world.settings.tickMilliseconds))
    }

    private func scheduleWork() {
        world.schedule(.work, afterMilliseconds: world.random.within(world.settings.workMilliseconds))
    }

    /// The correct members are cut in two halves, and liars show each half another face.
    private func conspire() {
        world.marks.hit(.conspiracy)
        let honest = world.random.shuffled((0..<world.settings.members).filter { !world.settings.isLiar($0) })
        for (place, member) in honest.enumerated() { world.halves[member] = place % 2 }
        isConspiring = true
        cut()
    }

    private func cut() {
        var pairs: [Links.Pair] = []
        let honest = (0..<world.settings.members).filter { !world.settings.isLiar($0) }
        for one in honest { for other in honest where world.halves[one] != world.halves[other] {
            pairs.append(.init(from: one, to: other))
        } }
        world.links.block(pairs)
    }

    func run() {
        var events = 0
        while !isDone, world.violations.isEmpty, let happening = world.advance() {
            events += 1
            if events > SimulationLimits.events {
                world.violate("I10", "more than \(SimulationLimits.events) events in one seed")
            }
            switch happening {
            case .parcel(let parcel, let from, let to): world.members[to.member][to.face].receive(parcel, from: from)
            case .timer(let timer, let number, let address, let life):
                let member = world.members[address.member][address.face]
                if member.isUp, member.life == life { member.timer(timer, number) }
            case .synced(let address, let life, let size):
                let member = world.members[address.member][address.face]
                if member.isUp, member.life == life { member.synced(upTo: size) }
            case .tick(let address):
                world.members[address.member][address.face].tick()
                world.schedule(
                    .tick(address), afterMilliseconds: world.random.within(world.settings.tickMilliseconds))
            case .work: work()
            case .fault(let fault): strike(fault)
            case .look: lookForEnd()
            }
        }
    }

    private func work() {
        guard healedAt == nil else { return }
        scheduleWork()
        let member = world.random.pick(world.members)[0]
        member.work(deadlineDays: world.random.happens(50) ? world.random.within(0...2) : nil)
    }

    // MARK: Faults

    private func strike(_ fault: CouncilFault) {
        world.trace.note(world.now, [60], "fault: \(fault)")
        switch fault {
        case .crash(let member): for face in world.members[member] { face.crash() }
        case .start(let member): for face in world.members[member] { face.start() }
        case .takeCopy(let member): for face in world.members[member] { face.takeCopy() }
        case .restore(let member, let wholeMachine):
            for face in world.members[member] { face.restoreCopy(wholeMachine: wholeMachine) }
        case .partition(let side, let isOneWay): partition(side, isOneWay)
        case .mend:
            world.links.unblockAll()
            if isConspiring { cut() }
        case .clog(let member, let milliseconds): world.links.clog(member, until: world.now + milliseconds)
        case .clock(let member, let days):
            world.marks.hit(.clock)
            for face in world.members[member] { face.clockErrorDays = days }
            if !world.settings.isLiar(member) {
                world.observer.mostDaysAhead = max(world.observer.mostDaysAhead, days)
            }
        case .spoilDigest(let member):
            world.marks.hit(.wrongDigest)
            for face in world.members[member] { face.isDigestWrong = true }
        case .repairDigest(let member): for face in world.members[member] { face.repairDigest() }
        case .newcomer: addNewcomer()
        case .conspire: conspire()
        case .heal: heal()
        }
    }

    private func partition(_ side: [Int], _ isOneWay: Bool) {
        world.marks.hit(isOneWay ? .partitionOneWay : .partition)
        var pairs: [Links.Pair] = []
        for from in side {
            for to in world.members.indices where !side.contains(to) {
                pairs.append(.init(from: from, to: to))
                if !isOneWay { pairs.append(.init(from: to, to: from)) }
            }
        }
        world.links.block(pairs)
    }

    private func addNewcomer() {
        let member = world.members.count
        let identity = world.network.identity(of: member, 0, world.settings.scheme)
        let log = world.book.open(identity, of: member)
        addMember(member, log: log, world.members[0][0].disk.settled[0])
        begin(world.members[member][0])
    }

    private func heal() {
        world.links.heal()
        for faces in world.members {
            for face in faces {
                face.clockErrorDays = 0
                face.start()
                face.hasFallenSilent = (!face.isHonest || face.votesFarOff) && world.settings.isSilentAfter
                // Below four an honest member's far-off votes end here, as its silence does not.
                if face.isHonest { face.votesFarOff = face.votesFarOff && face.hasFallenSilent }
            }
        }
        healedAt = world.now
        world.schedule(.look, afterMilliseconds: 300)
    }

    // MARK: The end

    private func lookForEnd() {
        guard let healedAt else { return }
        let passed = world.now - healedAt
        let correct = world.correct
        if goal == 0, passed >= 1_000 {
            // Something is due, so that an epoch closes whatever was on its way.
            goal = (correct.map { $0.settled.number }.max() ?? 0) + 1
            for member in correct { member.work(deadlineDays: -1) }
        }
        let disputed = world.observer.disputedNumber
        let isOver = disputed.map { world.observer.haveStopped(at: $0, in: world) }
            ?? (goal > 0 && correct.allSatisfy { $0.settled.number >= goal })
        if isOver {
            for member in correct { world.observer.look(at: member, in: world) }
            if let disputed { world.observer.checkNaming(disputed, in: world) }
            world.marks.hit(.councilHealed)
            if passed <= 5_000 { world.marks.hit(.councilHealedFast) }
            if passed > 20_000 { world.marks.hit(.councilHealedSlow) }
            isDone = true
        } else if passed >= SimulationLimits.councilHealingMilliseconds {
            // With more than f liars, or where two members lost a disk, nothing is promised but what is seen.
            if disputed == nil, isUnpromised { isDone = true } else {
                let what = disputed.map { "epoch \($0) is disputed and not all stopped" } ?? "no epoch \(goal)"
                world.violate("S2", "\(what) after healing: \(world.observer.differences(in: world))")
            }
        } else { world.schedule(.look, afterMilliseconds: 300) }
    }

    /// Live while q correct members vote, and none of theirs is a log that goes no further.
    private var isUnpromised: Bool {
        world.settings.mode == .accountable || world.correct.contains { member in
            let settled = member.settled
            let able = world.correct.count { other in
                settled.logs.indices.contains(other.member) && settled.logs[other.member] == other.disk.ownLog
            }
            return world.observer.isBeyond(settled) || able < settled.voters.quorum
        }
    }
}
