// SPDX-License-Identifier: EUPL-1.2
import Cooperative
import Journal

/// A member's own view of what is proposed. Spec: Protocol/consensus.md §5.
struct CouncilView: ProposalView {
    let member: CouncilMember
    let epoch: Epoch
    let ownDate: CivilDate
    let stateDigest: Hash

    init(_ member: CouncilMember) {
        self.member = member
        epoch = member.settled.epoch
        ownDate = member.ownDate
        stateDigest = member.ownDigest
    }

    private var book: LogBook { member.book }
    private var settled: SettledEpoch { member.settled }

    func vector(of proposal: Proposal) -> [CoveredHead]? {
        proposal.delta.map(epoch.heads(applying:)) ?? member.disk.vectors[proposal.header.vectorRoot]
    }

    func holding(of covered: CoveredHead) -> HeadHolding {
        let size = covered.head.size.count
        guard let log = book.numbers[covered.log], let branch = book.branch(of: log, with: covered.head),
              member.held(branch) >= size else { return .missing }
        guard let before = settled.covered(log) else { return .held }
        return book.extends(branch, size, before) ? .held : .contradicts
    }

    func mayEnter(_ log: LogID) -> Bool {
        guard let number = book.numbers[log] else { return false }
        return member.mayEnter(number)
    }

    /// Newcomers of this simulation wait with what admits them: `mayEnter` has seen it.
    func admits(_ entering: [LogID], _ vector: [CoveredHead], _ date: CivilDate) -> Bool { true }

    func namedEnd(ofForked log: LogID) -> Head?? {
        guard let number = book.numbers[log], member.disk.forked.contains(number) else { return nil }
        return .some(member.namedEnd(of: number))
    }

    func bound(of log: LogID, on date: CivilDate) -> Int? {
        book.numbers[log].flatMap(member.namedEnd(of:))?.size.count
    }

    func supporters(of ruleVersion: Int, in vector: [CoveredHead]) -> Int { 0 }

    func trigger(_ vector: [CoveredHead], _ date: CivilDate) -> Trigger? {
        if member.planted == .triggerNotJudged { return .logPastHalf }
        return member.world.deliberation.trigger(vector, date, settled)
    }

    func leavesOutBallot(_ vector: [CoveredHead], _ date: CivilDate) -> Bool {
        if member.planted == .ballotLeftOutAllowed { return false }
        let hold = member.world.settings.timings.holdMilliseconds
        let due = member.ballots.filter { member.world.now - $0.arrived > hold }
        guard !due.isEmpty else { return false }
        let addition = member.world.deliberation.addition(vector, to: settled)
        let closing = addition.closing(date, electorate: settled.voters.count).map(\.decision)
        return due.contains { ballot in
            closing.contains(ballot.decision) && isMissing(ballot, in: vector)
        }
    }

    /// One above where a forked, ended or final log stands is never missing.
    private func isMissing(_ ballot: CouncilMember.Ballot, in vector: [CoveredHead]) -> Bool {
        let log = book.branches[ballot.branch].log
        guard let id = vector.first(where: { $0.log == book.logs[log].identity.log }) else { return false }
        if let covered = book.branch(of: log, with: id.head),
           book.shared(covered, ballot.branch) > ballot.index, ballot.index < id.head.size.count { return false }
        if member.planted == .ballotAboveEndMissed { return true }
        if member.disk.forked.contains(log) { return false }
        return member.namedEnd(of: log).map { ballot.index < $0.size.count } ?? true
    }
}

extension CouncilMember {
    func mayEnter(_ log: Int) -> Bool {
        let branch = book.logs[log].branches[0]
        if let predecessor = book.logs[log].predecessor {
            return held(branch) >= 1 && settled.logs.indices.contains(book.logs[log].member)
                && settled.logs[book.logs[log].member] == predecessor.log
        }
        return held(branch) >= 2 && book.logs[log].member >= world.settings.members
    }

    /// The end that a held successor names for a log.
    func namedEnd(of log: Int) -> Head? {
        if planted == .coversAboveEnd { return nil }
        for (number, other) in book.logs.enumerated() {
            guard let predecessor = other.predecessor, predecessor.log == log else { continue }
            if held(other.branches[0]) >= 1 || settled.covered(number) != nil { return predecessor.end }
        }
        return nil
    }

    // MARK: The own vector

    /// The heads that this member would have covered.
    func ownVector() -> [CoveredHead] {
        var vector: [CoveredHead] = []
        for (number, log) in book.logs.enumerated() {
            let covered = settled.covered(number)
            guard covered != nil || mayEnter(number) else { continue }
            vector.append(CoveredHead(log: log.identity.log, head: ownHead(number, covered)))
        }
        return vector.sorted { $0.log < $1.log }
    }

    private func ownHead(_ log: Int, _ covered: Head?) -> Head {
        let covered = covered ?? Head(size: .empty, root: world.suite.emptyRoot)
        let end = namedEnd(of: log)
        if disk.forked.contains(log) {
            guard let end, let branch = book.branch(of: log, with: end), held(branch) >= end.size.count,
                  book.extends(branch, end.size.count, covered) else { return covered }
            return end
        }
        var best = covered
        for branch in book.logs[log].branches {
            let size = min(held(branch), end?.size.count ?? Int.max)
            if size > best.size.count, book.extends(branch, size, covered) { best = book.head(branch, size) }
        }
        return best
    }

    /// Once the own view triggers, it does until the next epoch.
    func reviewTrigger() {
        guard !triggers, isUp else { return }
        if let reason = ProposalCheck.trigger(ownVector(), ownDate, in: CouncilView(self)) {
            triggers = true
            if isHonest { world.observer.triggered(settled) }
            note(6, [], "its view triggers: \(reason)")
        } else if planted != .proposesUntriggered { return }
        give(.ownView(triggers: true))
    }

    // MARK: Proposals

    func prepare(_ round: Round) {
        preparing = round
        let (vector, date) = (ownVector(), ownDate)
        note(11, [], "prepares a proposal for round \(round), dated \(date), after \(settled.epoch.date)")
        guard date >= settled.epoch.date else { return }
        let isDue = ProposalCheck.trigger(vector, date, in: CouncilView(self)) != nil
        guard isDue || planted == .proposesUntriggered || lies.contains(.untriggered) else { return }
        preparing = nil
        var (lied, header) = (vector, header(vector, date))
        if !isHonest { (lied, header) = bend(vector, header) }
        disk.vectors[EpochHeader.vectorRoot(lied, world.suite)] = lied
        give(.prepared(header, delta: settled.epoch.delta(to: lied), round))
    }

    func header(_ vector: [CoveredHead], _ date: CivilDate, digest: Hash? = nil) -> EpochHeader {
        EpochHeader(
            network: settled.voters.network, number: settled.number + 1, previous: settled.hash,
            vectorRoot: EpochHeader.vectorRoot(vector, world.suite), date: date, ruleVersion: 1,
            stateDigest: digest ?? ownDigest)
    }

    func judge(_ proposal: Proposal, again: Bool = false) {
        let judgement = isHonest
            ? ProposalCheck.judge(proposal, in: CouncilView(self), quorum: settled.voters.quorum, world.suite)
            : .valid
        switch judgement {
        case .missing:
            if again { return }
            world.marks.hit(.judgedMissing)
            judging.append(proposal)
            if disk.vectors[proposal.header.vectorRoot] == nil {
                wantedVectors.append(proposal.header.vectorRoot)
            }
            askSomebody()
        case .held(let refusal), .refused(let refusal): mark(refusal)
        case .valid: if again { world.marks.hit(.judgedAgain) }
        }
        note(7, [], "finds the proposal of round \(proposal.round) \(judgement)")
        give(.judged(EpochHash(proposal.header, world.suite), judgement))
    }

    /// News came: what was missing may be there now.
    func judgeAgain() {
        let waiting = judging
        judging = []
        for proposal in waiting where proposal.number == core.voters.next {
            let judgement = ProposalCheck.judge(
                proposal, in: CouncilView(self), quorum: settled.voters.quorum, world.suite)
            if judgement == .missing { judging.append(proposal) } else { judge(proposal, again: true) }
        }
    }

    private func mark(_ refusal: ProposalRefusal) {
        switch refusal {
        case .dateInFuture: world.marks.hit(.refusedFuture)
        case .dateTooOld: world.marks.hit(.refusedOld)
        case .dateBeforeEpoch: world.marks.hit(.refusedBefore)
        case .stateDigest: world.marks.hit(.refusedDigest)
        case .ballotLeftOut: world.marks.hit(.refusedBallot)
        case .notTriggered: world.marks.hit(.refusedTrigger)
        case .forked: world.marks.hit(.refusedForked)
        default: world.marks.hit(.refusedOther)
        }
    }
}
