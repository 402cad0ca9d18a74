// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// What every epoch that a correct member applies has to be.
extension CouncilObserver {
    func applies(
        _ certificate: Certificate, _ next: SettledEpoch, _ vector: [CoveredHead], by member: CouncilMember,
        in world: CouncilWorld
    ) {
        if certificate.header.stateDigest != member.ownDigest {
            world.violate("I4", "member \(member.member) goes on from another digest than the certificate names")
        }
        guard checked.insert(certificate.hash).inserted else { return }
        let before = member.settled
        guard !isBeyond(before) else { return }
        let header = certificate.header
        checkHeads(vector, before, in: world)
        checkEnds(vector, before, in: world)
        if header.date < before.epoch.date {
            world.violate("E1", "epoch \(next.number) is dated before the one before it")
        }
        if header.date > world.date(errorDays: mostDaysAhead) {
            world.violate("E1", "epoch \(next.number) is dated \(header.date), when it was nowhere that late")
        }
        if !isDue(vector, header.date, before, world) {
            world.violate("T2", "epoch \(next.number) is not due")
        }
        checkBallots(certificate, next, vector, before, in: world)
        recount(member.disk.settled + [next], in: world)
        mark(next, before, vector, header.date, world)
    }

    private func mark(
        _ next: SettledEpoch, _ before: SettledEpoch, _ vector: [CoveredHead], _ date: CivilDate,
        _ world: CouncilWorld
    ) {
        if next.number == 3 { world.marks.hit(.manyEpochs) }
        if Trigger.calendar(from: before.epoch.date, to: date) != nil { world.marks.hit(.triggerPeriod) }
        switch world.deliberation.trigger(vector, date, before) {
        case .decision: world.marks.hit(.triggerDecision)
        case .newcomer: world.marks.hit(.triggerNewcomer)
        case .logPastHalf: world.marks.hit(.triggerHalf)
        case .periodDay, nil: break
        }
        for (decision, outcome) in next.outcomes where before.outcomes[decision] == nil {
            world.marks.hit(outcome ? .outcomeYes : .outcomeNo)
        }
        for (member, log) in next.logs.enumerated() {
            guard let log, !(before.logs.indices.contains(member) && before.logs[member] == log) else { continue }
            world.marks.hit(book.logs[log].predecessor == nil ? .newcomerVotes : .successorVotes)
        }
    }

    /// I1: heads only grow, along one branch, and no log leaves.
    private func checkHeads(_ vector: [CoveredHead], _ before: SettledEpoch, in world: CouncilWorld) {
        for old in before.epoch.heads {
            guard let new = vector.first(where: { $0.log == old.log }), let log = book.numbers[old.log] else {
                world.violate("I1", "a log left the vector")
                continue
            }
            guard let branch = book.branch(of: log, with: new.head),
                  book.extends(branch, new.head.size.count, old.head)
            else {
                world.violate("I1", "log \(log) shrank, or another branch of it is covered")
                continue
            }
        }
    }

    /// Above an end nothing is covered, unless an epoch already covers it.
    private func checkEnds(_ vector: [CoveredHead], _ before: SettledEpoch, in world: CouncilWorld) {
        for covered in vector {
            guard let log = book.numbers[covered.log], let predecessor = book.logs[log].predecessor,
                  let old = vector.first(where: { $0.log == book.logs[predecessor.log].identity.log })
            else { continue }
            let most = max(predecessor.end.size, before.covered(predecessor.log)?.size ?? .empty)
            if old.head.size > most {
                world.violate("E2", "log \(predecessor.log) is covered above the end that its successor names")
            }
        }
    }

    /// No epoch leaves out a ballot that so many held for longer than the hold time, before it was first proposed,
    /// that without them there is no quorum.
    private func checkBallots(
        _ certificate: Certificate, _ next: SettledEpoch, _ vector: [CoveredHead], _ before: SettledEpoch,
        in world: CouncilWorld
    ) {
        guard let proposed = proposedAt[certificate.hash] else { return }
        let closed = next.outcomes.keys.filter { before.outcomes[$0] == nil }
        guard !closed.isEmpty else { return }
        var holders: [Int: Set<Int>] = [:]
        for other in world.correct where before.logs.indices.contains(other.member) {
            for ballot in other.ballots where closed.contains(ballot.decision)
                && ballot.arrived + settings.timings.holdMilliseconds < proposed {
                let log = book.branches[ballot.branch].log
                guard let covered = vector.first(where: { $0.log == book.logs[log].identity.log }),
                      covered.head.size.count <= ballot.index, !other.disk.forked.contains(log),
                      !book.logs.contains(where: { $0.predecessor?.log == log }) else { continue }
                holders[ballot.branch << 20 | ballot.index, default: []].insert(other.member)
            }
        }
        let most = holders.values.map(\.count).max() ?? 0
        if before.voters.count - most < before.voters.quorum {
            world.violate("E3", "epoch \(next.number) closes a decision without a ballot that \(most) had held")
        }
    }

    /// I7: one vote a voter, counted anew from all that the epochs cover.
    private func recount(_ chain: [SettledEpoch], in world: CouncilWorld) {
        guard let last = chain.last, let before = chain.dropLast().last else { return }
        let closed = last.outcomes.keys.filter { before.outcomes[$0] == nil }.sorted()
        guard !closed.isEmpty else { return }
        var first: [Int: [Int: Bool]] = [:]
        for (old, new) in zip(chain, chain.dropFirst()) {
            for log in book.logs.indices {
                guard let head = new.covered(log), let branch = book.branch(of: log, with: head) else { continue }
                let from = old.covered(log)?.size.count ?? 0
                guard from < head.size.count else { continue }
                let member = book.logs[log].member
                guard old.logs.indices.contains(member), old.logs[member] != nil else { continue }
                for entry in book.branches[branch].entries[from..<head.size.count] {
                    guard case .ballot(let decision, let yes) = entry, first[decision]?[member] == nil
                    else { continue }
                    first[decision, default: [:]][member] = yes
                }
            }
        }
        for decision in closed {
            let yes = first[decision]?.values.count { $0 } ?? 0
            if (yes * 2 > before.voters.count) != last.outcomes[decision] {
                world.violate("I7", "decision \(decision) comes out otherwise when each vote counts once")
            }
        }
    }
}
