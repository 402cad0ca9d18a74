// SPDX-License-Identifier: EUPL-1.2
public import Journal

/// States tried for the vectors of one number, by root and date. A reference, since a view is asked many times.
public final class EpochTrials {
    struct Key: Hashable {
        let root: Hash
        let date: CivilDate
    }

    fileprivate var states: [Key: CooperativeState] = [:]
    fileprivate var order: [Key] = []

    /// Nothing was tried.
    public init() {}

    /// The settled state after an epoch, where just that one was tried.
    public func settled(by next: Epoch, _ header: EpochHeader) -> CooperativeState? {
        states[Key(root: header.vectorRoot, date: next.date)].flatMap { $0.epoch == next ? $0 : nil }
    }
}

// What an epoch with a vector would do, found by settling it. Spec: Protocol/consensus.md §5.
extension EpochView {
    /// The state after an epoch with this vector and date; `nil` while not all of it is held.
    func trial(_ vector: [CoveredHead], _ date: CivilDate) -> CooperativeState? {
        guard vector.allSatisfy({ holding(of: $0) == .held }) else { return nil }
        let key = EpochTrials.Key(root: EpochHeader.vectorRoot(vector, settled.hashing), date: date)
        if let known = trials.states[key] { return known }
        let header = EpochHeader(
            network: settled.genesis.network, number: epoch.number + 1, previous: epoch.hash, vectorRoot: key.root,
            date: date, ruleVersion: epoch.ruleVersion, stateDigest: stateDigest)
        let tried = settled.settled(
            by: Epoch(
                number: header.number, hash: header.hash(settled.hashing), date: date,
                ruleVersion: header.ruleVersion, heads: vector), held: entries)
        // A few rounds' worth: a proposer that names many vectors pays with its rounds.
        if trials.order.count >= CooperativeLimits.epochTrials {
            trials.states[trials.order.removeFirst()] = nil
        }
        trials.states[key] = tried
        trials.order.append(key)
        return tried
    }

    /// How many voters' `supports` entries for a rule version a vector covers.
    public func supporters(of ruleVersion: Int, in vector: [CoveredHead]) -> Int {
        let voters = settled.votingSet.logs
        guard let tried = trial(vector, max(epoch.date, ownDate)) else { return voters.count }
        return voters.count { voter in
            tried.logNumber(voter.log).map { tried.logs[Int($0)].supports >= ruleVersion } ?? false
        }
    }

    /// Whether an epoch with this vector and date would make all of these logs a member's.
    public func admits(_ entering: [LogID], _ vector: [CoveredHead], _ date: CivilDate) -> Bool {
        guard let tried = trial(vector, date) else { return true }
        return entering.allSatisfy(tried.isOfMember)
    }

    /// What but the calendar triggers an epoch with this vector and date. While heads are missing the check waits
    /// for them whatever is said here, so it is said that one is due.
    public func trigger(_ vector: [CoveredHead], _ date: CivilDate) -> Trigger? {
        guard let tried = trial(vector, date) else { return .decision }
        if tried.proposals.rows.contains(where: { $0.closing == tried.epoch.number }) { return .decision }
        if vector.contains(where: { epoch.head(of: $0.log) == nil }) { return .newcomer }
        let isPast = vector.contains { covered in
            let from = epoch.head(of: covered.log)?.size.count ?? 0
            return from < covered.head.size.count && holdings.isPastHalf(covered.log, from..<covered.head.size.count)
        }
        if isPast { return .logPastHalf }
        return settled.takesSettling(on: date) && tried.hasSettlingNews(judgedBy: epoch.number) ? .settling : nil
    }

    /// Whether the vector leaves out a ballot that the epoch may cover, on a decision that it would close, held
    /// here for longer than the hold time.
    public func leavesOutBallot(_ vector: [CoveredHead], _ date: CivilDate) -> Bool {
        guard let tried = trial(vector, date) else { return false }
        let sizes = Dictionary(uniqueKeysWithValues: vector.map { ($0.log, $0.head.size.count) })
        for row in tried.proposals.rows where row.closing == tried.epoch.number {
            let place = overlay.logNumber(tried.logs[Int(row.log)].id)
            guard let decision = place.flatMap({ overlay.proposals.number(log: $0, index: row.index) }) else {
                continue
            }
            for ballot in overlay.ballots.numbers(of: decision).flatMap({ overlay.ballots.rows[Int($0)].standing }) {
                let log = overlay.logs[Int(ballot.log)].id
                let isCovered = ballot.index < sizes[log] ?? 0
                guard !isCovered, mayCover(ballot.index, of: log, on: date) else { continue }
                if holdings.isHeldLong(log, EntryIndex(known: ballot.index)) { return true }
            }
        }
        return false
    }

    /// Whether the own vector would cover an entry. Where a successor names an end that contradicts what E_k covers, or
    /// that lies on another branch than the one held, nothing above E_k can be covered whatever the bound says.
    /// Nor can what a member that leaves wrote and no epoch of its last date covered.
    private func mayCover(_ index: Int, of log: LogID, on date: CivilDate) -> Bool {
        let most = overlay.logNumber(log).flatMap { overlay.coverable($0, on: date) }
        guard convicted.contains(log) else { return most.map { index < $0 } ?? true }
        return index < (ownHead(log) ?? epoch.head(of: log))?.size.count ?? 0
    }

    /// The vector of every held head, bounds respected, and why an epoch of the own date is due with it; `nil`
    /// while nothing is.
    public func ownProposal() -> (heads: [CoveredHead], trigger: Trigger)? {
        var heads: [CoveredHead] = []
        for log in overlay.logIdentities.map(\.log) {
            let covered = epoch.head(of: log)
            guard covered != nil || overlay.logNumber(log).map({ enters($0) }) == true else { continue }
            guard let head = ownHead(log) ?? covered else { continue }
            heads.append(CoveredHead(log: log, head: head))
        }
        for left in epoch.heads where overlay.logNumber(left.log) == nil { heads.append(left) }
        heads.sort { $0.log < $1.log }
        let date = max(ownDate, epoch.date)
        let refused = heads.map(\.log).filter { epoch.head(of: $0) == nil && !admits([$0], heads, date) }
        heads.removeAll { refused.contains($0.log) }
        return ProposalCheck.trigger(heads, date, in: self).map { (heads, $0) }
    }

    /// Whether a log enters the own vector: also that of a candidate whose admission this epoch would close.
    private func enters(_ number: UInt32) -> Bool {
        if overlay.entersNow(number) { return true }
        let log = overlay.logs[Int(number)]
        let member = overlay.folk[Int(log.member)]
        guard log.stands, log.readyMark > 0, member.standing == .candidate else { return false }
        return member.invitations.contains { invitation in
            let organ = overlay.organ(of: invitation)
            let deadline = overlay.proposals.rows[Int(invitation)].proposal.deadline
            let outcome = overlay.poll(of: invitation).closing(
                organ, deadline: deadline, date: max(ownDate, epoch.date))
            return outcome == .carried
        }
    }

    /// The newest held head of a log below its bound; `nil` where what E_k covers is all. Of a forked log the end that
    /// is named, where that is what is held, and nothing else.
    private func ownHead(_ log: LogID) -> Head? {
        guard let held = holdings.held(log) else { return nil }
        let covered = epoch.head(of: log)?.size.count ?? 0
        let bound = overlay.logNumber(log).flatMap { overlay.coverable($0, on: max(ownDate, epoch.date)) }
        let end = overlay.namedEnd(of: log)
        if convicted.contains(log) {
            guard let end, end.size > LogSize(known: covered), end.size <= held.size, end.size.count <= bound ?? 0,
                  let root = root(of: log, at: end.size.count), root == end.root
            else { return nil }
            return Head(size: end.size, root: root)
        }
        guard let most = bound, most < held.size.count else { return held.size.count >= covered ? held : nil }
        guard most > covered, let root = root(of: log, at: most) else { return nil }
        if let end, end.size.count == most, end.root != root { return nil }
        return Head(size: LogSize(known: most), root: root)
    }

    private func root(of log: LogID, at size: Int) -> Hash? {
        var edge = RightEdge()
        for index in 0..<size {
            guard let leaf = entries.leafHash(log: log, index: EntryIndex(known: index)) else { return nil }
            edge.append(leaf: leaf, settled.hashing)
        }
        return edge.root(settled.hashing)
    }
}

extension CooperativeState {
    /// Whether a log stands and is a member's, not a candidate's.
    func isOfMember(_ id: LogID) -> Bool {
        guard let number = logNumber(id), logs[Int(number)].stands else { return false }
        return folk[Int(logs[Int(number)].member)].standing != .candidate
    }

    /// The bound of a log under an epoch of a date. Spec: Protocol/state.md §4.
    func bound(of number: UInt32, on date: CivilDate) -> Int? {
        let log = logs[Int(number)]
        guard let last = folk[Int(log.member)].lastDate, date > last else { return log.bound }
        return min(log.covered, log.bound ?? log.covered)
    }

    /// How much of a log an epoch of a date may cover: no more than its bound and its *final*.
    func coverable(_ number: UInt32, on date: CivilDate) -> Int? {
        let mark = logs[Int(number)].finalMark
        return [bound(of: number, on: date), mark > 0 ? mark : nil].compactMap { $0 }.min()
    }
}
