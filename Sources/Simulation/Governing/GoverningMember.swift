// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// A member that governs: real journals, the real fold, the real view of an epoch and a real consensus core, and
/// around them what a node does. What is in `disk` is durable; what is to be appended is not until it is synced.
final class GoverningMember {
    /// An own entry on its way to the disk, with what justifies it where it is a message of consensus.
    struct Pending {
        let bytes: [UInt8]
        let own: OwnMessage?
    }

    let address: Address
    unowned let world: GoverningWorld
    var disk: GoverningDisk
    var copy: GoverningDisk?
    /// The newest own size that is kept outside the disk and its copies.
    var outsideSize = 0

    var isUp = false
    /// A second run of a member that was found out: it is switched off for good.
    var isRetired = false
    var life = 0
    var overlay: CooperativeState
    var core: ConsensusCore
    var trials = EpochTrials()
    var pending: [Pending] = []
    var isSyncing = false
    var inbox: [ConsensusEvent] = []
    var isHandling = false
    var triggers = false
    var preparing: Round?
    var unjudged: [EpochHash: Proposal] = [:]
    var decided: Certificate?
    var isViewScheduled = false
    var peerHave: [Int: [LogID: Head]] = [:]
    var answered: Set<Int> = []
    var wantedPolkas: [PolkaKey] = []
    var wantedVectors: [Hash] = []
    var wantedLeaves: [LogID] = []
    var wantedBranches: [CoveredHead] = []
    var readyEpoch: Int?

    init(_ address: Address, in world: GoverningWorld) {
        (self.address, self.world) = (address, world)
        let zero = world.network.entryZero(address.member)
        let settled = world.founding
        disk = GoverningDisk(ownLog: zero.log(world.suite), settled: settled)
        overlay = settled.overlay(convicted: [], held: JournalEntries(journals: [:]))
        core = ConsensusCore(
            voters: settled.votingSet, signer: nil, timings: world.settings.timings, suite: world.suite)
    }

    var member: Int { address.member }
    var suite: SimulatedSuite { world.suite }
    var planted: PlantedBug? { world.planted }
    var settled: CooperativeState { disk.settled }
    var epoch: Epoch { disk.settled.epoch }
    var ownDate: CivilDate { world.date }
    var oin: OIN { world.network.card(member).oin }
    var signer: SimulatedSigner { world.network.signer(member, disk.generation) }
    var settledDigest: Hash { settled.epochs[epoch.number].stateDigest }
    var entries: JournalEntries { JournalEntries(journals: disk.journals) }
    var isFounder: Bool { member < world.settings.founders }
    /// Whether it may write at all.
    var isWriting: Bool {
        let isStopped = disk.forks[disk.ownLog] != nil && !(isTwin && world.settings.fork?.aftermath == .expelled)
        return isUp && !disk.isLost && disk.size(disk.ownLog) > 0 && !isStopped
    }
    /// Whether this member is the one that runs twice.
    var isTwin: Bool { world.settings.fork?.member == member }
    var others: [Int] { world.members.indices.filter { $0 != member } }

    func note(_ code: Int, _ values: [Int] = [], _ line: @autoclosure () -> String) {
        let name = "\(member)\(address.face > 0 ? "'" : "")"
        world.trace.note(world.now, [code, member, address.face] + values, "\(name) \(line())")
    }

    // MARK: Life

    func start() {
        guard !isUp, !isRetired else { return }
        (isUp, life) = (true, life + 1)
        if life > 1 { world.marks.hit(.restart) }
        (pending, isSyncing, inbox, peerHave, answered) = ([], false, [], [:], [])
        (isViewScheduled, decided) = (false, nil)
        for log in disk.journals.keys.sorted() {
            let size = disk.size(log)
            disk.journals[log]?.arrivals = Array(repeating: -1_000_000, count: size)
        }
        note(1, [life], "starts, life \(life), at epoch \(epoch.number), own size \(disk.size(disk.ownLog))")
        if life > 1, world.random.happens(20) { rebuildSettled() }
        if outsideSize > disk.size(disk.ownLog) {
            world.marks.hit(.lostLog)
            disk.isLost = true
        }
        rebuildOverlay()
        if isFounder, disk.size(disk.ownLog) == 0, !disk.isLost { beginLog(world.network.entryZero(member)) }
        beginHeight()
        for other in others { request(to: other) }
    }

    /// As a start does that finds no saved state: every epoch again from the genesis.
    private func rebuildSettled() {
        world.marks.hit(.rebuilt)
        var state = world.founding
        for applied in disk.epochs {
            let heads = state.epoch.heads(applying: applied.delta)
            guard let next = Epoch(applied.certificate, heads: heads, suite) else {
                return world.violate("I4", "member \(member) keeps an epoch whose vector does not fit")
            }
            state = state.settled(by: next, held: entries)
        }
        if state.epochs.last?.stateDigest != settledDigest {
            world.violate("I4", "member \(member) comes to another settled state when it folds from the genesis")
        }
    }

    /// What was not synced is lost, or some of it is on the disk though nobody was told.
    func crash() {
        guard isUp else { return }
        world.marks.hit(.crash)
        if !pending.isEmpty, world.random.happens(50) {
            world.marks.hit(.unsynced)
            commit(Array(pending.prefix(1 + world.random.below(pending.count))), isTold: false)
        }
        isUp = false
        note(2, [pending.count], "crashes")
    }

    func takeCopy() { copy = disk }

    func restoreCopy() {
        guard !isUp, let copy else { return }
        world.marks.hit(.restored)
        note(3, [], "gets an old copy of its disk")
        disk = copy
    }

    // MARK: The own log

    func append(_ bytes: [UInt8], own: OwnMessage? = nil) {
        pending.append(Pending(bytes: bytes, own: own))
        startSync()
    }

    private func startSync() {
        guard !isSyncing else { return }
        isSyncing = true
        world.schedule(
            .synced(address, life: life), afterMilliseconds: world.random.within(world.settings.diskMilliseconds))
    }

    /// The disk has all that was waiting.
    func synced() {
        isSyncing = false
        let done = pending
        pending = []
        guard !done.isEmpty, isWriting else { return }
        commit(done, isTold: true)
        for other in others { request(to: other) }
    }

    /// One commit: entries and signed head, then the head outside.
    private func commit(_ done: [Pending], isTold: Bool) {
        guard isWriting, let held = disk.journals[disk.ownLog], var own = OwnLog(resuming: held.tip) else { return }
        let first = held.size
        let page: AdmittedPage
        do throws(EntryRefusal) { page = try own.append(done.map(\.bytes), signer: signer, suite) } catch {
            return world.violate("I1", "member \(member) writes what is no entry: \(error)")
        }
        for (offset, entry) in done.enumerated() {
            if let message = entry.own { disk.justifications[first + offset] = message }
        }
        take(page)
        outsideSize = max(outsideSize, disk.size(disk.ownLog))
        guard isTold else { return }
        for (offset, entry) in done.enumerated() {
            guard let message = entry.own?.message, message.number == core.voters.next, core.own != nil
            else { continue }
            give(.appended(message, at: EntryIndex(known: first + offset)))
        }
    }

    /// Begins an own log with its entry 0, durable at once.
    func beginLog(_ zero: EntryZero) {
        let log = zero.log(suite)
        guard disk.size(log) == 0 else { return }
        let (_, page) = OwnLog.begin(zero, signer: signer, suite)
        disk.journals[log] = HeldJournal(LogIdentity(zero, suite), suite)
        (disk.ownLog, disk.isLost, outsideSize) = (log, false, 1)
        if zero.succession != nil { open(zero) }
        take(page)
        note(4, [], "begins log \(log)")
    }

    /// A log of its own that goes on where the old one ends.
    func succeed() {
        guard let old = disk.journals[disk.ownLog], old.size > 0, let end = PredecessorEnd(
            log: disk.ownLog, size: LogSize(known: old.size), root: old.roots[old.size]) else { return }
        let zero = world.network.entryZero(member, disk.generation + 1, after: end)
        do throws(EntryZeroRefusal) { _ = try overlay.authorise(zero, suite) } catch {
            return note(14, [], "may not succeed its log: \(error)")
        }
        world.marks.hit(.successor)
        disk.generation += 1
        disk.justifications = [:]
        pending = []
        beginLog(zero)
        for other in others { request(to: other) }
    }

    /// A carried decision gave it new keys: their log is the own one from now on.
    func takeUpReplacement() {
        let zero = world.network.entryZero(member, disk.generation + 1)
        guard settled.member(oin)?.card == world.network.card(member, disk.generation + 1),
              settled.identity(of: zero.log(suite)) != nil else { return }
        world.marks.hit(.replacementOpened)
        disk.generation += 1
        pending = []
        beginLog(zero)
    }

    // MARK: What is held

    func open(_ zero: EntryZero) {
        guard !disk.openings.contains(zero) else { return }
        disk.openings.append(zero)
        overlay.register(zero)
    }

    /// An admitted page becomes durable and is folded.
    func take(_ page: AdmittedPage) {
        disk.journals[page.log]?.append(page, at: world.now, suite)
        let batch = HeldBatch(page.entries, leafHashes: page.leafHashes)
        do throws(FoldRefusal) { try overlay.apply(page.log, from: page.first, batch, held: entries) } catch {
            rebuildOverlay()
        }
        if overlay.isStale, planted != .staleOverlayKept {
            world.marks.hit(.stale)
            rebuildOverlay()
        }
        scheduleView()
    }

    var convicted: Set<LogID> { planted == .forkedLogCounts ? [] : Set(disk.forks.keys) }

    func rebuildOverlay() {
        overlay = settled.overlay(convicted: convicted, openings: disk.openings, held: entries)
    }

    func convict(_ fork: ConvictedFork) {
        guard disk.forks[fork.log] == nil else { return }
        disk.forks[fork.log] = fork
        world.observer.convicted(fork, by: self, in: world)
        rebuildOverlay()
        scheduleView()
        if fork.log == disk.ownLog { give(.mayVote(isWriting)) }
        note(5, [], "holds evidence against log \(fork.log)")
    }

    func scheduleView() {
        guard !isViewScheduled, isUp else { return }
        isViewScheduled = true
        world.schedule(.view(address, life: life), afterMilliseconds: 20)
    }
}
