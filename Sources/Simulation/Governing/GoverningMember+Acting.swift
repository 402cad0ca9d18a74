// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// What people and timers make a member do.
extension GoverningMember {
    func tick() {
        guard isUp else { return }
        world.observer.look(at: self, in: world)
        if disk.isLost { goOnAfterLoss() }
        if isTwin, disk.forks[disk.ownLog] != nil { goOnAfterFork() }
        goOnJoining()
        if isWriting, pending.isEmpty { castBallots() }
        refreshView()
        guard isUp, !others.isEmpty else { return }
        for _ in 0..<2 { request(to: world.random.pick(others)) }
    }

    /// Once everybody has said what it holds, the operator opens a successor, or waits for new keys.
    private func goOnAfterLoss() {
        if world.settings.isRestoredByDecision { return takeUpReplacement() }
        // At two the end has to cover all that the other holds, so what is held elsewhere is taken back first.
        let isWhole = settled.votingSet.count > 2 || others.allSatisfy {
            (peerHave[$0]?[disk.ownLog]?.size.count ?? 0) <= disk.size(disk.ownLog)
        }
        if others.allSatisfy(answered.contains), isWhole { succeed() }
    }

    private func goOnAfterFork() {
        switch world.settings.fork?.aftermath {
        case .succeeds where address.face == 0:
            succeed()
            world.retireTwin()
        case .keysReplaced where address.face == 0:
            takeUpReplacement()
            if disk.forks[disk.ownLog] == nil { world.retireTwin() }
        default: break
        }
    }

    /// A newcomer that is adopted and has caught up says so; it is a member by an epoch.
    private func goOnJoining() {
        guard !isFounder, settled.member(oin)?.standing ?? .candidate == .candidate else { return }
        guard let invitation = overlay.invitation(of: oin), overlay.member(oin)?.card == world.network.card(member),
              invitation.isAdopted, !invitation.isReady, readyEpoch != epoch.number, pending.isEmpty else { return }
        if disk.size(disk.ownLog) == 0 { beginLog(world.network.entryZero(member)) }
        readyEpoch = epoch.number
        world.marks.hit(.ready)
        append(Ready(
            epoch: EpochNumber(known: epoch.number), hash: epoch.hash, stateDigest: settledDigest).entry())
    }

    private var isMember: Bool { settled.member(oin).map { (.member..<(.ended)).contains($0.standing) } ?? false }

    // MARK: Ballots

    private func castBallots() {
        guard isMember else { return }
        for decision in overlay.decisions() where decision.standing == .open && decision.electorate.contains(oin) {
            let own = decision.ballots.last { $0.log == disk.ownLog }
            if let own {
                guard own.isFinal == false, world.random.happens(15) else { continue }
                world.marks.hit(.ballotReplaced)
                cast(decision, replaced: own.index)
            } else if world.random.happens(45) { cast(decision, replaced: nil) }
        }
    }

    private func cast(_ decision: DecisionView, replaced: EntryIndex?) {
        let roll = world.random.below(100)
        let choice: Ballot.Choice = roll < 78 ? .for : roll < 90 ? .against : .blank
        var older: [EntryReference] = []
        for ballot in decision.ballots where ballot.voter == oin && ballot.log != disk.ownLog {
            world.marks.hit(.ballotAgain)
            guard world.random.happens(50), let held = disk.journals[ballot.log], ballot.index.position < held.size
            else { continue }
            older.append(EntryReference(
                log: ballot.log, index: ballot.index, leaf: held.leaves[ballot.index.position]))
        }
        let isFinal = world.random.happens(80)
        guard let entry = try? Ballot.entry(
            choice, on: decision.reference, in: disk.ownLog, isFinal: isFinal, replaced: replaced,
            otherLogs: older.sorted()) else { return }
        world.marks.hit(.ballot)
        append(entry)
    }

    // MARK: Work

    func work() {
        guard isWriting, isMember, pending.isEmpty else { return }
        if settled.member(oin)?.standing == .leaving {
            if world.random.happens(50) { append(Final.entry()) }
            return
        }
        if world.decisionsLeft > 0, world.random.happens(55) { return propose(payload()) }
        switch world.random.below(3) {
        case 0: append(Heartbeat(date: ownDate).entry())
        case 1: edit()
        default: flush()
        }
        if isTwin, disk.forks[disk.ownLog] != nil { world.marks.hit(.expelledWrites) }
    }

    /// A decision with a deadline within days; one that is void would be a waste.
    func propose(_ payload: DecisionPayloadDraft, days: Int? = nil) {
        guard isWriting, let deadline = max(ownDate, epoch.date).adding(days: days ?? world.random.below(4))
        else { return }
        var draft = DecisionDraft(payload)
        draft.organ = settled.rules.organs.first?.id.description ?? ""
        draft.title = "Voorstel \(world.decisionsLeft)"
        draft.deadline = deadline.description
        guard let proposal = try? draft.checked() else {
            return world.violate("X", "member \(member) drafts what is no proposal: \(payload)")
        }
        world.marks.hit(.proposed)
        world.decisionsLeft -= 1
        note(12, [proposal.payload.kind.rawValue], "proposes \(proposal.payload.kind.name)")
        append(proposal.entry())
    }

    private func payload() -> DecisionPayloadDraft {
        if let urgent = urgentPayload() { return urgent }
        let newcomer = world.settings.founders
        if world.settings.hasNewcomer, world.random.happens(50),
           overlay.member(world.network.card(newcomer).oin) == nil {
            world.marks.hit(.invited)
            return .admission(world.network.card(newcomer))
        }
        switch world.random.below(5) {
        case 0, 1: return tariff()
        case 2: return votingFlag() ?? .freeText
        case 3: return exit() ?? tariff()
        default: return .freeText
        }
    }

    /// What has to be decided about a member whose log is lost or forked.
    private func urgentPayload() -> DecisionPayloadDraft? {
        guard world.random.happens(60) else { return nil }
        if let fork = world.settings.fork, fork.member != member {
            let card = world.network.card(fork.member)
            guard let log = overlay.log(of: card.oin), disk.forks[log] != nil else { return nil }
            switch fork.aftermath {
            case .expelled: return .expulsion(member: card.oin.digits)
            case .keysReplaced: return replacement(fork.member)
            case .succeeds, .nothing: return nil
            }
        }
        guard let lost = world.settings.restored, lost != member, world.settings.isRestoredByDecision,
              world.members[lost][0].disk.isLost else { return nil }
        return replacement(lost)
    }

    private func replacement(_ other: Int) -> DecisionPayloadDraft? {
        let generation = world.members[other][0].disk.generation + 1
        guard let log = overlay.log(of: world.network.card(other).oin), let held = disk.journals[log],
              epoch.head(of: log) != nil, held.size > 0 else { return nil }
        return .keyReplacement(
            world.network.card(other, generation), log: log.description, endSize: held.size,
            endRoot: held.roots[held.size].description)
    }

    private func tariff() -> DecisionPayloadDraft {
        var row = GenesisDraft.Tariff()
        row.application = "zaak"
        row.tariffClass = SimulatedNetwork.tariffClass
        row.firstMonth = "2026-0\(1 + world.random.below(9))"
        row.tiers = [(nil, Int64(1 + world.random.below(90)))]
        (row.vatCategory, row.vatRate) = ("S", 2_100)
        return .tariff(row)
    }

    /// Not so that fewer correct members vote than the protocol needs.
    private func votingFlag() -> DecisionPayloadDraft? {
        let subject = world.settings.fork?.member ?? world.settings.restored
        guard subject != nil || settled.votingSet.count >= 4 else { return nil }
        let card = world.network.card(subject ?? world.random.below(world.settings.founders))
        guard let view = settled.member(card.oin), view.standing == .member else { return nil }
        return .votingFlag(member: card.oin.digits, votes: !view.isVoting)
    }

    private func exit() -> DecisionPayloadDraft? {
        let card = world.network.card(world.settings.founders)
        guard world.settings.fork == nil, world.settings.restored == nil, settled.votingSet.count >= 4,
              settled.member(card.oin)?.standing == .member, let last = ownDate.adding(days: 1 + world.random.below(4))
        else { return nil }
        return .exit(member: card.oin.digits, lastDate: last.description)
    }

    private func edit() {
        guard let view = overlay.applicationViews().first else { return }
        var draft = EditDraft(view, author: disk.ownLog)
        draft.set(CatalogueField(1 + world.random.below(3)), .text("v\(world.random.below(1_000))"))
        for entry in (try? draft.entries()) ?? [] { append(entry) }
    }

    private func flush() {
        guard let month = CivilMonth(monthNumber: 2_026 * 12 + world.random.below(2)) else { return }
        let consumer = world.network.card(world.random.below(world.settings.founders)).oin
        let cell = UsageCell(
            application: "zaak", provider: oin, consumer: consumer, tariffClass: SimulatedNetwork.tariffClass,
            month: month, side: .provider)
        var counters = overlay.counters(of: cell, log: disk.ownLog)
        counters.eventsCounted += Int64(1 + world.random.below(50))
        counters.quantityCounted += Int64(1 + world.random.below(500))
        counters.inboxPosition += Int64(1 + world.random.below(60))
        for entry in UsageFlush.entries([CountedCell(cell, counters)]) { append(entry) }
    }
}
