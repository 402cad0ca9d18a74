// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal
import Replication

extension Node {
    static let jobsInCommit = 16

    func add(_ job: Job, in world: World) {
        jobs.append(job)
        startCommit(in: world)
    }

    /// Takes what waits into one commit, if the disk is free.
    func startCommit(in world: World) {
        while commit == nil, !jobs.isEmpty {
            commits += 1
            var next = Commit(number: commits, tips: tips, own: own, forks: forks)
            let taken = jobs.prefix(Self.jobsInCommit)
            jobs.removeFirst(taken.count)
            if taken.count > 1 { world.marks.hit(.commitJoined) }
            for job in taken { run(job, &next, in: world) }
            let logs = Set(next.batch.pages.map(\.log))
            if logs.contains(ownID), logs.count > 1 { world.marks.hit(.commitMixed) }
            guard !next.batch.isEmpty else {
                reply(next, in: world)
                continue
            }
            commit = next
            tellTooEarly(in: world)
            let delay = world.random.within(world.settings.diskMilliseconds)
            if delay > 300 { world.marks.hit(.diskSlow) }
            world.later(delay, .synced(commit: next.number), to: address)
        }
    }

    /// Planted bugs: what is not durable yet counts or is acknowledged already.
    private func tellTooEarly(in world: World) {
        guard var early = commit else { return }
        if planted == .tellsBeforeSync {
            early.isTold = true
            commit = early
            remember(early, in: world)
            reply(early, in: world)
        } else if planted == .acknowledgesBeforeSync, let size = early.acknowledged {
            world.ledger.acknowledged(member, size)
        }
    }

    func synced(_ number: Int, in world: World) {
        guard let done = commit, done.number == number else { return }
        commit = nil
        store(done, in: world)
        note(
            world, 10, [done.batch.pages.count, done.batch.evidence.count], content: UInt64(disk.sequence),
            "has commit \(number): \(done.batch.pages.map { "\(network.member(of: $0.log) ?? -1)@\($0.tip.held)" })"
                + (done.batch.evidence.isEmpty ? "" : " and evidence"))
        if !done.isTold {
            remember(done, in: world)
            reply(done, in: world)
        }
        for (partner, token) in done.batch.tokens where token != nil {
            world.ledger.tokenKept(by: self, from: partner, token ?? [], in: world)
        }
        world.ledger.look(at: self, in: world)
        startCommit(in: world)
    }

    private func run(_ job: Job, _ next: inout Commit, in world: World) {
        var refused: [RefusedPage] = []
        switch job.work {
        case .admit(let pages, let evidence):
            refused = admit(pages, &next, in: world)
            for item in evidence { convict(item, &next, in: world) }
        case .append(let entries):
            append(entries, &next, in: world)
        case .remember(let partner, let token):
            next.batch.tokens.append((partner, token))
        }
        next.replies.append(Reply(to: job.waiter, refused: refused))
    }

    private func admit(_ pages: [Page], _ next: inout Commit, in world: World) -> [RefusedPage] {
        var refused: [RefusedPage] = []
        for page in pages {
            guard var tip = next.tips[page.log], !next.forks.contains(page.log) else {
                refused.append(RefusedPage(log: page.log, refusal: .logNotAuthorised))
                continue
            }
            if page.log == ownID, let own = next.own {
                if page.headSize > own.tip.held {
                    refused.append(RefusedPage(log: page.log, refusal: .logNotAuthorised))
                }
                continue
            }
            if planted == .clockDecides, holdsFuture(page, in: world) {
                refused.append(RefusedPage(log: page.log, refusal: .empty))
                continue
            }
            do throws(PageRefusal) {
                let admitted = try tip.admit(page, suite)
                next.tips[page.log] = tip
                next.batch.pages.append(admitted)
                if page.log == ownID { world.marks.hit(.ownGivenBack) }
                let isPart = page.headSize.count > page.from.position + page.entries.count
                if isPart { world.marks.hit(.partnerSmallPages) }
            } catch .empty {
                world.marks.hit(.held)
            } catch {
                refused.append(RefusedPage(log: page.log, refusal: error))
            }
        }
        return refused
    }

    private func convict(_ item: [UInt8], _ next: inout Commit, in world: World) {
        guard planted != .forkIgnored else { return }
        do throws(EvidenceRefusal) {
            let evidence = try ForkEvidence.parse(item)
            guard let identity = next.tips[evidence.log]?.identity, !next.forks.contains(evidence.log)
            else { return }
            if planted == .evidenceUnchecked {
                world.ledger.keptUnchecked(evidence, by: self, in: world)
                return
            }
            let convicted = try evidence.check(identity, suite)
            next.forks.insert(evidence.log)
            next.batch.evidence.append(convicted)
            world.marks.hit(.forkConvicted)
            world.marks.hit(evidence.hashes.isEmpty ? .forkBySameSize : .forkByProof)
        } catch { world.marks.hit(.evidenceRefused) }
    }

    private func append(_ entries: [[UInt8]], _ next: inout Commit, in world: World) {
        guard var log = next.own, !next.forks.contains(ownID) else {
            world.marks.hit(.workNotWritable)
            return
        }
        do throws(EntryRefusal) {
            let page = try log.append(entries, signer: network.signers[member], suite)
            next.own = log
            next.tips[ownID] = log.tip
            next.batch.pages.append(page)
            next.acknowledged = log.tip.held
            world.ledger.wrote(page, by: self, in: world)
        } catch { world.violate("I1", "member \(member) wrote what is no entry: \(error)") }
    }

    /// The memory follows the disk.
    private func remember(_ done: Commit, in world: World) {
        tips = done.tips
        own = done.own
        let sequence = HeadSequence(disk.sequence)
        heads.advance(to: sequence)
        for page in done.batch.pages { fold(page, in: world) }
        for log in Set(done.batch.pages.map(\.log)).sorted() {
            guard let tip = tips[log] else { continue }
            heads.keep(HeadRow(tip, forkedCoveredSize: forks.contains(log) ? .empty : nil, suite), at: sequence)
        }
        for convicted in done.batch.evidence where !forks.contains(convicted.log) {
            forks.insert(convicted.log)
            markForked(convicted.log, at: sequence)
            state = state.suspending(convicted, held: disk)
            needsFullSave = true
            world.marks.hit(.suspensionRefolded)
            if !exchanges.isEmpty { world.marks.hit(.forkDuringCatchUp) }
        }
        if done.batch.movesHeads {
            schedule.headsChanged(at: world.time)
            setWake(in: world)
            if world.random.happens(15) { saveState() }
        }
    }

    private func reply(_ done: Commit, in world: World) {
        if let size = done.acknowledged, isHonest { world.ledger.acknowledged(member, size) }
        for reply in done.replies {
            switch reply.to {
            case .settle(let session, let batch):
                guard var exchange = exchanges[session] else { continue }
                let refused = reply.refused.filter { $0.refusal != .empty }
                let effects = exchange.session.settled(batch, refused: refused, &heads, suite)
                exchanges[session] = exchange
                carryOut(effects, session, in: world)
            case .answer(let asked, let message):
                answer(asked, message, refused: reply.refused, in: world)
            case .application, .nobody: break
            }
        }
    }

    private func holdsFuture(_ page: Page, in world: World) -> Bool {
        let today = today(in: world)
        return (0..<page.entries.count).contains { position in
            guard let entry = try? Entry.parse(page.entries[position]), entry.kind == 1,
                  let beat = try? Heartbeat.parse(Array(entry.body)) else { return false }
            return beat.date > today
        }
    }
}
