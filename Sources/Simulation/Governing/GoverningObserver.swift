// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// Who sees everything of a network that governs itself and holds its correct members to what they promise.
final class GoverningObserver {
    /// What an overlay is a function of.
    struct Ground: Hashable {
        let epoch: Int
        let heads: [CoveredHead]
        let convicted: [LogID]
    }

    private let suite: SimulatedSuite
    private let settings: GoverningSettings
    private var hashes: [Int: Hash] = [:]
    private var digests: [Int: Hash] = [:]
    private var overlays: [Ground: Hash] = [:]
    private var checked: Set<Hash> = []

    init(_ suite: SimulatedSuite, _ settings: GoverningSettings) { (self.suite, self.settings) = (suite, settings) }

    /// Whether more members lie, or do as liars would, than the protocol bears.
    private func isBeyond(_ state: CooperativeState, in world: GoverningWorld) -> Bool {
        let voters = state.votingSet
        guard let twin = settings.fork?.member, world.members[twin].count > 1 else { return false }
        let oin = world.network.card(twin).oin
        return voters.logs.contains { $0.origin.oin == oin } && voters.faults == 0
    }

    // MARK: Epochs

    func applies(
        _ certificate: Certificate, _ heads: [CoveredHead], _ before: CooperativeState, _ after: CooperativeState,
        by member: GoverningMember, in world: GoverningWorld
    ) {
        let (number, hash) = (certificate.number.value, certificate.hash.hash)
        guard !isBeyond(before, in: world) else { return }
        if hashes.updateValue(hash, forKey: number).map({ $0 != hash }) == true {
            world.violate("I13", "epoch \(number) has two hashes")
        }
        guard !member.isTwin else { return }
        if certificate.header.stateDigest != before.epochs[number - 1].stateDigest {
            world.violate("I4", "member \(member.member) goes on from another digest than epoch \(number) signs")
        }
        let digest = after.epochs[number].stateDigest
        if digests.updateValue(digest, forKey: number).map({ $0 != digest }) == true {
            world.violate("I4", "after epoch \(number) member \(member.member) has another settled state")
        }
        checkHeads(heads, before, after, by: member, in: world)
        if world.random.happens(25) { settleAgain(certificate, heads, before, digest, by: member, in: world) }
        guard checked.insert(hash).inserted else { return }
        GoverningRecount(heads: heads, journals: member.disk.journals, state: after).check(in: world)
        checkCounters(before, after, in: world)
        mark(certificate, before, after, in: world)
    }

    /// I1, and who is in a vector: logs of members, and no log ever leaves.
    private func checkHeads(
        _ heads: [CoveredHead], _ before: CooperativeState, _ after: CooperativeState, by member: GoverningMember,
        in world: GoverningWorld
    ) {
        for old in before.epoch.heads {
            guard let new = heads.first(where: { $0.log == old.log }) else {
                return world.violate("I1", "log \(old.log) left the vector")
            }
            if old.head.size == .empty { continue }
            guard new.head.size >= old.head.size, let held = member.disk.journals[old.log],
                  held.size >= old.head.size.count, held.roots[old.head.size.count] == old.head.root
            else { return world.violate("I1", "log \(old.log) shrank, or another branch of it is covered") }
        }
        let members = after.members().filter { $0.standing >= .member }.map(\.oin)
        for covered in heads where after.author(of: covered.log).map(members.contains) != true {
            world.violate("J1", "epoch \(after.epoch.number) names log \(covered.log), which is no member's")
        }
    }

    /// I4 and I5: the settled state hangs on what is covered and on nothing else that is held.
    private func settleAgain(
        _ certificate: Certificate, _ heads: [CoveredHead], _ before: CooperativeState, _ digest: Hash,
        by member: GoverningMember, in world: GoverningWorld
    ) {
        world.marks.hit(.otherOrder)
        let sizes = Dictionary(uniqueKeysWithValues: heads.map { ($0.log, $0.head.size.count) })
        let held = JournalEntries(journals: member.disk.journals, sizes: sizes)
        guard let epoch = Epoch(certificate, heads: heads, suite) else { return }
        let again = before.settled(by: epoch, held: held)
        if again.epochs[epoch.number].stateDigest != digest {
            world.violate("I5", "epoch \(epoch.number) settles otherwise when only what it covers is held")
        }
    }

    /// I8: of what is settled no counter falls.
    private func checkCounters(_ before: CooperativeState, _ after: CooperativeState, in world: GoverningWorld) {
        for month in before.usageMonths() {
            let now = Dictionary(uniqueKeysWithValues: after.usage(in: month).map { ($0.cell(.provider), $0) })
            for old in before.usage(in: month) {
                world.marks.hit(.usage)
                let new = now[old.cell(.provider)]?.providerSide
                if (new?.eventsCounted ?? 0) < (old.providerSide?.eventsCounted ?? 0) {
                    world.violate("I8", "a counter of \(old.provider) in \(month) falls in epoch \(after.epoch.number)")
                }
            }
        }
    }

    func disputed(_ number: Int, _ before: CooperativeState, in world: GoverningWorld) {
        if !isBeyond(before, in: world) { world.violate("I13", "epoch \(number) has two certificates") }
    }

    // MARK: Judgements and evidence

    /// No correct member would have a forked log covered above where it stands.
    func judged(_ proposal: Proposal, _ judgement: Judgement, by member: GoverningMember, in world: GoverningWorld) {
        switch judgement {
        case .missing: return
        case .held(let refusal), .refused(let refusal): return mark(refusal, world)
        case .valid: world.marks.hit(.judgedValid)
        }
        guard !member.isTwin, let heads = member.disk.vectors[proposal.header.vectorRoot] else { return }
        for log in member.disk.forks.keys.sorted() {
            guard let covered = heads.first(where: { $0.log == log })?.head else { continue }
            let known = member.epoch.head(of: log)?.size ?? .empty
            let rebuilt = member.settled.overlay(
                convicted: Set(member.disk.forks.keys), openings: member.disk.openings, held: member.entries)
            let end = rebuilt.namedEnd(of: log)?.size ?? .empty
            if covered.size > max(known, end) {
                world.violate("I6", "member \(member.member) votes to cover a forked log up to \(covered.size)")
            }
        }
    }

    func convicted(_ fork: ConvictedFork, by member: GoverningMember, in world: GoverningWorld) {
        guard let twin = settings.fork?.member,
              let identity = member.disk.journals[fork.log]?.tip.identity ?? member.overlay.identity(of: fork.log),
              identity.origin.oin == world.network.card(twin).oin
        else { return world.violate("I6", "member \(member.member) convicts a log with one history") }
        if (member.epoch.head(of: fork.log)?.size ?? .empty) > .empty { world.marks.hit(.forkCovered) }
    }

    // MARK: Overlays

    /// I4: the same epoch, heads and evidence give the same overlay, in whatever order they came.
    func look(at member: GoverningMember, in world: GoverningWorld) {
        guard member.isUp, !member.isTwin, world.random.happens(40) else { return }
        var heads: [CoveredHead] = []
        for log in member.disk.journals.keys.sorted() {
            guard let held = member.disk.journals[log] else { continue }
            var size = held.size
            if member.disk.forks[log] != nil {
                // Of a forked log counts what is covered, and up to an end that is named.
                let covered = member.epoch.head(of: log)?.size.count ?? 0
                size = min(size, max(covered, member.overlay.namedEnd(of: log)?.size.count ?? 0))
            }
            heads.append(CoveredHead(log: log, head: held.head(size)))
        }
        let ground = Ground(
            epoch: member.epoch.number, heads: heads, convicted: member.disk.forks.keys.sorted())
        var overlay = member.overlay
        let digest = overlay.digest()
        if let known = overlays[ground] {
            world.marks.hit(.sameHeads)
            if known != digest {
                world.violate("I4", "member \(member.member) has another overlay with the same heads and evidence")
            }
        } else { overlays[ground] = digest }
        guard world.random.happens(30) else { return }
        var anew = member.settled.overlay(
            convicted: Set(member.disk.forks.keys), openings: member.disk.openings, held: member.entries)
        if anew.digest() != digest {
            world.violate("I5", "the overlay of member \(member.member) is another one when it is made anew")
        }
    }

    // MARK: Marks

    private func mark(_ refusal: ProposalRefusal, _ world: GoverningWorld) {
        switch refusal {
        case .forked: world.marks.hit(.judgedForked)
        case .ballotLeftOut: world.marks.hit(.judgedBallot)
        case .notTriggered: world.marks.hit(.judgedTrigger)
        case .logNotAuthorised: world.marks.hit(.judgedLog)
        default: world.marks.hit(.judgedOther)
        }
    }

    private func mark(
        _ certificate: Certificate, _ before: CooperativeState, _ after: CooperativeState, in world: GoverningWorld
    ) {
        world.marks.hit(.epoch)
        if certificate.round.value > 0 { world.marks.hit(.late) }
        if certificate.number.value == 4 { world.marks.hit(.many) }
        for view in after.decisions() where view.closing == after.epoch.number {
            if view.proposal.deadline < after.epoch.date { world.marks.hit(.byDeadline) }
            if view.ballots.contains(where: \.isConflicting) { world.marks.hit(.ballotConflict) }
            switch view.standing {
            case .open: break
            case .notCarried: world.marks.hit(.notCarried)
            case .withoutEffect: world.marks.hit(.withoutEffect)
            case .carried: mark(view.proposal.payload.kind, world)
            }
        }
        let (old, new) = (before.votingSet.logs, after.votingSet.logs)
        for log in new where !old.contains(log) {
            guard let member = world.network.member(log.origin.oin) else { continue }
            if member >= settings.founders { world.marks.hit(.newcomerVotes) } else if world.founding.identity(
                of: log.log) == nil { world.marks.hit(.successorVotes) }
        }
        if after.members().count > before.members().count { world.marks.hit(.admitted) }
    }

    private func mark(_ kind: DecisionPayload.Kind, _ world: GoverningWorld) {
        world.marks.hit(.carried)
        switch kind {
        case .tariff: world.marks.hit(.tariff)
        case .votingFlag: world.marks.hit(.votingFlag)
        case .expulsion: world.marks.hit(.expulsion)
        case .keyReplacement: world.marks.hit(.keyReplacement)
        case .admission: world.marks.hit(.admission)
        case .exit: world.marks.hit(.exit)
        default: break
        }
    }
}
