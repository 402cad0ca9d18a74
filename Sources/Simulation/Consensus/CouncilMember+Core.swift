// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// Events into the core, and its effects done in order.
extension CouncilMember {
    /// A core for the number after the last applied epoch, as the own log and the logs held have it.
    func beginHeight() {
        let log = book.logs[disk.ownLog]
        let signer = world.network.signer(of: member, log.incarnation, world.settings.scheme)
        var records: [OwnRecord] = []
        let next = settled.voters.next
        let isVoter = settled.logs.indices.contains(member) && settled.logs[member] == disk.ownLog
        let forgets = planted == .recordsNotRead || lies.contains(.forgetsLocks) && world.random.happens(30)
        if isVoter, !forgets {
            for (index, entry) in book.branches[disk.ownBranch].entries.prefix(tellable).enumerated() {
                guard case .message(let own) = entry, own.message.number == next, !own.isFarOff else { continue }
                let kept = planted == .polkaNotKept ? OwnMessage(own.message, header: own.header) : own
                records.append(OwnRecord(kept, at: EntryIndex(known: index)))
            }
        }
        let omitted = isHonest ? world.omitted : lies.contains(.forgetsLocks) ? OmittedRules.lock : []
        core = ConsensusCore(
            voters: settled.voters, signer: signer, timings: world.settings.timings, suite: world.suite,
            restoring: records, omitting: omitted)
        if !records.isEmpty, core.locked != nil { world.marks.hit(.restartLocked) }
        if !records.isEmpty { world.marks.hit(.restartMidRound) }
        (heard, inbox, triggers, mayVote) = ([], [], false, false)
        (judging, preparing, wantedPolkas, wantedVectors) = ([], nil, [], [])
        hasDigestStopped = false
        updateVoting()
        hearLogs()
        reviewTrigger()
    }

    func updateVoting() {
        let may = !isAsking && !hasDigestStopped && disk.dispute.isEmpty && core.own != nil
        guard may != mayVote else { return }
        mayVote = may
        give(.mayVote(may))
    }

    /// Under E_0 nothing counts before every founder's entry 0 is held.
    private var holdsFounders: Bool {
        settled.number > 0 || (0..<world.settings.members).allSatisfy { held(book.logs[$0].branches[0]) > 0 }
    }

    /// Gives the core what is held of the logs that vote and was not given yet, each branch in its order.
    func hearLogs() {
        guard holdsFounders else { return }
        let number = settled.number
        while heard.count < book.branches.count { heard.append(0) }
        for member in settled.logs.indices {
            guard let log = settled.logs[member] else { continue }
            if world.planted == .branchDropped, isHonest, disk.forked.contains(log) { continue }
            for branch in book.logs[log].branches where branch != disk.ownBranch {
                hear(branch, log)
                // The core decided, and this is another height.
                guard settled.number == number else { return }
            }
        }
    }

    private func hear(_ branch: Int, _ log: Int) {
        let (number, end) = (settled.number, held(branch))
        var index = max(heard[branch], settled.covered(log)?.size.count ?? 0)
        guard index < end else { return }
        let ordinal = book.branches[branch].ordinal
        while index < end, settled.number == number {
            heard[branch] = index + 1
            if case .message(let own) = book.branches[branch].entries[index], own.message.number.value == number + 1 {
                if world.members[book.logs[log].member][0].disk.ownLog != log { world.marks.hit(.oldLogCounts) }
                keepVector(own.message)
                let place = MessagePlace(
                    log: book.logs[log].identity.log, branch: ordinal, index: EntryIndex(known: index))
                give(.message(own.message, place))
            }
            index += 1
        }
    }

    func give(_ event: ConsensusEvent) {
        inbox.append(event)
        guard !isHandling else { return }
        isHandling = true
        defer { isHandling = false }
        while !inbox.isEmpty {
            let number = core.voters.next
            let lock = core.locked
            let (round, valid) = (core.round, core.valid)
            let event = inbox.removeFirst()
            let effects = core.handle(event)
            if core.round > round, !event.isTimeout { world.marks.hit(.roundSkipped) }
            if let old = lock, let new = core.locked, old.hash != new.hash { world.marks.hit(.lockedElsewhere) }
            if core.valid != valid, core.locked == lock { world.marks.hit(.lateValid) }
            for effect in effects {
                carryOut(effect)
                // What an earlier height asked for is no longer wanted.
                if core.voters.next != number || !isUp { break }
            }
            if isHonest { world.observer.lookForQuorum(at: self, in: world) }
        }
    }

    private func carryOut(_ effect: ConsensusEffect) {
        switch effect {
        case .append(let own): say(own)
        case .startTimer(let timer, let milliseconds):
            world.schedule(
                .timer(timer, number: core.voters.next.value, address, life: life),
                afterMilliseconds: milliseconds)
        case .prepareProposal(let round): prepare(round)
        case .judge(let proposal): judge(proposal)
        case .keep(let polka): keep(polka)
        case .fetchPolka(let round, let hash):
            world.marks.hit(.polkaWanted)
            wantedPolkas.append(PolkaKey(number: core.voters.next.value, round: round, hash: hash))
            askSomebody()
        case .fetchCertificate:
            world.marks.hit(.certificateWanted)
            askSomebody()
        case .decided(let certificate): decided(certificate)
        case .disputed(let one, let other): dispute(one, other)
        case .evidence(let double):
            world.marks.hit(.evidence)
            world.observer.accused(double, by: self, in: world)
        case .refused: world.marks.hit(.refusedMessage)
        case .refusedProof: world.marks.hit(.refusedProof)
        }
    }

    /// Appends what the core says, or what a liar makes of it.
    private func say(_ own: OwnMessage) {
        if hasFallenSilent || !isHonest && isWithheld(own) { return }
        let own = isHonest ? own : halved(renewed(own))
        switch own.message {
        case .proposal(let proposal):
            world.proposed(proposal.header)
            world.marks.hit(proposal.validRound == nil ? .fresh : .again)
        case .prevote(let vote):
            if vote.choice == nil { world.marks.hit(.prevoteNil) }
            if own.polka != nil, let locked = core.locked, locked.hash != vote.choice?.hash {
                world.marks.hit(.unlocked)
            }
        case .precommit(let vote): world.marks.hit(vote.choice == nil ? .precommitNil : .locked)
        }
        note(5, [own.message.round.value, Int(own.message.kind)], "says kind \(own.message.kind): \(own.message)")
        append(.message(bared(own)))
        if let polka = own.polka, planted != .polkaNotKept { store(polka) }
        if !isHonest { addLie(after: own.message) }
    }

    /// A proposal whose vector travels beside it.
    private func bared(_ own: OwnMessage) -> OwnMessage {
        guard case .proposal(let proposal) = own.message, proposal.delta != nil,
              world.random.happens(world.settings.bareProposalPercent) else { return own }
        world.marks.hit(.bare)
        let bare = Proposal(round: proposal.round, header: proposal.header, validRound: proposal.validRound)
        return OwnMessage(.proposal(bare), header: own.header, polka: own.polka)
    }

    private func keep(_ polka: Polka) {
        guard planted != .polkaNotKept else { return }
        store(polka)
    }

    private func store(_ polka: Polka) {
        let key = PolkaKey(number: polka.header.number, round: polka.round, hash: polka.hash)
        disk.polkas[key] = polka.claim
        wantedPolkas.removeAll { $0 == key }
    }

    func timer(_ timer: ConsensusTimer, _ number: Int) {
        guard number == core.voters.next.value else { return }
        give(.timeout(timer))
    }
}

extension ConsensusEvent {
    fileprivate var isTimeout: Bool { if case .timeout = self { true } else { false } }
}
