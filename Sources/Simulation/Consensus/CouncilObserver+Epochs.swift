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
        case .periodDay, .settling, nil: break
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

    /// No correct member votes for a fresh proposal that leaves out a ballot which it has held for longer than the
    /// hold time, on a decision that the epoch would close; one above where a log stands is never missing.
    func checkBallots(_ header: EpochHeader, by member: CouncilMember, in world: CouncilWorld) {
        let settled = member.settled
        guard let vector = member.disk.vectors[header.vectorRoot] else { return }
        let closing = world.deliberation.addition(vector, to: settled)
            .closing(header.date, electorate: settled.voters.count).map(\.decision)
        for ballot in member.ballots where closing.contains(ballot.decision)
            && ballot.arrived + settings.timings.holdMilliseconds < world.now {
            let log = book.branches[ballot.branch].log
            guard let covered = vector.first(where: { $0.log == book.logs[log].identity.log }),
                  covered.head.size.count <= ballot.index, !member.disk.forked.contains(log),
                  !book.logs.contains(where: { $0.predecessor?.log == log }) else { continue }
            world.violate("E3", "member \(member.member) votes to close decision \(ballot.decision) without a ballot")
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
