// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// A member of a council: a real consensus core, and around it what a node does. Its own log is its write-ahead log
/// on a disk that forgets what was not synced. Spec: Protocol/consensus.md §4 to §6.
final class CouncilMember {
    struct Ballot {
        let branch: Int
        let index: Int
        let decision: Int
        let arrived: Int
    }

    let address: Address
    let isHonest: Bool
    let lies: Lies
    unowned let world: CouncilWorld
    var disk: CouncilDisk
    var copy: CouncilDisk?
    /// The head of the own log that is kept outside the disk and its copies.
    var outsideSize = 0
    var copiedOutsideSize = 0
    var clockErrorDays = 0
    /// A fault of this member: its state digest is another than everybody's.
    var isDigestWrong = false

    var isUp = false
    var life = 0
    var core: ConsensusCore
    /// How much of each branch the core was given.
    var heard: [Int] = []
    /// The own log with what is not synced yet.
    var written = 0
    var isSyncing = false
    var peerHave: [Int: [Int]] = [:]
    /// Voters that have answered about the own newest head, in this life.
    var answered: Set<Int> = []
    var isAsking = false
    var mayVote = false
    var triggers = false
    var hasDigestStopped = false
    var inbox: [ConsensusEvent] = []
    var isHandling = false
    var judging: [Proposal] = []
    var preparing: Round?
    var wantedPolkas: [PolkaKey] = []
    var wantedVectors: [Hash] = []
    var ballots: [Ballot] = []
    var decisions: [Int: CivilDate] = [:]
    var topEpochSeen = 0
    /// A liar that says no more once all is healed.
    var hasFallenSilent = false
    /// Whether it votes nil in rounds far off.
    var votesFarOff: Bool

    init(_ address: Address, log: Int, founding settled: SettledEpoch, in world: CouncilWorld) {
        (self.address, self.world) = (address, world)
        isHonest = !world.settings.isLiar(address.member)
        lies = isHonest ? [] : world.settings.lies[world.settings.liars.firstIndex(of: address.member) ?? 0]
        votesFarOff = lies.contains(.votesFarOff) || world.settings.farVoter == address.member
        let branch = world.book.logs[log].branches[0]
        disk = CouncilDisk(ownLog: log, ownBranch: branch, settled: [settled])
        core = ConsensusCore(voters: settled.voters, signer: nil, timings: world.settings.timings, suite: world.suite)
    }

    var member: Int { address.member }
    var book: LogBook { world.book }
    var planted: PlantedBug? { isHonest ? world.planted : nil }
    var settled: SettledEpoch { disk.settled[disk.settled.count - 1] }
    var ownDate: CivilDate { world.date(errorDays: clockErrorDays) }
    var ownDigest: Hash {
        isDigestWrong ? world.suite.hash(settled.digest.bytes, [UInt8(member)]) : settled.digest
    }

    /// What is synced of the own log; what may leave.
    var synced: Int { disk.size(disk.ownBranch) }

    func note(_ code: Int, _ values: [Int] = [], _ line: @autoclosure () -> String) {
        world.trace.note(world.now, [code, member, address.face] + values, "\(name) \(line())")
    }

    var name: String { "\(member)\(address.face > 0 ? "'" : "")\(isHonest ? "" : " (liar)")" }

    // MARK: Life

    func start() {
        guard !isUp else { return }
        (isUp, life) = (true, life + 1)
        if life > 1 { world.marks.hit(.restart) }
        (written, isSyncing, peerHave, answered) = (synced, false, [:], [])
        (judging, preparing, ballots, decisions) = ([], nil, [], [:])
        (mayVote, hasDigestStopped, inbox) = (false, false, [])
        note(1, [life], "starts, life \(life), at epoch \(settled.number), own size \(written)")
        readHeldLogs()
        if isHonest, outsideSize > synced, planted != .ownHeadOutsideIgnored {
            world.marks.hit(.restoreSeen)
            openSuccessor("the head outside is at \(outsideSize)")
        }
        world.observer.starts(self, in: world)
        outsideSize = max(outsideSize, synced)
        beginOwnLog()
        isAsking = isHonest && planted != .ownHeadNotAsked && answersNeeded > 0
        beginHeight()
        if isAsking {
            world.marks.hit(.inquiry)
            for other in otherMembers { request(to: other) }
        }
    }

    private func beginOwnLog() {
        guard written == 0 else { return }
        if address.face > 0 {
            // The other face has begun the log.
            disk.ownBranch = book.fork(book.logs[disk.ownLog].branches[0], at: 1)
            disk.hold(disk.ownBranch, 1)
            written = 1
            return
        }
        append(.zero)
        syncNow()
        book.left(disk.ownBranch, upTo: 1)
    }

    /// After a restart what is held counts as arrived now.
    private func readHeldLogs() {
        for branch in book.branches.indices { read(branch, from: 0, to: held(branch)) }
        for entry in book.branches[disk.ownBranch].entries.prefix(written) {
            if case .ballot(let decision, _) = entry { disk.voted.insert(decision) }
        }
    }

    /// The power goes. Of what was not synced some may be on the disk, in the order of writing; nobody was told.
    func crash() {
        guard isUp else { return }
        isUp = false
        world.marks.hit(.crash)
        let survives = world.random.within(synced...written)
        if survives < written { world.marks.hit(.crashUnsynced) }
        if survives > synced { world.marks.hit(.crashSynced) }
        note(2, [survives], "crashes; of its log \(survives) of \(written) are on the disk")
        if book.size(disk.ownBranch) == written { book.truncate(disk.ownBranch, to: survives) }
        noteDurable(from: synced, to: survives)
        disk.hold(disk.ownBranch, survives)
        if world.random.happens(50) { outsideSize = max(outsideSize, survives) }
    }

    func takeCopy() { (copy, copiedOutsideSize) = (disk, outsideSize) }

    func restoreCopy(wholeMachine: Bool) {
        guard !isUp, let copy else { return }
        world.marks.hit(.restored)
        note(3, [wholeMachine ? 1 : 0], "gets an old copy of its \(wholeMachine ? "whole machine" : "disk")")
        let branch = disk.ownBranch
        disk = copy
        if wholeMachine { outsideSize = copiedOutsideSize }
        world.observer.restored(self, from: branch)
    }

    // MARK: The own log

    func append(_ entry: BookEntry) {
        if case .message(let own) = entry, isHonest, !own.isFarOff {
            world.observer.writes(own, by: self, in: world)
        }
        if isHonest { world.observer.signs(self, in: world) }
        let before = disk.ownBranch
        disk.ownBranch = book.append(entry, to: before, at: written, &world.random)
        if disk.ownBranch != before {
            disk.hold(disk.ownBranch, written)
            if isHonest { world.observer.secondHistory(by: self, of: before, at: written, in: world) }
        }
        written += 1
        startSync()
    }

    private func startSync() {
        if planted == .leavesBeforeSync { finishAppending(from: written - 1) }
        guard !isSyncing else { return }
        isSyncing = true
        let delay = world.random.within(world.settings.diskMilliseconds)
        world.schedule(.synced(address, life: life, upTo: written), afterMilliseconds: delay)
    }

    private func syncNow() {
        noteDurable(from: synced, to: written)
        disk.hold(disk.ownBranch, written)
        outsideSize = max(outsideSize, written)
    }

    func synced(upTo size: Int) {
        let from = synced
        isSyncing = false
        noteDurable(from: from, to: size)
        disk.hold(disk.ownBranch, size)
        outsideSize = max(outsideSize, size)
        if written > size { startSync() }
        if planted != .leavesBeforeSync { finishAppending(from: from) }
    }

    private func noteDurable(from: Int, to size: Int) {
        guard from < size else { return }
        for entry in book.branches[disk.ownBranch].entries[from..<size] {
            if case .message(let own) = entry { world.observer.durable(own.message, of: self, in: world) }
        }
    }

    /// What is durable counts at home and leaves.
    private func finishAppending(from: Int) {
        let end = planted == .leavesBeforeSync ? written : synced
        for index in from..<end {
            let entry = book.branches[disk.ownBranch].entries[index]
            if case .message(let own) = entry, own.message.number == core.voters.next, core.own != nil {
                give(.appended(own.message, at: EntryIndex(known: index)))
            }
        }
        read(disk.ownBranch, from: from, to: end)
        for other in otherMembers { request(to: other) }
    }

    /// Somebody, or the head outside, knows more of the own log: it is never signed again. A new log names its end.
    func openSuccessor(_ reason: String) {
        guard isHonest else { return }
        note(4, [], "ends its log at \(synced): \(reason)")
        let end = (log: disk.ownLog, end: book.head(disk.ownBranch, synced))
        if book.size(disk.ownBranch) == written { book.truncate(disk.ownBranch, to: synced) }
        let incarnation = book.logs[disk.ownLog].incarnation + 1
        let identity = world.network.identity(of: member, incarnation, world.settings.scheme)
        let log = book.numbers[identity.log] ?? book.open(identity, of: member, after: end)
        (disk.ownLog, disk.ownBranch, written) = (log, book.logs[log].branches[0], 0)
        (outsideSize, isSyncing) = (0, false)
        life += 1
        world.marks.hit(.successor)
        append(.zero)
        syncNow()
        isAsking = false
        beginHeight()
        for other in otherMembers { request(to: other) }
    }

    var otherMembers: [Int] { world.members.indices.filter { $0 != member } }

    /// How many voters have to say what they hold of the own log: all at n ≤ 3, q - 1 from n = 4 on.
    var answersNeeded: Int {
        let voters = settled.voters
        guard settled.logs.indices.contains(member), settled.logs[member] == disk.ownLog else { return 0 }
        return voters.count <= 3 ? voters.count - 1 : voters.quorum - 1
    }
}
