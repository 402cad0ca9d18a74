// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Replication

extension Node {
    /// Starts from what the disk holds, as the daemon does.
    func start(in world: World) {
        guard !isUp else { return }
        let isFirst = life == 0
        begin(life: life + 1)
        note(world, 1, [], "starts, life \(life)")
        if !isFirst { world.marks.hit(.restart) }
        tips = disk.logs.mapValues(\.tip)
        loadState(in: world)
        forks = Set(disk.evidence.keys)
        let rows = network.identities.compactMap { tips[$0.log] }.map { tip in
            HeadRow(tip, forkedCoveredSize: forks.contains(tip.log) ? .empty : nil, suite)
        }
        heads = HeldHeads(
            table: HeadTable(rows),
            history: HeadHistory(instance: disk.instance, sequence: HeadSequence(disk.sequence)))
        memories = disk.tokens.mapValues { PartnerMemory(token: $0, toldUpTo: nil) }
        (exchanges, jobs, commit, wakeAt) = ([:], [], nil, nil)
        schedule = PartnerSchedule(
            own: ownID, epochHash: state.epoch.hash, timings: timings, round: world.random.below(1_000),
            at: world.time.adding(milliseconds: world.random.below(timings.roundMilliseconds)))
        schedule.setPartners(network.numbers.logs, epochHash: state.epoch.hash)
        beginOwnLog(in: world)
        setWake(in: world)
    }

    private func beginOwnLog(in world: World) {
        own = nil
        let held = disk.size(of: ownID)
        if externalHead > held, planted != .externalHeadIgnored {
            // A second history would begin here; this log is never signed again.
            world.marks.hit(.restoreSeen)
            note(world, 2, [], "reads only: signed up to \(externalHead), holds \(held)")
            return
        }
        externalHead = max(externalHead, held)
        if held >= 1, let tip = tips[ownID] {
            own = OwnLog(resuming: tip)
            return
        }
        let (log, page) = OwnLog.begin(network.zeros[member], signer: network.signers[member], suite)
        var batch = DiskBatch()
        batch.pages.append(page)
        disk.apply(batch)
        externalHead = max(externalHead, 1)
        own = log
        tips[ownID] = log.tip
        fold(page, in: world)
        heads.keep(HeadRow(log.tip, suite), at: HeadSequence(disk.sequence))
        world.ledger.wrote(page, by: self, in: world)
    }

    private func loadState(in world: World) {
        let held = disk
        var isSaved = false
        state = CooperativeState(genesis: network.genesis, hashing: suite)
        if !disk.savedState.isEmpty {
            do throws(SnapshotRefusal) {
                state = try CooperativeState(restoring: disk.savedChunks, genesis: network.genesis, hashing: suite)
                isSaved = true
                world.marks.hit(.restartFromSaved)
            } catch { world.violate("I4", "member \(member) cannot read the state that it saved: \(error)") }
        }
        needsFullSave = !isSaved
        if planted == .counterFalls, isSaved { return }
        state.replay(held)
        if isSaved, isHonest, world.random.happens(20) {
            var fresh = CooperativeState(genesis: network.genesis, hashing: suite)
            fresh.replay(held)
            for log in disk.evidence.keys.sorted() { fresh = fresh.suspending(log, held: held) }
            var again = state
            for log in disk.evidence.keys.sorted() { again = again.suspending(log, held: held) }
            if fresh.digest() != again.rehash() {
                world.violate("I4", "member \(member): the saved state goes on to another one than a new fold")
            }
        }
        guard planted != .suspensionForgotten else { return }
        for log in disk.evidence.keys.sorted() {
            let before = state.digest()
            state = state.suspending(log, held: held)
            // Only a state folded anew hands out all its chunks again.
            if state.digest() != before { needsFullSave = true }
            world.marks.hit(.restartSuspended)
        }
    }

    /// The power goes. A commit under way is on the disk or not; nobody was told in either case.
    func crash(in world: World) {
        guard isUp else { return }
        end()
        world.marks.hit(.crash)
        if exchanges.contains(where: { $0.value.isAwaiting }) { world.marks.hit(.crashAsking) }
        guard let commit, !commit.batch.isEmpty else {
            world.marks.hit(.crashIdle)
            note(world, 3, [], "crashes, idle")
            return
        }
        for reply in commit.replies {
            switch reply.to {
            case .answer: world.marks.hit(.crashAnswering)
            case .settle: world.marks.hit(.crashDuringCatchUp)
            default: break
            }
        }
        if world.random.happens(50) {
            world.marks.hit(.crashStored)
            note(world, 3, [], "crashes; its commit \(commit.number) was stored")
            store(commit, withExternalHead: world.random.happens(50), in: world)
        } else {
            world.marks.hit(.crashUnsynced)
            note(world, 3, [], "crashes; its commit \(commit.number) is lost")
        }
        self.commit = nil
    }

    /// The disk has the commit.
    func store(_ commit: Commit, withExternalHead: Bool = true, in world: World) {
        disk.apply(commit.batch)
        for page in commit.batch.pages {
            world.ledger.stored(page, by: self, in: world)
            if page.log == ownID, page.isSignedHere {
                if withExternalHead { externalHead = max(externalHead, page.tip.held) } else {
                    world.marks.hit(.crashBeforeExternal)
                }
            }
        }
        for convicted in commit.batch.evidence { world.ledger.convicted(convicted, by: self, in: world) }
    }

    /// The disk is replaced by an old copy of it, while the node is down.
    func restoreCopy(in world: World) {
        guard !isUp, let copy else { return }
        world.marks.hit(.restore)
        if copy.size(of: ownID) == disk.size(of: ownID) { world.marks.hit(.restoreHarmless) }
        world.ledger.restored(member, to: copy)
        disk = copy
        if planted != .instanceKept { disk.instance = Self.newInstance(in: world) }
        note(world, 4, [], "gets an old copy of its disk, own size \(disk.size(of: ownID))")
    }

    /// A copy of the disk is put away.
    func takeCopy() { copy = disk }

    func markForked(_ log: LogID, at sequence: HeadSequence? = nil) {
        guard let tip = tips[log] else { return }
        heads.keep(HeadRow(tip, forkedCoveredSize: .empty, suite), at: sequence)
    }

    func fold(_ page: AdmittedPage, in world: World) {
        if planted == .forgetsToFold, page.log != ownID { return }
        let batch = HeldBatch(page.entries, leafHashes: page.leafHashes)
        do throws(FoldRefusal) {
            if planted == .foldByArrival {
                try state.apply(page.log, from: page.first, batch, held: ForgetfulEntries(disk: disk))
            } else {
                try state.apply(page.log, from: page.first, batch, held: disk)
            }
        } catch {
            if planted == nil { world.violate("I4", "member \(member): what was admitted does not fold: \(error)") }
        }
    }

    /// Keeps the state on the disk, as the daemon does from time to time.
    func saveState() {
        disk.save(state.snapshotChunks(), replacingAll: needsFullSave)
        needsFullSave = false
    }
}
