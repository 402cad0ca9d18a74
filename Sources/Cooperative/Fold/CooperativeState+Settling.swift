// SPDX-License-Identifier: EUPL-1.2
import Journal

// One settled state after the other. Spec: Protocol/state.md §4.
extension CooperativeState {
    /// The rule version that this code folds.
    public static let ruleVersion = 1

    /// The settled state after the next epoch, of this one, which is settled after E_k: each log folded from what
    /// E_k covers to what `next` covers, judged under E_k, then closed by it. `held` answers for every entry that
    /// `next` covers. Entries that were covered before are asked for only where they waited.
    public func settled(by next: Epoch, held: some HeldEntries) -> CooperativeState {
        precondition(!isOverlay && next.number == epoch.number + 1, "epochs are applied one by one")
        var state = self
        state.openSuccessors(named(by: next, held))
        state.fold(upTo: next, held)
        state.close(by: next)
        state.isStale = false
        return state
    }

    /// The entries 0 of logs that an epoch names for the first time.
    private func named(by next: Epoch, _ held: some HeldEntries) -> [EntryZero] {
        next.heads.filter { logNumber($0.log) == nil && $0.head.size > .empty }.compactMap { covered in
            held.entry(log: covered.log, index: .zero).flatMap { try? EntryZero.parse($0) }
        }
    }

    private mutating func fold(upTo next: Epoch, _ held: some HeldEntries) {
        for number in logs.indices { setSettlingBound(UInt32(number), next) }
        // Members' logs first: an invitation that is folded makes its candidate's log known, or stand again.
        for isCandidates in [false, true] {
            for number in logs.indices.map({ UInt32($0) }) {
                let member = folk[Int(logs[Int(number)].member)]
                guard (member.standing == .candidate) == isCandidates,
                      let target = next.head(of: logs[Int(number)].id)?.size.count
                else { continue }
                setSettlingBound(number, next)
                fold(number, upTo: target, held)
            }
        }
    }

    /// While settling the bound is what the next epoch covers, and no more than what this one does where the
    /// member has ended or its last date has passed. Spec: Protocol/state.md §4.
    private mutating func setSettlingBound(_ number: UInt32, _ next: Epoch) {
        let log = logs[Int(number)]
        let target = next.head(of: log.id)?.size.count ?? 0
        let isPast = folk[Int(log.member)].lastDate.map { next.date > $0 } ?? false
        let most = log.stands ? log.endedAt ?? (isPast ? log.covered : target) : 0
        logs[Int(number)].bound = min(target, most)
    }

    private mutating func fold(_ number: UInt32, upTo target: Int, _ held: some HeldEntries) {
        let log = logs[Int(number)].id
        while logs[Int(number)].size < target {
            let size = logs[Int(number)].size
            guard let batch = held.entries(log: log, from: EntryIndex(known: size)), batch.count > 0 else {
                preconditionFailure("an epoch is applied once all that it covers is held")
            }
            take(number, from: size, batch.prefix(target - size), held)
        }
    }
}

extension HeldBatch {
    /// The first entries.
    func prefix(_ count: Int) -> HeldBatch {
        guard count < self.count else { return self }
        guard let first = EntryBatch(buffer: entries.buffer, ranges: Array(entries.ranges.prefix(count))) else {
            preconditionFailure("the ranges of a batch lie within its buffer")
        }
        return HeldBatch(first, leafHashes: Array(leafHashes.prefix(count)))
    }
}
