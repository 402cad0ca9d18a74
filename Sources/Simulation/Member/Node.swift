// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Replication

/// A member's node: the cores, and around them what the daemon does, over a disk and a network that a seed rules.
/// What it tells others and what it folds is what its disk holds; so the memory follows the disk, never leads it.
final class Node: SimulatedActor {
    /// An exchange that this node began.
    struct Exchange {
        let partner: Int
        var session: ExchangeSession
        var request = 0
        /// Whether an answer is awaited.
        var isAwaiting = false
    }

    /// A commit that the disk is writing.
    struct Commit {
        let number: Int
        var batch = DiskBatch()
        var tips: [LogID: LogTip] = [:]
        var own: OwnLog?
        var forks: Set<LogID> = []
        var replies: [Reply] = []
        var acknowledged: LogSize?
        /// A planted bug: the memory has gone on already.
        var isTold = false
    }

    /// Who hears of a commit, and what admission refused.
    struct Reply {
        let to: Job.Waiter
        let refused: [RefusedPage]
    }

    let address: Address
    let network: SimulatedNetwork
    let suite: SimulatedSuite
    let planted: PlantedBug?
    let timings: ScheduleTimings
    /// What a lying member makes of bodies; `nil` for a correct one.
    var liar: Liar?

    private(set) var life = 0
    private(set) var isUp = false
    var disk: Disk
    /// The size up to which the own log was signed, in a file of its own outside the disk and its copies.
    var externalHead = LogSize.empty
    /// An old copy of the disk.
    var copy: Disk?
    /// What the local clock shows less what it should.
    var clockErrorDays = 0
    /// Whether this node writes although its work is that of a liar with two histories.
    var isForking = false

    // What follows is lost in a crash.
    var tips: [LogID: LogTip] = [:]
    var own: OwnLog?
    var forks: Set<LogID> = []
    var heads: HeldHeads
    var state: CooperativeState
    var memories: [Int: PartnerMemory] = [:]
    var schedule: PartnerSchedule
    var exchanges: [Int: Exchange] = [:]
    var jobs: [Job] = []
    var commit: Commit?
    var sessions = 0
    var commits = 0
    var wakeAt: Int?
    var needsFullSave = true

    init(_ address: Address, in world: World) {
        self.address = address
        network = world.network
        planted = world.isHonest(address.member) ? world.planted : nil
        suite = SimulatedSuite(world.settings.scheme, acceptsAll: planted == .signatureUnchecked)
        timings = world.settings.timings
        let instance = Node.newInstance(in: world)
        disk = Disk(network, suite, instance: instance)
        heads = HeldHeads(
            table: HeadTable(), history: HeadHistory(instance: instance, sequence: HeadSequence(0)))
        state = CooperativeState(genesis: network.genesis, hashing: suite)
        schedule = PartnerSchedule(own: network.log(address.member), epochHash: state.epoch.hash, at: world.time)
    }

    var member: Int { address.member }
    var ownID: LogID { network.log(member) }
    var isHonest: Bool { liar == nil && !isForking }

    static func newInstance(in world: World) -> StoreInstance {
        guard let instance = StoreInstance(world.random.bytes(StoreInstance.byteCount)) else {
            preconditionFailure("an instance has sixteen bytes")
        }
        return instance
    }

    func take(_ event: ActorEvent, in world: World) {
        switch event {
        case .wake: wake(in: world)
        case .message(let message): take(message, in: world)
        case .timeout(let session, let request): timeout(session, request, in: world)
        case .synced(let number): synced(number, in: world)
        case .work: work(in: world)
        }
        if isUp { checkBounds(in: world) }
    }

    func begin(life: Int) { (self.life, isUp) = (life, true) }

    func end() { isUp = false }

    /// Queues do not grow without bound.
    private func checkBounds(in world: World) {
        guard isHonest else { return }
        if exchanges.count > SimulationLimits.exchangesUnderWay {
            world.violate("I10", "member \(member) has \(exchanges.count) exchanges under way")
        }
        if jobs.count > SimulationLimits.jobsWaiting {
            world.violate("I10", "\(jobs.count) jobs wait for the disk of member \(member)")
        }
    }

    func note(
        _ world: World, _ code: Int, _ values: [Int], content: UInt64 = 0, _ line: @autoclosure () -> String
    ) {
        let face = address.face == 0 ? "" : "'"
        let all = [code, member, address.face] + values
        world.trace.note(world.now, all, content: content, "\(member)\(face) " + line())
    }
}
