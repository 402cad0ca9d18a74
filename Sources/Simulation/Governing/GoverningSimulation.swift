// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// One seed of governing: members that decide, join, fail and go on, faults between them, and one among them that may
/// run twice.
final class GoverningSimulation {
    let world: GoverningWorld
    private var healedAt: Int?
    private var goal = 0
    private var isDone = false

    init(
        _ network: GoverningNetwork, _ settings: GoverningSettings, _ random: SeededRandom, planted: PlantedBug?,
        keepsTrace: Bool
    ) {
        world = GoverningWorld(network, settings, random, planted: planted, keepsTrace: keepsTrace)
        world.trace.note(0, [settings.founders], settings.summary)
        if settings.scheme == .ed25519 { world.marks.hit(.realSignatures) }
        let count = settings.founders + (settings.hasNewcomer ? 1 : 0)
        world.halves = (0..<count).map { _ in world.random.below(2) }
        for member in 0..<count { world.members.append([GoverningMember(Address(member: member, face: 0), in: world)]) }
        addFaults()
        for faces in world.members { begin(faces[0]) }
        scheduleWork()
    }

    private func begin(_ member: GoverningMember) {
        member.start()
        world.schedule(.tick(member.address), afterMilliseconds: world.random.within(world.settings.tickMilliseconds))
    }

    private func scheduleWork() {
        world.schedule(.work, afterMilliseconds: world.random.within(world.settings.workMilliseconds))
    }

    private func addFaults() {
        let settings = world.settings
        let end = settings.faultMilliseconds
        var faults: [(at: Int, fault: GoverningFault)] = []
        for _ in 0..<settings.crashes {
            let (member, at) = (world.random.below(world.members.count), world.random.below(end))
            faults.append((at, .crash(member)))
            faults.append((at + world.random.within(50...3_000), .start(member)))
        }
        if let member = settings.restored {
            let copied = world.random.below(end / 2)
            let crash = copied + 100 + world.random.below(end / 2)
            faults += [(copied, .takeCopy(member)), (crash, .crash(member)), (crash + 5, .restore(member))]
            faults.append((crash + world.random.within(20...1_500), .start(member)))
        }
        if let fork = settings.fork { faults.append((300 + world.random.below(end / 2), .twin(fork.member))) }
        for _ in 0..<settings.partitions {
            let at = world.random.below(end)
            let side = world.random.shuffled(Array(world.members.indices)).prefix(
                world.random.within(1...max(1, world.members.count / 2))).sorted()
            faults += [(at, .partition(side)), (at + world.random.within(300...4_000), .mend)]
        }
        for _ in 0..<settings.clogs {
            let member = world.random.below(world.members.count)
            faults.append((world.random.below(end), .clog(member, milliseconds: world.random.within(200...3_000))))
        }
        faults.removeAll { $0.at > end }
        faults.append((end, .heal))
        for (at, fault) in faults { world.schedule(.fault(fault), afterMilliseconds: at) }
    }

    func run() {
        var events = 0
        while !isDone, world.violations.isEmpty, let happening = world.advance() {
            events += 1
            if events > SimulationLimits.events {
                world.violate("I10", "more than \(SimulationLimits.events) events in one seed")
            }
            tell(happening)
        }
    }

    private func actor(_ address: Address) -> GoverningMember { world.members[address.member][address.face] }

    private func tell(_ happening: GoverningWorld.Happening) {
        switch happening {
        case .parcel(let parcel, let from, let to): actor(to).receive(parcel, from: from)
        case .timer(let timer, let number, let address, let life):
            let member = actor(address)
            if member.isUp, member.life == life, number == member.core.voters.next.value {
                member.give(.timeout(timer))
            }
        case .synced(let address, let life):
            if actor(address).isUp, actor(address).life == life { actor(address).synced() }
        case .view(let address, let life):
            if actor(address).isUp, actor(address).life == life { actor(address).refreshView() }
        case .tick(let address):
            actor(address).tick()
            guard !actor(address).isRetired else { return }
            world.schedule(.tick(address), afterMilliseconds: world.random.within(world.settings.tickMilliseconds))
        case .work:
            guard healedAt == nil else { return }
            scheduleWork()
            world.random.pick(world.random.pick(world.members)).work()
        case .fault(let fault): strike(fault)
        case .look: lookForEnd()
        }
    }

    // MARK: Faults

    private func strike(_ fault: GoverningFault) {
        world.trace.note(world.now, [60], "fault: \(fault)")
        switch fault {
        case .crash(let member): for face in world.members[member] { face.crash() }
        case .start(let member): for face in world.members[member] { face.start() }
        case .takeCopy(let member): world.members[member][0].takeCopy()
        case .restore(let member): world.members[member][0].restoreCopy()
        case .twin(let member): addTwin(member)
        case .partition(let side):
            var pairs: [Links.Pair] = []
            for from in side {
                for to in world.members.indices where !side.contains(to) {
                    pairs += [.init(from: from, to: to), .init(from: to, to: from)]
                }
            }
            world.links.block(pairs)
        case .mend: world.links.unblockAll()
        case .clog(let member, let milliseconds): world.links.clog(member, until: world.now + milliseconds)
        case .heal: heal()
        }
    }

    private func addTwin(_ member: Int) {
        let first = world.members[member][0]
        guard !first.disk.isLost, first.disk.size(first.disk.ownLog) > 0 else { return }
        world.marks.hit(.twin)
        let twin = GoverningMember(Address(member: member, face: 1), in: world)
        twin.disk = first.disk
        twin.outsideSize = first.disk.size(first.disk.ownLog)
        world.members[member].append(twin)
        begin(twin)
    }

    private func heal() {
        world.links.heal()
        // Who ran twice is found out before all is well: the second run shows its log to everybody, then ends.
        for faces in world.members { for face in faces { face.start() } }
        healedAt = world.now
        world.schedule(.look, afterMilliseconds: 300)
    }

    // MARK: The end

    private func lookForEnd() {
        guard let healedAt else { return }
        let passed = world.now - healedAt
        let correct = world.correct
        if goal == 0, passed >= 1_500 {
            goal = (correct.map(\.epoch.number).max() ?? 0) + 1
            // Something is due, so that an epoch closes whatever was on its way.
            for member in correct where member.isFounder && member.isWriting {
                member.propose(.freeText, days: 0)
            }
        }
        if goal > 0, isOver(correct) {
            for member in correct { world.observer.look(at: member, in: world) }
            checkEvidence(correct)
            world.marks.hit(.healed)
            if passed <= 5_000 { world.marks.hit(.healedFast) }
            isDone = true
        } else if passed >= 5_000, correct.contains(where: \.isEndTooShort) {
            world.marks.hit(.endTooShort)
            isDone = true
        } else if passed >= SimulationLimits.councilHealingMilliseconds {
            world.violate("S2", "no epoch \(goal) that all have after healing: \(differences(correct))")
        } else { world.schedule(.look, afterMilliseconds: 300) }
    }

    /// All have come as far, and hold the same of every log but forked ones.
    private func isOver(_ correct: [GoverningMember]) -> Bool {
        guard let first = correct.first else { return true }
        func heads(_ member: GoverningMember) -> [CoveredHead] {
            // The log of a candidate whose invitation came to nothing is held by whoever took it.
            member.overlay.logIdentities.map(\.log).filter { first.disk.forks[$0] == nil }.compactMap { log in
                member.head(log).map { CoveredHead(log: log, head: $0) }
            }
        }
        let ground = heads(first)
        return correct.allSatisfy { member in
            member.epoch.number >= goal && member.epoch.number == first.epoch.number
                && Set(member.disk.forks.keys) == Set(first.disk.forks.keys) && heads(member) == ground
        }
    }

    /// I6: evidence that anybody can check, with every correct member.
    private func checkEvidence(_ correct: [GoverningMember]) {
        for member in correct {
            for (log, fork) in member.disk.forks {
                guard let identity = member.disk.journals[log]?.tip.identity,
                      (try? fork.evidence.check(identity, world.suite)) != nil
                else { return world.violate("I6", "member \(member.member) holds evidence that nobody can check") }
            }
        }
    }

    private func differences(_ correct: [GoverningMember]) -> String {
        correct.map { member in
            "\(member.member)\(member.isUp ? "" : " (down)")\(member.disk.isLost ? " (lost)" : "") epoch "
                + "\(member.epoch.number) round \(member.core.round) \(member.core.step)"
                + "\(member.triggers ? "" : " (no trigger)")\(member.isWriting ? "" : " (writes nothing)")"
                + "\(lacks(member)) forks \(member.disk.forks.count)"
        }.joined(separator: "; ")
    }

    /// What a member that has a certificate waits for.
    private func lacks(_ member: GoverningMember) -> String {
        guard let decided = member.decided else { return "" }
        guard let heads = member.disk.vectors[decided.header.vectorRoot] else { return " (decided, no vector)" }
        let lacking = heads.filter { member.holding(of: $0) != .held }.map { covered in
            "\(covered.log.description.prefix(8)) \(member.disk.size(covered.log)) of \(covered.head.size), "
                + (member.overlay.identity(of: covered.log) == nil ? "unknown" : "known")
        }
        return " (decided, lacks \(lacking.joined(separator: ", ")))"
    }
}
